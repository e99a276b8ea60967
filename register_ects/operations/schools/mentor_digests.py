"""Remind schools once a week of ECTs without a mentor: one email for a school (spec 05 §15)."""

from collections import defaultdict
from datetime import timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from register_ects import clock
from register_ects.database.waiting import wait_for_others
from register_ects.models import ECTAtSchoolPeriod, MentorshipPeriod, OutgoingEmail, School
from register_ects.operations.messages.emails import queue_emails, school_path
from register_ects.operations.schools.opting_out import opt_out_path
from register_ects.rules.enumerations import EmailTemplate, TutorEmails
from register_ects.rules.reminders import is_opted_out

#: How long an ECT has been without a mentor before their school is reminded.
WITHOUT_FOR = timedelta(days=14)
_DIGESTS = UUID("5f0c5f1e-6c0b-4a53-9f0a-2d6a5c1f7b11")


@transaction.atomic
def queue_mentor_digests() -> int:
    """Queue this week's reminders; return how many. Done again in the week, it adds none.

    Schools without an induction tutor, those that stopped reminders, and those that want none of
    this kind, get none.
    """
    wait_for_others("mentor digests")  # before looking which are queued
    found = _ects_without_mentor()
    schools = (
        School.objects.with_register_record()
        .filter(pk__in=found, induction_tutor_email__isnull=False, merged_into=None)
        .exclude(unwanted_emails__contains=[TutorEmails.MISSING_MENTORS])
        .order_by("pk")
    )
    wanted = {
        _reference(school): school
        for school in schools
        if not is_opted_out(school.opted_out_of_reminder_emails_until, today=clock.today())
    }
    queued = OutgoingEmail.objects.filter(reference__in=wanted)
    for reference in queued.values_list("reference", flat=True):
        del wanted[reference]
    emails = queue_emails(
        EmailTemplate.ECTS_WITHOUT_MENTOR,
        (
            (school.induction_tutor_email or "", _words(school, found[school.pk]))
            for school in wanted.values()
        ),
        references=wanted,
    )
    return len(emails)


def _ects_without_mentor() -> dict[int, list[str]]:
    """Return the names of ECTs who have had no mentor for long and get none yet, by school."""
    today = clock.today()
    lately = Q(finished_on=None) | Q(finished_on__gt=today - WITHOUT_FOR)
    mentored = MentorshipPeriod.objects.filter(lately, ect_at_school_period=OuterRef("pk"))
    placements = (
        ECTAtSchoolPeriod.objects.filter(~Exists(mentored), started_on__lte=today - WITHOUT_FOR)
        .current_or_future(today)
        .needing_mentor()
        .select_related("teacher")
    )
    found = defaultdict(list)
    for placement in placements:
        found[placement.school_id].append(placement.teacher.name)
    return found


def _words(school: School, names: list[str]) -> dict[str, str]:
    return {
        "induction_tutor_name": school.induction_tutor_name or "",
        "school_name": school.name,
        "school_path": school_path(school),
        "names": "\n".join(f"* {name}" for name in sorted(names)),
        "opt_out_path": opt_out_path(school.pk),
    }


def _reference(school: School) -> UUID:
    """Return the name of this week's reminder of a school, which no other email can have."""
    year, week, _day = clock.today().isocalendar()
    return uuid5(_DIGESTS, f"{school.pk} {year} {week}")
