"""Owns the talk with a provider: where its doors are, what a browser is sent to, what a code is worth."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from curriculum.config import SignOn

WELL_KNOWN = "/.well-known/openid-configuration"  # OpenID Connect Discovery 1.0, 4
SCOPE = "openid email"
PATIENCE = (3.05, 5)  # seconds to connect, and to wait for each part of an answer
AT_ONCE = 4  # of a worker: a provider that does not answer must not hold every thread, or lessons would wait
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_talking = threading.BoundedSemaphore(AT_ONCE)


class ProviderDown(Exception):
    """The provider does not answer, or not as one does."""


class Doors(NamedTuple):
    """Where a provider takes browsers, codes, and questions for its public keys."""

    authorization: str
    token: str
    keys: str


class Errand(NamedTuple):
    """One sign-in that was begun: what comes back with the browser, what the token must carry, what proves that whoever
    brings the code has begun it here (RFC 7636), and where the browser comes back to."""

    state: str
    nonce: str
    verifier: str
    back: str


def doors_of(provider: SignOn) -> Doors:
    """Asks the provider for its doors; raises ProviderDown."""
    with _session(provider) as session:
        return _doors(session, provider)


def address_at(provider: SignOn, doors: Doors, errand: Errand) -> str:
    """Where the browser is sent. Nobody is asked."""
    with _client(provider) as client:
        address, _ = client.create_authorization_url(
            doors.authorization,
            redirect_uri=errand.back,
            state=errand.state,
            nonce=errand.nonce,
            code_verifier=errand.verifier,
        )
    return str(address)


def token_for(provider: SignOn, errand: Errand, code: str) -> tuple[str, Mapping[str, Any]]:
    """The ID token that a code is worth, unjudged, and the provider's public keys; raises ProviderDown."""
    with _session(provider) as session:
        doors = _doors(session, provider)
        answer = session.fetch_token(
            doors.token,
            grant_type="authorization_code",
            code=code,
            redirect_uri=errand.back,
            code_verifier=errand.verifier,
            allow_redirects=False,
        )
        keys = _fetched(session, doors.keys)
    token = answer.get("id_token")
    if not isinstance(token, str) or not isinstance(keys.get("keys"), list):
        raise ProviderDown
    return token, keys


def _client(provider: SignOn) -> Any:
    from authlib.integrations.requests_client import OAuth2Session  # slow to import, and most schools never need it

    return OAuth2Session(
        provider.client, provider.secret, scope=SCOPE, code_challenge_method="S256", default_timeout=PATIENCE
    )


@contextmanager
def _session(provider: SignOn) -> Iterator[Any]:
    """A conversation; whatever goes wrong in it is ProviderDown."""
    if not _talking.acquire(blocking=False):
        raise ProviderDown
    try:
        with _client(provider) as session:
            yield session
    except ProviderDown:
        raise
    except Exception as error:  # connections, certificates, answers that are none: the remedy is the same
        raise ProviderDown from error
    finally:
        _talking.release()


def _doors(session: Any, provider: SignOn) -> Doors:
    told = _fetched(session, provider.issuer.rstrip("/") + WELL_KNOWN)
    if told.get("issuer") != provider.issuer:
        raise ProviderDown
    doors = Doors(told["authorization_endpoint"], told["token_endpoint"], told["jwks_uri"])
    if not all(map(_is_safe, doors)):
        raise ProviderDown
    return doors


def _fetched(session: Any, address: str) -> Mapping[str, Any]:
    reply = session.get(address, withhold_token=True, allow_redirects=False)
    if reply.status_code != 200:
        raise ProviderDown
    told = reply.json()
    if not isinstance(told, dict):
        raise ProviderDown
    return told


def _is_safe(address: object) -> bool:
    """Whether what is said there cannot be read or changed on the way."""
    parts = urlsplit(address) if isinstance(address, str) else None
    return parts is not None and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))
