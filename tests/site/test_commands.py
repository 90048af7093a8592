"""Shows what `run.py` decides by itself: what to install, where to serve, whom to call; without a network."""

import ast
import runpy
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

import run
from curriculum.operations.sign_in_lines import SHOWN, sign_in_lines

ROOT = Path(__file__).resolve().parents[2]


class Became(Exception):
    """The process would have turned into this command, told these things."""

    def __init__(self, command: Sequence[str], told: Mapping[str, str]) -> None:
        super().__init__(command)
        self.command, self.told = list(command), told


class Calls(list[list[str]]):
    """Stands in for starting processes: remembers the commands and answers with `code`."""

    code = 0

    def __call__(self, command: Sequence[str], **_options: object) -> int:
        self.append(list(command))
        if self.code == 0 and "load" in command:
            (Path(command[-1]) / run.SIGN_INS).write_text('{"staff": []}', "utf-8")
        return self.code

    def naming(self, word: str) -> list[list[str]]:
        return [command for command in self if word in command]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    calls = Calls()
    monkeypatch.setattr(subprocess, "call", calls)
    monkeypatch.setattr(subprocess, "run", calls)
    return calls


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: Calls) -> Path:
    """An empty project folder with two locks, no environment and no process that really starts."""
    root = tmp_path / "project"
    (root / ".venv" / "bin").mkdir(parents=True)
    for name, path in {"ROOT": "", "VENV": ".venv", "PYTHON": ".venv/bin/python"}.items():
        monkeypatch.setattr(run, name, root / path)
    for name, path in {"RUNTIME": "requirements.txt", "DEVELOPMENT": "requirements-dev.txt"}.items():
        monkeypatch.setattr(run, name, root / path)
        (root / path).write_text("flask==3\n", "utf-8")
    (root / ".venv" / "bin" / "python").touch()
    return root


