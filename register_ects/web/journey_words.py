"""What a journey says to whoever sent a page after the draft had changed (spec 05 §13).

``{called}`` is what is being made ("registration"), ``{name}`` whom the draft is about now.
"""

from register_ects.rules.seen import CHANGED_MEANWHILE
from register_ects.web.forms import Wording

CHANGED_ELSEWHERE = (
    "Your answer was not kept, because someone changed this {called} after you opened the page."
)
ABOUT_ANOTHER = (
    "Someone changed this {called} to another person after you opened the page, so your answer "
    "was not kept. It is about {name} now."
)
NOTHING_SAVED = (
    "Nothing was saved, because someone changed this {called} after you opened the page."
)
DELETED_AFTER_A_DAY = (
    "Nothing was saved, because we delete some answers after a day without a change. "
    "Enter them again."
)
COMPLETED_MEANWHILE = (
    "Your answer was not kept, because someone had confirmed this {called} before you sent it."
)
CONFIRMED_OTHERS = (
    "A colleague, or you in another tab, had already confirmed other answers for this {called}. "
    "Yours were not saved. This page tells what was."
)
CHECK_WORDING: Wording = {
    ("shown", CHANGED_MEANWHILE): "Nothing was saved, because something on this page has changed "
    "since you opened it. Check what changed, then confirm again",
    ("", "incomplete"): "Nothing was saved, because part of this page was missing when it was "
    "sent. Check your answers, then confirm again",
}
FACTS_CHANGED = "Something has changed since you gave these answers. Nothing was saved."
