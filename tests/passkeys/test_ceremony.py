"""Shows what is asked of a passkey, and that an answer with any part wrong is refused, whatever else is right."""

import json
from typing import Any

import pytest

from curriculum.passkeys.ceremony import (
    LONGEST_ANSWER,
    Holder,
    Made,
    PasskeyRefused,
    Place,
    asked_of_known,
    asked_of_new,
    challenge_in,
    credential_in,
    handle_in,
    judge_known,
    judge_new,
    place_of,
)
from tests.passkeys.authenticator import PRESENT, VERIFIED, Authenticator, ec, text

PLACE = Place("school.example", "https://school.example")
CHALLENGE, OTHER = b"1" * 32, b"2" * 32
HOLDER = Holder(b"h" * 16, "kim@school.example", "김 선생님", "봄중학교")


@pytest.mark.parametrize(
    ("scheme", "host", "place"),
    [
        ("https", "school.example", PLACE),
        ("https", "School.Example:8443", Place("school.example", "https://school.example:8443")),
        ("http", "localhost:8000", Place("localhost", "http://localhost:8000")),
        ("http", "school.example", None),
        ("http", "localhost.example", None),
        ("https", "192.168.0.10", None),
        ("http", "127.0.0.1:8000", None),
        ("https", "[::1]", None),
        ("https", "", None),
    ],
)
def test_passkeys_work_under_a_name_with_https_and_on_this_machine(scheme: str, host: str, place: Place | None) -> None:
    assert place_of(scheme, host) == place


def test_a_new_one_must_be_found_without_a_name_and_know_its_holder() -> None:
    asked = asked_of_new(PLACE, CHALLENGE, HOLDER, [b"c"])
    assert asked["rp"] == {"name": "봄중학교", "id": "school.example"}
    assert asked["attestation"] == "none"
    wanted = {"residentKey": "required", "requireResidentKey": True, "userVerification": "required"}
    assert asked["authenticatorSelection"] == wanted
    assert [one["id"] for one in asked["excludeCredentials"]] == [text(b"c")]


def test_whoever_signs_in_is_asked_for_any_passkey_of_the_place() -> None:
    asked = asked_of_known(PLACE, CHALLENGE)
    assert (asked["rpId"], asked["userVerification"], asked["allowCredentials"]) == ("school.example", "required", [])


def new(**said: Any) -> tuple[Authenticator, Made]:
    """A passkey that was made with this said in place of what is right."""
    own = Authenticator()
    answer = own.made(asked_of_new(PLACE, CHALLENGE, HOLDER, []), said.pop("origin", PLACE.origin), **said)
    return own, judge_new(answer, PLACE, CHALLENGE)


def used(own: Authenticator, kept: Made, *, challenge: bytes = CHALLENGE, **said: Any) -> int:
    answer = own.known(asked_of_known(PLACE, CHALLENGE), said.pop("origin", PLACE.origin), **said)
    return judge_known(answer, PLACE, challenge, kept)


def test_a_passkey_is_kept_and_signs_in() -> None:
    own, kept = new()
    assert (kept.credential, kept.counter) == (own.credential, 1)
    assert used(own, kept, counter=2) == 2


WRONG: list[dict[str, Any]] = [
    {"origin": "https://school.example.evil.example"},
    {"origin": "http://school.example"},
    {"origin": "https://school.example:444"},
    {"place": "evil.example"},
    {"client": {"challenge": text(OTHER)}},
    {"client": {"type": "payment.get"}},
    {"flags": PRESENT},  # nobody knows who held it
    {"flags": VERIFIED},  # nobody was there
]


@pytest.mark.parametrize("said", WRONG, ids=str)
def test_a_new_passkey_with_any_part_wrong_is_refused(said: dict[str, Any]) -> None:
    with pytest.raises(PasskeyRefused):
        new(**said)


OTHER_KEY = {"key": ec.generate_private_key(ec.SECP256R1())}


@pytest.mark.parametrize("said", [*WRONG, {"counter": 1}, {"counter": 0}, OTHER_KEY], ids=range(len(WRONG) + 3))
def test_an_answer_with_any_part_wrong_is_refused(said: dict[str, Any]) -> None:
    own, kept = new()
    with pytest.raises(PasskeyRefused):
        used(own, kept, **{"counter": 2, **said})


def test_an_answer_to_another_challenge_is_refused() -> None:
    own, kept = new()
    with pytest.raises(PasskeyRefused):
        used(own, kept, counter=2, challenge=OTHER)


def test_a_passkey_that_counts_nothing_stays_at_nothing() -> None:
    own, kept = new(counter=0)
    assert used(own, kept, counter=0) == 0


def test_an_answer_of_another_passkey_with_the_same_key_is_refused() -> None:
    own, kept = new()
    with pytest.raises(PasskeyRefused):
        used(own, kept._replace(credential=b"d" * 32), counter=2)


def test_what_an_answer_says_of_itself_is_read() -> None:
    own, _ = new()
    answer = own.known(asked_of_known(PLACE, CHALLENGE), PLACE.origin)
    assert (challenge_in(answer), credential_in(answer), handle_in(answer)) == (CHALLENGE, b"c" * 32, HOLDER.handle)


JUNK = [
    "",
    "null",
    "[]",
    "7",
    "{",
    "\x00",
    '{"rawId": 7}',
    '{"response": []}',
    '{"rawId": "가", "response": {}}',
    "[" * 9000,
]
JUNK += [
    "x" * (LONGEST_ANSWER + 1),
    json.dumps({"rawId": "", "response": {"clientDataJSON": text(b"[1]"), "userHandle": {}}}),
]


@pytest.mark.parametrize("answer", JUNK, ids=range(len(JUNK)))
def test_what_is_no_answer_is_refused(answer: str) -> None:
    kept = Made(b"c", b"k", 0)
    for read in (
        challenge_in,
        credential_in,
        handle_in,
        lambda one: judge_new(one, PLACE, CHALLENGE),
        lambda one: judge_known(one, PLACE, CHALLENGE, kept),
    ):
        with pytest.raises(PasskeyRefused):
            read(answer)
