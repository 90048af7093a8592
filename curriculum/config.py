"""Owns the settings: read once from the environment, typed, frozen, refused when they make no sense."""

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import SplitResult, urlsplit

T = TypeVar("T")

PROJECT = Path(__file__).resolve().parent.parent
PREFIX = "DONGUI_"
LESSONS = PROJECT / "lessons"
CATALOGS = PROJECT / "translations"
POSTGRESQL = "postgresql+psycopg://"
EXIT_URL = "https://www.weather.go.kr/"
KNOWN = frozenset(
    PREFIX + name for name in ("DATA", "DATABASE", "DEMO", "EXIT_URL", "HOSTS", "HTTPS", "LESSONS", "SCHOOL")
) | frozenset(PREFIX + "OIDC_" + name for name in ("ISSUER", "CLIENT", "SECRET", "NAME", "DOMAIN"))
# Read by the test suite only; named here so that a test run is not taken for a spelling mistake.
FOR_TESTS = frozenset({PREFIX + "TEST_FULL"})


class SettingsError(Exception):
    """Some settings make no sense; the message names each with what to write instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOn:
    """With whom staff may sign in instead of by password (OpenID Connect): `issuer` is the provider's address, `client`
    and `secret` are what it has given for this site, `name` is what the button says, `domain` the organisation whose
    accounts alone are good, where the provider names one (the claim `hd`)."""

    issuer: str
    client: str
    secret: str = field(repr=False)
    name: str
    domain: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the operator decides.

    `data` is the folder of everything that is kept; `database` an SQLAlchemy URL; `lessons` the content;
    `exit_url` where the quick exit leads; `hosts` further host names the site answers to; `school` the slug of the
    school of signed-out pages; `https` says that pages are reached over TLS; `demo` that this is the demo school;
    `sign_on` is whose accounts staff may use: without it nothing is ever asked of anybody outside.
    """

    data: Path
    database: str
    lessons: Path = LESSONS
    exit_url: str = EXIT_URL
    hosts: tuple[str, ...] = ()
    school: str | None = None
    https: bool = False
    demo: bool = False
    sign_on: SignOn | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings; raise SettingsError that names every wrong one."""
        return _Reader(environment).settings()

    def secret_key(self) -> str:
        """The key that signs cookies: made on first use, kept in the data folder, readable by its owner only."""
        path = self.data / "secret.key"
        if not path.exists():
            _write_key(path)
        return path.read_text("ascii")


def _write_key(path: Path) -> None:
    """Put a new key there, whole or not at all: several workers may start at once, and the first one's key holds."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(8)}.part")
    with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(part, path)
    except FileExistsError:
        pass  # another worker was first
    except OSError:  # a disk without hard links
        part.replace(path)
    part.unlink(missing_ok=True)


class _Reader:
    """Reads every setting before it complains, so that all mistakes are said at once."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.values = {key: value.strip() for key, value in environment.items() if key.startswith(PREFIX)}
        self.mistakes = [
            f"{key}: no such setting; known are {', '.join(sorted(KNOWN))}"
            for key in sorted(self.values.keys() - KNOWN - FOR_TESTS)
        ]

    def settings(self) -> Settings:
        data = self._read("DATA", PROJECT / "data", _folder_to_keep)
        settings = Settings(
            data=data,
            database=self._read("DATABASE", f"sqlite:///{data / 'dongui.sqlite'}", _database_url),
            lessons=self._read("LESSONS", LESSONS, _existing_folder),
            exit_url=self._read("EXIT_URL", EXIT_URL, _web_address),
            hosts=self._read("HOSTS", (), _host_names),
            school=self._read("SCHOOL", None, str),
            https=self._read("HTTPS", False, _yes_or_no),
            demo=self._read("DEMO", False, _yes_or_no),
            sign_on=self._sign_on(),
        )
        if self.mistakes:
            raise SettingsError("\n".join(self.mistakes))
        return settings

    def _sign_on(self) -> SignOn | None:
        given = {name: self.values.get(f"{PREFIX}OIDC_{name}", "") for name in ("ISSUER", "CLIENT", "SECRET", "NAME")}
        domain = self._read("OIDC_DOMAIN", None, str)
        if not any([*given.values(), domain]):
            return None
        missing = [f"{PREFIX}OIDC_{name}" for name, value in given.items() if not value]
        self.mistakes += [f"{name}: is missing; all but DONGUI_OIDC_DOMAIN belong together" for name in missing]
        issuer = self._read("OIDC_ISSUER", "", _issuer)
        return SignOn(issuer=issuer, client=given["CLIENT"], secret=given["SECRET"], name=given["NAME"], domain=domain)

    def _read(self, name: str, default: T, parse: Callable[[str], T]) -> T:
        text = self.values.get(PREFIX + name, "")
        if not text:
            return default
        try:
            return parse(text)
        except ValueError as error:
            self.mistakes.append(f"{PREFIX}{name}={_without_password(text)!r}: {error}")
            return default


def _without_password(text: str) -> str:
    """A setting as it may stand on a screen or in a log."""
    return re.sub(r"(://[^:/?#]*:).*@", r"\1…@", text)


def _folder_to_keep(text: str) -> Path:
    folder = Path(text).expanduser().resolve()
    if folder.exists() and not folder.is_dir():
        raise ValueError("is a file; name a folder")
    return folder


def _existing_folder(text: str) -> Path:
    folder = Path(text).expanduser().resolve()
    if not (folder / "sequence.toml").is_file():
        raise ValueError("has no sequence.toml; name the folder of the lessons")
    return folder


def _database_url(text: str) -> str:
    in_memory = text == "sqlite:///" or ":memory:" in text  # nothing would be kept
    if in_memory or not text.startswith(("sqlite:///", POSTGRESQL)):
        raise ValueError(f"write sqlite:////path/to/file or {POSTGRESQL}user@host/name")
    if text.startswith(POSTGRESQL):
        _check_server(urlsplit(text))
    return text


def _check_server(parts: SplitResult) -> None:
    try:
        port = parts.port
    except ValueError:
        port = 0
    if port == 0 or "@" in parts.path:
        raise ValueError("cannot be read; a password with signs like @ : / is written with %40 %3A %2F")
    if not parts.path.strip("/") or "/" in parts.path[1:]:
        raise ValueError(f"names no database; write {POSTGRESQL}user@host/name")


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or text.split() != [text]:
        raise ValueError("write a whole address that begins with https://")
    return text


def _issuer(text: str) -> str:
    parts = urlsplit(_web_address(text))
    if parts.scheme != "https" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise ValueError("write an address that begins with https://")
    if parts.query or parts.fragment or parts.username:
        raise ValueError("write the provider's address alone, without ? or # or a name")
    return text


def _host_names(text: str) -> tuple[str, ...]:
    names = tuple(name.strip().lower() for name in text.split(",") if name.strip())
    if any("/" in name or ":" in name or "*" in name for name in names):
        raise ValueError("write host names alone, parted by commas, without https:// or port")
    return names


def _yes_or_no(text: str) -> bool:
    if text not in {"0", "1"}:
        raise ValueError("write 1 for yes or 0 for no")
    return text == "1"
