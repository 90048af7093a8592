"""Owns the two forms by which a student joins: the class code, then number and own code."""

import unicodedata

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import PasswordField, RadioField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from curriculum.accounts.secret import CODE_DIGITS


def _as_typed_in_ascii(text: str | None) -> str | None:
    # An input method for Korean may type full-width digits; a slip of the keyboard must not cost a try.
    return unicodedata.normalize("NFKC", text).strip() if text else text


class ClassCodeForm(FlaskForm):
    """The code on the board or the slip."""

    code = StringField(
        _("참여 코드"),
        validators=[
            InputRequired(_("참여 코드를 적어 주세요.")),
            Length(max=40, message=_("참여 코드는 여덟 글자예요.")),
        ],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class StudentForm(FlaskForm):
    """A number tile and the six digits of the slip."""

    number = RadioField(_("내 번호"), coerce=int, validators=[InputRequired(_("내 번호를 골라 주세요."))])
    code = PasswordField(
        _("내 코드"),
        validators=[
            InputRequired(_("쪽지에 있는 내 코드를 적어 주세요.")),
            Regexp(
                rf"^[0-9]{{{CODE_DIGITS}}}$",
                message=_("내 코드는 숫자 여섯 자리예요. 쪽지를 다시 봐 주세요."),
            ),
        ],
        filters=[_as_typed_in_ascii],
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "6"},
    )
