"""Owns the forms by which a teacher plans for a class: one lesson, several at once, single students, lessons taught
without devices."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    Field,
    Form,
    HiddenField,
    SelectField,
    SelectMultipleField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput

from curriculum.assignments.assignment import FEWEST, MOST, Assignment, Own, read_version
from curriculum.assignments.draft import Timing, day_of, moment_of
from curriculum.catalog.course import Course
from curriculum.catalog.lesson import Lesson
from curriculum.catalog.queries import catalog
from curriculum.classrooms.roster import ClassroomRow
from curriculum.classrooms.school_year import SCHOOL_TIME
from curriculum.database import now
from curriculum.localization import page_locale

# What a browser sends, with or without seconds; and what somebody types where it is a plain text field.
TIME_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
CLOCK_FORMATS = ["%H:%M", "%H:%M:%S"]
ONCE, UNDATED = "once", "none"  # paces beside the weekdays


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


def _day_field(label: LazyString, *validators: Any) -> DateField:
    return DateField(label, [*validators, _likely_year], invalid_value_message=_("날짜를 골라 주세요."))


def _limits() -> list[SelectChoice]:
    counts = range(FEWEST, MOST + 1)
    numbered = [SelectChoice(str(count), ngettext("%(num)d번까지", "%(num)d번까지", count)) for count in counts]
    return [SelectChoice("", gettext("제한 없음")), *numbered]


def _limits_of_own() -> list[SelectChoice]:
    return [SelectChoice("", gettext("학급과 같게")), *_limits()[1:]]


def _number(text: str | None) -> int | None:
    return int(text) if text else None


class AssignmentForm(FlaskForm):
    """What a teacher sets for a lesson. `shown` is the version that it was filled in from."""

    shown = HiddenField()
    assigned = BooleanField(_("이 차시를 학급에 내기"))
    opens_at = SchoolTimeField(_("여는 때"))
    due_at = SchoolTimeField(_("기한"))
    closes_at = SchoolTimeField(_("닫는 때"))
    attempt_limit = SelectField(_("풀 수 있는 횟수"), coerce=_number, choices=_limits)
    results_held = BooleanField(_("결과를 아직 보여 주지 않기"))

    def validate_due_at(self, field: Field) -> None:
        """Refuse what is due although nobody is asked, or before it opens, or after it closes."""
        if field.data and not self.assigned.data:
            raise ValidationError(_("기한은 학급에 낸 차시에만 정합니다. ‘이 차시를 학급에 내기’에 표시해 주세요."))
        if field.data and self.opens_at.data and field.data <= self.opens_at.data:
            raise ValidationError(_("기한이 여는 때보다 뒤여야 합니다."))
        if field.data and self.closes_at.data and field.data > self.closes_at.data:
            raise ValidationError(_("기한이 닫는 때보다 뒤일 수 없습니다."))

    def validate_closes_at(self, field: Field) -> None:
        """Refuse a closing time that does not come after the opening time."""
        if field.data and self.opens_at.data and field.data <= self.opens_at.data:
            raise ValidationError(_("닫는 때가 여는 때보다 뒤여야 합니다."))

    def assignment(self) -> Assignment:
        """What was filled in, once it is valid."""
        ends = (self.opens_at.data, self.closes_at.data, self.due_at.data)
        return Assignment(self.attempt_limit.data, self.results_held.data, *ends, self.assigned.data)


class TaughtForm(FlaskForm):
    """The day on which a lesson was taught without devices."""

    day = _day_field(_("가르친 날"), InputRequired(_("가르친 날을 골라 주세요.")))

    def validate_day(self, field: Field) -> None:
        """Refuse a day that has not come."""
        if field.data and field.data > day_of(now()):
            raise ValidationError(_("아직 오지 않은 날입니다. 오늘이나 그 전의 날을 골라 주세요."))


def _paces() -> list[SelectChoice]:
    days = [_("월요일"), _("화요일"), _("수요일"), _("목요일"), _("금요일")]
    weekly = [SelectChoice(str(place), gettext("매주 %(day)s에 하나씩", day=day)) for place, day in enumerate(days)]
    return [*weekly, SelectChoice(ONCE, gettext("첫날에 모두")), SelectChoice(UNDATED, gettext("날짜 없이"))]


class Source(NamedTuple):
    """What a draft can be made from: lessons, or the plan of a class."""

    name: str
    lessons: Sequence[Lesson] = ()
    classroom: ClassroomRow | None = None


def sources_for(course: Course, classrooms: Iterable[ClassroomRow]) -> dict[str, Source]:
    """The short route of a course, all of it, its units, and the plans of these classes, by the word in an address."""
    route = [lesson for lesson in course.lessons if lesson.id in catalog().short_route]
    found = {"route": Source(gettext("짧은 길 (%(count)d차시)", count=len(route)), route)} if route else {}
    found["course"] = Source(gettext("과정 전체 (%(count)d차시)", count=len(course.lessons)), course.lessons)
    for unit in course.units:
        counted = {"unit": unit.title.in_(page_locale()), "count": len(unit.lessons)}
        found[f"unit-{unit.id}"] = Source(gettext("단원: %(unit)s (%(count)d차시)", **counted), unit.lessons)
    for one in classrooms:
        place = {"year": one.school_year, "grade": one.grade, "section": one.section}
        name = gettext("%(year)d학년도 %(grade)d학년 %(section)d반의 계획", **place)
        found[str(one.id)] = Source(name, classroom=one)
    return found


class DraftForm(FlaskForm):
    """What a draft of a plan is made from. It is fetched: nothing is written by it."""

    class Meta(FlaskForm.Meta):
        """A form that only asks has no token."""

        csrf = False

    what = SelectField(_("무엇을 낼까요"), validators=[InputRequired(_("하나를 골라 주세요."))])
    first = _day_field(_("첫날"), InputRequired(_("첫날을 골라 주세요.")))
    pace = SelectField(_("얼마나 자주"), choices=_paces)
    opens = TimeField(
        _("여는 시각"),
        [InputRequired(_("여는 시각을 골라 주세요."))],
        format=CLOCK_FORMATS,
        invalid_value_message=_("시각을 골라 주세요."),
    )
    closes = BooleanField(_("기한이 지나면 확인 문제 닫기"))

    @classmethod
    def asked(cls, args: MultiDict[str, str], sources: Mapping[str, Source]) -> "DraftForm":
        """The form as somebody asks: what the address leaves out is today, once a week on this weekday, at nine."""
        today = day_of(now())
        pace = str(today.weekday()) if today.weekday() < 5 else "0"
        form = cls(MultiDict({"first": today.isoformat(), "pace": pace, "opens": "09:00", **args.to_dict()}))
        named = (SelectChoice(word, source.name) for word, source in sources.items())
        form.what.choices = [SelectChoice("", gettext("고르기")), *named]
        return form

    def timing(self) -> Timing | None:
        """When the lessons come, once it is valid; None where they have no days."""
        pace = self.pace.data
        weekday = None if pace in {ONCE, UNDATED} else int(pace)
        return None if pace == UNDATED else Timing(self.first.data, weekday, self.opens.data, self.closes.data)


def read_lines(lines: Iterable[str]) -> dict[str, Assignment]:
    """What the page of a draft sends, a line a lesson: its id and the version of an assignment. ValueError."""
    pairs = (line.split(" ") for line in lines)
    return {lesson_id: read_version(version) for lesson_id, version in pairs}


def _ticks(label: LazyString, missing: LazyString) -> SelectMultipleField:
    # What was offered a minute ago may be gone: the form says so itself, in a sentence.
    return SelectMultipleField(
        label, validators=[InputRequired(missing)], option_widget=CheckboxInput(), validate_choice=False
    )


class OwnForm(FlaskForm):
    """What single students get of their own at some lessons. `shown`: the version that it was filled in from."""

    shown = HiddenField()
    people = _ticks(_("누구에게"), _("학생을 한 명 이상 골라 주세요."))
    lessons = _ticks(_("어느 차시를"), _("차시를 하나 이상 골라 주세요."))
    until = _day_field(_("언제까지"), Optional())
    attempt_limit = SelectField(_("풀 수 있는 횟수"), coerce=_number, choices=_limits_of_own)

    def offer(self, people: Iterable[tuple[str, str]], lessons: Iterable[tuple[str, str]]) -> None:
        """Let these be chosen."""
        self.people.choices = [SelectChoice(id_, name) for id_, name in people]
        self.lessons.choices = [SelectChoice(id_, name) for id_, name in lessons]

    def validate_people(self, field: Field) -> None:
        """Refuse who has left the class meanwhile."""
        if {*field.data} - {one.value for one in self.people.choices}:
            raise ValidationError(_("고른 학생 가운데 지금 이 학급에 없는 학생이 있습니다. 다시 골라 주세요."))

    def validate_lessons(self, field: Field) -> None:
        """Refuse what the course does not have."""
        if {*field.data} - {one.value for one in self.lessons.choices}:
            raise ValidationError(_("고른 차시 가운데 이 과정에 없는 차시가 있습니다. 다시 골라 주세요."))

    def validate_until(self, field: Field) -> None:
        """Refuse a day that has passed."""
        if field.data and field.data < day_of(now()):
            raise ValidationError(_("이미 지난 날입니다. 오늘이나 그 뒤의 날을 골라 주세요."))

    def own(self) -> Own:
        """What was filled in, once it is valid: until the last minute of the day."""
        return Own(moment_of(self.until.data) if self.until.data else None, self.attempt_limit.data)
