"""The standing cast of the tests: two schools, their classes and people, made through the services."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import sqlalchemy as sa
from flask import Flask
from uuid_utils.compat import uuid7

from curriculum.accounts.secret import hash_secret
from curriculum.accounts.services import add_person, add_school
from curriculum.accounts.viewer import Role
from curriculum.classrooms.services import add_classroom, enroll, let_teach
from curriculum.database import begin_write, db
from curriculum.safeguarding.models import CardReading

PASSWORD = "참 좋은 비밀번호 하나"
CODE, WRONG_CODE = "482915", "000000"
CARD_READ, MARCH = "middle/help/threats-and-recovery", date(2026, 3, 2)
CODES_END = datetime(2100, 3, 1, tzinfo=UTC)  # whatever moment a test plays at


@dataclass(frozen=True)
class Member:
    """Somebody of the cast. A student has a class code and a number, staff an e-mail."""

    id: UUID
    school_id: UUID
    role: Role
    name: str
    email: str | None = None
    class_code: str | None = None
    number: int | None = None


@dataclass(frozen=True)
class Cast:
    """Everybody. Gaon and Narae learn in one class, Daon in another of the same school, Lumi in another school."""

    school_id: UUID
    other_school_id: UUID
    classroom_id: UUID
    other_classroom_id: UUID
    foreign_classroom_id: UUID
    gaon: Member
    narae: Member
    daon: Member
    lumi: Member
    suspended: Member
    han: Member  # teaches Gaon's class
    lim: Member  # may only look at Gaon's class
    bae: Member  # teaches Daon's class
    yu: Member  # counsellor
    moon: Member  # administrator
    seo: Member  # teaches in the other school

    @property
    def everybody(self) -> list[Member]:
        """All members."""
        return [member for member in vars(self).values() if isinstance(member, Member)]


@dataclass(frozen=True)
class Guests:
    """Those who stand at the edges: `invite` adds them to the cast. What happens to them later is told by the tests."""

    bom: Member  # learns in Gaon's class, and will sign out
    nuri: Member  # learns in Gaon's class, and will move to Daon's
    sol: Member  # learns in Gaon's class, and will leave it
    oh: Member  # teaches Gaon's class beside Han
    ahn: Member  # teaches Gaon's class, and will be taken off it
    min: Member  # teaches Gaon's class, and will be suspended
    ko: Member  # administrator, and will be a teacher
    gil: Member  # counsellor of the other school
    cha: Member  # administrator of the other school


class _Casting:
    """Makes people of one school."""

    def __init__(self, school_id: UUID, slug: str, secrets: dict[str, str]) -> None:
        self.school_id, self.slug, self.secrets = school_id, slug, secrets

    def staff(self, role: Role, name: str, account: str) -> Member:
        email = f"{account}@{self.slug}.example"
        person = add_person(
            school_id=self.school_id,
            role=role,
            display_name=name,
            email=email,
            secret_hash=self.secrets[PASSWORD],
        )
        return Member(person.id, self.school_id, role, name, email=email)

    def classroom(self, code: str, section: int) -> UUID:
        return add_classroom(
            school_id=self.school_id,
            code=code,
            school_year=2026,
            level="middle",
            grade=2,
            section=section,
            course="middle",
            code_expires_at=CODES_END,
        ).id

    def student(self, name: str, classroom_id: UUID, code: str, number: int) -> Member:
        person = add_person(
            school_id=self.school_id, role=Role.STUDENT, display_name=name, secret_hash=self.secrets[CODE]
        )
        db.session.flush()
        enroll(school_id=self.school_id, classroom_id=classroom_id, person_id=person.id, number=number)
        return Member(person.id, self.school_id, Role.STUDENT, name, class_code=code, number=number)

    def teaches(self, teacher: Member, classroom_id: UUID, *, read_only: bool = False) -> None:
        """Let somebody teach a class, who has read a safeguarding card for it in March."""
        db.session.flush()
        let_teach(school_id=self.school_id, classroom_id=classroom_id, person_id=teacher.id, read_only=read_only)
        row = {"person_id": teacher.id, "classroom_id": classroom_id, "lesson_id": CARD_READ, "read_on": MARCH}
        db.session.execute(sa.insert(CardReading).values(school_id=self.school_id, id=uuid7(), **row))


def assemble(app: Flask) -> Cast:
    """Put the cast into an empty database."""
    secrets = {secret: hash_secret(secret) for secret in (PASSWORD, CODE)}
    with app.app_context():
        begin_write()
        here = _Casting(add_school(slug="haetsal", name="햇살중학교", offline=True), "haetsal", secrets)
        there = _Casting(add_school(slug="dalbit", name="달빛중학교", offline=True), "dalbit", secrets)
        first, second = here.classroom("AAAA1111", 1), here.classroom("BBBB2222", 2)
        foreign = there.classroom("CCCC3333", 1)
        db.session.flush()
        cast = Cast(
            school_id=here.school_id,
            other_school_id=there.school_id,
            classroom_id=first,
            other_classroom_id=second,
            foreign_classroom_id=foreign,
            gaon=here.student("가온", first, "AAAA1111", 1),
            narae=here.student("나래", first, "AAAA1111", 2),
            daon=here.student("다온", second, "BBBB2222", 1),
            lumi=there.student("루미", foreign, "CCCC3333", 1),
            suspended=here.student("사라", first, "AAAA1111", 9),
            han=here.staff(Role.TEACHER, "한 선생님", "han"),
            lim=here.staff(Role.TEACHER, "임 선생님", "lim"),
            bae=here.staff(Role.TEACHER, "배 선생님", "bae"),
            yu=here.staff(Role.COUNSELLOR, "유 선생님", "yu"),
            moon=here.staff(Role.ADMINISTRATOR, "문 선생님", "moon"),
            seo=there.staff(Role.TEACHER, "서 선생님", "seo"),
        )
        here.teaches(cast.han, first)
        here.teaches(cast.lim, first, read_only=True)
        here.teaches(cast.bae, second)
        there.teaches(cast.seo, foreign)
        suspend(cast.suspended)
        db.session.commit()
    return cast


def invite(app: Flask, cast: Cast) -> Guests:
    """Let the guests join the cast that is in the database."""
    secrets = {secret: hash_secret(secret) for secret in (PASSWORD, CODE)}
    with app.app_context():
        begin_write()
        here = _Casting(cast.school_id, "haetsal", secrets)
        there = _Casting(cast.other_school_id, "dalbit", secrets)
        guests = Guests(
            bom=here.student("보미", cast.classroom_id, "AAAA1111", 10),
            nuri=here.student("누리", cast.classroom_id, "AAAA1111", 11),
            sol=here.student("솔이", cast.classroom_id, "AAAA1111", 12),
            oh=here.staff(Role.TEACHER, "오 선생님", "oh"),
            ahn=here.staff(Role.TEACHER, "안 선생님", "ahn"),
            min=here.staff(Role.TEACHER, "민 선생님", "min"),
            ko=here.staff(Role.ADMINISTRATOR, "고 선생님", "ko"),
            gil=there.staff(Role.COUNSELLOR, "길 선생님", "gil"),
            cha=there.staff(Role.ADMINISTRATOR, "차 선생님", "cha"),
        )
        for teacher in (guests.oh, guests.ahn, guests.min):
            here.teaches(teacher, cast.classroom_id)
        db.session.commit()
    return guests


def suspend(member: Member) -> None:
    """Suspend somebody, in the open transaction."""
    from curriculum.accounts.models import Person

    db.session.get_one(Person, (member.school_id, member.id)).suspended = True
