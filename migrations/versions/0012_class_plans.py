"""What a class is asked, until when, and what it was taught without devices; what single students were given beyond."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

OWN = "school_id = nullif(current_setting('dongui.school', true), '')::uuid"
TABLES = ("own_assignment", "year_taught")
CHECKS = {
    "opens_before_it_is_due": "opens_at < due_at",
    "due_before_it_closes": "due_at <= closes_at",
    "due_where_it_is_assigned": "due_at IS NULL OR assigned",
}


def upgrade() -> None:
    with op.batch_alter_table("assignment", copy_from=_assignment()) as table:
        table.add_column(sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("assigned", sa.Boolean(), server_default=sa.false(), nullable=False))
        table.add_column(sa.Column("taught_on", sa.Date(), nullable=True))
        for name, rule in CHECKS.items():
            table.create_check_constraint(op.f(f"ck_assignment_{name}"), rule)
    op.create_table(
        "own_assignment",
        *_of("own_assignment", "assignment", "person"),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempt_limit", sa.Integer(), nullable=True),
        sa.CheckConstraint("attempt_limit BETWEEN 1 AND 20", name=op.f("ck_own_assignment_attempt_limit_in_range")),
        sa.UniqueConstraint(
            "school_id", "assignment_id", "person_id", name=op.f("uq_own_assignment_school_id_assignment_id_person_id")
        ),
    )
    op.create_index(op.f("ix_own_assignment_school_id_person_id"), "own_assignment", ["school_id", "person_id"])
    op.create_table(
        "year_taught",
        *_of("year_taught"),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("section", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.String(length=120), nullable=False),
        sa.Column("taught_on", sa.Date(), nullable=False),
        sa.UniqueConstraint(
            "school_id", "school_year", "level", "grade", "section", "lesson_id", name="uq_year_taught_place"
        ),
    )
    if op.get_bind().dialect.name == "postgresql":
        for name in TABLES:
            op.execute(sa.DDL(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"))
            op.execute(sa.DDL(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY"))
            op.execute(sa.DDL(f"CREATE POLICY own_school ON {name} USING ({OWN}) WITH CHECK ({OWN})"))


def downgrade() -> None:
    op.drop_table("year_taught")
    op.drop_index(op.f("ix_own_assignment_school_id_person_id"), "own_assignment")
    op.drop_table("own_assignment")
    new = [
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("assigned", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("taught_on", sa.Date(), nullable=True),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_assignment_{name}")) for name, rule in CHECKS.items()),
    ]
    with op.batch_alter_table("assignment", copy_from=_assignment(*new)) as table:
        for name in CHECKS:
            table.drop_constraint(op.f(f"ck_assignment_{name}"), type_="check")
        for column in ("taught_on", "assigned", "due_at"):
            table.drop_column(column)


def _assignment(*new: sa.schema.SchemaItem) -> sa.Table:
    """The table as it stands: SQLite adds no check to one, so that it is made anew and filled."""
    unique = op.f("uq_assignment_school_id_classroom_id_lesson_id")
    return sa.Table(
        "assignment",
        sa.MetaData(),
        *_of("assignment", "classroom"),
        sa.Column("lesson_id", sa.String(length=120), nullable=False),
        sa.Column("attempt_limit", sa.Integer(), nullable=True),
        sa.Column("results_held", sa.Boolean(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("attempt_limit BETWEEN 1 AND 20", name=op.f("ck_assignment_attempt_limit_in_range")),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_assignment_opens_before_it_closes")),
        sa.UniqueConstraint("school_id", "classroom_id", "lesson_id", name=unique),
        *new,
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
