"""The commands of the first run and of the next school, for who looks after the machine."""

from urllib.parse import urlsplit

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import IntegrityError

from curriculum.accounts.queries import school_ids
from curriculum.classrooms.addresses import is_every_address, private_addresses, reachable
from curriculum.database import db
from curriculum.setup.services import add_next_school
from curriculum.setup.token import close_setup, open_setup

ADDRESS = click.option("--address", default="http://127.0.0.1:8000", help="Where the server is reached.")


def setup_commands() -> AppGroup:
    """Return the group `setup`."""
    group = AppGroup("setup", help="The first run.")

    @group.command("open")
    @ADDRESS
    def open_(address: str) -> None:
        """While there is no school: print where to begin, and the one-time token for it."""
        settings = current_app.extensions["settings"]
        folder = settings.data
        if school_ids():
            close_setup(folder)
            return
        if settings.https and settings.hosts and address.startswith("http:"):  # a proxy speaks HTTPS under this name
            address = f"https://{settings.hosts[0]}"
        click.echo(f"\n처음 여는 주소 · begin here: {_opened(address)}/ko/setup")
        click.echo(f"한 번 쓰는 토큰 · one-time token: {open_setup(folder)}")

    return group


def _opened(address: str) -> str:
    """The address to open where the server listens on every one: one that links and slips can be made under, too."""
    parts = urlsplit(address)
    host = parts.netloc
    if is_every_address(host):
        host = reachable(host, [*private_addresses(), "127.0.0.1"])
    return f"{parts.scheme}://{host}"


def school_commands() -> AppGroup:
    """Return the group `school`."""
    group = AppGroup("school", help="The schools of this server.")

    @group.command("add")
    @click.option("--slug", required=True, help="A short name in small letters, for DONGUI_SCHOOL.")
    @click.option("--name", required=True)
    @click.option("--admin", required=True, help="The name of the first administrator.")
    @click.option("--email", required=True, help="What the first administrator signs in with.")
    @ADDRESS
    def add(slug: str, name: str, admin: str, email: str, address: str) -> None:
        """Add a school, and print the link by which its first administrator sets a password."""
        try:
            code = add_next_school(slug=slug, name=name, admin_name=admin, email=email.strip().lower())
        except IntegrityError as error:
            raise click.ClickException(f"there is a school called {slug} already") from error
        db.session.commit()
        close_setup(current_app.extensions["settings"].data)
        click.echo(f"{address.rstrip('/')}/ko/invitation#{code}")

    return group
