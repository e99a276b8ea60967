"""The JSON that TRS sends, and how it becomes a TeacherRecord. Source: spec 06, 6.18."""

from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict
from pydantic.alias_generators import to_camel

from register_ects.integrations.trs.records import Alert, TeacherRecord
from register_ects.rules.visible import without_hidden

_QTS = "QualifiedTeacherStatus"


def _date_if_readable(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _squished(text: str) -> str:
    """Return a name without what nobody sees, and single spaces inside: TRS keeps all typed."""
    return " ".join(without_hidden(text.replace("\0", " ")).split())


_Name = Annotated[str, AfterValidator(_squished)]


class _Wire(BaseModel):
    # An error that quoted its input would put names and birth dates into logs.
    model_config = ConfigDict(alias_generator=to_camel, hide_input_in_errors=True)


class _AlertCategory(_Wire):
    alert_category_id: str


class _AlertType(_Wire):
    alert_category: _AlertCategory


class _Alert(_Wire):
    alert_type: _AlertType
    end_date: Annotated[date | None, BeforeValidator(_date_if_readable)] = None


class _RouteType(_Wire):
    professional_status_type: str | None = None


class _Provider(_Wire):
    name: _Name | None = None


class _Route(_Wire):
    route_to_professional_status_type: _RouteType
    holds_from: date | None = None
    training_start_date: date | None = None
    training_end_date: date | None = None
    training_provider: _Provider | None = None


class _QtsRoute(_Wire):
    route_to_professional_status_type: _RouteType


class _Qts(_Wire):
    holds_from: date | None = None
    routes: list[_QtsRoute] | None = None


class _ExemptionReason(_Wire):
    name: str


class _Induction(_Wire):
    status: str | None = None
    start_date: date | None = None
    completed_date: date | None = None
    exemption_reasons: list[_ExemptionReason] | None = None


class Person(_Wire):
    """The body of a successful read. Whatever else TRS sends is ignored."""

    trn: str
    first_name: _Name
    middle_name: _Name | None = None
    last_name: _Name
    date_of_birth: date
    national_insurance_number: str | None = None
    email_address: str | None = None
    qts: _Qts | None = None
    induction: _Induction | None = None
    alerts: list[_Alert] | None = None
    routes_to_professional_statuses: list[_Route] | None = None

    def to_record(self, read_at: datetime) -> TeacherRecord:
        """Return what we keep of this person; ``read_at`` is when TRS was asked."""
        induction = self.induction or _Induction()
        route = _training_route(self)
        return TeacherRecord(
            trn=self.trn,
            first_name=self.first_name,
            middle_name=self.middle_name or "",
            last_name=self.last_name,
            date_of_birth=self.date_of_birth,
            national_insurance_number=self.national_insurance_number,
            email=self.email_address,
            induction_status=induction.status,
            induction_start_date=induction.start_date,
            induction_completed_date=induction.completed_date,
            induction_exemption_reasons=tuple(r.name for r in induction.exemption_reasons or []),
            qts_awarded_on=self.qts.holds_from if self.qts else None,
            qts_status_description=_qts_description(self.qts),
            itt_provider_name=_provider_name(route),
            itt_start_date=route.training_start_date if route else None,
            itt_end_date=route.training_end_date if route else None,
            alerts=tuple(_alert(alert) for alert in self.alerts or []),
            read_at=read_at,
        )


def _alert(alert: _Alert) -> Alert:
    category = alert.alert_type.alert_category.alert_category_id
    return Alert(category_id=category.lower(), end_date=alert.end_date)


def _qts_description(qts: _Qts | None) -> str | None:
    if not qts or not qts.routes:
        return None
    return qts.routes[-1].route_to_professional_status_type.professional_status_type


def _provider_name(route: _Route | None) -> str | None:
    return route.training_provider.name if route and route.training_provider else None


def _training_route(person: Person) -> _Route | None:
    # TRS does not promise an order, so the last element (what the reference takes) may be any.
    routes = person.routes_to_professional_statuses or []
    granted = [route for route in routes if _granted_qts(route, person.qts)]
    return max(
        granted or routes, key=lambda route: route.training_end_date or date.min, default=None
    )


def _granted_qts(route: _Route, qts: _Qts | None) -> bool:
    kind = route.route_to_professional_status_type.professional_status_type
    return bool(qts and qts.holds_from and kind == _QTS and route.holds_from == qts.holds_from)
