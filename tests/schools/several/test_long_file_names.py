"""A file whose name is longer than any computer lets it be is refused in words."""

import pytest

from register_ects.models import RegistrationBatch
from tests.schools.several.people import SEVERAL


@pytest.mark.parametrize(("letters", "status"), [(5000, 400), (200, 422)])
def test_a_name_that_is_far_too_long_is_said_to_be(oak, world, letters, status):
    head = f'Content-Disposition: form-data; name="file"; filename="{"x" * letters}.csv"'
    body = f"--b\r\n{head}\r\nContent-Type: text/csv\r\n\r\nTRN\r\n--b--\r\n"
    address = f"/school/{world.oak.urn}{SEVERAL.removeprefix('/school')}/upload"

    answer = oak.client.post(address, body, content_type="multipart/form-data; boundary=b")

    assert answer.status_code == status
    told = "give it a name of fewer than 250 characters" in answer.content.decode()
    assert told == (status == 400)
    assert not RegistrationBatch.objects.exists()
