"""Files that people send: what the field takes, and what is refused before it is read."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from register_ects.web import forms
from register_ects.web.large_bodies import LargeBodyMiddleware

pytestmark = pytest.mark.no_database

MEGABYTE = 1024 * 1024


class SendForm(forms.GovukForm):
    question = "file"
    file = forms.FileField(label="Send your file", hint="A CSV file or an Excel workbook")


def sent(content):
    files = {} if content is None else {"file": SimpleUploadedFile("ects.csv", content)}
    return SendForm({}, files)


@pytest.mark.parametrize("content", [b"x", b"x" * MEGABYTE])
def test_a_file_is_taken(content):
    form = sent(content)
    assert form.is_valid()
    assert form.cleaned_data["file"].read() == content


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "Select a file"),
        (b"", "The selected file is empty"),
        (b"x" * (MEGABYTE + 1), "The selected file must be 1 MB or smaller"),
    ],
)
def test_what_is_refused_is_said_at_the_field(content, says):
    form = sent(content)
    assert form.errors["file"] == [says]

    page = BeautifulSoup(form["file"].as_field_group(), "html.parser")
    chosen = page.select_one("input[type=file][name=file]")
    assert chosen["accept"] == ".csv,.xlsx"
    assert says in page.select_one(f"#{chosen['aria-describedby'].split()[-1]}").text
    assert page.select_one("h1 label")["for"] == chosen["id"]


class Unread:
    """A body that must not be read."""

    def read(self, *_size):
        raise AssertionError


def answered(length):
    request = RequestFactory().post("/send", CONTENT_LENGTH=length)
    request.META["wsgi.input"] = request._stream = Unread()
    return LargeBodyMiddleware(lambda _request: "answered")(request)


@pytest.mark.parametrize("length", [str(100 * MEGABYTE), str(2 * MEGABYTE + 1), "9" * 40])
def test_what_is_far_too_large_is_refused_before_any_of_it_is_read(length):
    response = answered(length)

    assert response.status_code == 413
    assert "A file must be 1 MB or smaller" in response.content.decode()


@pytest.mark.parametrize("length", ["", "0", str(2 * MEGABYTE), "-1", "many"])
def test_anything_else_is_answered(length):
    assert answered(length) == "answered"
