"""Files that are refused as a whole: too many bad rows, too old; what the refusal says."""

import io
import re

import pytest
from django.core.management import CommandError, call_command

from register_ects.gias.faults import FileRefused
from register_ects.gias.importer import CHILDRENS_CENTRES, import_register
from register_ects.models import GIASSchool, RegisterImport, School
from tests.gias.extracts import COLUMNS, a_row

DATED = [*COLUMNS, "LastChangedDate"]


def rows_of(good, bad):
    rows = [a_row(urn) for urn in range(1, good + 1)]
    return rows + [a_row(urn, opened="soon") for urn in range(good + 1, good + bad + 1)]


def test_exactly_1_percent_malformed_is_imported(write):
    report = import_register(write(rows_of(good=198, bad=2)))

    assert (report.created, report.malformed.count) == (198, 2)


def test_more_than_1_percent_malformed_is_refused_with_count_reasons_and_looks(write):
    path = write(rows_of(good=100, bad=50), name="slashes.csv")

    with pytest.raises(FileRefused) as refusal:
        import_register(path)

    lines = str(refusal.value).splitlines()
    assert lines[0] == (
        "slashes.csv: 50 of 150 rows (33.3%) cannot be read, more than 1%. Nothing was imported"
    )
    wrong = "OpenDate: 'soon' is not a date (dd-mm-yyyy, dd/mm/yyyy or yyyy-mm-dd)"
    assert lines[1:21] == [f"  line {line}: {wrong}" for line in range(102, 122)]
    assert lines[21] == "  and 30 more"
    assert lines[22] == (
        "The file looks like text in utf-8, parted by commas, with 150 rows of 23 columns: URN, "
        "LA (code), LA (name), EstablishmentNumber, EstablishmentName, TypeOfEstablishment (code), "
        "TypeOfEstablishment (name), EstablishmentStatus (code), …"
    )
    assert not GIASSchool.objects.exists()
    assert not School.objects.exists()
    assert not RegisterImport.objects.exists()


def dated(*days):
    return [a_row(urn, LastChangedDate=day) for urn, day in enumerate(days, start=1)]


def test_an_unreadable_day_of_change_counts_as_malformed(write):
    path = write(dated(*["14.11.2023"] * 2, *["14-11-2023"] * 98), columns=DATED)

    with pytest.raises(FileRefused, match=r"2 of 100 rows \(2\.0%\) cannot be read") as refusal:
        import_register(path)

    assert "line 2: LastChangedDate: '14.11.2023' is not a date" in str(refusal.value)
    assert not GIASSchool.objects.exists()

    report = import_register(write(dated("14.11.2023", *["14-11-2023"] * 99), columns=DATED))
    assert (report.created, report.malformed.count) == (99, 1)


def test_a_file_with_months_before_days_is_refused_by_name(write):
    days = [f"{month:02}/{day:02}/2023" for month in range(1, 13) for day in range(1, 29)]
    path = write(dated(*days), columns=DATED)

    with pytest.raises(FileRefused) as refusal:
        import_register(path)

    assert str(refusal.value).splitlines()[0] == (
        "register.csv: 192 of 336 rows (57.1%) cannot be read, more than 1%. Nothing was imported. "
        "In 192 of them day and month are swapped: dates must be dd/mm/yyyy, not mm/dd/yyyy"
    )
    assert not RegisterImport.objects.exists()


def test_openings_with_months_before_days_are_told_too(write):
    rows = [a_row(urn, opened=f"09/{urn:02}/2012") for urn in range(1, 31)]

    with pytest.raises(FileRefused, match="In 18 of them day and month are swapped"):
        import_register(write(rows))


def test_other_unreadable_dates_are_not_told_as_swapped(write):
    with pytest.raises(FileRefused) as refusal:
        import_register(write(dated(*["31/02/2023"] * 5), columns=DATED))

    assert "swapped" not in str(refusal.value)


def test_the_report_of_an_import_names_at_most_20_rows(write):
    report = import_register(write(rows_of(good=2_475, bad=25)))

    named = [line for line in report.lines() if re.match(" +line ", line)]
    assert len(named) == 20
    assert "    and 5 more" in list(report.lines())


def test_a_file_without_the_columns_says_what_it_looks_like(write):
    path = write("urn;Name\r\n1;Mill Lane\r\n", name="other.csv")

    with pytest.raises(FileRefused, match="missing required columns: EstablishmentName") as told:
        import_register(path)

    assert str(told.value).endswith(
        "The file looks like text in utf-8, parted by semicolons, with 2 columns: urn, Name"
    )


