"""Helicone's AI gateway: routers that balance over providers or models, models in place of others, and the
models of each provider.

A router balances for each endpoint type by itself. Clients speak Chat Completions, which the gateway
translates for the provider: it knows no other path. The file is read as it stands, and keys come from the
environment. A base URL is joined as links are: only one that ends in a slash keeps its last segment.
Keys: ai-gateway/src/config/{router,balance,providers,model_mapping,mod}.rs, endpoints/mod.rs and
dispatcher/service.rs of https://github.com/Helicone/ai-gateway/tree/42d29989fc4f.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Entry, Mapping, Node, Scalar, Sequence
from agentlint.facts.route import LEFT_OPEN, ChosenFamily, FamilySource, Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tree import (
    at,
    entries,
    implied,
    items,
    name,
    name_of,
    route_at,
    scalars,
    value_at,
)
from agentlint.facts.values.value import ABSENT, Value, value_of
from agentlint.knowledge.families import Family, family_of_word
from agentlint.knowledge.formats import UNKNOWN_SHAPE, url_shape

FORMAT = "helicone"
_BALANCE, _OWN = "load-balance", "helicone"
_TRANSLATED = frozenset(
    (Family.CHAT_COMPLETIONS, family)
    for family in (
        Family.ANTHROPIC_MESSAGES,
        Family.GEMINI_GENERATE_CONTENT,
        Family.BEDROCK_CONVERSE,
    )
)


def routes(root: Node, source: Source) -> Iterator[Route]:
    """One route a provider or model of every balance, one a model that may stand in for another, and one
    a model of each provider."""
    routers = [router for router in entries(root, "routers") if _BALANCE in _keys(router.value)]
    for router in routers:
        place = ("routers", router.key.text)
        for balance in entries(router.value, _BALANCE):
            yield from _Balance(router, balance, source).routes()
        yield from _stand_ins(
            at(router.value, "model-mappings"), (*place, "model-mappings"), source
        )
        yield from _providers(at(router.value, "providers"), (*place, "providers"), source)
    if routers or isinstance(at(root, _OWN), Mapping):
        key = "default-model-mapping"
        yield from _stand_ins(at(root, key), (key,), source)
        yield from _providers(at(root, "providers"), ("providers",), source)


def _keys(node: Node) -> frozenset[str]:
    return frozenset(entry.key.text for entry in entries(node))


class _Balance(Struct, frozen=True):
    """What a router balances over for calls of one endpoint type."""

    router: Entry
    balance: Entry
    source: Source

    def routes(self) -> Iterator[Route]:
        for key, inside in (("models", "model"), ("providers", "provider")):
            for index, item in enumerate(items(self.balance.value, key)):
                chosen = item if isinstance(item, Scalar) else at(item, inside)
                if isinstance(chosen, Scalar) and value_of(chosen).given:
                    yield self._route(chosen, key, index)

    def _route(self, chosen: Scalar, key: str, index: int) -> Route:
        """What is called; a word that stands for no endpoint type is told once."""
        word = name_of(self.balance.key)
        family = family_of_word(word.raw, dialect=FORMAT)
        is_stated = family is not None or index == 0
        model, provider = _split(chosen) if key == "models" else (ABSENT, value_of(chosen))
        place = ("routers", self.router.key.text, _BALANCE, word.raw, key, str(index))
        return replace(
            route_at(FORMAT, place, chosen, RouteKind.DEPLOYMENT, self.source),
            role=name_of(self.router.key),
            model=model,
            provider=provider,
            chosen_family=ChosenFamily(
                family or Family.UNKNOWN, FamilySource.DECLARED, word if is_stated else ABSENT
            ),
            bridges=_TRANSLATED,
        )


def _split(model: Scalar) -> tuple[Value, Value]:
    """A model and its provider, `provider/model`."""
    provider, slash, bare = model.text.partition("/")
    if not slash or not bare or not value_of(model).literal:
        return value_of(model), ABSENT
    return value_of(model), name(provider, model.region.span(0, len(provider)))


def _stand_ins(node: Node | None, pointer: tuple[str, ...], source: Source) -> Iterator[Route]:
    """The models that are called where no provider of a balance has the one that was asked for."""
    for entry in entries(node):
        for index, scalar in enumerate(scalars(entry.value)):
            model, provider = _split(scalar)
            place = (*pointer, entry.key.text, str(index))
            yield replace(
                route_at(FORMAT, place, scalar, RouteKind.DEPLOYMENT, source),
                label=name_of(entry.key),
                model=model,
                provider=provider,
                chosen_family=LEFT_OPEN,
            )


def _providers(node: Node | None, pointer: tuple[str, ...], source: Source) -> Iterator[Route]:
    for entry in entries(node):
        if not isinstance(entry.value, Mapping):
            continue
        url = value_at(entry.value, "base-url")
        shape = url_shape(FORMAT) if url.raw.endswith("/") else UNKNOWN_SHAPE
        place = (*pointer, entry.key.text)
        route = replace(
            route_at(FORMAT, place, entry.value, RouteKind.DEPLOYMENT, source),
            role=name_of(entry.key),
            provider=name_of(entry.key),
            chosen_family=LEFT_OPEN,
            base_url=url,
            url_shape=shape,
        )
        models = entry.value.get("models")
        listed = tuple(scalars(models)) if isinstance(models, Sequence) else ()
        for index, model in enumerate(listed):
            called = (implied(f"{entry.key.text}/{model.text}"),)
            place_of_model = (*place, "models", str(index))
            yield replace(
                route,
                pointer=place_of_model,
                span=model.span,
                model=value_of(model),
                other_names=called,
            )
        if not listed and url.given:
            yield route
