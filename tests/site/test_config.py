"""Shows that the settings are read, and refused with a remedy where they make no sense."""

import os
import stat
import threading
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from curriculum.config import EXIT_URL, KNOWN, LESSONS, PROJECT, Settings, SettingsError


def mistakes(**environment: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment(environment)
    return str(caught.value).splitlines()


def test_it_works(tmp_path: Path) -> None:
    settings = Settings.from_environment(
        {
            "DONGUI_DATA": str(tmp_path),
            "DONGUI_HOSTS": "Dongui.school.kr, www.school.kr",
            "DONGUI_HTTPS": "1",
            "DONGUI_SCHOOL": " haetsal ",
            "PATH": "/bin",
        }
    )
    assert settings.data == tmp_path
    assert settings.database == f"sqlite:///{tmp_path / 'dongui.sqlite'}"
    assert settings.hosts == ("dongui.school.kr", "www.school.kr")
    assert (settings.https, settings.demo, settings.school) == (True, False, "haetsal")


def test_nothing_needs_to_be_set() -> None:
    settings = Settings.from_environment({})
    assert (settings.data, settings.lessons, settings.exit_url) == (PROJECT / "data", LESSONS, EXIT_URL)
    assert (settings.hosts, settings.school, settings.https, settings.demo) == ((), None, False, False)


def test_an_empty_setting_is_one_that_is_not_set() -> None:
    assert Settings.from_environment(dict.fromkeys(KNOWN, "")) == Settings.from_environment({})


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("DONGUI_HTTPS", "yes", "write 1 for yes or 0 for no"),
        ("DONGUI_DEMO", "true", "write 1 for yes or 0 for no"),
        ("DONGUI_DATABASE", "mysql://localhost/dongui", "write sqlite:////path/to/file"),
        ("DONGUI_DATABASE", "dongui.sqlite", "write sqlite:////path/to/file"),
        ("DONGUI_DATABASE", "sqlite://", "write sqlite:////path/to/file"),
        ("DONGUI_DATABASE", "sqlite:///", "write sqlite:////path/to/file"),
        ("DONGUI_DATABASE", "sqlite:///:memory:", "write sqlite:////path/to/file"),
        ("DONGUI_DATABASE", "postgres://me@host/school", "or postgresql+psycopg://user@host/name"),
        ("DONGUI_DATABASE", "postgresql+psycopg://me@host", "names no database"),
        ("DONGUI_DATABASE", "postgresql+psycopg://me@host/a/b", "names no database"),
        ("DONGUI_DATABASE", "postgresql+psycopg://me:a:b@host:x/school", "a password with signs like @ : /"),
        ("DONGUI_EXIT_URL", "weather.go.kr", "begins with https://"),
        ("DONGUI_EXIT_URL", "javascript:alert(1)", "begins with https://"),
        ("DONGUI_EXIT_URL", "https://", "begins with https://"),
        ("DONGUI_EXIT_URL", "https://a.kr/\r\nSet-Cookie: x=1", "begins with https://"),
        ("DONGUI_HOSTS", "https://school.kr", "write host names alone"),
        ("DONGUI_HOSTS", "school.kr:8000", "write host names alone"),
        ("DONGUI_HOSTS", "*.school.kr", "write host names alone"),
        ("DONGUI_LESSONS", "/nowhere", "name the folder of the lessons"),
        ("DONGUI_HOST", "school.kr", "no such setting; known are DONGUI_DATA"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused_with_a_remedy(name: str, value: str, remedy: str) -> None:
    [mistake] = mistakes(**{name: value})
    assert mistake.startswith(name)
    assert remedy in mistake


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://dongui@localhost/dongui",
        "postgresql+psycopg://dongui:secret@db.school.kr:6432/dongui?sslmode=require",
        "postgresql+psycopg:///dongui?host=/run/postgresql",
    ],
)
def test_a_postgresql_is_reached_by_name_or_by_socket(url: str) -> None:
    assert Settings.from_environment({"DONGUI_DATABASE": url}).database == url


@pytest.mark.parametrize("url", ["postgres://me:p@ss/w:ord@host/school", "postgresql+psycopg://me:p@ss/w:ord@host"])
def test_a_password_is_not_repeated(url: str) -> None:
    [mistake] = mistakes(DONGUI_DATABASE=url)
    assert "://me:…@host" in mistake
    assert not [part for part in ("p@ss", "ord") if part in mistake.partition(": ")[0]]


def test_a_file_is_no_data_folder(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    assert mistakes(DONGUI_DATA=str(tmp_path / "data"))[0].endswith("is a file; name a folder")


def test_all_mistakes_are_said_at_once() -> None:
    found = mistakes(DONGUI_HTTPS="yes", DONGUI_EXIT_URL="x", DONGUI_HOSTS="*", DONGUI_PORT="80")
    assert [line.partition("=")[0].partition(":")[0] for line in found] == [
        "DONGUI_PORT",
        "DONGUI_EXIT_URL",
        "DONGUI_HOSTS",
        "DONGUI_HTTPS",
    ]


def test_a_test_run_is_no_spelling_mistake() -> None:
    assert Settings.from_environment({"DONGUI_TEST_FULL": "1"}) == Settings.from_environment({})


def test_settings_cannot_be_changed_afterwards() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings.from_environment({}).https = True  # type: ignore[misc]  # this is what must not work


def test_every_setting_stands_in_the_example_file() -> None:
    text = (PROJECT / ".env.example").read_text("utf-8")
    # The demo is asked for by a command, never by hand.
    assert {name for name in KNOWN if f"#{name}=" in text} == KNOWN - {"DONGUI_DEMO"}


def key_of(folder: Path) -> str:
    return Settings(data=folder, database="sqlite:///x").secret_key()


def test_the_secret_key_is_made_once_and_kept(tmp_path: Path) -> None:
    key = key_of(tmp_path)
    assert len(key) >= 64
    assert key_of(tmp_path) == key
    (tmp_path / "other").mkdir()
    assert key_of(tmp_path / "other") != key


def test_the_secret_key_is_for_its_owner_only(tmp_path: Path) -> None:
    before = os.umask(0)  # however open the system's own habit is
    try:
        key_of(tmp_path)
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {"secret.key": 0o600}


def test_workers_that_start_at_once_share_one_key(tmp_path: Path) -> None:
    for round_ in range(30):
        folder = tmp_path / str(round_)
        folder.mkdir()
        keys: list[str] = []
        together = threading.Barrier(4)

        def start(folder: Path = folder, keys: list[str] = keys, together: threading.Barrier = together) -> None:
            together.wait()
            keys.append(key_of(folder))

        workers = [threading.Thread(target=start) for _ in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        # A worker that reads the file before it is written would sign with an empty key.
        assert len(keys) == 4
        assert len(set(keys)) == 1
        assert keys[0]
