"""Shows which passwords staff may have: long ones of any kind, and none that is guessed first."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.accounts.secret import hash_secret, secret_matches
from curriculum.staff.hangul_keys import on_english_keys
from curriculum.staff.password import KOREAN, LONGEST, SHORTEST, Refusal, refusal

ABOUT = ("문 선생님", "moon@haetsal.example", "햇살중학교", "haetsal")
MOST_USED, LONGER = 3000, 10_000


def most_used() -> list[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return FREQUENCY_LISTS["passwords"][:LONGER]


def test_the_passwords_that_most_people_use_are_refused() -> None:
    words = most_used()
    tried = [word for place, word in enumerate(words) if len(word) >= 8 and place < MOST_USED]
    tried += [word for word in words[MOST_USED:] if len(word) >= SHORTEST]
    assert len(tried) > 300
    assert [word for word in tried if refusal(word) is None] == []


@pytest.mark.parametrize("added", ["!", "1", "2026", "1!"])
def test_a_sign_or_a_year_makes_a_common_word_no_better(added: str) -> None:
    long_ones = [word for word in most_used()[:MOST_USED] if len(word) >= SHORTEST]
    assert [word for word in long_ones if refusal(word + added) is None] == []


@pytest.mark.parametrize("word", sorted({one for one in KOREAN.split() if len(one) > 3}))
def test_a_korean_word_is_refused_on_either_keyboard(word: str) -> None:
    for form in (word, on_english_keys(word)):
        doubled = form if len(form) >= SHORTEST else (form * SHORTEST)[: max(SHORTEST, 2 * len(form))]
        assert refusal(doubled) is not None, doubled


def test_a_greeting_typed_on_english_keys_is_a_common_word() -> None:
    assert on_english_keys("안녕하세요") == "dkssudgktpdy"
    assert refusal("dkssudgktpdy") is Refusal.COMMON


@pytest.mark.parametrize(
    ("korean", "keys"),
    [("없다", "djqtek"), ("뷁", "qnpfr"), ("외교관", "dhlryrhks"), ("꽃씨 ABC 1", "RhcTl ABC 1")],
)
def test_a_text_comes_out_as_it_is_typed(korean: str, keys: str) -> None:
    assert on_english_keys(korean) == keys
    assert on_english_keys(unicodedata.normalize("NFD", korean)) == keys


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("아홉글자짜리이름", Refusal.SHORT),
        ("x" * (LONGEST + 1), Refusal.LONG),
        ("햇살중학교2026!", Refusal.OWN),
        ("haetsalhaetsal", Refusal.OWN),
        ("moon@haetsal.example", Refusal.OWN),
        ("문 선생님 문 선생님", Refusal.OWN),
        ("gottkfwndgkrry1", Refusal.OWN),
        ("password1234", Refusal.COMMON),
        ("aaaaaaaaaaaaaaa", Refusal.PATTERN),
        ("abcdefghijklm", Refusal.PATTERN),
        ("19820304198", Refusal.PATTERN),
    ],
)
def test_a_refusal_says_why(password: str, why: Refusal) -> None:
    assert refusal(password, ABOUT) is why


@pytest.mark.parametrize(
    "password",
    [
        "참 좋은 비밀번호 하나",
        "비 오는 날 창가의 고양이",
        "correct horse battery staple",
        "tr0mbone-Giraffe_winter",
        "무지개다리건너서집으로",
        "긴 문장도 비밀번호가 될 수 있다 " * 6,
        "日本語のパスフレーズ十文字",
        "🐢 천천히 걷는 거북이 두 마리",
    ],
)
def test_words_sentences_and_any_script_are_taken(password: str) -> None:
    assert refusal(password, ABOUT) is None


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=120))
def test_every_text_is_judged_and_either_way_of_composing_it_is_the_same(text: str) -> None:
    forms = {unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)}
    assert len({refusal(form, ABOUT) for form in forms}) == 1


def test_a_password_typed_decomposed_matches_the_composed_one(quick_hashes: None) -> None:
    word = "비 오는 날 창가의 고양이"
    assert secret_matches(hash_secret(word), unicodedata.normalize("NFD", word))
