"""Owns the forms of a class: by which a student joins (class code, then number and own code), and what there is to
choose of a class."""

import unicodedata
from collections.abc import Mapping

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, Regexp

from curriculum.accounts.secret import CODE_DIGITS
from curriculum.catalog.queries import catalog
from curriculum.classrooms.roster import LEVELS
from curriculum.classrooms.school_year import school_year_of
from curriculum.database import now

LEVEL_NAMES: Mapping[str, LazyString] = {
    "elementary": _("초등학교"),
    "middle": _("중학교"),
    "high": _("고등학교"),
}


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


class SlipForm(FlaskForm):
    """What is done about slips: for a whole class, for those without one, or for the student with a number."""

    way = HiddenField()
    number = IntegerField(_("번호"), validators=[Optional()], render_kw={"inputmode": "numeric", "autocomplete": "off"})


def levels() -> list[SelectChoice]:
    """The levels of schools, to choose from."""
    return [SelectChoice(level, str(LEVEL_NAMES[level])) for level in LEVELS]


def years() -> list[SelectChoice]:
    """This school year and the next, which is prepared before it begins."""
    this = school_year_of(now())
    return [SelectChoice(str(year), gettext("%(year)d학년도", year=year)) for year in (this, this + 1)]


def course_for(level: str) -> str:
    """The course that a class of this level follows unless somebody chooses another."""
    courses = [course.id for course in catalog().courses]
    return level if level in courses else courses[0]
