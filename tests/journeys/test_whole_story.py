"""One teacher's story, end to end, on the running demo and a real school.

A school registers an ECT and a mentor, an appropriate body claims the induction, the lead
provider reads the participant and declares training, finance sees the money on a statement, and
the appropriate body records a pass that reaches TRS.
"""

import json
import re
import time
from typing import Any

import httpx
import pytest

pytestmark = [pytest.mark.no_database, pytest.mark.browser]

HUB = "Bright Futures Teaching School Hub - Manchester & Stockport"
#: Who takes part on which screen: the ECT and the mentor, as TRS knows them.
PEOPLE = {
    1280: (("4000006", "1999-02-11", "Zofia Lis"), ("4000008", "1991-01-20", "Yasmin Farah")),
    375: (("4000011", "1996-06-26", "Aditi Menon"), ("4000007", "1977-07-24", "Yuki Lau")),
}
#: The lead provider declares in the new year: the schedule's first milestone opens in January.
NEW_YEAR = {"X-With-Server-Date": "2027-01-20T12:00:00Z"}


def test_one_teachers_story(visitor, demo) -> None:
    ect, mentor = PEOPLE[visitor.page.viewport_size["width"]]
    api = LeadProviderAPI(demo, "Ambition Institute")

    the_school_registers(visitor, ect)
    the_school_registers_a_mentor(visitor, ect, mentor)
    the_body_claims(visitor, ect)

    participant = api.find_participant(ect[0])
    assert participant["attributes"]["full_name"] == ect[2]
    [enrolment] = participant["attributes"]["ecf_enrolments"]
    assert enrolment["school_urn"] == "137923"
    assert enrolment["eligible_for_funding"] is True
    assert api.find_participant(mentor[0])["id"] == enrolment["mentor_id"]
    declaration = api.declare_started(participant["id"])
    assert declaration["attributes"]["state"] == "eligible"

    finance_sees_the_money(visitor, ect)
    the_body_records_a_pass(visitor, ect)
    assert trs_status(demo, ect[0]) == "Passed"


def the_school_registers(visitor, ect) -> None:
    trn, born, name = ect
    visitor.goes_to("/")
    visitor.signs_in_as("Priya Nair")
    visitor.follows("Register an ECT")
    visitor.presses()
    visitor.sees("There is a problem")
    visitor.fills("Teacher reference number (TRN)", trn)
    visitor.fills_date(born)
    visitor.presses()
    visitor.sees(name)
    visitor.chooses("Yes")
    visitor.fills("Email address", f"teacher.{trn}@example.com")
    visitor.fills_date("2026-11-02")
    visitor.chooses("Full time")
    visitor.presses()
    visitor.sees("We used the choices of your school’s last registration")
    visitor.follows("Change appropriate body")
    choose_from_list(visitor, HUB)
    visitor.chooses("Provider-led")
    visitor.chooses("Ambition Institute")
    visitor.presses()
    visitor.sees("Bright Futures Teaching School Hub")
    visitor.presses("Confirm and register")
    visitor.sees("not complete until you assign a mentor")


def choose_from_list(visitor, wanted: str) -> None:
    """Type into the autocomplete until one option is left, and choose it."""
    box = visitor.page.get_by_role("combobox")
    box.fill("")
    box.type(wanted)
    visitor.page.get_by_role("option", name=re.compile(re.escape(wanted))).first.click()


def the_school_registers_a_mentor(visitor, ect, mentor) -> None:
    trn, born, name = mentor
    visitor.follows("Assign a mentor")
    visitor.chooses("Register a new mentor")
    visitor.presses()
    visitor.fills("Teacher reference number (TRN)", trn)
    visitor.fills_date(born)
    visitor.presses()
    visitor.chooses("Yes")
    visitor.fills("Email address", f"teacher.{trn}@example.com")
    visitor.chooses("Yes, share their details with Ambition Institute")
    visitor.presses()
    visitor.presses("Confirm and register")
    visitor.sees(f"{ect[2]}’s registration is complete")
    visitor.follows(f"See {ect[2]}’s details")
    visitor.sees(name)
    visitor.follows("Mentors")
    visitor.sees(name)
    visitor.signs_out()


