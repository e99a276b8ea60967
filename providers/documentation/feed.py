"""The feed of release notes, in Atom, for readers and for bots in chat rooms."""

from datetime import UTC, datetime, time

from django.utils.feedgenerator import Atom1Feed

from providers.documentation.content import ReleaseNote
from providers.documentation.markdown import render

CONTENT_TYPE = "application/atom+xml; charset=utf-8"


def release_notes_feed(notes: tuple[ReleaseNote, ...], *, base: str, feed_path: str) -> str:
    """Return the feed; ``base`` is scheme and host, for example "https://example.com"."""
    feed = Atom1Feed(
        title="Lead provider API: release notes",
        link=f"{base}/api/guidance/release-notes",
        description="What changes in the lead provider API",
        language="en-gb",
        feed_url=f"{base}{feed_path}",
        author_name="Department for Education",
    )
    for note in notes:
        published = datetime.combine(note.published_on, time(), tzinfo=UTC)
        feed.add_item(
            title=note.title,
            link=f"{base}{note.path}",
            description=str(render(note.body).html),
            unique_id=f"{base}{note.path}",
            pubdate=published,
            updateddate=published,
            categories=note.tags,
        )
    return feed.writeString("utf-8")
