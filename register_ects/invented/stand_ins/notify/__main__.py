"""Start the stand-in from the command line. Refuses to in production."""

import sys
from pathlib import Path

from register_ects.invented.stand_ins.kit import run_from_command_line
from register_ects.invented.stand_ins.notify.app import NotifyApp
from register_ects.invented.stand_ins.notify.receipts import Callback


def main() -> int:
    """Serve until stopped; return the exit status."""
    return run_from_command_line("Notify", _build)


def _build(database: Path) -> NotifyApp:
    from django.conf import settings

    callback = Callback(f"{settings.SERVICE_URL}/notify/receipts", settings.NOTIFY_CALLBACK_TOKEN)
    templates = Path(settings.BASE_DIR) / "templates" / "emails"
    return NotifyApp(database, templates, api_key=settings.NOTIFY_API_KEY, callback=callback)


if __name__ == "__main__":
    sys.exit(main())
