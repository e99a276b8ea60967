"""Why Notify did not do what we asked. No text here holds personal data: errors end up in logs."""


class NotifyError(Exception):
    """Any answer of Notify other than yes."""


class NotifyUnavailable(NotifyError):
    """Notify cannot do it now: asking the same again later may work.

    ``retry_after`` is how many seconds Notify asked us to wait, None when it did not say.
    """

    def __init__(self, reason: str, *, retry_after: int | None = None) -> None:
        super().__init__(f"Notify is unavailable: {reason}")
        self.retry_after = retry_after


class NotifyMisconfigured(NotifyUnavailable):
    """Notify does not let us in, or our address for it is wrong: only an operator can mend it."""


class NotifyRejected(NotifyError):
    """Notify understood and refused: sending the same again cannot work."""

    def __init__(self, status: int, reasons: str) -> None:
        super().__init__(f"Notify refused it (status {status}): {reasons or 'no reason given'}")
