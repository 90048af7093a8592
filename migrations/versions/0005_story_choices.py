"""How a class chose in a story: marks of who has added, and counts, which no key ties to each other."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OWN = "school_id = nullif(current_setting('dongui.school', true), '')::uuid"
TABLES = ("story_mark", "story_tally")


def upgrade() -> None:
    op.create_table(
        "story_mark",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("lesson_id", sa.String(length=120), nullable=False),
        sa.Column("story_digest", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "person_id"],
            ["person.school_id", "person.id"],
            name=op.f("fk_story_mark_school_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_story_mark_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_story_mark")),
        sa.UniqueConstraint(
            "school_id",
            "person_id",
            "lesson_id",
            "story_digest",
            name=op.f("uq_story_mark_school_id_person_id_lesson_id_story_digest"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "story_tally",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("classroom_id", sa.Uuid(), nullable=False),
        sa.Column("lesson_id", sa.String(length=120), nullable=False),
        sa.Column("story_digest", sa.String(length=12), nullable=False),
        sa.Column("scene_id", sa.String(length=60), nullable=False),
        sa.Column("choice_id", sa.String(length=60), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("pending", sa.Integer(), nullable=False),
        sa.CheckConstraint("shown >= 0 AND pending >= 0", name=op.f("ck_story_tally_not_negative")),
        sa.ForeignKeyConstraint(
            ["school_id", "classroom_id"],
            ["classroom.school_id", "classroom.id"],
            name=op.f("fk_story_tally_school_id_classroom_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_story_tally_school_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_story_tally")),
        sa.UniqueConstraint(
            "school_id",
            "classroom_id",
            "lesson_id",
            "story_digest",
            "scene_id",
            "choice_id",
            name="uq_story_tally_place",
        ),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(sa.DDL(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"))
            op.execute(sa.DDL(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"))
            op.execute(sa.DDL(f"CREATE POLICY own_school ON {table} USING ({OWN}) WITH CHECK ({OWN})"))


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
