"""What ``bin/demo`` tells whoever started it: the day, who may sign in, and the API tokens."""

import os
from pathlib import Path

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.invented.demo.tokens import demo_tokens
from register_ects.web import personas


def welcome(address: str, data_dir: Path) -> list[str]:
    """Return the lines to print once the service answers at ``address`` (with a final slash).

    Issues the API tokens that are missing.
    """
    return [
        *_day(),
        *_people(address),
        *_api(address, demo_tokens(data_dir)),
        "",
        f"The TRS stand-in: {os.environ['TRS_API_BASE_URL']}/",
        f"The emails that were sent: {os.environ['NOTIFY_BASE_URL']}/",
        f"The help desk, with schools’ questions: {os.environ['HELP_DESK_URL']}/",
        f"Data and logs: {data_dir}",
        "",
    ]


def _day() -> list[str]:
    today = clock.today()
    if today == clock.london_date(clock.real_now()):
        return []
    return ["", f"The demo pretends that today is {govuk_date(today)}."]


def _people(address: str) -> list[str]:
    groups = {group: people for group, people in personas.offered().items() if people}
    if not groups:
        return []
    lines = ["", f"Sign in at {address}personas as one of these invented people:"]
    for group, people in groups.items():
        lines.append(f"  {group}")
        lines.extend(f"    {each.persona.name}, {each.organisation_name}" for each in people)
    return lines


def _api(address: str, tokens: dict[str, str]) -> list[str]:
    if not tokens:
        return []
    width = max(map(len, tokens))
    return [
        "",
        f"Lead provider API at {address}api/v3, with a bearer token for each lead provider:",
        *(f"  {name:<{width}}  {token}" for name, token in tokens.items()),
        f"Guidance on the API, and a console to try it: {address}api/guidance",
    ]
