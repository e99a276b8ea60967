"""Which version of the API this is, and the addresses that say so."""

from typing import Final

#: As addresses have it. A change that breaks clients needs a new one.
API_VERSION: Final = "v3"
#: Of its description, which grows with every new attribute or endpoint.
DESCRIPTION_VERSION: Final = "3.1.0"
BASE: Final = f"/api/{API_VERSION}"
REFERENCE: Final = f"/api/docs/{API_VERSION}"
