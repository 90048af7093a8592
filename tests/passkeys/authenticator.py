"""An authenticator in software: makes passkeys and answers with them, rightly or with one part wrong."""

import base64
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40  # WebAuthn, 6.1: flags
ES256 = -7


def text(data: bytes) -> str:
    """Bytes as they travel: base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class Authenticator:
    """One passkey. What is given by name is said in place of what is right."""

    credential: bytes = b"c" * 32
    handle: bytes = b"h" * 16
    counter: int = 1
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def made(self, asked: dict[str, Any], origin: str, **said: Any) -> str:
        """The answer to being asked for a new passkey."""
        self.handle = base64.urlsafe_b64decode(asked["user"]["id"] + "==")
        client = self._client("webauthn.create", asked, origin, said)
        data = self._data(asked["rp"]["id"], said, ATTESTED) + self._attested()
        attestation = {"fmt": "none", "attStmt": {}, "authData": data}
        return self._answer({"clientDataJSON": client, "attestationObject": cbor2.dumps(attestation)})

    def known(self, asked: dict[str, Any], origin: str, **said: Any) -> str:
        """The answer to being asked to sign in."""
        client = self._client("webauthn.get", asked, origin, said)
        data = self._data(asked["rpId"], said, 0)
        key = said.get("key", self.key)
        signature = key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        parts = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        return self._answer({**parts, "userHandle": said.get("handle", self.handle)})

    def _client(self, kind: str, asked: dict[str, Any], origin: str, said: dict[str, Any]) -> bytes:
        client = {"type": kind, "challenge": asked["challenge"], "origin": origin, "crossOrigin": False}
        return json.dumps(client | said.get("client", {})).encode()

    def _data(self, place: str, said: dict[str, Any], more: int) -> bytes:
        flags = said.get("flags", PRESENT | VERIFIED) | more
        counter = said.get("counter", self.counter)
        return hashlib.sha256(said.get("place", place).encode()).digest() + bytes([flags]) + counter.to_bytes(4)

    def _attested(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: ES256, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        return bytes(16) + len(self.credential).to_bytes(2) + self.credential + cbor2.dumps(cose)

    def _answer(self, parts: dict[str, bytes]) -> str:
        said = {name: text(part) for name, part in parts.items()}
        own = text(self.credential)
        return json.dumps({"id": own, "rawId": own, "type": "public-key", "response": said})
