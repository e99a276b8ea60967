"""What each field accepts, and what it says of the rest."""

from datetime import date
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError

from register_ects.web import forms
from register_ects.web.date_fields import DateParts

pytestmark = pytest.mark.no_database


def refusal(field, typed):
    class Form(forms.GovukForm):
        it = field

    data = typed if isinstance(typed, dict) else {"it": typed}
    form = Form(data)
    assert not form.is_valid()
    return form


def message(field, typed):
    return refusal(field, typed).errors["it"][0]


@pytest.mark.parametrize(
    ("typed", "trn"),
    [
        ("1234567", "1234567"),
        ("RP99/12345", "9912345"),
        ("12345", "0012345"),
        (" 123 456 7 ", "1234567"),
        ("\u202d1234567\u202c", "1234567"),
    ],
)
def test_trns(typed, trn):
    assert forms.TRNField().clean(typed) == trn


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Enter the teacher reference number"),
        ("1234", "at least 5 digits"),
        ("letters", "at least 5 digits"),
        ("12345678", "no more than 7 digits"),
        ("\u0661\u0662\u0663\u0664\u0665\u0666\u0667", "at least 5 digits"),
        ("\u0663000201", "in the correct format, like 1234567 or RP99/12345"),
        ("300020\uff11", "in the correct format, like 1234567 or RP99/12345"),
        ("1" * 2000, "must be 1,000 characters or fewer"),
        ("123\x004567", "control characters"),
    ],
)
def test_trns_refused(typed, says):
    assert says in message(forms.TRNField(), typed)


def test_trn_inputs_take_letters_and_offer_nothing():
    class Form(forms.GovukForm):
        trn = forms.TRNField()

    box = BeautifulSoup(Form()["trn"].as_field_group(), "html.parser").select_one("input")
    assert not box.has_attr("inputmode")
    assert (box["spellcheck"], box["autocomplete"]) == ("false", "off")
    assert {"govuk-input--width-10", "govuk-input--extra-letter-spacing"} <= set(box["class"])


def test_national_insurance_numbers():
    assert forms.NINumberField().clean(" ab 12 34 56 c ") == "AB123456C"
    assert "correct format" in message(forms.NINumberField(), "QQ123456C")
    assert "correct format" in message(forms.NINumberField(), "AB12345\u0666C")
    assert "Enter the National Insurance number" in message(forms.NINumberField(), "")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("3", "3"),
        ("1,234.5", "1234.5"),
        (" 16 ", "16"),
        (".5", "0.5"),
        ("0", "0"),
        ("1,000", "1000"),
        ("1,234,567.5", "1234567.5"),
    ],
)
def test_numbers(typed, number):
    assert forms.DecimalField().clean(typed) == Decimal(number)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("three", "must be a number"),
        ("1e5", "must be a number"),
        ("NaN", "must be a number"),
        ("1.2.3", "must be a number"),
        ("1,5", "a full stop for decimals, like 2.5"),
        ("1 6", "a full stop for decimals, like 2.5"),
        ("1 000", "must be a number"),
        ("1,00", "must be a number"),
        ("1000,000", "must be a number"),
        ("1,000,00", "must be a number"),
        (",5", "must be a number"),
        ("\u0663", "must be a number"),
        ("0,006", "a full stop for decimals, like 2.5"),
        ("00,006", "a full stop for decimals"),
        ("012,345", "a full stop for decimals"),
        ("-0,500", "a full stop for decimals"),
        ("0,500,000", "a full stop for decimals"),
        ("1.23", "must have no more than 1 decimal place"),
        ("-1", "must be 0 or more"),
        ("16.5", "must be 16 or less"),
        ("9" * 50, "must be 40 characters or fewer"),
    ],
)
def test_numbers_refused(typed, says):
    assert says in message(forms.DecimalField(minimum=0, maximum=16, places=1), typed)


def test_whole_numbers_are_ints():
    assert forms.WholeNumberField().clean("1,200") == 1200
    assert "must be a whole number" in message(forms.WholeNumberField(), "1.5")


