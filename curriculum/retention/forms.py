"""Owns the forms of a school year's end."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import InputRequired


class SureForm(FlaskForm):
    """A step that cannot be taken back, said twice."""

    sure = BooleanField(_("위의 내용을 확인했습니다."), validators=[InputRequired(_("먼저 확인했다고 표시해 주세요."))])
