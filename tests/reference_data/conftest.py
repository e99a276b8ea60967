"""A way to tell whether any row was written."""

import pytest
from django.apps import apps
from django.db import connection


@pytest.fixture
def row_versions():
    """Return the transaction that last wrote each row of the service's tables, by table."""

    def versions():
        found = {}
        with connection.cursor() as cursor:
            for model in apps.get_app_config("register_ects").get_models():
                table = model._meta.db_table
                cursor.execute(f'SELECT xmin::text, cmin::text, ctid::text FROM "{table}"')
                if rows := cursor.fetchall():
                    found[table] = sorted(rows)
        return found

    return versions
