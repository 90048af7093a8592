"""A provider of OpenID Connect on this machine: real HTTP, a key of its own, codes that are good once."""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.passkeys.authenticator import text

CLIENT, SECRET = "dongui", "only the mock knows"


def new_key() -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})


@dataclass
class ProviderMock:
    """What the provider says of whoever comes. `claims` and `header` stand in place of what would be right; None takes
    a claim out. `asked` holds the paths that were asked for."""

    issuer: str = ""
    key: RSAKey = field(default_factory=new_key)
    signs_with: RSAKey | None = None
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    down: bool = False
    asked: list[str] = field(default_factory=list)
    begun: dict[str, dict[str, str]] = field(default_factory=dict)

    def sign_in(self, address: str) -> dict[str, str]:
        """Somebody signs in there: what the browser comes back with."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert (query["client_id"], query["response_type"], query["code_challenge_method"]) == (CLIENT, "code", "S256")
        assert query["scope"].split() == ["openid", "email"]
        code = f"code-{len(self.begun)}"
        self.begun[code] = query
        return {"code": code, "state": query["state"], "back": query["redirect_uri"]}

    def answer(self, path: str, form: dict[str, str], authorization: str) -> tuple[int, Any]:
        """What is answered at a path."""
        self.asked.append(path)
        if self.down:
            return 503, {"error": "down"}
        if path == "/.well-known/openid-configuration":
            doors = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
            return 200, {"issuer": self.issuer} | {name: self.issuer + one for name, one in doors.items()} | self.told
        if path == "/keys":
            return 200, {"keys": [self.key.as_dict(private=False)]}
        return self._token(form, authorization) if path == "/token" else (404, {})

    def _token(self, form: dict[str, str], authorization: str) -> tuple[int, Any]:
        begun = self.begun.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proof = text(digest)
        known = authorization == "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if (
            not known
            or begun is None
            or proof != begun["code_challenge"]
            or form["redirect_uri"] != begun["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": self._id_token(begun["nonce"])}

    def _id_token(self, nonce: str) -> str:
        return self.token({"nonce": nonce} | self.claims, self.header)

    def token(self, claims: dict[str, Any], header: dict[str, Any]) -> str:
        """An ID token, right but for what is said otherwise."""
        now = int(time.time())
        right = {"iss": self.issuer, "aud": CLIENT, "sub": "subject-1", "iat": now, "exp": now + 60}
        said = {name: value for name, value in (right | claims).items() if value is not None}
        header = {"alg": "RS256", "kid": "one"} | header
        if header["alg"].startswith("RS"):
            return str(jwt.encode(header, said, self.signs_with or self.key))
        signed = ".".join(text(json.dumps(one).encode()) for one in (header, said))
        public = self.key.as_pem(private=False)  # what everybody can read
        signature = hmac.digest(public, signed.encode(), "sha256") if header["alg"] == "HS256" else b""
        return f"{signed}.{text(signature)}"


@contextmanager
def running_provider() -> Iterator[ProviderMock]:
    """A provider that answers on a port of this machine until the end."""
    mock = ProviderMock()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self._answer({name: values[0] for name, values in parse_qs(sent).items()})

        def _answer(self, form: dict[str, str]) -> None:
            status, said = mock.answer(self.path, form, self.headers.get("Authorization", ""))
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    mock.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield mock
    server.shutdown()
    server.server_close()
