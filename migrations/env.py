"""Owns how Alembic reaches the database: over the connection it is given."""

from alembic import context

from curriculum import security
from curriculum.accounts import models as accounts
from curriculum.classrooms import models as classrooms
from curriculum.database import Base
from curriculum.progress import models as progress
from curriculum.quizzes import models as quizzes
from curriculum.stories import models as stories
from curriculum.support import models as support

# Imported so that Base knows every table.
TABLES = (accounts, classrooms, progress, quizzes, security, stories, support)

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
