"""Owns how Alembic reaches the database: over the connection it is given."""

from alembic import context

from curriculum import security
from curriculum.accounts import models as accounts
from curriculum.assignments import models as assignments
from curriculum.cards import models as cards
from curriculum.challenges import models as challenges
from curriculum.classrooms import models as classrooms
from curriculum.consents import models as consents
from curriculum.database import Base
from curriculum.passkeys import models as passkeys
from curriculum.pauses import models as pauses
from curriculum.progress import models as progress
from curriculum.quizzes import models as quizzes
from curriculum.retention import models as retention
from curriculum.rosters import models as rosters
from curriculum.safeguarding import models as safeguarding
from curriculum.second_factor import models as second_factor
from curriculum.sign_on import models as sign_on
from curriculum.staff import models as staff
from curriculum.stories import models as stories
from curriculum.support import models as support

# Imported so that Base knows every table.
TABLES = (
    accounts,
    assignments,
    cards,
    challenges,
    classrooms,
    consents,
    passkeys,
    pauses,
    progress,
    quizzes,
    retention,
    rosters,
    safeguarding,
    second_factor,
    security,
    sign_on,
    staff,
    stories,
    support,
)

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
