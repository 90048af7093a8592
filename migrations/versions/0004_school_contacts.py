"""A school's own people to turn to, and what pages show of them, kept with the school."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OWN = "nullif(current_setting('dongui.school', true), '')::uuid"
LENGTHS = {"role": 60, "room": 60, "hours": 60, "reach": 120}


def upgrade() -> None:
    op.add_column("school", sa.Column("contacts", sa.Text(), nullable=True))
    texts = [
        sa.Column(f"{name}_{locale}", sa.String(length=length), nullable=False)
        for locale in ("ko", "en")
        for name, length in LENGTHS.items()
    ]
    op.create_table(
        "school_contact",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *texts,
        sa.CheckConstraint("place >= 1", name=op.f("ck_school_contact_place_from_one")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_school_contact_version_from_one")),
        sa.CheckConstraint(
            "role_ko <> '' AND room_ko <> '' AND hours_ko <> ''", name=op.f("ck_school_contact_korean_is_there")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_school_contact_school_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_school_contact")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.DDL("ALTER TABLE school_contact ENABLE ROW LEVEL SECURITY"))
        op.execute(sa.DDL("ALTER TABLE school_contact FORCE ROW LEVEL SECURITY"))
        rule = f"school_id = {OWN}"
        op.execute(sa.DDL(f"CREATE POLICY own_school ON school_contact USING ({rule}) WITH CHECK ({rule})"))


def downgrade() -> None:
    op.drop_table("school_contact")  # its policy goes with it
    op.drop_column("school", "contacts")
