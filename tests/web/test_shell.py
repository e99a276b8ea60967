"""The page that everything stands on."""


def test_landing_page_has_title_skip_link_and_footer(browse):
    page = browse.get("/")

    assert page.status_code == 200
    assert page.title == "Start - Register early career teachers - GOV.UK"
