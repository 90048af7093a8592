"""The command `retention run`, for who looks after the machine."""

import click
from flask.cli import AppGroup

from curriculum.accounts.queries import school_ids
from curriculum.database import now
from curriculum.retention.services import planned, purge
from curriculum.tenancy import acting_meanwhile


def retention_commands() -> AppGroup:
    """Return the group `retention`."""
    group = AppGroup("retention", help="Let records go whose time is over.")

    @group.command("run")
    @click.option("--dry-run", is_flag=True, help="Say what would go, and write nothing.")
    def run(dry_run: bool) -> None:
        """Erase, school by school, what is older than the months that the school has set; again does nothing more."""
        for school_id, name in school_ids():
            with acting_meanwhile(school_id):
                done = (planned if dry_run else purge)(school_id=school_id, moment=now())
            rows = ", ".join(f"{table} {count}" for table, count in sorted(done.rows.items())) or "nothing"
            click.echo(f"{name}: up to {done.year}: {done.classes} classes, {done.people} students; rows: {rows}")

    return group
