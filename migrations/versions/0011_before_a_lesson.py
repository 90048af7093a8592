"""What rests in a school and its classes; who has read the safeguarding card; who covers while a lesson is taught."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OWN = "school_id = nullif(current_setting('dongui.school', true), '')::uuid"
TABLES = ("pause", "card_reading")


def upgrade() -> None:
    op.add_column("school", sa.Column("pauses", sa.Text(), nullable=True))
    op.add_column("school_contact", sa.Column("covers", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "pause",
        *_of_school("pause"),
        sa.Column("classroom_id", sa.Uuid(), nullable=True),
        sa.Column("lesson_id", sa.String(length=120), nullable=False),
        sa.Column("part", sa.String(length=70), nullable=False),
        sa.Column("other", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("reason IN ('incident', 'name', 'request', 'review')", name=op.f("ck_pause_known_reason")),
        _same_school("pause", "classroom_id", "classroom"),
    )
    op.create_table(
        "card_reading",
        *_of_school("card_reading"),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("classroom_id", sa.Uuid(), nullable=False),
        sa.Column("lesson_id", sa.String(length=120), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=False),
        _same_school("card_reading", "classroom_id", "classroom"),
        _same_school("card_reading", "person_id", "person"),
        sa.UniqueConstraint(
            "school_id",
            "person_id",
            "classroom_id",
            "lesson_id",
            name=op.f("uq_card_reading_school_id_person_id_classroom_id_lesson_id"),
        ),
    )
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(sa.DDL(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"))
            op.execute(sa.DDL(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"))
            op.execute(sa.DDL(f"CREATE POLICY own_school ON {table} USING ({OWN}) WITH CHECK ({OWN})"))


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_column("school_contact", "covers")
    op.drop_column("school", "pauses")


def _same_school(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["school_id", column],
        [f"{target}.school_id", f"{target}.id"],
        name=op.f(f"fk_{table}_school_id_{column}"),
        ondelete="CASCADE",
    )


def _of_school(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f(f"fk_{table}_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f(f"pk_{table}")),
    ]
