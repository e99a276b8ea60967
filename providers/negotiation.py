"""What a client prefers, as its ``Accept`` headers tell with quality values (RFC 9110 §12.4.2)."""

#: Characters and choices that are read of a header; real ones are far shorter.
_LONGEST, _MOST = 2_000, 50


def qualities(header: str) -> dict[str, float]:
    """Return what a header names, in small letters, with the quality of each from 0 to 1.

    1 without a quality or with one that cannot be read; the first mention counts. Other
    parameters are dropped: ``text/html; level=1; q=0.5`` gives ``text/html`` 0.5.
    """
    found: dict[str, float] = {}
    for choice in header[:_LONGEST].lower().split(",")[:_MOST]:
        name, *parameters = (part.strip() for part in choice.split(";"))
        if name:
            found.setdefault(name, _quality(parameters))
    return found


def quality_of(media_type: str, accepted: dict[str, float]) -> float:
    """Return how much a media type is wanted; the most specific mention of it decides."""
    kind = media_type.partition("/")[0]
    names = (media_type, f"{kind}/*", "*/*")
    return next((accepted[name] for name in names if name in accepted), 0.0)


def wants_gzip(header: str) -> bool:
    """Whether ``Accept-Encoding`` likes gzip at least as much as no encoding."""
    accepted = qualities(header)
    wanted = accepted.get("gzip", accepted.get("x-gzip", accepted.get("*", 0.0)))
    return wanted > 0 and wanted >= accepted.get("identity", 0.0)


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = (part.strip() for part in parameter.partition("="))
        if name == "q" and value[:1] in "01." and value.replace(".", "", 1).isdecimal():
            return min(float(value), 1.0)
    return 1.0
