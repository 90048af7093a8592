"""Shows how tablets are told where the laptop is."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from curriculum.classrooms import commands, views
from curriculum.classrooms.addresses import is_every_address, is_loopback, is_private, private_addresses, reachable
from curriculum.cli import command_line
from tests.cast import Cast
from tests.site_client import SiteClient

OWN = ["192.168.0.10", "10.1.2.3"]


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "127.5.5.5", "[::1]:8000"])
def test_what_leads_to_this_machine_alone_is_replaced_with_its_port(host: str) -> None:
    assert is_loopback(host)
    port = host.rpartition(":")[2] if host.endswith("8000") else ""
    assert reachable(host, OWN) == f"192.168.0.10{':' if port else ''}{port}"
    assert reachable(host, []) == host


@pytest.mark.parametrize("host", ["0.0.0.0:8000", "[::]:8000"])
def test_what_a_server_listens_on_is_replaced_too(host: str) -> None:
    assert is_every_address(host)
    assert not is_loopback(host)
    assert reachable(host, OWN) == "192.168.0.10:8000"


@pytest.mark.parametrize("host", ["school.kr", "school.kr:8000", "192.168.0.3:80", "[fe80::1]:80", "localhost.kr"])
def test_what_others_reach_stays(host: str) -> None:
    assert reachable(host, OWN) == host


@given(st.ip_addresses(v=4).map(str))
def test_only_addresses_of_a_school_network_are_shown(address: str) -> None:
    begins = ("10.", "192.168.", *(f"172.{part}." for part in range(16, 32)))
    if address.startswith(begins):
        assert is_private(address)
    if address.startswith(("127.", "169.254.", "0.", "8.", "224.")):
        assert not is_private(address) or address.startswith("0.")
    assert not is_private(f"{address}.kr")


def test_this_machines_own_are_among_them() -> None:
    assert all(is_private(one) for one in private_addresses())


PROXIED = {"https": True, "hosts": ("lessons.school.example",)}


@pytest.mark.parametrize(
    ("address", "own", "settings", "said"),
    [
        ("http://0.0.0.0:8000/", OWN, {}, "http://192.168.0.10:8000/ko/join"),
        ("http://0.0.0.0:8000/", [], {}, "No address"),
        ("http://127.0.0.1:8000/", OWN, {}, "--host 0.0.0.0"),
        ("https://0.0.0.0:8000/", OWN, {"https": True}, "https://192.168.0.10:8000/ko/join"),
        ("http://127.0.0.1:8000/", OWN, PROXIED, "https://lessons.school.example/ko/join"),
        ("http://127.0.0.1:8000/", OWN, {"https": True}, "https://192.168.0.10/ko/join"),
    ],
)
def test_the_start_says_where_tablets_find_it(
    app: Flask, address: str, own: list[str], settings: dict[str, Any], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "private_addresses", lambda: own)
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], **settings))
    run = command_line(app.extensions["settings"], lambda: app)
    printed = CliRunner().invoke(run, ["network", "show", "--address", address]).output
    assert said in printed
    assert ("█" in printed) == ("join" in said)  # the QR code


@pytest.mark.parametrize(
    ("asked", "hosts", "shown"),
    [
        ("http://lessons.school.example", ["lessons.school.example"], "https://lessons.school.example/"),
        ("http://127.0.0.1:8000", ["lessons.school.example"], "https://lessons.school.example/"),
        ("http://127.0.0.1:8000", [], "https://192.168.0.10/"),
        ("https://127.0.0.1:8000", [], "https://192.168.0.10:8000/"),  # its own certificate: the same port
    ],
)
def test_over_https_the_page_shows_the_address_that_a_tablet_can_open(
    app: Flask, cast: Cast, asked: str, hosts: list[str], shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = SiteClient(app).sign_in(cast.moon)
    monkeypatch.setattr(views, "private_addresses", lambda: OWN)
    monkeypatch.setattr(views, "_scheme", lambda: "https")
    scheme, _, host = asked.partition("://")
    monkeypatch.setattr(views, "request", SimpleNamespace(host=host, scheme=scheme))
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], hosts=tuple(hosts)))
    assert f"{shown}ko/join" in client.get("/ko/school/network").words()
