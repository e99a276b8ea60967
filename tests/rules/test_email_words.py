"""Each email has its words in the repository, and each gap in them is filled (spec 05 §15)."""

import re

import pytest
from django.conf import settings

from register_ects.rules.enumerations import EmailTemplate

pytestmark = pytest.mark.no_database

FOLDER = settings.BASE_DIR / "templates" / "emails"


def test_every_email_has_words_and_an_id_at_notify():
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(EmailTemplate.values)
    assert set(settings.NOTIFY_TEMPLATE_IDS) == set(EmailTemplate.values)


@pytest.mark.parametrize("template", EmailTemplate)
def test_an_email_has_a_subject_and_paragraphs(template):
    words = (FOLDER / f"{template.value}.txt").read_text(encoding="utf-8")
    subject, _, body = words.partition("\n\n")

    assert re.fullmatch(r"Subject: \S.{9,88}", subject)
    assert body.strip()
    assert "'" not in words
    assert words.count("((") == words.count("))") == len(re.findall(r"\(\([a-z_]+\)\)", words))
