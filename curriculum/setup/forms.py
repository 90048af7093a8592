"""Owns the forms of the first run and of what a school decides."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from curriculum.setup.queries import Decisions
from curriculum.setup.services import Beginner
from curriculum.staff.forms import NewPasswordForm, email_field, name_field, only_what_is_seen
from curriculum.support.school_people import tidy

LONGEST_SCHOOL = 80
LEAST_MONTHS, MOST_MONTHS = 1, 60


class TokenForm(FlaskForm):
    """The token that the server has printed."""

    token = StringField(
        _("토큰"),
        validators=[InputRequired(_("토큰을 적어 주세요.")), Length(max=60, message=_("토큰이 너무 깁니다."))],
        filters=[tidy],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


def _lessons() -> list[SelectChoice]:
    return [
        SelectChoice("open", str(_("누구나 읽을 수 있습니다. 가족도 무엇을 배우는지 볼 수 있습니다."))),
        SelectChoice("closed", str(_("로그인한 학생과 교직원만 읽을 수 있습니다."))),
    ]


class DecisionsForm(FlaskForm):
    """What a school decides for itself."""

    lessons = RadioField(
        _("수업"), choices=_lessons, default="open", validators=[InputRequired(_("하나를 골라 주세요."))]
    )
    retention_months = IntegerField(
        _("기록을 두는 기간 (달)"),
        default=12,
        validators=[
            InputRequired(_("숫자를 적어 주세요.")),
            NumberRange(
                LEAST_MONTHS,
                MOST_MONTHS,
                _("%(least)d달에서 %(most)d달까지 정할 수 있습니다.", least=LEAST_MONTHS, most=MOST_MONTHS),
            ),
        ],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    offline = BooleanField(_("이 서버는 인터넷에 연결되어 있지 않습니다"))

    @property
    def decisions(self) -> Decisions:
        """What was filled in, once it is valid."""
        return Decisions(self.lessons.data == "open", self.offline.data, self.retention_months.data)


class SetupForm(NewPasswordForm, DecisionsForm):
    """The school, its first administrator, and what it decides. Its own people have a form of their own beside it."""

    school_name = StringField(
        _("학교 이름"),
        validators=[
            DataRequired(_("학교 이름을 적어 주세요.")),
            Length(max=LONGEST_SCHOOL, message=_("%(most)d자까지 적을 수 있습니다.", most=LONGEST_SCHOOL)),
            only_what_is_seen,
        ],
        filters=[tidy],
        render_kw={"autocomplete": "organization", "maxlength": str(LONGEST_SCHOOL)},
    )
    display_name = name_field(_("관리자 이름"))
    email = email_field(_("관리자 이메일"))

    def __init__(self, *given: Any, about: Iterable[str] = (), **more: Any) -> None:
        super().__init__(*given, about=about, **more)
        self.about = tuple(one.data for one in (self.school_name, self.display_name, self.email) if one.data)

    @property
    def beginner(self) -> Beginner:
        """The first administrator, as filled in."""
        return Beginner(self.display_name.data or "", self.email.data or "", self.password.data or "")
