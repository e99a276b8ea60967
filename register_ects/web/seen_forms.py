"""Forms that change or remove what somebody else may have changed since the page was drawn.

The form carries the mark of what its page showed, and the operation compares (``rules.seen``)::

    form = ChangeForm(data_of(request), now=mark_of(held.reason, held.amount))
    ...
    except RuleBroken as refusal:
        form.add_problems(refusal.problems)
        if form.is_outdated:
            form.show(mark_of(fresh.reason, fresh.amount))  # and the page tells what it is now
"""

from typing import Any

from register_ects.rules.seen import CHANGED_MEANWHILE, is_mark
from register_ects.web.forms import INCOMPLETE, GovukForm, HiddenField


class SeenForm(GovukForm):
    """A form that knows what its page showed: ``cleaned_data["seen"]`` is the mark of that.

    ``now`` is the mark of what is there while the page is drawn. A form that comes back with
    errors keeps the mark it was sent with, until ``show`` says that the page shows something else.
    One that was sent without a mark came from a page that was not whole: that is told, and the page
    is shown again with the mark of what is there now.
    """

    seen = HiddenField()

    is_outdated = False

    def __init__(self, *args: Any, now: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**self.initial, "seen": now}

    def clean_seen(self) -> str:
        """Return the mark; an empty text where none was sent."""
        seen = str(self.cleaned_data["seen"])
        if is_mark(seen):
            return seen
        self.is_outdated = True  # for all we know
        self.show(str(self.initial["seen"]))
        self.add_error(None, INCOMPLETE)
        return ""

    def add_problems(self, problems: Any, *args: Any, **kwargs: Any) -> None:
        """Show why the rules refused, and note whether the value had changed."""
        problems = list(problems)
        self.is_outdated |= any(problem.code == CHANGED_MEANWHILE for problem in problems)
        super().add_problems(problems, *args, **kwargs)

    def show(self, now: str) -> None:
        """Carry another mark from here on: the page that is drawn shows what is there now."""
        self.replace_sent("seen", now)
