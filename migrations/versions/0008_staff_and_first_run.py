"""What a school decides at its first run; how staff get in: links, one-time codes, recovery codes."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

OWN = "school_id = nullif(current_setting('dongui.school', true), '')::uuid"
TABLES = ("invitation", "recovery_code")


def upgrade() -> None:
    op.add_column("school", sa.Column("lessons_open", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("school", sa.Column("offline", sa.Boolean(), server_default=sa.false(), nullable=False))
    # By hand: the constraint has to stand with the column, since SQLite adds none to a table that is there.
    rule = "CONSTRAINT ck_school_retention_in_range CHECK (retention_months BETWEEN 1 AND 60)"
    op.execute(sa.DDL(f"ALTER TABLE school ADD COLUMN retention_months INTEGER DEFAULT '12' NOT NULL {rule}"))
    op.add_column("person", sa.Column("otp_seed", sa.LargeBinary(length=32), nullable=True))
    op.add_column("person", sa.Column("otp_used", sa.Integer(), nullable=True))
    op.add_column("sign_in_session", sa.Column("half", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "invitation",
        *_of_person("invitation"),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("school_id", "person_id", name=op.f("uq_invitation_school_id_person_id")),
        sa.UniqueConstraint("school_id", "token_hash", name=op.f("uq_invitation_school_id_token_hash")),
    )
    op.create_table(
        "recovery_code",
        *_of_person("recovery_code"),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.UniqueConstraint(
            "school_id", "person_id", "code_hash", name=op.f("uq_recovery_code_school_id_person_id_code_hash")
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
    # Who had given a password and no code yet would be signed in.
    op.execute(sa.DDL("DELETE FROM sign_in_session"))
    op.drop_column("sign_in_session", "half")
    op.drop_column("person", "otp_used")
    op.drop_column("person", "otp_seed")
    for column in ("retention_months", "offline", "lessons_open"):
        op.drop_column("school", column)


def _of_person(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "person_id"],
            ["person.school_id", "person.id"],
            name=op.f(f"fk_{table}_school_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f(f"fk_{table}_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f(f"pk_{table}")),
    ]
