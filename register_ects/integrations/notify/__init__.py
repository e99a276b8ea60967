"""GOV.UK Notify: sends our emails, and says what became of them.

How it is used, and its local stand-in: docs/integrations/notify.md.
"""

from register_ects.integrations.notify.client import (
    Delivery,
    NotifyClient,
    get_client,
    moment_of,
)
from register_ects.integrations.notify.errors import (
    NotifyError,
    NotifyMisconfigured,
    NotifyRejected,
    NotifyUnavailable,
)