def test_money():
    assert forms.MoneyField().clean("£1,234.50") == Decimal("1234.50")
    assert forms.MoneyField().clean("-250") == Decimal("-250")
    assert forms.MoneyField().clean("-£250") == Decimal("-250")
    assert "must be a number" in message(forms.MoneyField(), "£1,5")
    assert "must be a number" in message(forms.MoneyField(), "0,500")
    assert "must be a number" in message(forms.MoneyField(), "-£0,500.00")
    assert "must be a number" in message(forms.MoneyField(), "1£5")
    assert "no more than 2 decimal places" in message(forms.MoneyField(), "£1.999")


# -- Names and email addresses -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Siobh\u00e1n  O\u2019Neil ", "Siobh\u00e1n O'Neil"),
        ("J", "J"),
        ("\u674e\u660e", "\u674e\u660e"),
        ("Henry 2nd", "Henry 2nd"),
        ("\ufeffZo\u00adfia\u200b Li\u200ds\u200b ", "Zofia Lis"),
        ("Zofia\u200b \u2060 Lis", "Zofia Lis"),
    ],
)
def test_names(typed, name):
    assert forms.PersonNameField().clean(typed) == name


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Enter full name"),
        ("-", "Full name must include letters"),
        ("1234", "Full name must include letters"),
        ("...", "Full name must include letters"),
        ("\u200b\u00ad", "Enter full name"),
        (
            "Zofia\u202esiL",
            "Full name must not include hidden characters that change the direction",
        ),
        ("\u200fZofia Lis", "hidden characters that change the direction of text"),
        ("a" * 71, "must be 70 characters or fewer"),
    ],
)
def test_names_refused(typed, says):
    assert says in message(forms.PersonNameField(label="Full name"), typed)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("o\u2019neil@example.com", "must not include a curly apostrophe (\u2019)"),
        ("zofia@example.com.", "must not end with a full stop"),
        ("zofia lis@example.com", "must not include spaces"),
        ("mailto:zofia@example.com", "must not begin with \u201cmailto:\u201d"),
        ("zofi\u0105@example.com", "letters a to z without accents"),
        ("zofia\u200b@example.com", "letters a to z without accents"),
        ("zofia\u202e@example.com", "hidden characters that change the direction"),
        ("zofia@example", "in the correct format, like name@example.com"),
    ],
)
def test_email_addresses_refused_by_what_is_wrong(typed, says):
    assert says in message(forms.EmailField(label="Email address"), typed)


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (forms.TextField(), " \u200bA reason\u200b \ufeff", "A reason"),
        (forms.EmailField(), "\ufeffzofia@example.com\u200b", "zofia@example.com"),
        (forms.TRNField(), "40\u200b00006", "4000006"),
        (forms.DecimalField(), "1\u3164", Decimal(1)),
        (forms.NINumberField(), "AB\u00ad123456C\u200b", "AB123456C"),
        (forms.DateField(), DateParts("1\u200b", "\ufeff9", "2026"), date(2026, 9, 1)),
    ],
)
def test_what_has_no_width_is_dropped_where_it_does_no_harm(field, typed, value):
    assert field.clean(typed) == value


@pytest.mark.parametrize("field", [forms.TextField, forms.TextareaField])
def test_no_text_turns_its_direction(field):
    says = message(field(label="Reason"), "left \u2066or\u2069 right")
    assert says.startswith("Reason must not include hidden characters")


#: Letters, marks and symbols to Unicode, for which nothing is drawn.
HIDDEN = [
    *"\u3164\u115f\u1160\uffa0",  # Hangul fillers
    *("\U000e0001", "\U000e0020", "\U000e0041", "\U000e007f"),  # tags
    *("\ufe00", "\ufe0f", "\U000e0100", "\U000e01ef", "\u180b"),  # variation selectors
    *("\u17b4", "\u034f", "\u2800", "\U0001d159", "\ufff0", "\U000e0fff"),
]
DROPPED = {"\u034f"}  # has no width: names lose it


