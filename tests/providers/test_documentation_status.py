"""The public page that says whether the API is up."""

from datetime import UTC, datetime

from providers.documentation import status


def test_status_says_that_the_service_is_up_and_what_it_shows(browse):
    from register_ects.models import ProjectionState

    ProjectionState.objects.update_or_create(
        pk=1,
        defaults={"shown_for": "2026-10-20", "refreshed_at": datetime(2026, 10, 20, 8, tzinfo=UTC)},
    )
    text = browse.get("/api/guidance/status").text

    assert "The API Up" in text
    assert "Planned downtime None" in text
    assert "last changed 20 October 2026 at 9:00am" in text
    assert "as of 20 October 2026" in text


def test_status_announces_downtime_and_goes_on_through_it(browse, settings, on):
    settings.MAINTENANCE_FROM = datetime(2099, 1, 1, 6, tzinfo=UTC)
    settings.MAINTENANCE_UNTIL = datetime(2099, 1, 1, 8, tzinfo=UTC)
    assert browse.get("/api/guidance").status_code == 200
    page = browse.get("/api/guidance/status")
    assert "From 1 January 2099 at 6:00am to 1 January 2099 at 8:00am" in page.text
    assert "The API Up" in page.text

    settings.MAINTENANCE_FROM = None
    assert browse.get("/api/guidance").status_code == 503
    page = browse.get("/api/guidance/status")
    assert page.status_code == 200
    assert "Now, until 1 January 2099 at 8:00am" in page.text
    assert "The API Down" in page.text


def test_status_says_so_when_the_database_is_down(browse, monkeypatch):
    class Nothing:
        def cursor(self):
            raise OSError("no database")

    monkeypatch.setattr(status, "connection", Nothing())
    page = browse.get("/api/guidance/status")

    assert page.status_code == 200
    assert "The API Down" in page.text
