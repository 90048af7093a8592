"""Owns how a provider's word is judged (OpenID Connect Core 1.0, 3.1.3.7): signature, issuer, audience, time, nonce."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

# Signatures that need the provider's private key: `none` is no signature, and under HS… a public key could sign.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA")
LEEWAY = 60  # seconds: clocks differ
LONGEST_SUBJECT = 255  # signs (Core 1.0, 2)


class IdentityRefused(Exception):
    """A provider's word does not hold; nobody is told which part."""


class Identity(NamedTuple):
    """Who somebody is to a provider. `email` is there only where the provider says that it is theirs."""

    subject: str
    email: str | None


def identity_in(
    token: str, *, keys: Mapping[str, Any], issuer: str, client: str, nonce: str, moment: datetime
) -> Mapping[str, Any]:
    """The claims of an ID token of this provider, for this site, made now and for this one sign-in; IdentityRefused
    otherwise. `keys`: the provider's public keys (RFC 7517)."""
    from authlib.oidc.core import CodeIDToken  # slow to import, and most schools never need it
    from joserfc import jwt
    from joserfc.jwk import KeySet

    try:
        found = jwt.decode(token, KeySet.import_key_set({"keys": keys["keys"]}), algorithms=ALGORITHMS)
        claims = CodeIDToken(
            found.claims,
            found.header,
            options={"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": client}},
            params={"nonce": nonce, "client_id": client},
        )
        claims.validate(now=int(moment.timestamp()), leeway=LEEWAY)
    except Exception as error:  # whatever a library says of what a stranger may have sent, the answer is no
        raise IdentityRefused from error
    return dict(claims)


def read_identity(claims: Mapping[str, Any], *, domain: str | None) -> Identity:
    """Who the claims speak of; IdentityRefused when it is nobody or, where a domain is asked for, nobody of it."""
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise IdentityRefused
    if domain is not None and claims.get("hd") != domain:
        raise IdentityRefused
    email, verified = claims.get("email"), claims.get("email_verified")
    return Identity(subject, email.strip().lower() if verified is True and isinstance(email, str) else None)
