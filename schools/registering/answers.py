"""What a registration's answers say about the person, as TRS and the service know them."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from register_ects.integrations.trs import TeacherRecord
from register_ects.models import School, Teacher
from register_ects.operations.messages.email_delivery import returned_addresses
from register_ects.rules.names import display_name


class PersonAnswers:
    """The answers of one draft about one person, read for one school."""

    def __init__(self, given: Mapping[str, Any], school: School) -> None:
        self.given = given
        self.school = school

    @cached_property
    def record(self) -> TeacherRecord:
        """Return what TRS said about the person."""
        return TeacherRecord.from_json(self.given["record"])

    @cached_property
    def teacher(self) -> Teacher | None:
        """Return the person if the service knows them already."""
        return Teacher.objects.filter(trn=self.given["trn"]).first()

    @cached_property
    def known_email(self) -> str | None:
        """Return the address of their latest time at a school, unless it returns our emails."""
        if self.teacher is None:
            return None
        placements = [
            latest
            for role in (self.teacher.ect_at_school_periods, self.teacher.mentor_at_school_periods)
            if (latest := role.exclude(email=None).latest_first().first())
        ]
        if not placements:
            return None
        email = str(max(placements, key=lambda each: each.started_on).email)
        return None if returned_addresses([email]) else email

    @property
    def name(self) -> str:
        """Return the name to use: the correction, else ours, else TRS's."""
        corrected = self.given.get("corrected_name")
        if corrected:
            return str(corrected)
        return display_name(self.corrected_before, self.record.first_name, self.record.last_name)

    @property
    def corrected_before(self) -> str | None:
        """Return what a school has said they are called, unless that is their name in TRS."""
        return self.teacher.corrected_name if self.teacher else None

    @property
    def trs_name(self) -> str:
        """Return the name in TRS."""
        return display_name(None, self.record.first_name, self.record.last_name)

    @property
    def trn_changed(self) -> bool:
        """Return whether TRS answered with another TRN, because records were merged."""
        return bool(self.given.get("asked_for_trn", self.record.trn) != self.record.trn)
