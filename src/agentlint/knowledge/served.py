"""Which endpoint families a provider serves a model on: the judged facts, and no guesses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from agentlint.knowledge.data import Row, rows
from agentlint.knowledge.families import Family
from agentlint.knowledge.names import ModelName, listed_model, parse_model
from agentlint.knowledge.providers import (
    Provider,
    ProviderKind,
    provider_named,
    provider_of_prefix,
    vendor_provider,
)

if TYPE_CHECKING:
    from agentlint.knowledge.catalogue import Catalogue


class Certainty(StrEnum):
    """How well a fact is attested; the meanings stand in `rules/data/responses_only.toml`."""

    CONFIRMED = "confirmed"
    SDK_ONLY = "sdk-only"
    DISPUTED = "disputed"
    SINGLE_SOURCE = "single-source"


class Evidence(Struct, frozen=True):
    """Why a fact is believed: who says so, who says otherwise, and a failure that was seen."""

    source: str
    verified_on: str
    says: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    disagreement: str = ""
    seen: str = ""

    @property
    def summary(self) -> str:
        """Since when it is known and who says so, as a clause for a message."""
        authority = (
            f"according to {', '.join(self.says)}" if self.says else f"according to {self.source}"
        )
        return f"verified on {self.verified_on}, {authority}"


class ServedFact(Struct, frozen=True):
    """`model` is served on `families` alone: by `provider`, or by all that serve `vendor`."""

    model: str
    families: frozenset[Family]
    certainty: Certainty
    evidence: Evidence
    provider: str | None = None
    vendor: str | None = None

    @property
    def responses_only(self) -> bool:
        return Family.RESPONSES in self.families and Family.CHAT_COMPLETIONS not in self.families


def default_provider(model: str) -> str:
    """The provider that answers for a model where nobody names one, "" where that is not known."""
    where = where_served(None, parse_model(model))
    return where.name if where else ""


def where_served(provider: str | None, name: ModelName) -> Provider | None:
    """Who answers for a model: the provider named, else the outermost prefix, else its vendor.

    None for a provider that no row names, and for a model whose vendor runs no known service.
    """
    if provider is not None:
        return provider_named(provider)
    hinted = provider_of_prefix("/".join(name.prefixes)) or provider_named(name.platform or "")
    if hinted is not None:
        return hinted
    return vendor_provider(name.vendor) if name.vendor else None


def served_fact(
    where: Provider, name: ModelName, catalogue: Catalogue | None = None
) -> ServedFact | None:
    """What is known of a model at one provider; its exceptions come before the vendor's rules."""
    own = _exception(where.name, name.key)
    if own is not None:
        return own
    if where.vendor is None or where.kind is ProviderKind.LOCAL:
        return None
    fact = _responses_only_fact(name.key)
    if fact is not None and fact.vendor == where.vendor:
        return fact
    if where.kind is ProviderKind.VENDOR:
        return _refreshed(where, name, catalogue) if catalogue else None
    return _by_nature(where, name)


def _by_nature(where: Provider, name: ModelName) -> ServedFact | None:
    """A vendor's embeddings, speech and the like, which are no chat models behind a cloud either.

    Which chat models take Responses too, and what an aggregator makes of images, is its own choice.
    """
    vendor = vendor_provider(where.vendor) if where.vendor else None
    if vendor is None or where.kind is ProviderKind.AGGREGATOR:
        return None
    fact = _exception(vendor.name, name.key)
    return fact if fact and Family.CHAT_COMPLETIONS not in fact.families else None


def families_served(
    provider: str | None, model: str, *, catalogue: Catalogue | None = None
) -> frozenset[Family] | None:
    """All families that a provider serves a model on, or None where that is not known for certain.

    `provider` None means that no host is named, so that the model's prefix or vendor decides.
    """
    name = parse_model(model)
    where = where_served(provider, name)
    fact = served_fact(where, name, catalogue) if where and "*" not in model else None
    if fact is None or fact.certainty is not Certainty.CONFIRMED:
        return None
    return fact.families


def responses_only_facts() -> tuple[ServedFact, ...]:
    """Every row of the Responses-only table, once for the ID and once for each dated snapshot."""
    return tuple(_fact(row, model) for row, model in _responses_only_rows())


def exception_facts() -> tuple[ServedFact, ...]:
    """Every row of the table of provider exceptions, once for each model."""
    return tuple(_fact(row, model) for row, model in _exceptions())


@lru_cache(4096)
def _responses_only_fact(key: str) -> ServedFact | None:
    found = _responses_only().get(key)
    return _fact(*found) if found else None


@cache
def _responses_only() -> Mapping[str, tuple[Row, str]]:
    return {_key(model): (row, model) for row, model in reversed(tuple(_responses_only_rows()))}


def _responses_only_rows() -> Iterator[tuple[Row, str]]:
    for row in rows("responses_only", "model"):
        dated = [f"{row['id']}-{day}" for day in row.get("snapshots", ())]
        for model in (row["id"], *dated):
            yield row, model


@lru_cache(4096)
def _exception(provider: str, key: str) -> ServedFact | None:
    found = _exceptions_of(provider).get(key)
    return _fact(*found) if found else None


@cache
def _exceptions_of(provider: str) -> Mapping[str, tuple[Row, str]]:
    return {
        _key(model): (row, model) for row, model in _exceptions() if row["provider"] == provider
    }


def _exceptions() -> Iterator[tuple[Row, str]]:
    for row in rows("provider_exceptions", "exception"):
        yield from ((row, model) for model in row["models"])


def _fact(row: Row, model: str) -> ServedFact:
    evidence = Evidence(
        source=row["source"],
        verified_on=row["verified_on"],
        says=tuple(row.get("says", ())),
        against=tuple(row.get("against", ())),
        disagreement=row.get("disagreement", ""),
        seen=row.get("seen", ""),
    )
    return ServedFact(
        model=model,
        families=frozenset(Family(name) for name in row["families"]),
        certainty=Certainty(row["certainty"]),
        evidence=evidence,
        provider=row.get("provider"),
        vendor=row.get("vendor"),
    )


def _refreshed(where: Provider, name: ModelName, catalogue: Catalogue) -> ServedFact | None:
    """An ID that a refresh from the vendor's SDK keeps from chat, and that no table holds yet."""
    listed = {_key(model): model for model in catalogue.responses_only}
    if where.name != "openai" or name.key not in listed:
        return None
    source = catalogue.sources[0]
    return ServedFact(
        model=listed[name.key],
        families=frozenset({Family.RESPONSES}),
        certainty=Certainty.SDK_ONLY,
        evidence=Evidence(f"{source.name} {source.version}", source.day.isoformat()),
        vendor=where.vendor,
    )


@cache
def _key(model: str) -> str:
    return listed_model(model).key
