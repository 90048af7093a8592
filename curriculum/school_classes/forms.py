"""Owns the forms of a school's classes: a new class, a teacher's part, a student's move."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, StopValidation, ValidationError

from curriculum.catalog.queries import catalog
from curriculum.classrooms.forms import levels, years
from curriculum.classrooms.roster import GRADES, MOST_SECTIONS, MOST_STUDENTS
from curriculum.localization import page_locale

PARTS: Mapping[str, LazyString] = {
    "full": _("수업하고 관리하기"),
    "read": _("보기만 하기"),
    "none": _("맡지 않음"),
}


def _courses() -> list[SelectChoice]:
    usual = SelectChoice("", gettext("학교급에 맞는 과정"))
    return [usual, *(SelectChoice(course.id, course.title.in_(page_locale())) for course in catalog().courses)]


def _number(label: LazyString, most: int) -> IntegerField:
    wrong = _("1부터 %(most)d까지의 수를 적어 주세요.", most=most)
    given = {"inputmode": "numeric", "autocomplete": "off", "min": "1", "max": str(most)}
    return IntegerField(label, validators=[InputRequired(wrong), NumberRange(1, most, wrong)], render_kw=given)


class ClassForm(FlaskForm):
    """A new class."""

    school_year = SelectField(_("학년도"), choices=years)
    level = SelectField(_("학교급"), choices=levels, default="middle")
    grade = _number(_("학년"), 6)
    section = _number(_("반"), MOST_SECTIONS)
    course = SelectField(_("배우는 과정"), choices=_courses)
    pseudonyms = BooleanField(_("이름 없이 번호만 쓰기"))

    def validate_grade(self, field: Field) -> None:
        """Refuse a grade that the level has not."""
        most = GRADES.get(self.level.data, 0)
        if field.data and field.data > most:
            raise ValidationError(_("이 학교급은 %(most)d학년까지입니다.", most=most))


class ClassWayForm(FlaskForm):
    """One of the things that are done to a whole class."""

    way = HiddenField()


class TeacherForm(FlaskForm):
    """A teacher's part in a class."""

    teacher = SelectField(
        _("맡을 교사"), validators=[InputRequired(_("교사를 골라 주세요."))], render_kw={"translate": "no"}
    )
    part = SelectField(
        _("맡는 일"), choices=lambda: [SelectChoice(part, str(name)) for part, name in PARTS.items()], default="full"
    )

    def offer(self, teachers: Iterable[tuple[UUID, str]]) -> None:
        """Let these be chosen."""
        self.teacher.choices = [SelectChoice(str(id_), name) for id_, name in teachers]


def _needed(form: FlaskForm, field: Field) -> None:
    # Ask for a number wherever a class is meant.
    if form["way"].data in {"move", "add"} and not (field.raw_data and field.raw_data[0].strip()):
        raise StopValidation(_("번호를 적어 주세요."))


class MoveForm(FlaskForm):
    """Where a student learns: in another class, in one more, or no longer in this one."""

    way = RadioField(
        _("무엇을 할까요"),
        choices=lambda: [
            SelectChoice("move", gettext("다른 학급으로 옮기기")),
            SelectChoice("add", gettext("이 학급에 두고 다른 학급에도 넣기")),
            SelectChoice("leave", gettext("이 학급에서 빼기")),
        ],
        validators=[InputRequired(_("하나를 골라 주세요."))],
    )
    target = SelectField(_("다른 학급"))
    number = IntegerField(
        _("그 학급에서 쓸 번호"),
        validators=[
            _needed,
            Optional(),
            NumberRange(1, MOST_STUDENTS, _("1부터 %(most)d까지의 수를 적어 주세요.", most=MOST_STUDENTS)),
        ],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )

    def offer(self, classes: Iterable[tuple[UUID, str]]) -> None:
        """Let these be chosen."""
        self.target.choices = [
            SelectChoice("", gettext("고르기")),
            *(SelectChoice(str(id_), name) for id_, name in classes),
        ]

    def validate_target(self, field: Field) -> None:
        """Ask for a class wherever one is meant."""
        if self.way.data in {"move", "add"} and not field.data:
            raise ValidationError(_("학급을 골라 주세요."))
