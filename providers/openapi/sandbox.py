"""The operations that only the sandbox has (spec 02 §2.17.3)."""

from typing import Final

from providers.openapi.operation import Operation
from providers.schemas import base
from providers.schemas.sandbox import SandboxScenariosResponse
from register_ects.rules.problems import Problem

_EXAMPLE: Final = {
    "data": [
        {
            "id": "resumable",
            "type": "sandbox-scenario",
            "attributes": {
                "group": "special",
                "title": "Deferred, may resume",
                "shared": False,
                "participant_ids": [base.PARTICIPANT_ID],
                "school_ids": [base.SCHOOL_ID],
                "partnership_ids": [base.PARTNERSHIP_ID],
            },
        }
    ]
}
_NOT_IN_PRODUCTION: Final = "Not in production: there the address does not exist."

SANDBOX: Final = (
    Operation(
        "getSandboxScenarios",
        "get",
        "/sandbox/scenarios",
        "Sandbox",
        "List what your sandbox was seeded with",
        "Situations to try your system on, with the ids of what plays in them, all on one page."
        f" {_NOT_IN_PRODUCTION}",
        response=SandboxScenariosResponse,
        example=_EXAMPLE,
        refusals=((400, "BadFilter"),),
    ),
    Operation(
        "resetSandbox",
        "post",
        "/sandbox/reset",
        "Sandbox",
        "Start your sandbox afresh",
        "Takes away what your sandbox was seeded with and all that was done to it, and seeds it"
        f" again under the same ids. The body is ignored. {_NOT_IN_PRODUCTION}",
        response=SandboxScenariosResponse,
        example=_EXAMPLE,
        refusals=((400, "BadBody"),),
        problems={"no_delivery_partner": Problem("lead_provider", "no_delivery_partner")},
    ),
)