def escaped(char):
    return f"U+{ord(char):04X}"


@pytest.mark.parametrize("char", HIDDEN, ids=escaped)
@pytest.mark.parametrize(
    "field", [forms.TextField, forms.TextareaField, forms.PersonNameField, forms.EmailField]
)
def test_a_text_of_which_nothing_is_seen_is_none(field, char):
    for typed in (char, f" {char}\u00a0{char} \u200b"):
        assert message(field(label="Reason"), typed) == "Enter reason"
    assert field(required=False).clean(char) == ""


@pytest.mark.parametrize("char", HIDDEN, ids=escaped)
def test_a_name_hides_nothing(char):
    if char in DROPPED:
        assert forms.PersonNameField().clean(f"Zo{char}fia") == "Zofia"
        return
    for typed in (f"Zofia{char}", f"Zo{char}fia Lis", f"{char} Zofia"):
        says = message(forms.PersonNameField(label="Full name"), typed)
        assert says.startswith("Full name must not include hidden characters: type it instead")


@pytest.mark.parametrize(
    "typed", ["Well done \u2764\ufe0f!", "\U0001f3f4\U000e0067\U000e0062\U000e007f", "\u0301a"]
)
def test_other_text_keeps_what_its_symbols_are_made_of(typed):
    assert forms.TextField().clean(typed) == typed


# -- Dates -------------------------------------------------------------------------------------


def parts(day="", month="", year=""):
    return {"it-day": day, "it-month": month, "it-year": year}


@pytest.mark.parametrize(
    "typed",
    [
        ("1", "9", "2026"),
        ("01", "09", "2026"),
        (" 1 ", " 9 ", " 2026 "),
        ("1", "September", "2026"),
        ("1", "sep", "2026"),
        ("1", "SEPT.", "2026"),
        ("1st", "9", "2026"),
        ("1ST", "September", "2026"),
        ("\u200e1", "9", "2026"),
        ("1st of September 2026", "", ""),
        ("1/9/2026", "", ""),
        ("1/9/26", "", ""),
        ("1.9.2026", "", ""),
        ("1 September 2026", "", ""),
        ("1st Sept 2026", "", ""),
        ("2026-09-01", "", ""),
        ("", "", "01-09-2026"),
    ],
)
def test_dates_in_any_common_form(on, typed):
    on("2026-09-10")
    assert forms.DateField().clean(DateParts(*typed)) == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("typed", "year"), [("26", 2026), ("16", 2016), ("36", 2036), ("2026", 2026)]
)
def test_the_year_of_a_date_may_be_written_with_two_numbers(on, typed, year):
    on("2026-09-10")
    assert forms.DateField().clean(DateParts("1", "9", typed)) == date(year, 9, 1)
    assert forms.DateField().clean(DateParts(f"1/9/{typed}")) == date(year, 9, 1)


@pytest.mark.parametrize("typed", ["15", "37", "99"])
def test_a_year_of_two_numbers_that_may_be_of_two_centuries_is_refused(on, typed):
    on("2026-09-10")
    for boxes in (parts("1", "9", typed), parts(f"1/9/{typed}")):
        says = message(forms.DateField(label="Start date"), boxes)
        assert f"{typed} could be 19{typed} or 20{typed}" in says


@pytest.mark.parametrize(
    ("typed", "year"), [("77", 1977), ("99", 1999), ("00", 2000), ("08", 2008), ("27", 1927)]
)
def test_the_year_of_birth_may_be_written_with_two_numbers(on, typed, year):
    on("2026-09-10")
    for born in (DateParts("1", "9", typed), DateParts(f"1/9/{typed}")):
        assert forms.DateOfBirthField().clean(born) == date(year, 9, 1)


@pytest.mark.parametrize("typed", ["09", "24"])
def test_a_year_of_birth_that_no_century_makes_possible_is_refused(on, typed):
    on("2026-09-10")
    says = message(forms.DateOfBirthField(), parts("1", "9", typed))
    assert f"{typed} could be 19{typed} or 20{typed}" in says


