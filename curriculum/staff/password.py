"""Owns the rule for passwords of staff: long, and nothing that is guessed first; no composition, no expiry."""

import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from curriculum.staff.hangul_keys import on_english_keys

SHORTEST, LONGEST = 10, 200
# What can be found by so many guesses is found in seconds once a copy of the database is lost, and one password of a
# thousand is of a kind that is tried first online (NIST SP 800-63B, 5.1.1.2: compare with commonly used words).
TOO_FEW_GUESSES = 10**8
LEAST_OF_ONES_OWN = 5  # letters beside names and numbers
_LOOKED_AT = 72  # signs: the library takes no more, and what is longer is no worse for what comes after them
# What Koreans reach for first; each is looked for as it is, and as it comes out on English keys.
KOREAN = """
비밀번호 안녕하세요 안녕 사랑해 사랑합니다 사랑 감사합니다 대한민국 한국 서울 부산 화이팅 파이팅 행복 행운 희망
선생님 관리자 교사 학교 우리학교 초등학교 중학교 고등학교 교무실 학생 학급 우리반 담임 교장 교감 동의 수업 공부
가나다라마바사 가나다라 아자차카타파하 아리랑 무궁화 태극기 독도 한글 세종대왕 이순신 홍길동 김철수 이영희
엄마 아빠 가족 우리가족 친구 아들 딸 여보 자기야 천사 바보 하나님 예수님 부처님 할렐루야 축구 야구 게임 강아지
고양이 멍멍이 야옹이 호랑이 봄여름가을겨울 월화수목금토일 하나둘셋넷 일이삼사오육칠팔구 첫사랑 왕자 공주
"""


class Refusal(StrEnum):
    """Why a password cannot be taken."""

    SHORT = "short"
    LONG = "long"
    OWN = "own"  # made of the person's or the school's name or address
    COMMON = "common"
    PATTERN = "pattern"  # repeats, rows of keys, counting, dates


def refusal(password: str, about: Iterable[str] = ()) -> Refusal | None:
    """Why this cannot be a password, or None when it can. `about`: names and addresses of the person and the school."""
    text = unicodedata.normalize("NFC", password)
    if len(text) < SHORTEST:
        return Refusal.SHORT
    if len(text) > LONGEST:
        return Refusal.LONG
    own = {form for word in _words(about) for form in _forms(word)}
    if any(_is_made_of(form.lower(), own) for form in _forms(text)):
        return Refusal.OWN
    return next(filter(None, (_weakness(form, own) for form in _forms(text))), None)


def _words(about: Iterable[str]) -> set[str]:
    """The names and addresses, their parts, and what is left of an address without its signs."""
    words = set()
    for one in about:
        text = unicodedata.normalize("NFC", one).lower()
        words |= {text, "".join(text.split()), *text.split(), *text.replace("@", ".").split(".")}
    return {word for word in words if len(word) > 1}


def _forms(text: str) -> set[str]:
    return {text, on_english_keys(text)}


def _is_made_of(text: str, own: set[str]) -> bool:
    """Whether hardly anything is left of a text without these words and without numbers and signs."""
    left = text
    for word in sorted(own, key=len, reverse=True):
        left = left.replace(word, " ")
    return left != text and sum(map(str.isalpha, left)) < LEAST_OF_ONES_OWN


def _weakness(text: str, own: set[str]) -> Refusal | None:
    from zxcvbn import zxcvbn  # its lists take a moment to load, and few requests need them

    korean = [form for word in KOREAN.split() for form in sorted(_forms(word))]
    found = zxcvbn(text[:_LOOKED_AT], user_inputs=[*sorted(own), *korean])
    if found["guesses"] >= TOO_FEW_GUESSES:
        return None
    return _reason(found["sequence"], own)


def _reason(matches: list[dict[str, Any]], own: set[str]) -> Refusal:
    words = {one["matched_word"] for one in matches if one["pattern"] == "dictionary"}
    if words & own:
        return Refusal.OWN
    return Refusal.COMMON if words else Refusal.PATTERN
