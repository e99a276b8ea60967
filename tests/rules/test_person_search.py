from uuid import UUID

import pytest

from register_ects.rules.person_search import PersonSearch

pytestmark = pytest.mark.no_database

JOHNS = UUID("0f8fad5b-d9cb-469f-a165-708677289501")
PEOPLE = {
    "John Smith": ("1000001", ["John", "Smith", None]),
    "Joan Jones": ("1000002", ["Joan", "Jones", None]),
    "Siobhán O'Neil": ("1000003", ["Siobhán", "O'Neil", None]),
    "Zoë Ødegård-Łuk": ("1000004", ["Zoë", "Ødegård-Łuk", None]),
    "Amy Known": ("1000005", ["Amelia", "Known", "Amy Known"]),
    "Nobody": (None, [None, None, None]),
}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("", list(PEOPLE), id="blank finds everybody"),
        pytest.param("  ", list(PEOPLE), id="spaces find everybody"),
        pytest.param(":'&|!()*", [], id="punctuation alone finds nobody"),
        pytest.param("%", [], id="a wildcard of databases finds nobody"),
        pytest.param("_", [], id="another wildcard finds nobody"),
        pytest.param("\\", [], id="a backslash finds nobody"),
        pytest.param("%john", ["John Smith"], id="punctuation beside a word"),
        pytest.param("\u200b", list(PEOPLE), id="what nobody sees finds everybody"),
        pytest.param("\ufeffjo\u00adhn\u200b", ["John Smith"], id="what nobody sees in a name"),
        pytest.param("jo sm", ["John Smith"], id="beginnings of words"),
        pytest.param("jo", ["John Smith", "Joan Jones"], id="one beginning"),
        pytest.param("SMITH john", ["John Smith"], id="any order and case"),
        pytest.param("mith", [], id="not the middle of a word"),
        pytest.param("siobhan", ["Siobhán O'Neil"], id="without the accent"),
        pytest.param("SIOBHÁN", ["Siobhán O'Neil"], id="with the accent"),
        pytest.param("O'Neil:", ["Siobhán O'Neil"], id="search operators are only punctuation"),
        pytest.param("O\u2019Neil", ["Siobhán O'Neil"], id="curly apostrophe"),
        pytest.param("oneil", ["Siobhán O'Neil"], id="without the apostrophe"),
        pytest.param("odegard luk", ["Zoë Ødegård-Łuk"], id="letters without a plain form"),
        pytest.param("amelia", ["Amy Known"], id="the name in TRS"),
        pytest.param("amy", ["Amy Known"], id="the corrected name"),
        pytest.param("1000002", ["Joan Jones"], id="a TRN"),
        pytest.param(
            "TRNs 1000001,1000003 john", ["John Smith", "Siobhán O'Neil"], id="several TRNs"
        ),
        pytest.param("RP10/00002", ["Joan Jones"], id="a TRN with prefix and slash"),
        pytest.param("rp 10 / 00002", ["Joan Jones"], id="a TRN with spaces"),
        pytest.param("10 00002", ["Joan Jones"], id="a TRN of two parts"),
        pytest.param("RP1000002", ["Joan Jones"], id="a TRN with a prefix"),
        pytest.param("TRN: 100-0002", ["Joan Jones"], id="a TRN with its name"),
        pytest.param(
            "RP10/00001, RP10/00003", ["John Smith", "Siobhán O'Neil"], id="several with slashes"
        ),
        pytest.param("joan RP10/00002", ["Joan Jones"], id="a TRN with a slash beside a name"),
        pytest.param(
            "RP10/00001 1000003", ["John Smith", "Siobhán O'Neil"], id="two forms beside another"
        ),
        pytest.param(
            "1000003 RP10/00001", ["John Smith", "Siobhán O'Neil"], id="in the other order"
        ),
        pytest.param("9999999 " * 60 + "1000001", ["John Smith"], id="as many as somebody pastes"),
        pytest.param("00002", ["Joan Jones"], id="part of a TRN"),
        pytest.param("RP10/0000", list(PEOPLE)[:-1], id="its beginning, with a prefix"),
        pytest.param("0002", ["Joan Jones"], id="its last four digits"),
        pytest.param("002", [], id="three digits are nobody's"),
        pytest.param("00002 joan", ["Joan Jones"], id="part of a TRN beside a name"),
        pytest.param("joan 00002", ["Joan Jones"], id="a name beside part of a TRN"),
        pytest.param("00002 john", [], id="part of a TRN beside the name of another"),
        pytest.param("zzz 1000", [], id="part of a TRN beside a name of nobody"),
        pytest.param(
            "Ms Joan, TRN: 1000", ["Joan Jones"], id="a title, and what it is, before one"
        ),
        pytest.param("trn 00002", ["Joan Jones"], id="what it is before part of a TRN"),
        pytest.param("Dr 00002", ["Joan Jones"], id="a title before part of a TRN"),
        pytest.param("RP10/0000 joan", ["Joan Jones"], id="a prefix before part of a TRN"),
        pytest.param("joan 002 1000", [], id="digits too few for a TRN beside part of one"),
        pytest.param("joan 10000011, 1000", [], id="digits too many for a TRN beside part of one"),
        pytest.param("Mr John Smith", ["John Smith"], id="a title"),
        pytest.param("dr. smith", ["John Smith"], id="an abbreviated title"),
        pytest.param("MISS JO", ["John Smith", "Joan Jones"], id="a title before a beginning"),
        pytest.param("Miss", [], id="a title alone"),
        pytest.param("Joan@School.example", ["Joan Jones"], id="an email address"),
        pytest.param("<joan@school.example>;", ["Joan Jones"], id="one as it is copied"),
        pytest.param("a@b@c joan", [], id="two signs of an address"),
        pytest.param("@ joan", ["Joan Jones"], id="a sign without an address"),
        pytest.param("joan@school.exampl", [], id="part of an email address"),
        pytest.param("a1000001@school.example", [], id="digits of an address are no TRN"),
        pytest.param(f"{JOHNS} joan@school.example", ["John Smith", "Joan Jones"], id="ids"),
        pytest.param("10000011", [], id="eight digits are no TRN"),
        pytest.param("\x00", list(PEOPLE), id="a null byte"),
    ],
)
def test_finds_people_by_trn_or_name(typed, found):
    search = PersonSearch.of(typed)

    matching = [
        who
        for who, (trn, names) in PEOPLE.items()
        if search.matches(
            trn=trn,
            names=names,
            ids=[JOHNS] if who == "John Smith" else [],
            email="joan@school.example" if who == "Joan Jones" else None,
        )
    ]

    assert matching == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("jon smyth", ["John Smith"]),
        ("Joanne", ["Joan Jones"]),
        ("Shiobhan", ["Siobhán O'Neil"]),
        ("ONeill", ["Siobhán O'Neil"]),
        ("smyth joan", []),
        ("Catherine", []),
        ("1000009", []),
        ("smyth 1000", []),
        ("", []),
    ],
)
def test_names_spelt_much_like_every_word_are_alike(typed, found):
    search = PersonSearch.of(typed)

    assert [who for who, (_trn, names) in PEOPLE.items() if search.likeness(names)] == found
