"""What is larger than any form or file may be is refused before any of it is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from register_ects.web.errors import too_large


class LargeBodyMiddleware:
    """Answers 413 to a body longer than any may be, by what its header says.

    A file is the only thing that a person sends which may be so large. Forms are sent with their
    length; a body without one is none to Django.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse the request, or answer it."""
        length = request.META.get("CONTENT_LENGTH") or ""
        most: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if length.isascii() and length.isdecimal() and int(length[:20]) > most:
            return too_large(request)
        return self.get_response(request)
