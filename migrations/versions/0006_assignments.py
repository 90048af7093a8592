"""What a class's teachers set for the quiz of a lesson: opening and closing times, attempts, results held back."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OWN = "school_id = nullif(current_setting('dongui.school', true), '')::uuid"


def upgrade() -> None:
    op.create_table(
        "assignment",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("classroom_id", sa.Uuid(), nullable=False),
        sa.Column("lesson_id", sa.String(length=120), nullable=False),
        sa.Column("attempt_limit", sa.Integer(), nullable=True),
        sa.Column("results_held", sa.Boolean(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("attempt_limit BETWEEN 1 AND 20", name=op.f("ck_assignment_attempt_limit_in_range")),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_assignment_opens_before_it_closes")),
        sa.ForeignKeyConstraint(
            ["school_id", "classroom_id"],
            ["classroom.school_id", "classroom.id"],
            name=op.f("fk_assignment_school_id_classroom_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_assignment_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_assignment")),
        sa.UniqueConstraint(
            "school_id", "classroom_id", "lesson_id", name=op.f("uq_assignment_school_id_classroom_id_lesson_id")
        ),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.DDL("ALTER TABLE assignment ENABLE ROW LEVEL SECURITY"))
        op.execute(sa.DDL("ALTER TABLE assignment FORCE ROW LEVEL SECURITY"))
        op.execute(sa.DDL(f"CREATE POLICY own_school ON assignment USING ({OWN}) WITH CHECK ({OWN})"))


def downgrade() -> None:
    op.drop_table("assignment")
