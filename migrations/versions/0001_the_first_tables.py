"""The first tables: schools and people, classes, progress, quizzes, sessions, throttles."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "school",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school")),
        sa.UniqueConstraint("slug", name=op.f("uq_school_slug")),
    )
    op.create_table(
        "throttle",
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("failures >= 0", name=op.f("ck_throttle_not_negative")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_throttle")),
    )
    op.create_index(op.f("ix_throttle_expires_at"), "throttle", ["expires_at"])

    op.create_table(
        "classroom",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("section", sa.Integer(), nullable=False),
        sa.Column("course", sa.String(length=40), nullable=False),
        sa.CheckConstraint("level IN ('elementary', 'middle', 'high')", name=op.f("ck_classroom_known_level")),
        sa.CheckConstraint("grade BETWEEN 1 AND 6", name=op.f("ck_classroom_grade_in_range")),
        sa.CheckConstraint("section BETWEEN 1 AND 40", name=op.f("ck_classroom_section_in_range")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_classroom_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_classroom")),
        sa.UniqueConstraint("school_id", "code", name=op.f("uq_classroom_school_id_code")),
        sa.UniqueConstraint(
            "school_id",
            "school_year",
            "level",
            "grade",
            "section",
            name=op.f("uq_classroom_school_id_school_year_level_grade_section"),
        ),
    )
    op.create_index(op.f("ix_classroom_code"), "classroom", ["code"])

    op.create_table(
        "person",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("display_name", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("secret_hash", sa.String(length=200), nullable=False),
        sa.Column("suspended", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(role = 'student') = (email IS NULL)", name=op.f("ck_person_email_is_for_staff")),
        sa.CheckConstraint(
            "role IN ('student', 'teacher', 'counsellor', 'administrator')", name=op.f("ck_person_known_role")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_person_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_person")),
        sa.UniqueConstraint("school_id", "email", name=op.f("uq_person_school_id_email")),
    )
    op.create_table(
        "attempt",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("classroom_id", sa.Uuid(), nullable=True),
        sa.Column("lesson_id", sa.String(length=120), nullable=False),
        sa.Column("quiz_digest", sa.String(length=12), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("body_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("out_of", sa.Integer(), nullable=False),
        sa.Column("help_route_right", sa.Boolean(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("points BETWEEN 0 AND out_of", name=op.f("ck_attempt_points_within_maximum")),
        sa.ForeignKeyConstraint(
            ["school_id", "classroom_id"],
            ["classroom.school_id", "classroom.id"],
            name=op.f("fk_attempt_school_id_classroom_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "person_id"],
            ["person.school_id", "person.id"],
            name=op.f("fk_attempt_school_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_attempt_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_attempt")),
        sa.UniqueConstraint("school_id", "person_id", "token", name=op.f("uq_attempt_school_id_person_id_token")),
    )
    op.create_index(
        op.f("ix_attempt_school_id_person_id_lesson_id_closed_at"),
        "attempt",
        ["school_id", "person_id", "lesson_id", "closed_at"],
    )

    op.create_table(
        "enrollment",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("classroom_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 60", name=op.f("ck_enrollment_number_in_range")),
        sa.ForeignKeyConstraint(
            ["school_id", "classroom_id"],
            ["classroom.school_id", "classroom.id"],
            name=op.f("fk_enrollment_school_id_classroom_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "person_id"],
            ["person.school_id", "person.id"],
            name=op.f("fk_enrollment_school_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_enrollment_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_enrollment")),
        sa.UniqueConstraint(
            "school_id", "classroom_id", "number", name=op.f("uq_enrollment_school_id_classroom_id_number")
        ),
        sa.UniqueConstraint("school_id", "person_id", name=op.f("uq_enrollment_school_id_person_id")),
    )
    op.create_table(
        "item_tally",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("classroom_id", sa.Uuid(), nullable=False),
        sa.Column("lesson_id", sa.String(length=120), nullable=False),
        sa.Column("quiz_digest", sa.String(length=12), nullable=False),
        sa.Column("item_id", sa.String(length=60), nullable=False),
        sa.Column("option_id", sa.String(length=60), nullable=False),
        sa.Column("chosen", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.CheckConstraint("missed BETWEEN 0 AND chosen", name=op.f("ck_item_tally_missed_among_chosen")),
        sa.ForeignKeyConstraint(
            ["school_id", "classroom_id"],
            ["classroom.school_id", "classroom.id"],
            name=op.f("fk_item_tally_school_id_classroom_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_item_tally_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_item_tally")),
        sa.UniqueConstraint(
            "school_id",
            "classroom_id",
            "lesson_id",
            "quiz_digest",
            "item_id",
            "option_id",
            name="uq_item_tally_place",
        ),
    )
    op.create_table(
        "lesson_progress",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("lesson_id", sa.String(length=120), nullable=False),
        sa.Column("steps_sent", sa.Integer(), nullable=False),
        sa.Column("last_step", sa.String(length=60), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("best_points", sa.Integer(), nullable=False),
        sa.Column("out_of", sa.Integer(), nullable=False),
        sa.Column("help_route_right", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(attempts = 0) = (out_of = 0)", name=op.f("ck_lesson_progress_score_needs_an_attempt")),
        sa.CheckConstraint("best_points BETWEEN 0 AND out_of", name=op.f("ck_lesson_progress_points_within_maximum")),
        sa.CheckConstraint("steps_sent >= 0 AND attempts >= 0", name=op.f("ck_lesson_progress_not_negative")),
        sa.ForeignKeyConstraint(
            ["school_id", "person_id"],
            ["person.school_id", "person.id"],
            name=op.f("fk_lesson_progress_school_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_lesson_progress_school_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_lesson_progress")),
        sa.UniqueConstraint(
            "school_id",
            "person_id",
            "lesson_id",
            name=op.f("uq_lesson_progress_school_id_person_id_lesson_id"),
        ),
    )
    op.create_table(
        "sign_in_session",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "person_id"],
            ["person.school_id", "person.id"],
            name=op.f("fk_sign_in_session_school_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_sign_in_session_school_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("school_id", "token_hash", name=op.f("uq_sign_in_session_school_id_token_hash")),
    )
    op.create_index(op.f("ix_sign_in_session_expires_at"), "sign_in_session", ["expires_at"])

    op.create_table(
        "teaching",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("classroom_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("read_only", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "classroom_id"],
            ["classroom.school_id", "classroom.id"],
            name=op.f("fk_teaching_school_id_classroom_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "person_id"],
            ["person.school_id", "person.id"],
            name=op.f("fk_teaching_school_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_teaching_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_teaching")),
        sa.UniqueConstraint(
            "school_id",
            "person_id",
            "classroom_id",
            name=op.f("uq_teaching_school_id_person_id_classroom_id"),
        ),
    )
    op.create_table(
        "visit",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("lesson_id", sa.String(length=120), nullable=False),
        sa.Column("step", sa.String(length=60), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "person_id"],
            ["person.school_id", "person.id"],
            name=op.f("fk_visit_school_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_visit_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_visit")),
        sa.UniqueConstraint(
            "school_id",
            "person_id",
            "lesson_id",
            "step",
            name=op.f("uq_visit_school_id_person_id_lesson_id_step"),
        ),
    )
    op.create_table(
        "item_response",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.String(length=60), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "attempt_id"],
            ["attempt.school_id", "attempt.id"],
            name=op.f("fk_item_response_school_id_attempt_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_item_response_school_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_item_response")),
        sa.UniqueConstraint(
            "school_id", "attempt_id", "item_id", name=op.f("uq_item_response_school_id_attempt_id_item_id")
        ),
    )


def downgrade() -> None:
    op.drop_table("item_response")
    op.drop_table("visit")
    op.drop_table("teaching")
    op.drop_index(op.f("ix_sign_in_session_expires_at"), "sign_in_session")

    op.drop_table("sign_in_session")
    op.drop_table("lesson_progress")
    op.drop_table("item_tally")
    op.drop_table("enrollment")
    op.drop_index(op.f("ix_attempt_school_id_person_id_lesson_id_closed_at"), "attempt")

    op.drop_table("attempt")
    op.drop_table("person")
    op.drop_index(op.f("ix_classroom_code"), "classroom")

    op.drop_table("classroom")
    op.drop_index(op.f("ix_throttle_expires_at"), "throttle")

    op.drop_table("throttle")
    op.drop_table("school")
