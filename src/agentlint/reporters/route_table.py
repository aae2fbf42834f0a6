"""The route table of a repository: where each name leads, on one screen.

The JSON form is version 1: keys are only ever added to a version. `line` is the line of the model's
value, counted from 1; `credential` is a reference and never a literal.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from agentlint.facts.route import Route, RouteKind
from agentlint.facts.serving import provider_of
from agentlint.facts.tree import SOMEONE
from agentlint.facts.values.value import Value, ValueKind
from agentlint.knowledge.names import parse_model
from agentlint.knowledge.providers import (
    Provider,
    ProviderKind,
    is_local,
    is_own_network,
    provider_named,
    provider_of_prefix,
    provider_of_url,
)
from agentlint.knowledge.served import where_served
from agentlint.reporters.columns import aligned, cropped
from agentlint.reporters.safe import safe
from agentlint.text import Pattern, SourceFile

VERSION = 1
MAX_CELL = 56
_REFERENCES = (
    ValueKind.ENV_REF,
    ValueKind.SECRET_REF,
    ValueKind.FILE_REF,
    ValueKind.COMMAND,
    ValueKind.TEMPLATE,
)
# The provider that a server of one's own is told as.
_OWN = "local"
_OF_CALLERS = "master_key"
_BACKTICKS = Pattern(r"`{1,400}")


def as_json(routes: Sequence[Route], sources: Mapping[str, SourceFile]) -> str:
    """Every route with all that is known of it, for scripts."""
    document = {"version": VERSION, "routes": [_entry(route, sources) for route in routes]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_table(routes: Sequence[Route], sources: Mapping[str, SourceFile]) -> str:
    """Aligned columns for a terminal; a column that no route fills is left out."""
    rows = _rows(routes, sources)
    cells = [[cropped(cell, MAX_CELL) for cell in row] for row in rows]
    return "".join(f"{line}\n" for line in aligned(cells)) if routes else ""


def as_markdown(routes: Sequence[Route], sources: Mapping[str, SourceFile]) -> str:
    """A table for a pull request or a wiki."""
    if not routes:
        return ""
    head, *rows = _rows(routes, sources)
    lines = [head, ["---"] * len(head), *([_code(cell) for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def model_of(route: Route) -> str:
    """The model as it is written, or else the one that a program calls where nobody says another, or
    the routes that an entry without one leads to."""
    default = route.model_default.raw or route.model.default
    return route.model.raw or default or ", ".join(target.raw for target in route.targets)


def fallbacks_of(route: Route) -> list[str]:
    """What the reader turns to, in order, each once."""
    return list(dict.fromkeys(fallback.target.raw for fallback in route.fallbacks))


def _entry(route: Route, sources: Mapping[str, SourceFile]) -> dict[str, Any]:
    return {
        "path": safe(route.path),
        "line": _line(route, sources),
        "alias": _text(route.alias.raw),
        "role": _text(route.role.raw),
        "label": _text(route.label.raw),
        "model": _text(model_of(route)),
        "provider": _text(_provider(route)),
        "family": str(route.family) if route.family else None,
        "family_source": str(route.chosen_family.source),
        "endpoint_path": _text(route.endpoint_path.raw),
        "base_url": _text(_base_url(route.base_url)),
        "credential": _text(_credential(route)),
        "fallbacks": [safe(name) for name in fallbacks_of(route)],
        "effective": route.effective,
        "ineffective_reason": _text(_why_dead(route)),
    }


def _why_dead(route: Route) -> str:
    """Said of the first of the routes that are dead together, and not of each."""
    return route.dead.key.reason if route.dead and route.dead.is_first else ""


def _text(text: str) -> str | None:
    return safe(text) if text else None


def _line(route: Route, sources: Mapping[str, SourceFile]) -> int:
    return sources[route.path].position(route.place.start).line


def _provider(route: Route) -> str:
    """Who answers, as people know it: by the tool's own name. What a table says of its own is whom its
    gateway calls."""
    named = route.provider.raw
    if named and route.kind is RouteKind.TABLE:
        return named
    said = named or _by_prefix(route)
    answering = provider_of(route) or said
    if answering == SOMEONE.raw:
        return _by_default(route.base_url)
    known = provider_named(answering)
    if known is None:
        return _at_unknown_host(route, said, answering)
    return _displayed_name(named, known) if provider_named(named) is known else known.name


def _by_default(base_url: Value) -> str:
    """Who answers where nobody gives another host than the one that is written."""
    known = provider_of_url(base_url.default or "")
    return known.name if known else _OWN if is_own_network(base_url.default or "") else ""


def _at_unknown_host(route: Route, said: str, host: str) -> str:
    """A server of one's own, and else the provider that is named, unless that answers elsewhere."""
    known = provider_named(said)
    if is_own_network(host):
        return said if is_local(known) else _OWN
    if known is None:
        return "" if said == SOMEONE.raw else said
    elsewhere = known.has_one_host or (is_local(known) and route.base_url.literal)
    return "" if elsewhere else _displayed_name(said, known)


