"""Owns the commands of keeping: the schema, the demo school, the catalogs of the interface."""

import json
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from curriculum.config import PROJECT
from curriculum.database import create_database, db, now
from curriculum.operations.access_page import AccessTableError, access_page, read_access_table
from curriculum.operations.accessibility_page import accessibility_page, read_check_items
from curriculum.operations.services import SIGN_INS, keep_sign_ins, load_demo
from curriculum.operations.words import update_words, words_problems

ACCESS_PAGE, ACCESS_TABLE = PROJECT / "docs" / "access.md", PROJECT / "docs" / "access.toml"
ACCESSIBILITY_PAGE = PROJECT / "docs" / "accessibility.md"
ACCESSIBILITY_TABLE = PROJECT / "docs" / "accessibility.toml"


def database_commands() -> click.Group:
    """Return the group `database`."""
    group = AppGroup("database", help="Bring the schema up to date.")

    @group.command("upgrade")
    def upgrade() -> None:
        """Bring the database to the newest schema; make it where there is none."""
        create_database(current_app)

    return group


def demo_commands() -> click.Group:
    """Return the group `demo`."""
    group = AppGroup("demo", help="The demo school.")
    folder = click.option("--data", type=click.Path(path_type=Path, file_okay=False), required=True)

    @group.command("load")
    @folder
    def load(data: Path) -> None:
        """Make the demo school in its own folder; a school's folder is refused."""
        settings = current_app.extensions["settings"]
        if not settings.demo or settings.data != data.resolve():
            raise click.ClickException("the demo is loaded with DONGUI_DEMO=1 and into DONGUI_DATA alone")
        create_database(current_app)
        load_demo(sign_ins=keep_sign_ins(data), today=now())
        db.session.commit()

    @group.command("sign-ins")
    @folder
    @click.option("--json", "_as_json", is_flag=True, help="The only form there is; said so that it can be asked for.")
    def sign_ins(data: Path, _as_json: bool) -> None:
        """Print the demo school's sign-ins as JSON."""
        try:
            kept = json.loads((data / SIGN_INS).read_text("utf-8"))
        except FileNotFoundError as error:
            raise click.ClickException(f"{data} holds no demo school") from error
        click.echo(json.dumps(kept, ensure_ascii=False, indent=1))

    return group


def access_commands() -> click.Group:
    """Return the group `access`."""
    group = AppGroup("access", help="Who may reach what.")

    @group.command("write")
    def write() -> None:
        """Write docs/access.md from docs/access.toml and the access marks on the URLs."""
        table = read_access_table(ACCESS_TABLE.read_text("utf-8"))
        try:
            ACCESS_PAGE.write_text(access_page(current_app.extensions["access"], table), "utf-8")
        except AccessTableError as error:
            raise click.ClickException(str(error)) from error

    return group


def accessibility_commands() -> click.Group:
    """Return the group `accessibility`."""
    group = click.Group("accessibility", help="How the accessibility guidelines are met.")

    @group.command("write")
    def write() -> None:
        """Write docs/accessibility.md from docs/accessibility.toml."""
        items = read_check_items(ACCESSIBILITY_TABLE.read_text("utf-8"))
        ACCESSIBILITY_PAGE.write_text(accessibility_page(items), "utf-8")

    return group


def words_commands() -> click.Group:
    """Return the group `words`."""
    group = click.Group("words", help="The sentences of the interface.")

    @group.command("check")
    def check() -> None:
        """List what is missing, empty or wrong in the catalogs; exit with 1 if there is anything."""
        problems = words_problems()
        for problem in problems:
            click.echo(problem)
        click.echo(f"{len(problems)} problems")
        if problems:
            raise click.exceptions.Exit(1)

    @group.command("update")
    def update() -> None:
        """Put new sentences into the catalogs, to be translated, and take out those that are gone."""
        update_words()

    return group
