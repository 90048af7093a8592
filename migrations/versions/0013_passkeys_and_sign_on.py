"""Passkeys, accounts of other organisations by which staff sign in, and what such sign-ins are begun with."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

OWN = "school_id = nullif(current_setting('dongui.school', true), '')::uuid"
TABLES = ("passkey", "sign_on_link", "challenge")


def upgrade() -> None:
    op.create_table(
        "passkey",
        *_of_person("passkey"),
        sa.Column("credential", sa.LargeBinary(length=1023), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=2048), nullable=False),
        sa.Column("counter", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.String(length=253), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("counter >= 0", name=op.f("ck_passkey_counter_not_negative")),
        sa.UniqueConstraint("school_id", "credential", name=op.f("uq_passkey_school_id_credential")),
    )
    op.create_table(
        "sign_on_link",
        *_of_person("sign_on_link"),
        sa.Column("identity", sa.LargeBinary(length=16), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.UniqueConstraint("school_id", "person_id", name=op.f("uq_sign_on_link_school_id_person_id")),
        sa.UniqueConstraint("school_id", "identity", name=op.f("uq_sign_on_link_school_id_identity")),
    )
    op.create_table(
        "challenge",
        *_of_person("challenge", known=False),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("value", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("purpose IN ('new-passkey', 'passkey', 'sign-on')", name=op.f("ck_challenge_known_purpose")),
        sa.UniqueConstraint("school_id", "value", name=op.f("uq_challenge_school_id_value")),
    )
    op.create_index(op.f("ix_challenge_expires_at"), "challenge", ["expires_at"])
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(sa.DDL(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"))
            op.execute(sa.DDL(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"))
            op.execute(sa.DDL(f"CREATE POLICY own_school ON {table} USING ({OWN}) WITH CHECK ({OWN})"))


def downgrade() -> None:
    # Administrators who have a passkey and no codes set codes up at their next sign-in.
    op.drop_index(op.f("ix_challenge_expires_at"), "challenge")
    for table in reversed(TABLES):
        op.drop_table(table)


def _of_person(table: str, *, known: bool = True) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=not known),
        sa.ForeignKeyConstraint(
            ["school_id", "person_id"],
            ["person.school_id", "person.id"],
            name=op.f(f"fk_{table}_school_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f(f"fk_{table}_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f(f"pk_{table}")),
    ]
