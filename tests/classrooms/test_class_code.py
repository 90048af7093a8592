"""Shows that a class code is read however a child copies it, and that it cannot be guessed; without app or database."""

import math
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.classrooms.class_code import LENGTH, LETTERS, new_class_code, read_class_code, shown_class_code

CODES = st.text(LETTERS, min_size=LENGTH, max_size=LENGTH)
# What is taken for each sign, by hand or by a phone's keyboard.
LOOKS_LIKE = {"1": "1IiLl", "0": "0Oo", "V": "VvUu"}
BETWEEN = st.text(" -–—·　", max_size=3)


@st.composite
def copied(draw: st.DrawFn, code: str) -> str:
    """The code as somebody types it: any case, spaces and dashes anywhere, full-width letters, look-alikes."""
    signs = []
    for sign in code:
        meant = draw(st.sampled_from(LOOKS_LIKE.get(sign, sign + sign.lower())))
        wide = chr(ord(meant) + 0xFEE0)
        signs.append(draw(BETWEEN) + draw(st.sampled_from((meant, wide))))
    return "".join(signs) + draw(BETWEEN)


def test_it_works() -> None:
    assert read_class_code("ab12-cd34") == "AB12CD34"
    assert read_class_code(" olio uv12 ") == "0110VV12"
    assert shown_class_code("AB12CD34") == "AB12-CD34"


@given(CODES)
def test_what_is_printed_is_read_back(code: str) -> None:
    assert read_class_code(shown_class_code(code)) == code


@given(st.data(), CODES)
def test_a_code_is_read_however_it_is_copied(data: st.DataObject, code: str) -> None:
    assert read_class_code(data.draw(copied(code))) == code


@given(st.text(max_size=60))
def test_anything_typed_is_a_code_or_none(typed: str) -> None:
    code = read_class_code(typed)
    assert code is None or (len(code) == LENGTH and set(code) <= set(LETTERS))
    assert read_class_code(unicodedata.normalize("NFD", typed)) == read_class_code(unicodedata.normalize("NFC", typed))


@pytest.mark.parametrize(
    "typed", ["", "   ", "ABCD123", "ABCD12345", "가나다라마바사아", "ABCD_123", "ABCD1234\x00", "𝔸" * 9]
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read_class_code(typed) is None


def test_no_two_signs_can_be_taken_for_each_other() -> None:
    assert len(set(LETTERS)) == 32
    assert not set("ILOU") & set(LETTERS)


def test_a_code_carries_40_bits() -> None:
    assert LENGTH * math.log2(len(LETTERS)) == 40
    codes = {new_class_code() for _ in range(500)}
    assert len(codes) == 500
    assert set("".join(codes)) == set(LETTERS)
    assert all(read_class_code(code) == code for code in codes)
