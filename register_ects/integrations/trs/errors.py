"""Why TRS did not do what we asked: one small class per thing a caller can do about it.

No text here ever holds personal data: errors end up in logs.
"""


class TRSError(Exception):
    """Any answer of TRS other than yes."""


class TeacherNotFound(TRSError):
    """No such TRN, or the date of birth or NI number given with it is not that person's."""

    def __init__(self) -> None:
        super().__init__("TRS has no record that matches")


class TeacherDeactivated(TRSError):
    """The record exists but is no longer active."""

    def __init__(self) -> None:
        super().__init__("The TRS record is deactivated")


class TeacherMerged(TRSError):
    """The record was merged into another, whose TRN is ``new_trn``."""

    def __init__(self, new_trn: str) -> None:
        super().__init__("The TRS record was merged into another")
        self.new_trn = new_trn


class TRSUnavailable(TRSError):
    """TRS cannot answer now: asking the same again later may work.

    ``status`` is the HTTP status, None when there was no reply. ``retry_after`` is how many
    seconds TRS asked us to wait, None when it did not say.
    """

    def __init__(
        self, reason: str, *, status: int | None = None, retry_after: int | None = None
    ) -> None:
        super().__init__(f"TRS is unavailable: {reason}")
        self.status = status
        self.retry_after = retry_after


class TRSMisconfigured(TRSUnavailable):
    """TRS does not let us in, or our address for it is wrong: only an operator can mend it."""


class TRSRejected(TRSError):
    """TRS understood and refused: sending the same again cannot work.

    ``error_code`` is TRS's own number (10034 is "no QTS"), None when it gave none.
    """

    def __init__(self, status: int, error_code: int | None = None, title: str = "") -> None:
        super().__init__(f"TRS rejected the request: status {status}, code {error_code}")
        self.status = status
        self.error_code = error_code
        self.title = title


class TRSStale(TRSRejected):
    """TRS has already accepted a change made after this one."""
