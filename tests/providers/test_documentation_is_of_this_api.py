"""What the documentation names is in the OpenAPI file and in the code, and the other way round."""

import ast
import re
from pathlib import Path

import pytest

import providers
from providers.documentation import content, error_catalogue
from providers.openapi.document import document
from providers.problem_details import ERROR_CATALOGUE

GUIDANCE = "/api/guidance/guidance-for-lead-providers"
#: Operations that list page by page.
LISTS = [
    ("get", f"/api/v3/{path}")
    for path in (
        "participants",
        "participants/transfers",
        "participant-declarations",
        "statements",
        "delivery-partners",
        "partnerships",
        "schools",
        "unfunded-mentors",
    )
]


def offered():
    """The names of the parameters of each operation of the file, by method and path."""
    file = document()
    named = {f"#/components/parameters/{key}": value for key, value in parameters(file)}
    return {
        (method, path): {named.get(each.get("$ref"), each)["name"] for each in told["parameters"]}
        for path, operations in file["paths"].items()
        for method, told in operations.items()
        if method in ("get", "post", "put")
    }


def parameters(file):
    return file["components"]["parameters"].items()


def guidance():
    return "\n".join(path.read_text() for path in sorted((content.GUIDANCE / "pages").glob("*.md")))


def test_every_parameter_of_an_example_is_in_the_file():
    asked = re.findall(r'\$api/([a-z-]+)\?([^"\s]+)', guidance())

    told = {
        (path, part.partition("=")[0])
        for path, query in asked
        for part in query.split("&")
        if not part.startswith("filter=")  # an example of what is refused
    }

    assert {name for _, name in told} > {"page[after]", "meta", "after", "dry_run", "sort"}
    for path, name in told:
        taken = [offered().get((method, f"/api/v3/{path}"), ()) for method in ("get", "post")]
        assert any(name in names for names in taken), (path, name)


@pytest.mark.parametrize(
    ("name", "concerns"),
    [
        ("page[after]", lambda method, path: (method, path) in LISTS),
        ("meta", lambda method, path: (method, path) in LISTS),
        ("after", lambda method, path: path == "/api/v3/changes"),
        ("If-None-Match", lambda method, path: method == "get"),
        ("Idempotency-Key", lambda method, path: method != "get"),
        (
            "dry_run",
            lambda method, path: (
                method != "get" and path.startswith("/api/v3/participant-declarations")
            ),
        ),
    ],
)
def test_what_the_guidance_calls_new_is_in_the_file_wherever_it_is_taken(name, concerns):
    assert f"`{name}" in guidance() or f"{name}=" in guidance()
    having = {key for key, names in offered().items() if name in names}

    assert having == {key for key in offered() if concerns(*key)}


def test_every_code_is_on_the_map_for_clients_that_looked_at_sentences(browse):
    page = browse.get(f"{GUIDANCE}/coming-from-the-service-before")

    rows = [row.select("td") for row in page.soup.select("tbody tr")]
    shown = {row[2].get_text(): row for row in rows if len(row) == 3}
    groups = ("request", "participant", "declaration", "partnership", "service")
    asked = {code for code in error_catalogue.explanations() if code.split(".")[0] in groups}
    assert shown.keys() == asked
    assert shown["declaration.already_declared"][0].get_text() == "declaration_type"


def test_shapes_of_the_map_are_those_of_the_file(browse):
    page = browse.get(f"{GUIDANCE}/coming-from-the-service-before")

    (table,) = (each for each in page.soup.select("table") if "Models" in each.caption.get_text())
    cells = [row.select("td")[1] for row in table.select("tbody tr")]
    named = {word.get_text() for cell in cells for word in cell.select("code")}
    assert "ErrorsResponse" in named
    assert named - {"uuid"} <= document()["components"]["schemas"].keys()


def codes_in_the_code() -> set[str]:
    """Return every code that the source of the API can give, but those of wording."""
    found = set()
    pattern = re.compile(rf"({'|'.join(error_catalogue.GROUPS)})\.[a-z_]+")
    for path in Path(providers.__file__).parent.rglob("*.py"):
        if path.parts[-2] in ("openapi", "schemas", "documentation"):
            continue
        texts = (getattr(node, "value", None) for node in ast.walk(ast.parse(path.read_text())))
        found |= {text for text in texts if isinstance(text, str) and pattern.fullmatch(text)}
    return found


@pytest.mark.no_database
def test_every_error_code_is_explained_and_none_is_invented():
    raised = codes_in_the_code() | set(error_catalogue.sentences())
    conflicts = {code for code in error_catalogue.explanations() if code.endswith(".conflict")}

    assert set(error_catalogue.explanations()) == raised | conflicts
    assert {code.partition(".")[0] for code in raised} <= set(error_catalogue.GROUPS)


def test_the_type_of_every_problem_leads_to_its_entry(browse):
    page = browse.get(ERROR_CATALOGUE)

    anchors = {heading["id"] for heading in page.select("h3[id]")}
    assert anchors == set(error_catalogue.explanations())