@pytest.mark.parametrize(
    ("typed", "says", "faulty"),
    [
        (("", "", ""), "Enter start date", "day month year"),
        (("1", "", "2026"), "must include a month", "month"),
        (("", "9", ""), "must include a day and year", "day year"),
        (("1", "9", "77"), "year with 4 numbers, like 2026: 77 could be 1977 or 2077", "year"),
        (("32nd", "9", "2026"), "must be a real date", "day"),
        (("first", "9", "2026"), "must be a real date", "day"),
        (("1", "9", "20266"), "year with 4 numbers", "year"),
        (("32", "9", "2026"), "The day, which comes first, is 1 to 31", "day"),
        (("0", "9", "2026"), "must be a real date", "day"),
        (("1", "13", "2026"), "The month, which comes after the day, is 1 to 12", "month"),
        (("12", "25", "2026"), "The month, which comes after the day, is 1 to 12", "month"),
        (("1", "ma", "2026"), "must be a real date", "month"),
        (("1", "Smarch", "2026"), "must be a real date", "month"),
        (("x", "y", "2026"), "must be a real date", "day month"),
        (("31", "9", "2026"), "has no such day", "day"),
        (("29", "2", "2026"), "has no such day", "day"),
        (("1", "1", "0000"), "year after 1899", "year"),
        (("\u0661", "9", "2026"), "must be a real date", "day"),
        (("9" * 10_000, "9", "2026"), "must be a real date", "day"),
        (("1\x00", "9", "2026"), "control characters", "day month year"),
        (("31/9/2026", "", ""), "has no such day", "day"),
    ],
)
def test_dates_refused_with_the_faulty_parts(typed, says, faulty):
    form = refusal(forms.DateField(label="Start date"), parts(*typed))
    drawn = BeautifulSoup(form["it"].as_field_group(), "html.parser")

    assert says in form.errors["it"][0]
    assert [box["id"][3:] for box in drawn.select("input.govuk-input--error")] == faulty.split()
    assert form.error_list()[0]["href"] == f"#it-{faulty.split()[0]}"
    assert [box["value"] for box in drawn.select("input")] == [part[:100] for part in typed]


def test_date_inputs_are_a_named_group_of_numeric_boxes():
    class Form(forms.GovukForm):
        it = forms.DateField(label="Start date", hint="For example, 17 9 2026")

    drawn = BeautifulSoup(
        Form(initial={"it": date(2026, 9, 1)})["it"].as_field_group(), "html.parser"
    )
    assert drawn.select_one("fieldset[role=group]")["aria-describedby"] == "it-hint"
    assert [box["value"] for box in drawn.select("input")] == ["1", "9", "2026"]
    assert {box["inputmode"] for box in drawn.select("input")} == {"numeric"}
    assert {box["autocomplete"] for box in drawn.select("input")} == {"off"}


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("11", "9", "2008"), "at least 18 years ago"),
        (("9", "9", "1925"), "no more than 100 years ago"),
        (("1", "1", "2030"), "at least 18 years ago"),
        (("1", "1", "24"), "a year with 4 numbers, like 1998"),
        (("x", "1", "1977"), "a real date, like 31 3 1998"),
        (("", "", ""), "Enter their date of birth"),
    ],
)
def test_dates_of_birth_refused(on, typed, says):
    on("2026-09-10")
    assert says in message(forms.DateOfBirthField(), parts(*typed))


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        (("10", "9", "2008"), date(2008, 9, 10)),
        (("11", "9", "1925"), date(1925, 9, 11)),
        (("31/3/98", "", ""), date(1998, 3, 31)),
        (("31/3/05", "", ""), date(2005, 3, 31)),
    ],
)
def test_dates_of_birth(on, typed, born):
    on("2026-09-10")
    assert forms.DateOfBirthField().clean(DateParts(*typed)) == born


def test_an_optional_date_may_be_empty():
    assert forms.DateField(required=False).clean(DateParts()) is None
    with pytest.raises(ValidationError):
        forms.DateField(required=False).clean(DateParts("1"))
