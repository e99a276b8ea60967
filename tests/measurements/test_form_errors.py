"""Errors of forms outside of journeys are counted for every form, by field and rule."""

import pytest
from django.db import Error

from register_ects.models import FormError
from tests.factories import SchoolFactory
from tests.support.pages import Browser

pytestmark = pytest.mark.django_db
ASK = "/school/support_queries/new"


def counted():
    return list(FormError.objects.values_list("page", "step", "field", "code", "run"))


def test_a_refused_field_is_counted_once():
    browser = Browser().sign_in(SchoolFactory())
    page = browser.submit(browser.get("/school/support/new"), {"message": ""})
    assert page.status_code == 422
    assert counted() == [("schools:support", None, "message", "required", None)]


def test_a_form_that_was_taken_counts_nothing():
    browser = Browser().sign_in(SchoolFactory())
    browser.submit(browser.get("/feedback"), {"score": "5"})
    assert counted() == []


def test_the_page_is_answered_when_it_cannot_be_counted(monkeypatch):
    def fails(_rows):
        raise Error("no room")

    monkeypatch.setattr(FormError.objects, "bulk_create", fails)
    browser = Browser()
    assert browser.submit(browser.get("/feedback"), {"score": ""}).status_code == 422
    assert counted() == []
