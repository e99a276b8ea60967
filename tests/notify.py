"""The stand-in of GOV.UK Notify as tests use it."""

import time
import uuid

from register_ects.integrations.notify import client


class Notify:
    """A running stand-in, and our client of it; otherwise as ``NotifyStandIn``."""

    def __init__(self, stand_in, settings):
        self._stand_in, self._settings = stand_in, settings

    def __getattr__(self, name):
        return getattr(self._stand_in, name)

    def begin_anew(self):
        """No faults, and our client does not remember any."""
        self._stand_in.clear_faults()
        client.forget_clients()

    def wait_at_most(self, seconds):
        """Have our client wait for an answer no longer than this, until ``begin_anew``."""
        client.get_client()._http.close()
        client.get_client()._http = client.Connection(
            self._settings.NOTIFY_BASE_URL, read_timeout=seconds
        )

    def unsettled(self):
        """Return an id that Notify does not know."""
        return uuid.uuid4()

    def current_fault(self):
        """Return the kind of fault in force, None when there is none."""
        return self._stand_in._pull("GET", "faults").json()["kind"]

    def wait_for(self, condition):
        """Wait until something is so."""
        until = time.monotonic() + 10
        while not condition():
            assert time.monotonic() < until, "it did not come"
            time.sleep(0.02)

    def wait_until_taken(self):
        """Wait until an email has come."""
        self.wait_for(self._stand_in.messages)

    def wait_until_settled(self):
        """Wait until it is known what became of every email."""
        self.wait_for(lambda: all(message["completed_at"] for message in self._stand_in.messages()))
