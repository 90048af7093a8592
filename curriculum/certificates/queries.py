"""Owns the reads behind certificates: how each student of a class stands."""

from curriculum.assignments.queries import plan_of
from curriculum.catalog.queries import catalog
from curriculum.certificates.earned import Standing, standing
from curriculum.classrooms.queries import learners_in
from curriculum.classrooms.roster import ClassroomRow, StudentRow
from curriculum.progress.queries import progress_of_people


def standings_in(classroom: ClassroomRow) -> list[Standing]:
    """Every student of a class by number. Three reads."""
    course = catalog().course(classroom.course)
    lessons, plan = (course.lessons if course else ()), plan_of(classroom)
    students = [StudentRow(one.id, one.number, one.name) for one in learners_in(classroom)]
    ids = [one.id for one in students]
    progress = progress_of_people(classroom.school_id, ids, [one.id for one in lessons])
    return [standing(one, plan, lessons, catalog().short_route, progress) for one in students]
