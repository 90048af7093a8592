"""Owns the form of one of a school's own people: what is said in Korean, and in English where that is written."""

import uuid
from collections.abc import Callable
from typing import Any, Self

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, IntegerField, StringField
from wtforms.validators import UUID, DataRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from curriculum.support.school_people import LONGEST, ROLES, UNSEEN, SchoolPerson, has_hangul, tidy


def _only_what_is_seen(_form: FlaskForm, field: Field) -> None:
    if UNSEEN in field.data:
        raise ValidationError(
            _("보이지 않는 문자가 섞여 있어서 %(sign)s로 바꾸었습니다. 지우고 다시 적어 주세요.", sign=UNSEEN)
        )


def _in_english(_form: FlaskForm, field: Field) -> None:
    if has_hangul(field.data):
        raise ValidationError(_("영어로 적어 주세요. 비워 두면 영어 화면에 한국어가 나옵니다."))


def _text(name: str, locale: str, label: Any, *checks: Callable[..., None], **more: str) -> StringField:
    longest = LONGEST[name]
    checks = (*checks, Length(max=longest, message=_("%(most)d자까지 적을 수 있습니다.", most=longest)))
    given = {"autocomplete": "off", "maxlength": str(longest), "lang": locale, **more}
    return StringField(label, validators=[*checks, _only_what_is_seen], filters=[tidy], render_kw=given)


class SchoolPersonForm(FlaskForm):
    """Role, room, hours and how else to reach them; `entry` and its `version` are empty for somebody new."""

    entry = HiddenField(validators=[Optional(), UUID()])
    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    role_ko = _text("role", "ko", _("역할"), DataRequired(_("역할을 적어 주세요.")), list="roles")
    room_ko = _text("room", "ko", _("자리"), DataRequired(_("찾아갈 곳을 적어 주세요.")))
    hours_ko = _text("hours", "ko", _("시간"), DataRequired(_("찾아갈 수 있는 시간을 적어 주세요.")))
    reach_ko = _text("reach", "ko", _("다른 방법"))
    role_en = _text("role", "en", _("역할 (영어)"), _in_english)
    room_en = _text("room", "en", _("자리 (영어)"), _in_english)
    hours_en = _text("hours", "en", _("시간 (영어)"), _in_english)
    reach_en = _text("reach", "en", _("다른 방법 (영어)"), _in_english)
    covers = BooleanField(_("수업하는 동안 연락이 닿습니다"))

    @property
    def person(self) -> SchoolPerson:
        """What was filled in; a usual role brings its English along."""
        texts = {name: self[name].data for name in SchoolPerson.__struct_fields__}
        texts["role_en"] = texts["role_en"] or ROLES.get(texts["role_ko"], "")
        return SchoolPerson(**texts)

    @property
    def written_entry(self) -> uuid.UUID | None:
        """Which entry is written anew, if any."""
        return uuid.UUID(self.entry.data) if self.entry.data else None

    def after(self, version: int) -> Self:
        """The same form, for who has now seen this version."""
        return type(self)(formdata=None, data={**self.data, "version": version})

    def as_new(self) -> Self:
        """The same form, for somebody new."""
        return type(self)(formdata=None, data={**self.data, "entry": None, "version": None})


class RemovalForm(FlaskForm):
    """The removal of an entry, as the version that was being looked at."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
