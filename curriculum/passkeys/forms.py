"""Owns the forms of passkeys: a new one, its answer, one to be taken away."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from curriculum.passkeys.ceremony import LONGEST_ANSWER

LONGEST_NAME = 40


def _seen(typed: str | None) -> str:
    # What nobody sees is no part of a name, and no page could show it again.
    return " ".join("".join(one for one in typed or "" if one.isprintable()).split())


def _password() -> PasswordField:
    checks = [InputRequired(_("지금 비밀번호를 적어 주세요.")), Length(max=200)]
    return PasswordField(_("지금 비밀번호"), validators=checks, render_kw={"autocomplete": "current-password"})


class _NamedForm(FlaskForm):
    """What somebody calls a passkey."""

    name = StringField(
        _("패스키 이름"),
        validators=[
            DataRequired(_("패스키 이름을 적어 주세요.")),
            Length(max=LONGEST_NAME, message=_("%(most)d자까지 적을 수 있습니다.", most=LONGEST_NAME)),
        ],
        filters=[_seen],
        render_kw={"autocomplete": "off", "maxlength": str(LONGEST_NAME)},
    )


class NewPasskeyForm(_NamedForm):
    """A passkey to be made; takes the password of who is signed in once more."""

    password = _password()


class AnswerForm(FlaskForm):
    """What a passkey has answered."""

    answer = HiddenField(validators=[InputRequired(), Length(max=LONGEST_ANSWER)])


class MadeForm(_NamedForm, AnswerForm):
    """A passkey that was made, with its name."""


class RemovalForm(FlaskForm):
    """Which passkey is to be taken away."""

    passkey = StringField(_("지울 패스키"), validators=[InputRequired(_("지울 패스키를 골라 주세요."))])
    present = _password()
