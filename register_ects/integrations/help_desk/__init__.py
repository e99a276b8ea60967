"""The help desk (Zendesk): where support answers what schools ask.

How it is used, and its local stand-in: docs/integrations/help-desk.md.
"""

from register_ects.integrations.help_desk.client import HelpDeskClient, Ticket, get_client
from register_ects.integrations.help_desk.errors import (
    HelpDeskError,
    HelpDeskRejected,
    HelpDeskUnavailable,
)
