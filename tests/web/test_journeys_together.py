"""Two people who finish one draft at the same moment save it once."""

import threading
import time
from functools import partial

import pytest
from django.db import connection, transaction
from django.urls import include, path

from register_ects.models import JourneyDraft
from register_ects.urls import *  # noqa: F403  handlers of errors
from register_ects.urls import urlpatterns as service
from register_ects.web import drafts, forms
from register_ects.web.journey_pages import journey_urls
from register_ects.web.journeys import Journey, Step
from schools.access import school_required
from tests.factories import SchoolFactory
from tests.races import all_at_once

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db(transaction=True)]

saved: list[dict] = []


class NameForm(forms.GovukForm):
    name = forms.PersonNameField()


def save_slowly(answers, request):
    time.sleep(0.3)  # long enough for the other to arrive while the draft is locked
    saved.append(answers)


slow = Journey(
    name="slow",
    guard=school_required,
    complete=save_slowly,
    steps=[
        Step("ask", NameForm),
        Step("check", completes=True),
        Step("done", confirmation=True),
    ],
)
urlpatterns = [path("slow/", include(journey_urls(slow))), *service]


def test_two_submits_at_once_save_once_and_both_see_the_confirmation(sign_in):
    saved.clear()
    school = SchoolFactory()
    check = sign_in(school).post("/slow/ask", {"name": "Ada"}).location
    browsers = [sign_in(school), sign_in(school)]

    pages = all_at_once(*(partial(browser.confirm, check) for browser in browsers))

    done = check.replace("/check", "/done")
    assert [page.location for page in pages] == [done, done]
    assert [one["name"] for one in saved] == ["Ada"]
    assert JourneyDraft.objects.get().completed_at


def test_a_change_that_is_saved_while_somebody_confirms_is_not_confirmed_unseen(sign_in):
    saved.clear()
    browser = sign_in(SchoolFactory())
    opened = browser.get(browser.post("/slow/ask", {"name": "Ada"}).location)
    answers = []

    def confirm():
        answers.append(browser.submit(opened))
        connection.close()

    thread = threading.Thread(target=confirm)
    with transaction.atomic():
        draft = JourneyDraft.objects.select_for_update().get()
        thread.start()
        time.sleep(0.5)  # the confirmation has read the draft, and waits for its lock
        state = drafts.read(draft)
        state.answers["name"] = "Bola"
        drafts.write(draft, state)
    thread.join()

    [refused] = answers
    assert refused.status_code == 422
    assert refused.changes == {"name": ("Ada", "Bola")}
    assert saved == []
