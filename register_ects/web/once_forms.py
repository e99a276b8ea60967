"""Forms that create something, and do so once however often they are sent.

The page carries a key, which the operation keeps (``operations.once``)::

    form = NewForm(data_of(request))
    ...
    try:
        with form.sent_once() as sending:
            create(..., sending=sending)
    except RuleBroken as refusal:
        form.add_problems(refusal.problems)
        return render(...)
    return redirect(...)  # what the first send was told
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from register_ects.operations.once import SENT_BEFORE, SENT_BEFORE_OTHERWISE, Sending
from register_ects.rules.problems import RuleBroken
from register_ects.rules.seen import mark_of
from register_ects.web.forms import INCOMPLETE, GovukForm, HiddenField

_OTHERWISE = (
    "You sent this page before, with other answers, and those were saved. These were not."
    " To save these as well, send them again"
)


class OnceForm(GovukForm):
    """A form whose page carries a key of its own, which the operation keeps.

    A form that comes back with errors keeps its key. One that was sent before with other answers,
    or without a key, gets a new one: whoever sends it again means to.
    """

    once = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**self.initial, "once": str(uuid.uuid4())}

    @contextmanager
    def sent_once(self) -> Iterator[Sending]:
        """Give the key and the mark of the answers, once the form is valid.

        Sent before with the same answers it did what it is for: that refusal ends here.
        """
        answers = [self.cleaned_data[name] for name in self.fields if name != "once"]
        try:
            yield Sending(self.cleaned_data["once"], mark_of(*answers))
        except RuleBroken as refusal:
            if SENT_BEFORE not in {problem.code for problem in refusal.problems}:
                raise

    def clean_once(self) -> uuid.UUID:
        """Return the key."""
        try:
            return uuid.UUID(self.cleaned_data["once"])
        except ValueError:
            self._renew()
            self.add_error(None, INCOMPLETE)
            return uuid.UUID(int=0)

    def add_problems(self, problems: Any, *args: Any, **kwargs: Any) -> None:
        """Show why the rules refused, and let other answers be sent again."""
        problems = list(problems)
        for problem in problems:
            if problem.code == SENT_BEFORE_OTHERWISE:
                self._renew()
                self.add_error(None, _OTHERWISE)
        rest = [problem for problem in problems if problem.code != SENT_BEFORE_OTHERWISE]
        super().add_problems(rest, *args, **kwargs)

    def _renew(self) -> None:
        self.replace_sent("once", str(uuid.uuid4()))
