"""Shows how secrets are kept: slowly hashed, the same however they were typed, never guessable."""

import ast
import inspect
import unicodedata

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type

from curriculum.accounts import secret
from curriculum.accounts.secret import hash_secret, hash_token, new_code, new_token, secret_matches


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hash at a cost that tests can pay."""
    monkeypatch.setattr(secret, "HASHER", PasswordHasher(memory_cost=8, time_cost=1, parallelism=1))
    secret._of_nobody.cache_clear()


def test_it_works() -> None:
    stored = hash_secret("482915")
    assert secret_matches(stored, "482915")
    assert not secret_matches(stored, "482916")
    assert "482915" not in stored


def test_the_same_secret_is_never_stored_the_same_way() -> None:
    assert hash_secret("482915") != hash_secret("482915")


def test_nobodys_secret_matches_nothing() -> None:
    assert not secret_matches(None, "")
    assert not secret_matches(None, secret._of_nobody())


@pytest.mark.parametrize("stored", ["", "plain", "$argon2id$v=19$broken", "x" * 200])
def test_a_stored_secret_that_cannot_be_read_matches_nothing(stored: str) -> None:
    assert not secret_matches(stored, stored)


@pytest.mark.parametrize(
    "password", ["참 좋은 비밀번호", "é", "한글" * 40, " leading and trailing ", "ﬁ", "\U0001f9ff"]
)
def test_a_password_typed_on_any_system_is_the_same(password: str) -> None:
    """macOS may send a syllable as its letters."""
    stored = hash_secret(unicodedata.normalize("NFD", password))
    assert secret_matches(stored, unicodedata.normalize("NFC", password))


def test_nothing_of_a_password_is_cut_off() -> None:
    assert not secret_matches(hash_secret("한" * 199 + "글"), "한" * 199)
    assert not secret_matches(hash_secret(" x"), "x")


def test_the_cost_is_the_one_of_owasp() -> None:
    """argon2id, 19 MiB, 2 passes, 1 lane (OWASP Password Storage Cheat Sheet); asserted of the source: tests run with
    a cheaper one."""
    written = next(
        node.value
        for node in ast.parse(inspect.getsource(secret)).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "HASHER"
    )
    hasher = eval(compile(ast.Expression(written), "secret", "eval"), {"PasswordHasher": PasswordHasher})
    cost = extract_parameters(hasher.hash("x"))
    assert (cost.type, cost.memory_cost, cost.time_cost, cost.parallelism) == (Type.ID, 19 * 1024, 2, 1)


def test_codes_have_six_digits_and_tokens_256_bits() -> None:
    codes = {new_code() for _ in range(300)}
    assert all(len(code) == 6 and code.isascii() and code.isdigit() for code in codes)
    assert len(codes) > 290
    assert any(code.startswith("0") for code in codes | {new_code() for _ in range(300)})
    tokens = {new_token() for _ in range(300)}
    assert len(tokens) == 300
    assert all(len(token) == 43 for token in tokens)


def test_a_token_is_stored_as_its_hash_alone() -> None:
    token = new_token()
    assert len(hash_token(token)) == 32
    assert hash_token(token) != hash_token(new_token())
    assert token.encode() not in hash_token(token)
