"""Shows how a provider's word is judged: every part of a token that is wrong makes it worth nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from curriculum.sign_on.identity import LEEWAY, Identity, IdentityRefused, identity_in, read_identity
from tests.sign_on.provider_mock import CLIENT, ProviderMock, new_key

ISSUER, NONCE = "https://office.example", "this one sign-in"
PROVIDER = ProviderMock(issuer=ISSUER)


def judged(token: str, *, later: int = 0) -> dict[str, Any]:
    keys = {"keys": [PROVIDER.key.as_dict(private=False)]}
    moment = datetime.now(UTC) + timedelta(seconds=later)
    return dict(identity_in(token, keys=keys, issuer=ISSUER, client=CLIENT, nonce=NONCE, moment=moment))


def token(header: dict[str, Any] | None = None, **claims: Any) -> str:
    return PROVIDER.token({"nonce": NONCE, **claims}, header or {})


def test_it_works() -> None:
    assert judged(token())["sub"] == "subject-1"
    assert judged(token(aud=[CLIENT]))["aud"] == [CLIENT]


WRONG: list[dict[str, Any]] = [
    {"nonce": "another"},
    {"nonce": None},
    {"nonce": ""},
    {"aud": "another"},
    {"aud": ["another"]},
    {"aud": [CLIENT, "another"]},
    {"aud": None},
    {"iss": "https://evil.example"},
    {"iss": f"{ISSUER}/"},
    {"iss": None},
    {"exp": 1_700_000_000},
    {"exp": None},
    {"exp": "soon"},
    {"iat": 4_000_000_000},
    {"iat": None},
    {"nbf": 4_000_000_000},
    {"sub": None},
    {"azp": "another"},
]


@pytest.mark.parametrize("claims", WRONG, ids=str)
def test_a_claim_that_is_wrong_or_missing_is_refused(claims: dict[str, Any]) -> None:
    with pytest.raises(IdentityRefused):
        judged(token(**claims))


@pytest.mark.parametrize("alg", ["none", "None", "HS256", "XX256", ""])
def test_what_the_providers_own_key_has_not_signed_is_refused(alg: str) -> None:
    with pytest.raises(IdentityRefused):
        judged(token({"alg": alg}))


def test_what_another_key_has_signed_is_refused() -> None:
    other = ProviderMock(issuer=ISSUER, key=PROVIDER.key, signs_with=new_key())
    with pytest.raises(IdentityRefused):
        judged(other.token({"nonce": NONCE}, {}))


def test_a_changed_token_is_refused() -> None:
    head, body, signature = token().split(".")
    _, other, _ = token(sub="somebody-else").split(".")
    for changed in (f"{head}.{other}.{signature}", f"{head}.{body}.", f"{head}.{body}", "", "...", "가.나.다"):
        with pytest.raises(IdentityRefused):
            judged(changed)


def test_a_clock_may_be_a_minute_off_and_no_more() -> None:
    assert judged(token(), later=60 + LEEWAY - 5)
    with pytest.raises(IdentityRefused):
        judged(token(), later=60 + LEEWAY + 5)


def test_an_address_counts_only_where_the_provider_has_checked_it() -> None:
    said = {"sub": "s", "email": " Kim@School.Example "}
    assert read_identity(said | {"email_verified": True}, domain=None) == Identity("s", "kim@school.example")
    for verified in (False, None, "true", 1, "yes"):
        assert read_identity(said | {"email_verified": verified}, domain=None).email is None


@pytest.mark.parametrize(
    "claims", [{}, {"sub": ""}, {"sub": 7}, {"sub": "x" * 256}, {"sub": "s"}, {"sub": "s", "hd": "a"}]
)
def test_nobody_and_nobody_of_the_organisation_is_refused(claims: dict[str, Any]) -> None:
    with pytest.raises(IdentityRefused):
        read_identity(claims, domain="office.example")
