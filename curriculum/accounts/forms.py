"""Owns the sign-in form of staff."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length


class SignInForm(FlaskForm):
    """E-mail and password. Whether they fit together is not the form's matter."""

    email = EmailField(
        _("이메일"),
        validators=[InputRequired(_("이메일을 적어 주세요.")), Length(max=254)],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _("비밀번호"),
        validators=[InputRequired(_("비밀번호를 적어 주세요.")), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )
