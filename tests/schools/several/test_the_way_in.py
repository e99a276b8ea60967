"""Schools are led to registering several ECTs wherever they can register one."""

import pytest


@pytest.mark.parametrize("address", ["/school/home", "/school/ects"])
def test_a_page_that_registers_one_leads_to_several(oak, address):
    page = oak.get(address)

    (link,) = [each for each in page.select("a") if each.text == "Register several ECTs"]
    assert oak.get(link["href"]).h1 == "Register several ECTs"
