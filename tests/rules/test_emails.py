"""Which addresses GOV.UK Notify can send to."""

import pytest

from register_ects.rules.emails import is_generic, problem_with

pytestmark = pytest.mark.no_database

LABEL = "a" * 63


@pytest.mark.parametrize(
    "address",
    [
        "ada@example.com",
        "ADA.Okafor+ect@school.example.org.uk",
        "o'brien@example.com",
        "a!#$%&'*+/=?^_{|}~\\`-b@example.com",
        ".ada.@example.com",
        "ada@1-2.example.com",
        "ada@xn--bcher-kva.example.com",
        "ada@example.xn--p1ai",
        f"ada@{LABEL}.com",
        f"ada@example.{LABEL}",
        f"{'a' * 242}@example.com",
    ],
)
def test_accepts(address):
    assert problem_with(address) is None


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("", "missing"),
        ("ada", "invalid"),
        ("@example.com", "invalid"),
        ("ada@", "invalid"),
        ("ada@example", "invalid"),
        ("ada@@example.com", "invalid"),
        ("ada@example.com@example.com", "invalid"),
        ("ada..okafor@example.com", "invalid"),
        ("ada@example..com", "invalid"),
        ("ada@.example.com", "invalid"),
        ("ada@example.com.", "ends_with_dot"),
        ("o\u2019brien@example.com", "curly_apostrophe"),
        ("o\u2018brien@example.com.", "curly_apostrophe"),
        ("ada\u200b@example.com", "not_plain"),
        ("ada@-example.com", "invalid"),
        ("ada@example-.com", "invalid"),
        ("ada@exa_mple.com", "invalid"),
        ("ada@example.c", "invalid"),
        ("ada@example.123", "invalid"),
        ("ada@192.168.0.1", "invalid"),
        ("ada okafor@example.com", "has_space"),
        ("ada@example.com\n", "has_space"),
        ("ada@example.com\x00", "invalid"),
        ("adé@example.com", "not_plain"),
        ("ada@exämple.com", "not_plain"),
        ("ada@example.com\u0661", "not_plain"),
        ('"ada"@example.com', "invalid"),
        ("mailto:ada@example.com", "has_mailto"),
        ("MAILTO:ada@example.com", "has_mailto"),
        ("ada,bola@example.com", "invalid"),
        ("<ada@example.com>", "invalid"),
        (f"ada@{LABEL}a.com", "invalid"),
        (f"ada@example.{LABEL}a", "invalid"),
        (f"{'a' * 243}@example.com", "too_long"),
        ("a" * 10_000, "too_long"),
    ],
)
def test_refuses(address, problem):
    assert problem_with(address) == problem


@pytest.mark.parametrize(
    ("address", "generic"),
    [
        ("office@example.com", True),
        ("Admin@example.com", True),
        ("headteacher@example.com", True),
        ("enquiries@example.com", True),
        ("ada.okafor@example.com", False),
        ("ada@office.example.com", False),
    ],
)
def test_notices_shared_addresses(address, generic):
    assert is_generic(address) is generic
