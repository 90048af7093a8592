"""Shows that over a network that drops requests and cuts replies every answer is stored exactly once, and never sooner
said to be than it is."""

import os
import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask

from curriculum.accounts.secret import hash_secret
from curriculum.accounts.services import add_person
from curriculum.accounts.viewer import Role
from curriculum.classrooms.services import enroll
from curriculum.database import begin_write, db
from curriculum.quizzes.models import Attempt, ItemResponse
from curriculum.quizzes.quiz import Quiz
from tests.cast import CODE, Cast, Member
from tests.quizzes.devices import ANSWER, Device, answer, pencils
from tests.quizzes.stored import row_counts
from tests.site.rows import outside

__all__ = ["pencils"]
CLIENTS, EVENTS = (35, 1000) if os.environ.get("DONGUI_TEST_FULL") == "1" else (5, 100)
OFFERED = {"say": "abc", "ask": "abc", "read": "abc"}
LOST, CUT = 0.3, 0.3  # of the requests never arrive, of the replies never come back


class Page:
    """What the script of a page does: answers are counted, wait until the server has said that it has them, and are
    sent again until it has."""

    def __init__(self, device: Device, person_id: Any, seed: int) -> None:
        self.device, self.person_id, self.chance = device, person_id, random.Random(seed)
        self.counters = dict.fromkeys(OFFERED, 0)
        self.chosen: dict[str, str] = {}
        self.waiting: dict[str, tuple[int, str]] = {}
        self.cut = self.lost = 0

    def choose(self) -> None:
        """Choose something, and try to send whatever waits."""
        item = self.chance.choice(list(OFFERED))
        self.counters[item] += 1
        self.chosen[item] = self.chance.choice(OFFERED[item])
        self.waiting[item] = (self.counters[item], self.chosen[item])
        self.flush(LOST, CUT)

    def flush(self, lost: float, cut: float) -> None:
        """Send what waits; nothing is taken for saved whose reply has not come."""
        for item, (counter, option) in list(self.waiting.items()):
            if self.chance.random() < lost:
                self.lost += 1
                continue
            status, state = self.device.post(ANSWER, answer(item, option, counter=counter))
            assert (status, state) == (200, "saved")
            if self.chance.random() < cut:
                self.cut += 1
            else:
                assert stored(self.device.app, self.person_id)[item] == [(option, counter)]
                del self.waiting[item]


def stored(app: Flask, person_id: Any) -> dict[str, list[tuple[str, int]]]:
    """Every row there is of a student's answers: item -> option and counter."""
    joined = Attempt.__table__.join(ItemResponse.__table__, Attempt.id == ItemResponse.attempt_id)
    columns = (ItemResponse.item_id, ItemResponse.options, ItemResponse.counter)
    found: dict[str, list[tuple[str, int]]] = {}
    with outside(app) as connection:
        rows = connection.execute(joined.select().with_only_columns(*columns).where(Attempt.person_id == person_id))
        for item, (option,), counter in rows:
            found.setdefault(item, []).append((option, counter))
    return found


def a_class(app: Flask, cast: Cast) -> list[Member]:
    """As many students as there are to be, in Gaon's class."""
    members = []
    with app.app_context():
        begin_write()
        for number in range(11, 11 + CLIENTS):
            name, code = f"학생 {number}", str(cast.gaon.class_code)
            person = add_person(
                school_id=cast.school_id, role=Role.STUDENT, display_name=name, secret_hash=hash_secret(CODE)
            )
            db.session.flush()
            enroll(school_id=cast.school_id, classroom_id=cast.classroom_id, person_id=person.id, number=number)
            members.append(Member(person.id, cast.school_id, Role.STUDENT, name, class_code=code, number=number))
        db.session.commit()
    return members


def test_every_answer_is_stored_exactly_once_and_is_the_latest_that_was_chosen(
    app: Flask, cast: Cast, pencils: Quiz
) -> None:
    members = a_class(app, cast)
    pages = [Page(Device(app, one), one.id, seed) for seed, one in enumerate(members)]

    def answers(page: Page) -> None:
        for _ in range(EVENTS // CLIENTS):
            page.choose()
        while page.waiting:  # the network is there again
            page.flush(0, CUT)

    with ThreadPoolExecutor(CLIENTS) as threads:
        list(threads.map(answers, pages))
    for page in pages:
        expected = {item: [(option, page.counters[item])] for item, option in page.chosen.items()}
        assert stored(app, page.person_id) == expected
    counts = row_counts(app)
    assert (counts["attempt"], counts["item_response"]) == (CLIENTS, sum(len(page.chosen) for page in pages))
    assert sum(page.cut for page in pages) > EVENTS / 10
    assert sum(page.lost for page in pages) > EVENTS / 10
