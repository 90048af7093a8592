"""An attempt opens, holds an answer an item, and closes; its number in place of a token."""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OWN = "nullif(current_setting('dongui.school', true), '')::uuid"
ATTEMPT = ("school_id", "id", "person_id", "classroom_id", "lesson_id", "quiz_digest", "points", "out_of")
RESPONSE = ("school_id", "id", "attempt_id", "item_id", "options", "points")


def upgrade() -> None:
    # Made anew and filled: SQLite takes no column out of a key, and dropping a table empties those that refer to it.
    _set_aside("item_response", "attempt")
    _create_attempt(
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_attempt_number_from_one")),
        sa.UniqueConstraint(
            "school_id",
            "person_id",
            "lesson_id",
            "number",
            name=op.f("uq_attempt_school_id_person_id_lesson_id_number"),
        ),
    )
    is_open = sa.text("closed_at IS NULL")
    op.create_index(
        "uq_attempt_one_open",
        "attempt",
        ["school_id", "person_id", "lesson_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    _create_item_response(
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("first_options", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("first_points", sa.Integer(), nullable=True),
        sa.CheckConstraint("counter >= 1", name=op.f("ck_item_response_counter_from_one")),
        sa.CheckConstraint(
            "(first_options IS NULL) = (first_points IS NULL)", name=op.f("ck_item_response_first_is_whole")
        ),
    )
    place = "row_number() OVER (PARTITION BY school_id, person_id, lesson_id ORDER BY closed_at, id)"
    _fill(
        "attempt",
        (*ATTEMPT, "help_route_right", "number", "opened_at", "closed_at"),
        {"number": place, "opened_at": "closed_at"},
    )
    _fill("item_response", (*RESPONSE, "counter"), {"counter": "1"})
    _clear_up("item_response", "attempt")


def downgrade() -> None:
    _set_aside("item_response", "attempt")
    # What was open is not an attempt to the program before this one.
    op.execute(sa.DDL("DELETE FROM kept_attempt WHERE closed_at IS NULL"))
    op.execute(sa.DDL("DELETE FROM kept_item_response WHERE attempt_id NOT IN (SELECT id FROM kept_attempt)"))
    _create_attempt(
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("body_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("school_id", "person_id", "token", name=op.f("uq_attempt_school_id_person_id_token")),
    )
    _create_item_response()
    nothing = "''::bytea" if op.get_bind().dialect.name == "postgresql" else "x''"
    written = {"token": "CAST(id AS VARCHAR(64))", "body_digest": nothing}
    _fill("attempt", (*ATTEMPT, "help_route_right", "token", "body_digest", "closed_at"), written)
    _fill("item_response", RESPONSE, {})
    _clear_up("item_response", "attempt")


def _set_aside(*tables: str) -> None:
    for table in tables:
        if op.get_bind().dialect.name == "postgresql":
            op.execute(sa.DDL(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY"))  # or its owner would copy nothing
        op.execute(sa.DDL(f"CREATE TABLE kept_{table} AS SELECT * FROM {table}"))  # noqa: S608 - names of this file
        op.drop_table(table)


def _create_attempt(*own: sa.schema.SchemaItem) -> None:
    op.create_table(
        "attempt",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("classroom_id", sa.Uuid(), nullable=True),
        sa.Column("lesson_id", sa.String(length=120), nullable=False),
        sa.Column("quiz_digest", sa.String(length=12), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("out_of", sa.Integer(), nullable=False),
        sa.Column("help_route_right", sa.Boolean(), nullable=False),
        *own,
        sa.CheckConstraint("points BETWEEN 0 AND out_of", name=op.f("ck_attempt_points_within_maximum")),
        _of_same_school("attempt", "classroom"),
        _of_same_school("attempt", "person"),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_attempt_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_attempt")),
    )
    columns = ["school_id", "person_id", "lesson_id", "closed_at"]
    op.create_index(op.f("ix_attempt_school_id_person_id_lesson_id_closed_at"), "attempt", columns)
    _hold_to_school("attempt")


def _create_item_response(*own: sa.schema.SchemaItem) -> None:
    op.create_table(
        "item_response",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.String(length=60), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        *own,
        _of_same_school("item_response", "attempt"),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_item_response_school_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_item_response")),
        sa.UniqueConstraint(
            "school_id", "attempt_id", "item_id", name=op.f("uq_item_response_school_id_attempt_id_item_id")
        ),
    )
    _hold_to_school("item_response")


def _of_same_school(table: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["school_id", f"{other}_id"],
        [f"{other}.school_id", f"{other}.id"],
        name=op.f(f"fk_{table}_school_id_{other}_id"),
        ondelete="CASCADE",
    )


def _hold_to_school(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.DDL(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"))
        op.execute(
            sa.DDL(f"CREATE POLICY own_school ON {table} USING (school_id = {OWN}) WITH CHECK (school_id = {OWN})")
        )


def _fill(table: str, columns: Iterable[str], written: dict[str, str]) -> None:
    values = ", ".join(written.get(column, column) for column in columns)
    op.execute(sa.DDL(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM kept_{table}"))  # noqa: S608 - likewise


def _clear_up(*tables: str) -> None:
    for table in tables:
        op.drop_table(f"kept_{table}")
        if op.get_bind().dialect.name == "postgresql":
            op.execute(sa.DDL(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"))
