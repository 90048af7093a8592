"""Owns the forms of a class: by which a student joins (class code, then number and own code), and by which a teacher
sets a lesson's quiz."""

import unicodedata
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    Field,
    Form,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError

from curriculum.accounts.secret import CODE_DIGITS
from curriculum.classrooms.assignment import FEWEST, MOST, SCHOOL_TIME, Assignment

# What a browser sends, with or without seconds; and what somebody types where it is a plain text field.
TIME_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


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


def _likely_year(_form: Form, field: Field) -> None:
    # A year of two digits or of five is a slip of the keyboard, and no database takes every one.
    if field.data and not 2000 <= field.data.year < 2100:
        raise ValidationError(_("연도를 다시 확인해 주세요."))


class SchoolTimeField(DateTimeLocalField):
    """A moment as the clock in the classroom shows it; `data` carries its zone. Nothing typed is None."""

    def __init__(self, label: LazyString, **given: Any) -> None:
        super().__init__(
            label,
            validators=[Optional(), _likely_year],
            format=TIME_FORMATS,
            invalid_value_message=_("날짜와 시각을 모두 골라 주세요."),
            tz=SCHOOL_TIME,
            **given,
        )


def _limits() -> list[SelectChoice]:
    counts = range(FEWEST, MOST + 1)
    numbered = [SelectChoice(str(count), ngettext("%(num)d번까지", "%(num)d번까지", count)) for count in counts]
    return [SelectChoice("", gettext("제한 없음")), *numbered]


class AssignmentForm(FlaskForm):
    """What a teacher sets for the quiz of a lesson. `shown` is the version that it was filled in from."""

    shown = HiddenField()
    opens_at = SchoolTimeField(_("여는 때"))
    closes_at = SchoolTimeField(_("닫는 때"))
    attempt_limit = SelectField(
        _("풀 수 있는 횟수"),
        coerce=lambda text: int(text) if text else None,
        choices=_limits,
    )
    results_held = BooleanField(_("결과를 아직 보여 주지 않기"))

    def validate_closes_at(self, field: Field) -> None:
        """Refuse a closing time that does not come after the opening time."""
        if field.data and self.opens_at.data and field.data <= self.opens_at.data:
            raise ValidationError(_("닫는 때가 여는 때보다 뒤여야 합니다."))

    def assignment(self) -> Assignment:
        """What was filled in, once it is valid."""
        return Assignment(self.attempt_limit.data, self.results_held.data, self.opens_at.data, self.closes_at.data)
