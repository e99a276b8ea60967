"""One colleague at a school saves at a time: what was confirmed is so until it is saved."""

from django.db import connection

from register_ects.web.access import SchoolRequest


def one_at_a_time(request: SchoolRequest) -> None:
    """Wait until nobody else at the school is about to save, and keep others waiting to the end.

    Taken before any row but the draft's own: nobody who has a row that others want waits for it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"saving at school {request.school.pk}"],
        )
