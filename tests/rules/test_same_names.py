"""Names that are the same although they are written in another way."""

import pytest

from register_ects.rules.same_names import is_one_of, ways_to_split

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("given", "known", "is_same"),
    [
        (("Zofia", "Lis"), ("Zofia", "Lis"), True),
        (("ZOFIA", "lis"), ("Zofia", "Lis"), True),
        (("Zofia Maria", "Lis"), ("Zofia", "Lis"), True),  # a middle name that TRS does not know
        (("Zofia", "Lis"), ("Zofia Maria", "Lis"), True),
        (("Roisin", "O’Shaughnessy"), ("Róisín", "O'Shaughnessy"), True),
        (("Anne Marie", "Smith Jones"), ("Anne-Marie", "Smith-Jones"), True),
        (("Annemarie", "Smithjones"), ("Anne-Marie", "Smith-Jones"), True),
        (("Lukasz", "Zolc"), ("Łukasz", "Żółć"), True),
        (("", "Lis"), ("Zofia", "Lis"), True),
        (("Zofia", ""), ("Zofia", "Lis"), True),
        (("Zofia", "Nowak"), ("Zofia", "Lis"), False),  # a former name
        (("Maria", "Lis"), ("Zofia", "Lis"), False),
        (("Lis", "Zofia"), ("Zofia", "Lis"), False),
        (("Zofia Anna", "Lis"), ("Zofia Maria", "Lis"), False),
        (("Maria Zofia", "Lis"), ("Zofia Maria", "Lis"), False),
        (("Zofia", "Lis Nowak"), ("Zofia", "Lis"), False),
        (("Zo", "Lis"), ("Zofia", "Lis"), False),
    ],
)
def test_a_name_is_compared(given, known, is_same):
    assert is_one_of(given, [("Else", "Body"), known]) == is_same


def test_a_full_name_may_be_divided_anywhere():
    assert ways_to_split("Ana de Sousa") == [("Ana", "de Sousa"), ("Ana de", "Sousa")]
    assert ways_to_split("Ana") == [("Ana", "Ana")]
    assert ways_to_split("") == [("", "")]
