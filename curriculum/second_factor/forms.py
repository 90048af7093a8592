"""Owns the forms of one-time codes: a code, and the password that guards what is changed about them."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired, Length


def _printable(typed: str | None) -> str:
    # What nobody sees is no part of a code, and no page could show it again.
    return "".join(filter(str.isprintable, typed or ""))


class CodeForm(FlaskForm):
    """A one-time code, or a recovery code."""

    code = StringField(
        _("코드"),
        validators=[DataRequired(_("코드를 적어 주세요.")), Length(max=40, message=_("코드가 너무 깁니다."))],
        filters=[_printable],
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"},
    )


class OwnPasswordForm(FlaskForm):
    """The password of who is signed in, asked for once more."""

    password = PasswordField(
        _("지금 비밀번호"),
        validators=[InputRequired(_("지금 비밀번호를 적어 주세요.")), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )
