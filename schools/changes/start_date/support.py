"""The message to support that a start date is to be corrected, filled in (spec 05 §9 Improve)."""

from datetime import date

from register_ects.formats import govuk_date
from register_ects.models import ECTAtSchoolPeriod
from register_ects.web.access import SchoolRequest
from register_ects.web.forms import id_asked


def message_about_start(request: SchoolRequest) -> str:
    """Return the message about the ECT and the date that the address names; "" without both.

    The address holds no name or TRN; another school's ECT is none.
    """
    start, asked = _date_asked(request), id_asked(request, "ect")
    if start is None or asked is None:
        return ""
    here = ECTAtSchoolPeriod.objects.filter(school=request.school, pk=asked)
    ect = here.select_related("teacher").first()
    if ect is None:
        return ""
    return (
        f"Please correct the start date of {ect.teacher.name} (TRN {ect.teacher.trn or 'not known'}"
        f") as an ECT at our school.\n\nStart date in the service: {govuk_date(ect.started_on)}\n"
        f"Correct start date: {govuk_date(start)}\n"
    )


def _date_asked(request: SchoolRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("started_on", ""))
    except ValueError:
        return None
