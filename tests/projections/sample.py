"""A person whom two lead providers are shown, and all that they are shown by."""

from dataclasses import dataclass
from datetime import date

from register_ects.models import (
    Declaration,
    LeadProvider,
    MentorshipPeriod,
    School,
    Statement,
    Teacher,
    TrainingPeriod,
)
from register_ects.projections.refresh import catch_up
from tests.factories import (
    DeclarationFactory,
    DeliveryPartnerFactory,
    ECTAtSchoolPeriodFactory,
    LeadProviderFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    SchoolFactory,
    StatementFactory,
    TeacherFactory,
    TrainingPeriodFactory,
    noon,
)

YEAR = 2024


@dataclass
class Sample:
    """Ada was an ECT at Oak with Harbour, who declared her start; now she is at Elm, Northgate.

    Bo mentors her at Elm and has never been in training.
    """

    harbour: LeadProvider
    northgate: LeadProvider
    oak: School
    elm: School
    ada: Teacher
    bo: Teacher
    at_oak: TrainingPeriod
    at_elm: TrainingPeriod
    mentorship: MentorshipPeriod
    declaration: Declaration
    statement: Statement


def make_sample() -> Sample:
    harbour, northgate = LeadProviderFactory(name="Harbour"), LeadProviderFactory(name="Northgate")
    oak, elm = (SchoolFactory(gias_school__name=name) for name in ("Oak", "Elm"))
    ada, bo = TeacherFactory(trs_first_name="Ada"), TeacherFactory(trs_first_name="Bo")
    first = ECTAtSchoolPeriodFactory(
        teacher=ada, school=oak, started_on=date(2024, 9, 2), finished_on=date(2025, 1, 31)
    )
    second = ECTAtSchoolPeriodFactory(teacher=ada, school=elm, started_on=date(2025, 2, 3))
    at_oak = TrainingPeriodFactory(
        ect_at_school_period=first,
        finished_on=date(2025, 1, 31),
        lead_provider=harbour,
        year=YEAR,
        delivery_partner=DeliveryPartnerFactory(name="Dale"),
    )
    at_elm = TrainingPeriodFactory(
        ect_at_school_period=second,
        lead_provider=northgate,
        year=YEAR,
        delivery_partner=DeliveryPartnerFactory(name="Elmet"),
    )
    mentorship = MentorshipPeriodFactory(
        ect_at_school_period=second,
        mentor_at_school_period=MentorAtSchoolPeriodFactory(
            teacher=bo, school=elm, started_on=date(2024, 9, 2)
        ),
        started_on=date(2025, 2, 3),
    )
    statement = StatementFactory(lead_provider=harbour, contract_year=YEAR, fee_type="output")
    declaration = DeclarationFactory(
        training_period=at_oak, declaration_date=noon(date(2024, 10, 1))
    )
    catch_up()
    return Sample(
        harbour, northgate, oak, elm, ada, bo, at_oak, at_elm, mentorship, declaration, statement
    )
