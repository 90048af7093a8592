"""Owns the school's own people to turn to: role, room and hours, never a name; how they are kept and shown."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from uuid import UUID

import msgspec

from curriculum.catalog.text import Locale

UNSEEN = "\N{REPLACEMENT CHARACTER}"  # stands in a form for a character that nobody sees and nobody types on purpose
MOST = 12  # more than a student reads through when it matters
# Characters; the columns of the table are as long.
LONGEST: Mapping[str, int] = MappingProxyType({"role": 60, "room": 60, "hours": 60, "reach": 120})
# What most schools have, in both languages: to choose from, and to save the typing of the English.
ROLES: Mapping[str, str] = MappingProxyType(
    {
        "보건 선생님": "Health teacher (school nurse)",
        "상담 선생님 (Wee 클래스)": "School counsellor (Wee Class)",
        "담임 선생님": "Homeroom teacher",
        "학교폭력 책임교사": "Teacher in charge of school violence cases",
        "학생부 선생님": "Student affairs teacher",
        "교육복지사": "School social worker",
        "교감 선생님": "Vice principal",
    }
)
_HANGUL = re.compile("[ᄀ-ᇿ㄰-㆏가-힣]")
_SCHOOLS = 512  # texts kept in memory, of one school each


class SchoolPerson(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody's part in the school, where and when; `reach` is how else to reach them. Empty where not said. `covers`:
    they can be reached while a lesson is taught that may bring something up; staff alone are told."""

    role_ko: str
    room_ko: str
    hours_ko: str
    reach_ko: str = ""
    role_en: str = ""
    room_en: str = ""
    hours_en: str = ""
    reach_en: str = ""
    covers: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A text, and its language where that is not the language of the page."""

    text: str
    lang: Locale | None


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """One of the school's own people on a page."""

    role: Said
    room: Said
    hours: Said
    reach: Said | None
    covers: bool


def shown_person(person: SchoolPerson, locale: Locale) -> ShownPerson:
    """A person as a page shows them: what has not been written in English stands in Korean, and says so."""

    def said(name: str) -> Said:
        own: str = getattr(person, f"{name}_{locale}")
        return Said(own, None) if own else Said(getattr(person, f"{name}_ko"), "ko")

    reach = said("reach") if person.reach_ko else None
    return ShownPerson(said("role"), said("room"), said("hours"), reach, person.covers)


def written(people: Iterable[SchoolPerson]) -> str:
    """The people of a school as one text, to be kept with the school."""
    return msgspec.json.encode(list(people)).decode()


@lru_cache(maxsize=_SCHOOLS)
def people_in(text: str) -> tuple[SchoolPerson, ...]:
    """The people in a text that `written` has made. What is remembered hangs on the text: it is never out of date."""
    return msgspec.json.decode(text, type=tuple[SchoolPerson, ...])


def tidy(typed: str | None) -> str:
    """What was typed, composed (NFC), with single spaces; control, direction and unassigned signs become UNSEEN."""
    text = " ".join(unicodedata.normalize("NFC", typed or "").split())
    return "".join(UNSEEN if unicodedata.category(sign).startswith("C") else sign for sign in text)


def has_hangul(text: str) -> bool:
    """Whether a text holds Korean letters: it would be read aloud wrongly where English is expected."""
    return bool(_HANGUL.search(text))


def moved(ids: Sequence[UUID], one: UUID, by: int) -> list[UUID]:
    """The ids with one of them moved by so many places (-1 is up); at either end it stays."""
    order = list(ids)
    place = order.index(one)
    order.insert(max(0, place + by), order.pop(place))
    return order
