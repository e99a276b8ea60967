"""Look for migrations that would lock a table or break the version that is still running.

Only those added since the last release (a git tag such as v1.0.0): earlier ones have run, and
before the first release there is nobody whom they could disturb.
"""

import logging
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def last_release() -> str | None:
    """Return the newest release that this version descends from, as a tag."""
    command = ["git", "describe", "--tags", "--match", "v*", "--abbrev=0"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    return found.stdout.strip() or None


def has_errors(release: str) -> bool:
    """Print what is wrong with the migrations added since ``release``."""
    from register_ects.embedded import CannotStart, default_data_dir, ensure_services

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "register_ects.settings")
    try:
        ensure_services(default_data_dir())
    except CannotStart as problem:
        sys.exit(str(problem))

    import django

    django.setup()
    logging.getLogger("django_migration_linter").setLevel(logging.WARNING)

    from django_migration_linter import MigrationLinter

    linter = MigrationLinter(path=str(ROOT), include_apps=["register_ects"], no_cache=True)
    linter.lint_all_migrations(git_commit_id=release)
    linter.print_summary()
    return bool(linter.has_errors)


if __name__ == "__main__":
    release = last_release()
    if release is None:
        sys.stdout.write("No release yet: every migration makes new tables.\n")
        sys.exit(0)
    sys.exit(has_errors(release))