# -- Older files ---------------------------------------------------------------------------------


@pytest.fixture
def importing(write):
    """Import one school that the register changed on a day."""

    def import_day(day, name="Mill Lane", **options):
        rows = [a_row(1, name=name, LastChangedDate=day), a_row(2, LastChangedDate="01-01-2020")]
        return import_register(write(rows, columns=DATED, name=f"register-{day}.csv"), **options)

    return import_day


def test_an_older_register_is_refused_by_its_newest_change(importing):
    importing("16-11-2023", name="New Name")

    with pytest.raises(FileRefused) as refusal:
        importing("15-11-2023", name="Old Name")

    assert (
        "register-15-11-2023.csv: of 15-11-2023 by its newest LastChangedDate, older than "
        "register-16-11-2023.csv of 16-11-2023, which was imported last. Of 2 rows nothing was "
        "imported. If it is meant: --allow-older"
    ) in str(refusal.value)
    assert GIASSchool.objects.get(urn=1).name == "New Name"


def test_the_same_day_and_later_ones_are_imported(importing):
    importing("16-11-2023")

    assert importing("16-11-2023").unchanged == 2
    assert importing("17-11-2023", name="Renamed").updated == 1


@pytest.mark.parametrize("columns", [DATED, COLUMNS], ids=["blank", "no such column"])
def test_a_register_that_does_not_say_its_age_is_imported_with_a_warning(importing, write, columns):
    importing("16-11-2023", name="New Name")
    undated = write([a_row(1), a_row(2)], columns=columns, name="undated.csv")
    out, err = io.StringIO(), io.StringIO()

    call_command("import_gias", undated, stdout=out, stderr=err)

    assert out.getvalue().splitlines()[0] == (
        "Nobody can say how old this file is: it has no LastChangedDate. Imported before was "
        "register-16-11-2023.csv, of 16-11-2023. Check that this file was downloaded later than "
        "that, by its name or where it came from; if not, import a later one"
    )
    assert err.getvalue().strip() == "Warnings: 1. The rest was imported."
    with pytest.raises(FileRefused, match="older than register-16-11-2023"):
        importing("15-11-2023")  # nor does it hide how old the one before was


def test_the_very_first_register_may_say_nothing_of_its_age(write):
    assert not import_register(write([a_row(1)])).warned


def test_an_older_register_is_imported_when_asked_for_by_name(importing):
    importing("16-11-2023", name="New Name")

    importing("15-11-2023", name="Old Name", allow_older=True)

    assert GIASSchool.objects.get(urn=1).name == "Old Name"
    assert importing("15-11-2023", name="Old Name").unchanged == 2


def test_a_change_that_is_still_to_come_does_not_make_a_file_newer(importing):
    report = importing("31-12-2099")

    assert list(report.warnings.lines()) == ["line 2: LastChangedDate: 31-12-2099 is still to come"]
    assert RegisterImport.objects.get().newest_change.isoformat() == "2020-01-01"
    assert importing("16-11-2023").unchanged == 2


def test_rows_that_we_do_not_keep_tell_the_age_too(write):
    welsh = a_row(3, type="Welsh establishment", LastChangedDate="16-11-2023")
    import_register(write([a_row(1, LastChangedDate="01-01-2020"), welsh], columns=DATED))

    assert RegisterImport.objects.get().newest_change.isoformat() == "2023-11-16"


def test_the_list_of_childrens_centres_is_not_held_against_the_register(importing, write):
    importing("16-11-2023")
    centre = a_row(20001, type="Children's centre", LastChangedDate="01-01-2020")

    report = import_register(write([centre], columns=DATED), source=CHILDRENS_CENTRES)

    assert report.created == 1


def test_the_command_takes_an_older_file_by_name_only(write):
    for_day = lambda day: write([a_row(1, LastChangedDate=day)], columns=DATED, name=f"{day}.csv")  # noqa: E731
    call_command("import_gias", for_day("16-11-2023"), stdout=io.StringIO())
    older = for_day("15-11-2023")

    with pytest.raises(CommandError, match="--allow-older"):
        call_command("import_gias", older, stdout=io.StringIO())
    call_command("import_gias", older, "--allow-older", stdout=io.StringIO())

    newest = RegisterImport.objects.order_by("pk").values_list("newest_change", flat=True)
    assert [day.isoformat() for day in newest] == ["2023-11-16", "2023-11-15"]
