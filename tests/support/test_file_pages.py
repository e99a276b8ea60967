"""Staff see the files of appropriate bodies, and what became of each (spec 06 §6.17.8)."""

from register_ects.models import Event, PendingInductionSubmission
from tests.factories import AppropriateBodyFactory, BatchFactory, InductionPeriodFactory

FILES = "/admin/files"


def file_of(name="Hub A", **values):
    body = AppropriateBodyFactory(active=True, name=name)
    return BatchFactory(appropriate_body=body, **values)


def test_the_home_page_leads_to_the_files_of_every_body_latest_first(officer):
    first, second = file_of(), file_of("Hub B", batch_type="action")

    [link] = officer.get("/admin/").select(f"a[href='{FILES}']")
    assert link.text == "Files of appropriate bodies"
    page = officer.get(FILES)
    names = [each.text for each in page.select("main table a")]
    assert names == [f"File {second.pk}", f"File {first.pk}"]
    assert "Hub A" in page.text
    assert "Passes and releases" in page.text


def test_without_files_the_list_says_so(officer):
    assert "No appropriate body has uploaded a file yet" in officer.get(FILES).text


def test_a_file_shows_its_errors_by_line_and_their_share(officer):
    file = file_of(state="processed", uploaded_count=3, errored_count=1)
    PendingInductionSubmission.objects.create(
        batch=file, number=4, state="error", problems=[["trn", "Check both"]]
    )

    page = officer.get(f"{FILES}/{file.pk}")

    assert page.summary["With errors"] == "1 (33.3%)"
    assert page.summary["Finished"] == "Not finished"
    assert page.summary["Uploaded"].startswith("Robin Asker, ")
    assert "Check both" in page.text


def test_a_file_of_which_every_line_is_wrong_is_never_finished(officer):
    file = file_of(state="processed", uploaded_count=2, errored_count=2)

    assert officer.get(f"{FILES}/{file.pk}").summary["Finished"] == "Never: every line has an error"


def test_the_inductions_that_a_file_began_are_found_by_its_events(officer):
    file = file_of()
    period = InductionPeriodFactory(
        appropriate_body=file.appropriate_body,
        teacher__trs_first_name="Ada",
        teacher__trs_last_name="Okafor",
    )
    Event.objects.create(
        event_type="induction_period_opened",
        category="induction",
        heading="Hub A claimed Ada Okafor",
        author_type="system",
        happened_at=file.created_at,
        teacher=period.teacher,
        induction_period=period,
        batch=file,
    )

    page = officer.get(f"{FILES}/{file.pk}")

    assert "Ada Okafor" in page.text


def test_a_file_that_is_not_there(officer):
    assert officer.get(f"{FILES}/999").status_code == 404
