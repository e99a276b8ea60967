"""Lists of several ECTs, whose jobs run when a test says so."""

import pytest

from register_ects.models import RegistrationBatch
from schools import tasks


@pytest.fixture
def work():
    """Do what the worker would do now for every list."""

    def until_done():
        for batch in RegistrationBatch.objects.filter(state="checking"):
            tasks.check_batch(str(batch.pk))
        for batch in RegistrationBatch.objects.filter(state="registering"):
            tasks.register_batch(str(batch.pk))

    return until_done