def _displayed_name(named: str, known: Provider) -> str:
    """A provider by the tool's name for it, but for a cloud, and for its own name in other letters, as an
    endpoint is labelled for people."""
    return known.name if _is_cloud(known) or named.lower() == known.name else named


def _is_cloud(provider: Provider) -> bool:
    """Whether it is one of those that each tool has a name of its own for; the word for a server of one's
    own tells which it is."""
    return provider.kind is ProviderKind.CLOUD


def _name(entry: Mapping[str, Any]) -> str:
    return entry["alias"] or entry["role"] or entry["label"] or ""


def _by_prefix(route: Route) -> str:
    """Who serves a model by its prefix, which the owner of weights in their name is none of, and a bare one
    by its vendor where a gateway calls no host of one's own."""
    name = parse_model(route.model.raw)
    known = provider_of_prefix("/".join(name.prefixes)) if name.prefixes else None
    if known is None and route.kind is RouteKind.DEPLOYMENT and not route.base_url.given:
        known = where_served(None, name) if route.model.literal else None
    return known.name if known else ""


def _base_url(url: Value) -> str:
    """The URL as it is written, or the one that is called where nobody says another."""
    return url.raw or url.default or (SOMEONE.raw if url.given else "")


def _credential(route: Route) -> str:
    """The first credential that is a reference, as it is written; what a gateway's own callers show
    is not what it calls with."""
    values = (
        credential.value for credential in route.credentials if credential.slot != _OF_CALLERS
    )
    return next((_reference(value) for value in values if value.kind in _REFERENCES), "")


def _reference(value: Value) -> str:
    return value.raw or value.ref or ""


class _Column(Struct, frozen=True):
    title: str
    cells: tuple[str, ...]


def _rows(routes: Sequence[Route], sources: Mapping[str, SourceFile]) -> list[list[str]]:
    """The titles and then a row a route, without the columns that are empty throughout."""
    columns = [column for column in _columns(routes, sources) if any(column.cells)]
    titles = [column.title for column in columns]
    return [titles, *(list(row) for row in zip(*(c.cells for c in columns), strict=True))]


def _columns(routes: Sequence[Route], sources: Mapping[str, SourceFile]) -> Iterator[_Column]:
    entries = [_entry(route, sources) for route in routes]

    def column(title: str, key: str) -> _Column:
        return _Column(title, tuple(entry[key] or "" for entry in entries))

    yield _Column("NAME", tuple(map(_name, entries)))
    yield column("MODEL", "model")
    yield column("PROVIDER", "provider")
    yield _Column("FAMILY", tuple(map(_family, entries)))
    yield column("PATH", "endpoint_path")
    yield column("BASE URL", "base_url")
    yield column("CREDENTIAL", "credential")
    yield _Column("FALLBACKS", tuple(", ".join(entry["fallbacks"]) for entry in entries))
    yield _Column("USED", tuple(map(_used, entries)))
    yield _Column("WHERE", tuple(f"{entry['path']}:{entry['line']}" for entry in entries))


def _family(entry: Mapping[str, Any]) -> str:
    return f"{entry['family']} ({entry['family_source']})" if entry["family"] else ""


def _used(entry: Mapping[str, Any]) -> str:
    """Only what is not as one expects is worth a column."""
    if entry["effective"]:
        return ""
    reason = entry["ineffective_reason"]
    return f"no: {reason}" if reason else "no"


def _code(cell: str) -> str:
    """A cell as a code span, in which nothing is a link or a tag, and no bar ends the cell."""
    if not cell:
        return ""
    longest = max(map(len, _BACKTICKS.findall(cell)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if cell.startswith("`") or cell.endswith("`") else ""
    return f"{fence}{pad}{cell}{pad}{fence}".replace("|", "\\|")
