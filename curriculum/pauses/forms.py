"""Owns the form by which staff let a part of a lesson rest: what and how, why, until when."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import DateField, Field, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from curriculum.catalog.queries import renderer
from curriculum.pauses.rest import Reason

OTHER = "+other"  # after a part: the other path stands in its place


REASONS: Mapping[Reason, LazyString] = {
    Reason.INCIDENT: _("학교에서 비슷한 일이 있었거나 다루고 있습니다"),
    Reason.NAME: _("이름이나 상황이 우리 학생과 겹칩니다"),
    Reason.REQUEST: _("학생이나 보호자가 요청했습니다"),
    Reason.REVIEW: _("내용을 다시 살펴보고 있습니다"),
}


class PauseForm(FlaskForm):
    """What of a lesson rests and how, for which reason, until when."""

    lesson = HiddenField()
    wanted = RadioField(_("무엇을 어떻게 할까요"), validators=[InputRequired(_("하나를 골라 주세요."))])
    reason = RadioField(
        _("까닭 (교직원에게만 보입니다)"),
        choices=lambda: [SelectChoice(str(reason), str(name)) for reason, name in REASONS.items()],
        validators=[InputRequired(_("하나를 골라 주세요."))],
    )
    until = DateField(
        _("마지막 날"), validators=[Optional()], render_kw={"autocomplete": "off"}, format=["%Y-%m-%d", "%Y.%m.%d"]
    )

    def offer(self, parts: Sequence[tuple[str, str]]) -> None:
        """Let these be chosen: (value, name)."""
        self.wanted.choices = [SelectChoice(value, name) for value, name in parts]

    def validate_until(self, field: Field) -> None:
        """Refuse a day that has passed, and one that nobody means."""
        if field.data and not renderer().today <= field.data < field.data.replace(year=2100, month=1, day=1):
            raise ValidationError(_("오늘이나 그 뒤의 날을 골라 주세요."))

    @property
    def part(self) -> str:
        """The part that is meant."""
        return str(self.wanted.data).removesuffix(OTHER)

    @property
    def other(self) -> bool:
        """Whether the other path stands in its place."""
        return str(self.wanted.data).endswith(OTHER)


class LiftForm(FlaskForm):
    """A part that is to be there again."""

    lesson = HiddenField(validators=[InputRequired()])
    part = HiddenField(validators=[InputRequired()])