def the_body_claims(visitor, ect) -> None:
    trn, born, name = ect
    visitor.signs_in_as("Marcus Doyle")
    visitor.goes_to("/appropriate-body/claim-an-ect/find-ect/new")
    visitor.fills("Teacher reference number (TRN)", trn)
    visitor.fills_date(born)
    visitor.presses()
    visitor.sees(name)
    visitor.page.locator("main button[type=submit], main button:not([type])").first.click()
    visitor.looks()
    visitor.fills_date("2026-11-02")
    visitor.chooses("Provider-led")
    visitor.page.locator("main button[type=submit], main button:not([type])").first.click()
    visitor.looks()
    visitor.sees(name)
    visitor.signs_out()


def finance_sees_the_money(visitor, ect) -> None:
    visitor.signs_in_as("Joanna Field")
    visitor.goes_to("/finance/statements?statement_date=2027-4&statement_type=output_fee")
    row = visitor.page.get_by_role("row").filter(has_text="Ambition Institute")
    row.filter(has_text="2026").get_by_role("link").first.click()
    visitor.page.wait_for_load_state()
    visitor.looks()
    visitor.sees("Ambition Institute")
    visitor.sees("Total")
    visitor.sees(ect[2])
    visitor.signs_out()


def the_body_records_a_pass(visitor, ect) -> None:
    visitor.signs_in_as("Marcus Doyle")
    visitor.goes_to(f"/appropriate-body/teachers?q={ect[0]}")
    visitor.follows(ect[2])
    visitor.follows("Record a pass")
    visitor.fills_date("2026-11-20")
    visitor.page.locator("#number_of_terms").fill("0.5")
    visitor.page.locator("main button[type=submit], main button:not([type])").first.click()
    visitor.page.wait_for_load_state()
    visitor.page.locator("[name=terms_reason][value=prior_experience]").check()
    visitor.page.locator("main button[type=submit], main button:not([type])").first.click()
    visitor.page.wait_for_load_state()
    visitor.looks()
    visitor.sees(ect[2])
    visitor.signs_out()


class LeadProviderAPI:
    """A lead provider's client, with the token that the demo printed."""

    def __init__(self, demo: Any, name: str) -> None:
        token = re.search(rf"^  {re.escape(name)}\s+(\w+)$", demo.output, re.MULTILINE)
        assert token, demo.output
        self.base = f"{demo.address}api/v3"
        self.headers = {"Authorization": f"Bearer {token[1]}", **NEW_YEAR}

    def get(self, path: str, **parameters: int) -> httpx.Response:
        """Read an address of the API."""
        named = {f"page[{name}]": value for name, value in parameters.items()}
        return httpx.get(f"{self.base}{path}", headers=self.headers, params=named)

    def find_participant(self, trn: str) -> dict[str, Any]:
        """Read the list page by page until a person is found, then read the one."""
        page = 1
        while True:
            answer = self.get("/participants", page=page, per_page=50)
            answer.raise_for_status()
            for participant in answer.json()["data"]:
                if participant["attributes"]["teacher_reference_number"] == trn:
                    one = self.get(f"/participants/{participant['id']}")
                    assert one.json()["data"] == participant
                    return participant
            assert answer.json()["data"], f"No participant with TRN {trn}"
            page += 1

    def declare_started(self, participant_id: str) -> dict[str, Any]:
        """Declare that training started in January."""
        body = {
            "data": {
                "type": "participant-declaration",
                "attributes": {
                    "participant_id": participant_id,
                    "declaration_type": "started",
                    "declaration_date": "2027-01-12T09:30:00Z",
                    "course_identifier": "ecf-induction",
                    "evidence_held": "training-event-attended",
                },
            }
        }
        answer = httpx.post(
            f"{self.base}/participant-declarations",
            headers=self.headers,
            content=json.dumps(body),
        )
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]


def trs_status(demo: Any, trn: str) -> str:
    """Return the induction status that TRS holds once the worker has told it."""
    found = re.search(r"The TRS stand-in: (\S+)", demo.output)
    assert found
    deadline = time.monotonic() + 30
    while True:
        people = httpx.get(f"{found[1]}__admin/people", params={"trn": trn}).json()
        person = people[0] if isinstance(people, list) else people
        status = str(person.get("people", [person])[0]["induction"]["status"])
        if status == "Passed" or time.monotonic() > deadline:
            return status
        time.sleep(0.3)
