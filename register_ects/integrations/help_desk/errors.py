"""Why the help desk did not do what we asked. No text here holds personal data."""


class HelpDeskError(Exception):
    """Any answer of the help desk other than yes."""


class HelpDeskUnavailable(HelpDeskError):
    """It cannot do it now, or does not let us in: asking the same again later may work.

    ``retry_after`` is how many seconds it asked us to wait, None when it did not say.
    """

    def __init__(self, reason: str, *, retry_after: int | None = None) -> None:
        super().__init__(f"The help desk is unavailable: {reason}")
        self.retry_after = retry_after


class HelpDeskRejected(HelpDeskError):
    """It understood and refused: sending the same again cannot work."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"The help desk refused it (status {status}): {reason or 'no reason'}")