@pytest.fixture
def ready(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, set up already; turning into another process is caught."""
    monkeypatch.setattr(run, "set_up", lambda **_options: None)

    def become(command: Sequence[str], told: Mapping[str, str]) -> None:
        raise Became(command, told)

    monkeypatch.setattr(run, "become", become)
    return project


def became(*words: str) -> Became:
    with pytest.raises(Became) as caught:
        run.main(list(words))
    return caught.value


# setting up


def test_a_second_set_up_does_no_work(project: Path, calls: Calls) -> None:
    run.set_up(development=True)
    assert len(calls.naming("install")) == 2
    calls.clear()
    run.set_up(development=True)
    run.set_up()
    assert calls == []


def test_the_tests_add_to_an_environment_and_do_not_make_it_anew(project: Path, calls: Calls) -> None:
    run.set_up()
    calls.clear()
    run.set_up(development=True)
    assert calls.naming("venv") == []
    assert [command[-1] for command in calls.naming("install")] == [str(run.DEVELOPMENT)]


def test_an_interrupted_install_is_not_stamped(project: Path, calls: Calls, capsys: pytest.CaptureFixture[str]) -> None:
    calls.code = 1
    with pytest.raises(SystemExit, match="Could not install"):
        run.set_up()
    assert "인터넷 연결" in capsys.readouterr().err
    calls.clear()
    calls.code = 0
    run.set_up()
    assert len(calls.naming("install")) == 1


@pytest.mark.parametrize("change", ["lock", "python", "place", "environment"])
def test_what_changes_is_installed_again(project: Path, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    run.set_up()
    assert run.is_installed(run.RUNTIME)
    if change == "lock":
        run.RUNTIME.write_text("flask==4\n", "utf-8")
    elif change == "python":
        monkeypatch.setattr(sys, "version", "3.99.0")
    elif change == "place":
        monkeypatch.setattr(run, "VENV", project.rename(project.parent / "moved") / ".venv")
    else:
        run.PYTHON.unlink()
    assert not run.is_installed(run.RUNTIME)


def finds(*present: str) -> object:
    return lambda name: object() if name in present else None


def test_without_ensurepip_the_systems_pip_installs_from_outside(
    project: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", finds("pip"))
    run.set_up()
    made, installed = calls
    assert "--without-pip" in made
    assert installed[:5] == [sys.executable, "-m", "pip", "--python", str(run.PYTHON)]
    assert "--require-hashes" in installed


def test_without_pip_and_ensurepip_one_line_says_what_to_install(
    project: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", finds())
    with pytest.raises(SystemExit, match="sudo apt-get install -y python3-venv"):
        run.set_up()
    assert calls == []


def test_an_older_python_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 12))
    with pytest.raises(SystemExit, match=r"파이썬 3\.11 이상.*Python 3\.11 or later"):
        runpy.run_path(str(ROOT / "run.py"))


def test_an_older_python_can_read_the_file_that_tells_it() -> None:
    ast.parse((ROOT / "run.py").read_text("utf-8"), feature_version=(3, 7))


# where it serves


def test_a_taken_port_gives_way_to_the_next() -> None:
    with socket.create_server((run.LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
        assert run.choose_port(run.LOOPBACK, range(port, port + 50)) > port


def test_a_port_that_was_asked_for_is_not_replaced(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server((run.LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=f"Port {port} .* cannot be used"):
            run.choose_port(run.LOOPBACK, [port])
    assert f"포트 {port}번" in capsys.readouterr().err


def test_a_school_is_served_where_it_is_asked_for(ready: Path, calls: Calls) -> None:
    with socket.create_server((run.LOOPBACK, 0)) as free:
        port = str(free.getsockname()[1])
    server = became("serve", "--host", run.LOOPBACK, "--port", port, "--data", str(ready / "school"))
    address = f"http://{run.LOOPBACK}:{port}/"
    words = [
        ["database", "upgrade"],
        ["setup", "open", "--address", address],
        ["network", "show", "--address", address],
    ]
    assert calls == [run.app_command(*one) for one in words]
    assert server.command[-1] == "wsgi:app"
    assert server.command[server.command.index("--port") + 1] == port
    assert server.told["DONGUI_DATA"] == str(ready / "school")
    assert "DONGUI_DEMO" not in server.told


def test_a_school_with_a_certificate_is_served_over_https_alone(ready: Path, calls: Calls) -> None:
    certificate, key = (ready / name for name in ("server.crt", "server.key"))
    for path in (certificate, key):
        path.write_text("x", "ascii")
    with socket.create_server((run.LOOPBACK, 0)) as free:
        port = str(free.getsockname()[1])
    server = became("serve", "--port", port, "--certificate", str(certificate), "--key", str(key))
    assert server.told["DONGUI_HTTPS"] == "1"
    assert server.command[server.command.index("--ssl-certificate") + 1] == str(certificate)
    assert server.command[server.command.index("--ssl-keyfile") + 1] == str(key)
    assert [call[-1] for call in calls.naming("--address")] == [f"https://{run.LOOPBACK}:{port}/"] * 2


@pytest.mark.parametrize("words", [["--certificate", "server.crt"], ["--certificate", "no", "--key", "such"]])
def test_half_a_certificate_serves_nothing(ready: Path, calls: Calls, words: list[str]) -> None:
    (ready / "server.crt").write_text("x", "ascii")
    with pytest.raises(SystemExit, match="--certificate"):
        run.main(["serve", *(str(ready / word) if "." in word else word for word in words)])
    assert calls == []


def test_a_school_whose_tables_cannot_be_upgraded_is_not_served(ready: Path, calls: Calls) -> None:
    calls.code = 1
    with socket.create_server((run.LOOPBACK, 0)) as free:
        port = str(free.getsockname()[1])
    with pytest.raises(SystemExit, match="could not be made ready"):
        run.main(["serve", "--port", port])


# the demo


def test_the_demo_hears_nothing_of_a_school(ready: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONGUI_DATABASE", "postgresql+psycopg://school")
    monkeypatch.setenv("DONGUI_DATA", str(ready / "school"))
    server = became()
    told = {key: value for key, value in server.told.items() if key.startswith("DONGUI_")}
    assert told == {"DONGUI_DATA": str(ready / ".demo"), "DONGUI_DEMO": "1"}
    assert server.command[server.command.index("--host") + 1] == run.LOOPBACK


@pytest.mark.parametrize("words", [[], ["demo"], ["demo", "--json"]])
def test_the_demo_refuses_a_folder_that_holds_something_else(ready: Path, calls: Calls, words: list[str]) -> None:
    school = ready / "school"
    school.mkdir()
    (school / "dongui.sqlite").write_bytes(b"a school")
    with pytest.raises(SystemExit, match="choose an empty one"):
        run.main([*words, "--data", str(school)])
    assert calls == []
    assert [path.name for path in school.iterdir()] == ["dongui.sqlite"]


def test_the_demo_is_loaded_once_and_again_when_the_app_changes(ready: Path, calls: Calls) -> None:
    data = ready / "demo"
    (ready / "lessons").mkdir()
    for expected in (1, 1):
        run.load_demo(data)
        assert len(calls.naming("load")) == expected
    (ready / "lessons" / "facts.toml").write_text("", "utf-8")
    (ready / "lessons" / "new.md").write_text("new", "utf-8")
    run.load_demo(data)
    assert len(calls.naming("load")) == 2


def test_a_demo_that_was_cut_short_is_loaded_again(ready: Path, calls: Calls) -> None:
    calls.code = 1
    with pytest.raises(SystemExit, match="could not be made"):
        run.load_demo(ready / "demo")
    calls.code = 0
    assert run.load_demo(ready / "demo") == '{"staff": []}'


def test_json_is_all_that_stands_on_stdout(ready: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run.main(["demo", "--json", "--data", str(ready / "demo")])
    assert capsys.readouterr().out == '{"staff": []}\n'


def test_the_sign_ins_are_said_in_both_languages_and_cut_short() -> None:
    students = [{"number": number, "code": f"00000{number}"} for number in range(1, 8)]
    lines = list(sign_in_lines({"classes": [{"name": "중2-3", "class_code": "ABCD", "students": students}]}))
    assert lines[:2] == ["학급 · classes", "  이름 · name: 중2-3   참여 코드 · class code: ABCD"]
    assert lines[3] == "    번호 · number: 1   코드 · code: 000001"
    assert len(lines) == 3 + SHOWN + 1
    assert lines[-1].strip() == "… +3"


# the words


@pytest.mark.parametrize("words", [["content", "check"], ["facts", "check"], ["demo", "load", "--data", "x"]])
def test_any_other_word_goes_to_the_app(ready: Path, words: list[str]) -> None:
    app = became(*words)
    assert app.command == [str(run.PYTHON), "-P", "-m", "curriculum.app", *words]
    assert app.told["PYTHONPATH"] == str(run.ROOT)


def test_the_tests_get_their_words_and_no_settings_of_a_school(ready: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONGUI_DATA", "school")
    monkeypatch.chdir(ready)
    tests = became("test", "--full", "-k", "door")
    assert tests.command[1:] == ["-m", "pytest", "-n", "3", "--dist", "worksteal", "-k", "door"]
    assert {key for key in tests.told if key.startswith("DONGUI_")} == {"DONGUI_TEST_FULL"}
    assert "DONGUI_TEST_FULL" not in became("test").told


def test_every_check_runs_even_after_one_has_failed(ready: Path, calls: Calls) -> None:
    run.main(["check"])
    calls.clear()
    calls.code = 1
    with pytest.raises(SystemExit, match="mypy"):
        run.main(["check"])
    assert len(calls) == len(run.CHECKS)


@pytest.mark.parametrize("words", [["--prot", "1"], ["serve", "--json"], ["check", "x"], ["--host", "0.0.0.0"]])
def test_a_wrong_flag_is_refused(ready: Path, calls: Calls, words: list[str]) -> None:
    with pytest.raises(SystemExit):
        run.main(words)
    assert calls == []
