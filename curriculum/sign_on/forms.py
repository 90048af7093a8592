"""Owns the form by which a browser that comes back from a provider goes on."""

from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.validators import InputRequired, Length

LONGEST_CODE, LONGEST_STATE = 4096, 64


class ReturnForm(FlaskForm):
    """What the provider has put into the address."""

    code = HiddenField(validators=[InputRequired(), Length(max=LONGEST_CODE)])
    state = HiddenField(validators=[InputRequired(), Length(max=LONGEST_STATE)])
