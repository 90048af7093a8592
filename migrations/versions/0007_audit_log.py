"""The audit log of a school: its lines, each sealed with the one before, and where the log ends."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

OWN = "school_id = nullif(current_setting('dongui.school', true), '')::uuid"
TABLES = ("audit_line", "audit_head")


def upgrade() -> None:
    op.create_table(
        "audit_line",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("detail", sa.String(length=120), nullable=False),
        sa.Column("seal", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_audit_line_number_from_one")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_audit_line_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_audit_line")),
        sa.UniqueConstraint("school_id", "number", name=op.f("uq_audit_line_school_id_number")),
    )
    op.create_table(
        "audit_head",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seal", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_audit_head_number_from_one")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_audit_head_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_audit_head")),
        sa.UniqueConstraint("school_id", name=op.f("uq_audit_head_school_id")),
    )
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(sa.DDL(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"))
            op.execute(sa.DDL(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"))
            op.execute(sa.DDL(f"CREATE POLICY own_school ON {table} USING ({OWN}) WITH CHECK ({OWN})"))


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
