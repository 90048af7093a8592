"""Shows that the name of a young student is kept only once somebody has written down that a guardian agrees."""

import pytest
import sqlalchemy as sa
from flask import Flask

from curriculum.accounts.models import Person
from curriculum.audit import AuditLine
from curriculum.consents.models import GuardianConsent
from curriculum.consents.young import needs_consent
from tests.cast import Cast
from tests.site.rows import change, outside
from tests.site_client import SiteClient

NAME, LACKING = "새 이름", "보호자 동의를 적은 뒤에 이름을 남길 수 있습니다."


@pytest.mark.parametrize(
    ("level", "grade", "needed"),
    [("elementary", 6, True), ("middle", 1, True), ("middle", 2, True), ("middle", 3, False), ("high", 1, False)],
)
def test_classes_up_to_the_second_year_of_middle_school_need_it(level: str, grade: int, needed: bool) -> None:
    assert needs_consent(level, grade) is needed


@pytest.fixture
def moon(app: Flask, cast: Cast) -> SiteClient:
    return SiteClient(app).sign_in(cast.moon)


@pytest.fixture
def student(cast: Cast) -> str:
    return f"/ko/school/people/{cast.gaon.id}"


def name_of(app: Flask, cast: Cast) -> str | None:
    with outside(app) as connection:
        return connection.scalar(sa.select(Person.display_name).where(Person.id == cast.gaon.id))


def consents(app: Flask) -> list[tuple[object, ...]]:
    columns = (GuardianConsent.person_id, GuardianConsent.how, GuardianConsent.recorded_by)
    with outside(app) as connection:
        return [tuple(row) for row in connection.execute(sa.select(*columns))]


def test_a_name_is_refused_until_consent_is_written_down(
    app: Flask, cast: Cast, moon: SiteClient, student: str
) -> None:
    page = moon.post(f"{student}/name", {"name": NAME}, on=student, status=422)
    assert (LACKING in page.words(), NAME in page.text, name_of(app, cast)) == (True, True, cast.gaon.name)
    moon.post(f"{student}/name", {"name": "1번"}, on=student)  # what a number is called is no name
    moon.post(f"{student}/consent", {"how": "in_person"}, on=student)
    assert "학교에서 직접 만나" in moon.get(student).words()
    assert consents(app) == [(cast.gaon.id, "in_person", cast.moon.id)]
    moon.post(f"{student}/name", {"name": NAME}, on=student)
    assert name_of(app, cast) == NAME


def test_consent_taken_back_makes_the_name_a_number(app: Flask, cast: Cast, moon: SiteClient, student: str) -> None:
    moon.post(f"{student}/consent", {"how": "paper"}, on=student)
    moon.post(f"{student}/consent", {"how": "online"}, on=student)
    assert [how for _, how, _ in consents(app)] == ["online"]
    moon.post(f"{student}/consent", {"how": "withdrawn"}, on=student)
    assert (consents(app), name_of(app, cast)) == ([], "1번")
    with outside(app) as connection:
        acts = list(connection.scalars(sa.select(AuditLine.act).order_by(AuditLine.number)))
    assert acts == ["consent-recorded", "consent-recorded", "consent-withdrawn"]


@pytest.mark.parametrize("how", ["", "by telepathy"])
def test_a_way_that_is_not_known_is_not_written_down(app: Flask, moon: SiteClient, student: str, how: str) -> None:
    moon.post(f"{student}/consent", {"how": how}, on=student, status=422)
    assert consents(app) == []


def test_an_older_class_needs_none(app: Flask, cast: Cast, moon: SiteClient, student: str) -> None:
    change(app, "UPDATE classroom SET grade = 3 WHERE id = :id", id=cast.classroom_id)
    assert "보호자 동의" not in moon.get(student).words()
    moon.post(f"{student}/name", {"name": NAME}, on=student)
    assert name_of(app, cast) == NAME


def test_consent_goes_with_the_student(app: Flask, cast: Cast, moon: SiteClient, student: str) -> None:
    moon.post(f"{student}/consent", {"how": "paper"}, on=student)
    moon.post(f"{student}/erase", {"number": cast.gaon.number})
    assert consents(app) == []
