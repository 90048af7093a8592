"""When a session was last used; guardians' consent; what is kept of a school year without persons."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

OWN = "school_id = nullif(current_setting('dongui.school', true), '')::uuid"
TABLES = ("guardian_consent", "year_total")


def upgrade() -> None:
    # Long ago: who is signed in while this runs signs in once more.
    long_ago = sa.Column("seen_at", sa.DateTime(timezone=True), server_default="1970-01-01 00:00:00", nullable=False)
    op.add_column("sign_in_session", long_ago)
    op.create_table(
        "guardian_consent",
        *_of_school("guardian_consent"),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("how", sa.String(length=12), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("how IN ('paper', 'online', 'in_person')", name=op.f("ck_guardian_consent_known_way")),
        sa.ForeignKeyConstraint(
            ["school_id", "person_id"],
            ["person.school_id", "person.id"],
            name=op.f("fk_guardian_consent_school_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("school_id", "person_id", name=op.f("uq_guardian_consent_school_id_person_id")),
    )
    op.create_table(
        "year_total",
        *_of_school("year_total"),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("section", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.String(length=120), nullable=False),
        sa.Column("students", sa.Integer(), nullable=False),
        sa.Column("took_part", sa.Integer(), nullable=False),
        sa.CheckConstraint("took_part BETWEEN 5 AND students", name=op.f("ck_year_total_enough_took_part")),
        sa.UniqueConstraint(
            "school_id", "school_year", "level", "grade", "section", "lesson_id", name=op.f("uq_year_total_place")
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
    op.drop_column("sign_in_session", "seen_at")


def _of_school(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f(f"fk_{table}_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f(f"pk_{table}")),
    ]
