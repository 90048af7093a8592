"""Shows under which names the site answers: loopback, private addresses and its own names, nothing else."""

from pathlib import Path

import pytest
from flask import Flask

from curriculum.security import host_allowed
from tests.inspection import header_faults
from tests.site.another_app import another_app

NAMES = {"localhost", "dongui.school.kr"}
ALLOWED = [
    "localhost",
    "localhost:8000",
    "LocalHost",
    "127.0.0.1",
    "127.8.9.1:80",
    "[::1]",
    "[::1]:8000",
    "10.1.2.3",
    "172.16.0.9:8000",
    "192.168.0.20:8000",
    "[fe80::1]",
    "[fd00::7]:443",
    "dongui.school.kr",
    "DONGUI.school.kr:443",
]
REFUSED = [
    "",
    "evil.com",
    "evil.com:80",
    "8.8.8.8",
    "172.32.0.1",
    "[2001:4860:4860::8888]",
    "[::ffff:8.8.8.8]",
    "127.0.0.1.evil.com",
    "localhost.evil.com",
    "evil.com#localhost",
    "evil.com/localhost",
    "localhost@evil.com",
    "localhost:80@evil.com",
    "localhost:evil.com",
    "localhost:80:80",
    "[::1]evil.com",
    "localhost evil.com",
    "other.dongui.school.kr",
]


def test_it_works(app: Flask) -> None:
    response = app.test_client().get("/ko/", headers={"Host": "192.168.0.20:8000"})
    assert response.status_code == 200


@pytest.mark.parametrize("host", ALLOWED)
def test_a_host_that_can_be_ours_is_answered(host: str) -> None:
    assert host_allowed(host, NAMES)


@pytest.mark.parametrize("host", REFUSED)
def test_any_other_host_is_refused(host: str) -> None:
    assert not host_allowed(host, NAMES)


@pytest.mark.parametrize("host", ["evil.com", "localhost:80@evil.com"])
@pytest.mark.parametrize("path", ["/", "/ko", "/ko/lessons/", "/ko/nothing", "/exit", "/healthz"])
def test_no_address_answers_a_strange_host(app: Flask, host: str, path: str) -> None:
    response = app.test_client().get(path, headers={"Host": host})
    assert response.status_code == 400
    assert "Location" not in response.headers
    assert "evil.com" not in response.text
    assert list(header_faults(response)) == []


def test_the_operator_can_name_further_hosts(app: Flask, tmp_path: Path) -> None:
    named = {"Host": "dongui.school.kr"}
    assert app.test_client().get("/ko/", headers=named).status_code == 400
    with another_app(tmp_path, hosts=("dongui.school.kr",)) as own:
        assert own.test_client().get("/ko/", headers=named).status_code == 200


@pytest.mark.parametrize("name", ["X-Forwarded-Host", "X-Host", "X-Original-URL", "Forwarded"])
def test_no_forwarded_name_is_believed(app: Flask, name: str) -> None:
    response = app.test_client().get("/ko", headers={name: "host=evil.com"})
    assert response.headers["Location"] == "http://localhost/ko/"
