"""Row-level security on PostgreSQL: without the right school in the transaction there are no rows."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Every table of a school that there was at this point, with the column that tells whose row it is.
KEYS = {
    "school": "id",
    "classroom": "school_id",
    "person": "school_id",
    "attempt": "school_id",
    "enrollment": "school_id",
    "item_tally": "school_id",
    "lesson_progress": "school_id",
    "sign_in_session": "school_id",
    "teaching": "school_id",
    "visit": "school_id",
    "item_response": "school_id",
}
OWN = "nullif(current_setting('dongui.school', true), '')::uuid"
# The exceptions of `curriculum.tenancy`, for reading only.
ACROSS = {"school": "schools", "classroom": "class_code"}


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, key in KEYS.items():
        op.execute(sa.DDL(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"))
        op.execute(sa.DDL(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"))  # for the owner of the table too
        op.execute(sa.DDL(f"CREATE POLICY own_school ON {table} USING ({key} = {OWN}) WITH CHECK ({key} = {OWN})"))
    for table, reason in ACROSS.items():
        condition = f"current_setting('dongui.across', true) = '{reason}'"
        op.execute(sa.DDL(f"CREATE POLICY {reason} ON {table} FOR SELECT USING ({condition})"))


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, reason in ACROSS.items():
        op.execute(sa.DDL(f"DROP POLICY {reason} ON {table}"))
    for table in KEYS:
        op.execute(sa.DDL(f"DROP POLICY own_school ON {table}"))
        op.execute(sa.DDL(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY"))
        op.execute(sa.DDL(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"))
