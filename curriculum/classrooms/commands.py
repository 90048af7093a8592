"""The command `network show`, said at the start of a server: where tablets find it, as a text and as a QR code."""

import sys
from urllib.parse import urlsplit

import click
from flask import current_app
from flask.cli import AppGroup

from curriculum.classrooms.addresses import is_loopback, private_addresses
from curriculum.config import Settings
from curriculum.localization import DEFAULT


def network_commands() -> AppGroup:
    """Return the group `network`."""
    group = AppGroup("network", help="How other machines of this network find the server.")

    @group.command("show")
    @click.option("--address", required=True, help="Where the server listens, as http://host:port/.")
    def show(address: str) -> None:
        """Print the addresses of this machine, and a QR code of the first for the class."""
        import segno  # at a start only

        found = _addresses(address, current_app.extensions["settings"])
        if found is None:
            click.echo("태블릿은 들어올 수 없어요: --host 0.0.0.0 · Tablets cannot get in: --host 0.0.0.0")
            return
        if not found:
            click.echo("학교 네트워크 주소를 찾지 못했어요. · No address in the school network was found.")
            return
        click.echo("\n  ".join(["태블릿에서 열 주소 · the address for tablets:", *found]))
        code = segno.make_qr(found[0])
        code.terminal(sys.stdout, border=2, compact=True)

    return group


def _addresses(address: str, settings: Settings) -> list[str] | None:
    """Where tablets find what listens at an address, none without a network; None where they cannot get in at all."""
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port else ""
    if settings.https and parts.scheme == "http":  # a proxy in front of the server speaks HTTPS, on its own port
        return [f"https://{one}/{DEFAULT}/join" for one in settings.hosts or private_addresses()]
    if is_loopback(parts.netloc):
        return None
    return [f"{parts.scheme}://{one}{port}/{DEFAULT}/join" for one in private_addresses()]
