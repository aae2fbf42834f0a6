from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from agentlint.facts.project import Project
from agentlint.facts.route import Route, RouteScope
from agentlint.findings import Applicability, Finding, NewValue, Repair
from agentlint.knowledge.families import canonical_path, family_of_path
from agentlint.knowledge.formats import find_format
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.text import Pattern, Span

_URL = Pattern(
    r"(?P<origin>(?:[a-z][a-z0-9+.-]{0,20}://)?[^/?#]{0,400})(?P<path>[^?#]{0,2000})", re.IGNORECASE
)
_VERSION = Pattern(r"v[0-9]{1,2}(?:alpha|beta)?[0-9]{0,2}")


@rule(on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    judged: set[tuple[str, Span]] = set()
    for route in project.all(Route):
        for url in (route.base_url, route.endpoint_path) if not _is_unread(route) else ():
            if not url.literal or not url.span or (route.path, url.span) in judged:
                continue
            judged.add((route.path, url.span))
            form = route.url_shape.form if url is route.base_url else ""
            fault = _fault(route, url.literal, form)
            if fault:
                yield ctx.finding(
                    route.path,
                    url.span,
                    fault.message,
                    help=fault.help,
                    subject=url.literal,
                    repair=fault.repair(url.span),
                )


class _Fault(Struct, frozen=True):
    """`better` is the URL to write, "" where it is not known for sure."""

    message: str
    help: str
    better: str = ""
    applicability: Applicability = Applicability.UNSAFE

    def repair(self, span: Span) -> Repair | None:
        if not self.better:
            return None
        return Repair(f"write `{self.better}`", self.applicability, (NewValue(span, self.better),))


class _Url(Struct, frozen=True):
    """A URL; `version` is where the last version stands among the segments of its path, and `rest`
    is what follows the path."""

    origin: str
    segments: tuple[str, ...]
    rest: str = ""

    @property
    def version(self) -> int | None:
        places = [i for i, s in enumerate(self.segments) if _VERSION.fullmatch(s)]
        return places[-1] if places else None

    @property
    def ends_in_version(self) -> bool:
        return self.version == len(self.segments) - 1 and bool(self.segments)

    @property
    def root(self) -> str:
        """The URL before the version that it ends in, or the versions one behind the other."""
        count = len(self.segments)
        while count and _VERSION.fullmatch(self.segments[count - 1]):
            count -= 1
        return self.up_to(count)

    def up_to(self, count: int) -> str:
        return "/".join((self.origin, *self.segments[:count]))


def _is_unread(route: Route) -> bool:
    return route.scope is RouteScope.TEST or not route.effective


def _fault(route: Route, text: str, form: str) -> _Fault | None:
    """What is wrong with a URL that is taken in a `form`; whatever the form, no version is there twice."""
    url = _url(text.strip())
    if url is None:
        return None
    served = family_of_path(text)
    if form == "full_endpoint" and served is None and (not url.segments or url.ends_in_version):
        return _no_endpoint(route, url)
    if form in ("root", "versioned") and served is not None:
        return _endpoint(route, url)
    if form == "root" and url.ends_in_version:
        return _versioned(route, url)
    return _doubled(url)


@lru_cache(256)
def _url(text: str) -> _Url | None:
    """A URL taken apart; the routes of a repository share a few."""
    match = _URL.match(text)
    if match is None:
        return None
    segments = tuple(part for part in match["path"].split("/") if part)
    return _Url(match["origin"], segments, text[match.end() :])


def _no_endpoint(route: Route, url: _Url) -> _Fault:
    path = canonical_path(route.family) if route.family else ""
    missing = path.removeprefix("/v1") if url.ends_in_version else path
    whole = url.up_to(len(url.segments)) + missing
    return _Fault(
        f"{_reader(route)} calls this URL as it stands, and it ends before the endpoint",
        f"write `{whole}`" if missing else "write the whole URL of the endpoint",
    )


def _endpoint(route: Route, url: _Url) -> _Fault:
    keep = url.version
    if keep is not None and route.url_shape.form == "versioned":
        keep += 1
    return _Fault(
        f"this URL already ends in an endpoint, and {_reader(route)} adds {_added(route)}",
        f"write `{url.up_to(keep)}`" if keep is not None else "leave the endpoint's path out",
        "" if keep is None or url.rest else url.up_to(keep),
    )


def _versioned(route: Route, url: _Url) -> _Fault:
    appended = route.url_shape.appended
    called = f": calls go to `/{url.segments[-1]}{appended}`" if appended else ""
    return _Fault(
        f"this URL ends in the version, and {_reader(route)} adds {_added(route)}{called}",
        f"write `{url.root}`",
        "" if url.rest else url.root,
    )


def _doubled(url: _Url) -> _Fault | None:
    for index, (one, next_one) in enumerate(zip(url.segments, url.segments[1:], strict=False)):
        if one == next_one and _VERSION.fullmatch(one):
            better = "/".join((url.up_to(index + 1), *url.segments[index + 2 :])) + url.rest
            return _Fault(
                f"this URL holds the version twice: `/{one}/{one}`",
                f"write `{better}`",
                better,
                Applicability.SAFE,
            )
    return None


def _reader(route: Route) -> str:
    known = find_format(route.format)
    return known.title if known else "its reader"


def _added(route: Route) -> str:
    return f"`{route.url_shape.appended}`" if route.url_shape.appended else "one itself"
