"""All that is known of a model ID, as plain data for `agentlint models`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from agentlint.knowledge.catalogue import Catalogue, bundled
from agentlint.knowledge.names import ModelName, parse_model
from agentlint.knowledge.retirements import Retirement, all_retirements, lasting_successor
from agentlint.knowledge.served import ServedFact, exception_facts, responses_only_facts


def known(model: str, *, catalogue: Catalogue | None = None) -> bool:
    """Whether any table or the catalogue names the model; an unknown ID is no fault."""
    return parse_model(model).key in _known_keys() or _listed(model, catalogue or bundled())


def matching_ids(pattern: str, *, catalogue: Catalogue | None = None) -> list[str]:
    """Known IDs that a shell pattern matches, each in one spelling, with a vendor or without.

    A pattern with no wildcard may stand anywhere.
    """
    pattern = pattern.lower()
    if not set(pattern) & set("*?["):
        pattern = f"*{pattern}*"
    listed = (catalogue or bundled()).ids()
    matched = (model for model in listed | _judged_ids() if fnmatchcase(model, pattern))
    return sorted({parse_model(model).id.lower() for model in matched})


def describe(model: str, *, as_of: date, catalogue: Catalogue | None = None) -> dict[str, Any]:
    """One ID as JSON-ready data: its spelling, who serves it on what, its end, and the sources.

    `as_of` is the day from which ages and days left are counted.
    """
    catalogue = catalogue or bundled()
    name = parse_model(model)
    return {
        "id": name.id,
        "vendor": name.vendor,
        "base": name.base,
        "snapshot": name.snapshot,
        "known": known(model, catalogue=catalogue),
        "facts": _once(_fact(fact) for fact in _facts(name)),
        "served": list(_served(name, catalogue)),
        "retirements": [_retirement(end, as_of) for end in _ends(name)],
        "earliest_shutdowns": list(_earliest(name, catalogue, as_of)),
        "sources": [
            {
                "name": source.name,
                "version": source.version,
                "date": source.day.isoformat(),
                "age_days": (as_of - source.day).days,
            }
            for source in catalogue.sources
        ],
    }


@cache
def _judged_ids() -> frozenset[str]:
    facts = (*responses_only_facts(), *exception_facts())
    retired = (end.model for end in all_retirements())
    return frozenset(model.lower() for model in (*(fact.model for fact in facts), *retired))


@cache
def _known_keys() -> frozenset[str]:
    return frozenset(parse_model(model).key for model in _judged_ids())


def _listed(model: str, catalogue: Catalogue) -> bool:
    name = parse_model(model)
    return bool(catalogue.ids() & {name.id.lower(), name.base, name.text.lower()})


def _facts(name: ModelName) -> Iterator[ServedFact]:
    for fact in (*responses_only_facts(), *exception_facts()):
        other = parse_model(fact.model)
        if other.key == name.key and other.snapshot == name.snapshot:
            yield fact


def _ends(name: ModelName) -> Iterator[Retirement]:
    for end in all_retirements():
        other = parse_model(end.model)
        if other.key == name.key and other.snapshot == name.snapshot:
            yield end


def _fact(fact: ServedFact) -> dict[str, Any]:
    return {
        "provider": fact.provider or fact.vendor,
        "families": sorted(fact.families),
        "certainty": fact.certainty.value,
        "says": list(fact.evidence.says),
        "against": list(fact.evidence.against),
        "disagreement": fact.evidence.disagreement,
        "seen": fact.evidence.seen,
        "source": fact.evidence.source,
        "verified_on": fact.evidence.verified_on,
    }


def _retirement(end: Retirement, as_of: date) -> dict[str, Any]:
    successor = lasting_successor(end, as_of, 0)
    return {
        "provider": end.provider,
        "date": end.day.isoformat(),
        "days_left": end.days_left(as_of),
        "replacement": successor.model if successor else None,
        "caveats": list(successor.caveats) if successor else [],
        "answered_by": end.answered_by,
        "still_served": end.still_served or None,
        "source": end.source,
        "verified_on": end.verified_on,
    }


def _served(name: ModelName, catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    for provider, models in sorted(catalogue.served.items()):
        families = models.get(name.id.lower())
        if families is not None:
            yield {"provider": provider, "families": sorted(families)}


def _once(facts: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each fact once: a table may have a model in several spellings."""
    unique: list[dict[str, Any]] = []
    for fact in facts:
        if fact not in unique:
            unique.append(fact)
    return unique


def _earliest(name: ModelName, catalogue: Catalogue, as_of: date) -> Iterator[dict[str, Any]]:
    for provider, models in sorted(catalogue.shutdown.items()):
        day = models.get(name.id.lower())
        if day is not None:
            left = (day - as_of).days
            yield {"provider": provider, "date": day.isoformat(), "days_left": left}
