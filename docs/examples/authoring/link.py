from datamimic import World, entity, field, link, serial


@entity("student", size=300)
class Student:
    """A student."""

    student_id: str = field(serial("S-####"), key=True, doc="number")


@entity("course", size=20)
class Course:
    """A course."""

    course_id: str = field(serial("C-##"), key=True, doc="number")


joined = link(Student, Course, counts={1: 2, 4: 3})


@entity("enrolment")
class Enrolment:
    """Who takes what: every pair at most once."""

    student: Student = field(joined.one, key=True, doc="who")
    course: Course = field(joined.other, key=True, doc="what")


pairs = [(each.student.student_id, each.course.course_id) for each in World("demo")[Enrolment][0:400]]
assert len(set(pairs)) == 400
