"""Small grey text in templates."""

import re

from django.conf import settings

WRITTEN_OUT = re.compile(r"<span[^>]*govuk-hint")


def test_what_stands_under_a_name_is_drawn_by_one_macro_on_a_line_of_its_own():
    folder = settings.BASE_DIR / "templates"
    written_out = {
        str(file.relative_to(folder))
        for file in folder.rglob("*.jinja")
        if WRITTEN_OUT.search(file.read_text())
    }

    assert written_out == {"components/plain.jinja"}
