"""The command `staff reset`, for somebody who is locked out, the last administrator too."""

import click
from flask.cli import AppGroup

from curriculum.accounts.queries import school_ids
from curriculum.database import db
from curriculum.staff.queries import staff_with_email
from curriculum.staff.services import reset_from_console
from curriculum.tenancy import act_for, acting_meanwhile


def staff_commands() -> AppGroup:
    """Return the group `staff`."""
    group = AppGroup("staff", help="Those who work at a school.")

    @group.command("reset")
    @click.argument("email")
    @click.option("--school", help="The name of the school, where somebody works at several.")
    @click.option("--address", default="http://127.0.0.1:8000", help="Where the server is reached.")
    def reset(email: str, school: str | None, address: str) -> None:
        """Let somebody in again: one-time codes and passkeys gone, and a link to a new password, which is printed."""
        email = email.strip().lower()
        found = []
        for school_id, name in school_ids():
            with acting_meanwhile(school_id):
                if school in {None, name} and staff_with_email(school_id, email):
                    found.append(school_id)
        if len(found) != 1:
            raise click.ClickException(f"{email} works at {len(found)} schools; name one with --school")
        act_for(found[0])
        code = reset_from_console(school_id=found[0], email=email)
        db.session.commit()
        click.echo(f"{address.rstrip('/')}/ko/invitation#{code}")

    return group
