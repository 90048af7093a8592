"""Classes that expire and are archived, students in several classes, slips with a QR code, rosters to be applied."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

OWN = "school_id = nullif(current_setting('dongui.school', true), '')::uuid"
TABLES = ("sign_in_card", "day_code", "roster_import")
ONE_CLASS = "uq_enrollment_school_id_person_id"
SEVERAL = "uq_enrollment_school_id_person_id_classroom_id"


def upgrade() -> None:
    op.add_column("classroom", sa.Column("code_expires_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("classroom", sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("classroom", sa.Column("pseudonyms", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("enrollment", sa.Column("last_used", sa.Boolean(), server_default=sa.false(), nullable=False))
    unique = sa.UniqueConstraint("school_id", "person_id", name=op.f(ONE_CLASS))
    with op.batch_alter_table("enrollment", copy_from=_enrollment(unique)) as table:
        table.drop_constraint(op.f(ONE_CLASS), type_="unique")
        table.create_unique_constraint(op.f(SEVERAL), ["school_id", "person_id", "classroom_id"])
    op.create_table(
        "sign_in_card",
        *_of("sign_in_card", "person"),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.UniqueConstraint("school_id", "person_id", name=op.f("uq_sign_in_card_school_id_person_id")),
        sa.UniqueConstraint("school_id", "token_hash", name=op.f("uq_sign_in_card_school_id_token_hash")),
    )
    op.create_table(
        "day_code",
        *_of("day_code", "person"),
        sa.Column("secret_hash", sa.String(length=200), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("school_id", "person_id", name=op.f("uq_day_code_school_id_person_id")),
    )
    op.create_table(
        "roster_import",
        *_of("roster_import", "person"),
        sa.Column("classroom_id", sa.Uuid(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("done", sa.Text(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "classroom_id"],
            ["classroom.school_id", "classroom.id"],
            name=op.f("fk_roster_import_school_id_classroom_id"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(op.f("ix_roster_import_expires_at"), "roster_import", ["expires_at"])
    if op.get_bind().dialect.name == "postgresql":
        for name in TABLES:
            op.execute(sa.DDL(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"))
            op.execute(sa.DDL(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY"))
            op.execute(sa.DDL(f"CREATE POLICY own_school ON {name} USING ({OWN}) WITH CHECK ({OWN})"))


def downgrade() -> None:
    op.drop_index(op.f("ix_roster_import_expires_at"), "roster_import")
    for name in reversed(TABLES):
        op.drop_table(name)
    _leave_one_class()
    unique = sa.UniqueConstraint("school_id", "person_id", "classroom_id", name=op.f(SEVERAL))
    with op.batch_alter_table("enrollment", copy_from=_enrollment(unique)) as table:
        table.drop_constraint(op.f(SEVERAL), type_="unique")
        table.create_unique_constraint(op.f(ONE_CLASS), ["school_id", "person_id"])
        table.drop_column("last_used")
    for column in ("pseudonyms", "archived_at", "code_expires_at"):
        op.drop_column("classroom", column)


def _leave_one_class() -> None:
    """Of a student's classes the one that was entered last, since there can be no other."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    if postgresql:  # the rows of every school
        op.execute(sa.DDL("ALTER TABLE enrollment NO FORCE ROW LEVEL SECURITY"))
    op.execute(
        sa.text(
            "DELETE FROM enrollment WHERE (school_id, id) IN (SELECT school_id, id FROM ("
            "SELECT school_id, id, row_number() OVER (PARTITION BY school_id, person_id"
            " ORDER BY last_used DESC, id DESC) AS place FROM enrollment) AS ranked WHERE place > 1)"
        )
    )
    if postgresql:
        op.execute(sa.DDL("ALTER TABLE enrollment FORCE ROW LEVEL SECURITY"))


def _enrollment(unique: sa.UniqueConstraint) -> sa.Table:
    """The table as it stands: SQLite takes no key away, so that it is made anew and filled."""
    number = op.f("uq_enrollment_school_id_classroom_id_number")
    return sa.Table(
        "enrollment",
        sa.MetaData(),
        *_of("enrollment", "classroom", "person"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("last_used", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 60", name=op.f("ck_enrollment_number_in_range")),
        sa.UniqueConstraint("school_id", "classroom_id", "number", name=number),
        unique,
    )


def _of(table: str, *targets: str) -> list[sa.schema.SchemaItem]:
    """What a table of a school has that refers to these."""
    columns = [sa.Column(f"{target}_id", sa.Uuid(), nullable=False) for target in targets]
    keys = [
        sa.ForeignKeyConstraint(
            ["school_id", f"{target}_id"],
            [f"{target}.school_id", f"{target}.id"],
            name=op.f(f"fk_{table}_school_id_{target}_id"),
            ondelete="CASCADE",
        )
        for target in targets
    ]
    return [
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *columns,
        *keys,
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f(f"fk_{table}_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f(f"pk_{table}")),
    ]
