"""Route tables that teams write for themselves, as the guides ask for them.

Three shapes, in YAML, TOML, JSON or a fence: `routes: {role: {model, endpoint_family,
endpoint_path}}` (also as a list with `role` or `name`), `routes: {alias: MODEL_ID}`, and flat keys
such as `writer_endpoint_family`. `routes` means many other things to many other tools, so a table
counts only where it names a model or an endpoint family.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from agentlint.documents import Mapping, Node, Scalar, Sequence
from agentlint.facts.detectors.model_ids import find_model_ids
from agentlint.facts.references import is_placeholder
from agentlint.facts.route import Credential, Fallback, FamilySource, Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tree import is_true
from agentlint.facts.values import ABSENT, Value, ValueKind, classified, value_of, without_literal
from agentlint.knowledge.families import Family, family_of_path, family_of_word
from agentlint.text import Pattern

FORMAT = "hand-written"
_TABLE_KEYS = ("routes", "model_routes")
_PARENT_KEYS = ("gateway", "model_gateway", "agentlint_routes", "routing", "model_routing")
_MODEL_KEYS = ("model", "model_id")
_URL_KEYS = ("base_url", "base_url_ref", "model_gateway_base_url", "model_gateway_base_url_ref")
_TOKEN_KEYS = ("token_ref", "api_key_ref", "api_key", "token", "model_gateway_token_ref")
_VARIABLE = Pattern(r"[A-Z][A-Z0-9]{0,40}(?:_[A-Z0-9]{1,40}){1,8}")
_TOOLS_KEYS = ("tools", "function_tools", "tool_calling")
_FALLBACK_KEYS = ("fallback", "fallbacks")
_FAMILY, _PATH, _PROVIDER = "endpoint_family", "endpoint_path", "provider"
_ROUTE_KEYS = frozenset({*_MODEL_KEYS, _FAMILY, _PATH})


def routes(root: Node, source: Source) -> Iterator[Route]:
    """The routes of every hand-written shape that `root` holds."""
    if not isinstance(root, Mapping):
        return
    for parent, pointer in _parents(root):
        for key in _TABLE_KEYS:
            table = parent.get(key)
            if table is not None:
                yield from _table_routes(_Table(table, (*pointer, key), parent, source))
    yield from _flat_routes(root, source)


class _Table(Struct, frozen=True):
    """A `routes` node with the mapping around it, whose keys hold for every route of the table."""

    node: Node
    pointer: tuple[str, ...]
    parent: Mapping
    source: Source


class _Named(Struct, frozen=True):
    """One entry of a table: its name, its node and where it stands."""

    name: Value
    node: Node
    key: str


def _parents(root: Mapping) -> Iterator[tuple[Mapping, tuple[str, ...]]]:
    yield root, ()
    for key in _PARENT_KEYS:
        inner = root.get(key)
        if isinstance(inner, Mapping):
            yield inner, (key,)


def _table_routes(table: _Table) -> Iterator[Route]:
    named = list(_named(table.node))
    if _is_alias_table(named):
        yield from (_alias_route(entry, table) for entry in named)
    elif _is_role_table(named):
        yield from (
            _role_route(entry, entry.node, table)
            for entry in named
            if isinstance(entry.node, Mapping) and _says_something(entry.node)
        )


def _named(node: Node) -> Iterator[_Named]:
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield _Named(classified(entry.key.text, entry.key.span), entry.value, entry.key.text)
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            name = _first_of(item, "role", "name", "alias") if isinstance(item, Mapping) else ABSENT
            if name.given:
                yield _Named(name, item, str(index))


def _is_role_table(named: list[_Named]) -> bool:
    entries = [entry.node for entry in named if isinstance(entry.node, Mapping)]
    return any(_names_family(entry) or _names_model(entry) for entry in entries)


def _names_family(entry: Mapping) -> bool:
    path = value_of(entry.get(_PATH)).literal
    return _FAMILY in entry or bool(path and family_of_path(path))


def _names_model(entry: Mapping) -> bool:
    value = _first_of(entry, *_MODEL_KEYS)
    return bool(value.literal) and _is_model_text(value.raw)


def _says_something(entry: Mapping) -> bool:
    return any(key in entry for key in _ROUTE_KEYS)


def _is_alias_table(named: list[_Named]) -> bool:
    """Whether every entry is `name: text` and some text is a model ID, or the gap left for one."""
    texts = [entry.node.text for entry in named if isinstance(entry.node, Scalar)]
    if (
        not texts
        or len(texts) < len(named)
        or any(text.startswith("/") or "://" in text for text in texts)
    ):
        return False
    return any(_is_model_text(text) for text in texts)


def _is_model_text(text: str) -> bool:
    ids = list(find_model_ids(text))
    if ids:
        return len(ids) == 1 and (ids[0].start, ids[0].end) == (0, len(text))
    return "model" in text.lower() and is_placeholder(text)


def _alias_route(entry: _Named, table: _Table) -> Route:
    assert isinstance(entry.node, Scalar)
    return _route(
        entry.name,
        value_of(entry.node),
        Mapping((), entry.node.span),
        (*table.pointer, entry.key),
        table,
    )


def _role_route(entry: _Named, node: Mapping, table: _Table) -> Route:
    return _route(
        entry.name, _first_of(node, *_MODEL_KEYS), node, (*table.pointer, entry.key), table
    )


def _route(
    name: Value, model: Value, node: Mapping, pointer: tuple[str, ...], table: _Table
) -> Route:
    family_value = _first_of(node, _FAMILY) if _FAMILY in node else _first_of(table.parent, _FAMILY)
    path = _first_of(node, _PATH) if _PATH in node else _first_of(table.parent, _PATH)
    family, family_source = _family(family_value, path)
    return Route(
        format=FORMAT,
        path=table.source.path,
        pointer=pointer,
        span=node.span,
        kind=RouteKind.TABLE,
        scope=table.source.scope,
        role=name,
        alias=name,
        model=model,
        provider=_inherited(node, table.parent, _PROVIDER),
        family=family,
        family_value=family_value,
        family_source=family_source,
        family_required=True,
        endpoint_path=path,
        base_url=_inherited(node, table.parent, *_URL_KEYS),
        credentials=_credentials(node, table.parent),
        fallbacks=_fallbacks(node),
        function_tools=_tools(node),
        reasoning_effort=_inherited(node, table.parent, "reasoning_effort"),
        rationale=_inherited(node, table.parent, "rationale"),
        verified_on=_inherited(node, table.parent, "verified_on"),
    )


def _family(declared: Value, path: Value) -> tuple[Family | None, FamilySource]:
    if declared.literal:
        return family_of_word(declared.literal) or Family.UNKNOWN, FamilySource.DECLARED
    from_path = family_of_path(path.literal) if path.literal else None
    return (from_path, FamilySource.PATH) if from_path else (None, FamilySource.NONE)


def _inherited(node: Mapping, parent: Mapping, *keys: str) -> Value:
    own = _first_of(node, *keys)
    return own if own.given else _first_of(parent, *keys)


def _first_of(node: Mapping, *keys: str) -> Value:
    for key in keys:
        value = value_of(node.get(key))
        if value.literal and key.endswith("_ref"):
            return Value(value.raw, ValueKind.ENV_REF, value.span, ref=value.raw, dialect="name")
        if value.given:
            return value
    return ABSENT


def _credentials(node: Mapping, parent: Mapping) -> tuple[Credential, ...]:
    for holder in (node, parent):
        for key in _TOKEN_KEYS:
            value = value_of(holder.get(key))
            if value.given:
                return (Credential("api_key", _reference(key, value)),)
    return ()


def _reference(key: str, value: Value) -> Value:
    """A `*_ref` key names the variable that holds the token; any other literal is left out."""
    if key.endswith("_ref") and value.literal and _VARIABLE.fullmatch(value.literal):
        return Value(value.raw, ValueKind.ENV_REF, value.span, value.raw)
    return without_literal(value)


def _fallbacks(node: Mapping) -> tuple[Fallback, ...]:
    targets: list[Scalar] = []
    for key in _FALLBACK_KEYS:
        value = node.get(key)
        items = value.items if isinstance(value, Sequence) else (value,)
        targets += [item for item in items if isinstance(item, Scalar)]
    return tuple(Fallback(value_of(target), "error") for target in targets)


def _tools(node: Mapping) -> Value:
    """What says that the calls of a route carry function tools: a list of them, or a yes."""
    for key in _TOOLS_KEYS:
        given = node.get(key)
        if isinstance(given, Sequence) and given.items:
            return Value(key, ValueKind.LITERAL, given.items[0].span)
        if is_true(node, key):
            return value_of(given)
    return ABSENT


def _flat_routes(root: Mapping, source: Source) -> Iterator[Route]:
    """Routes of flat keys: `<role>_endpoint_family`, beside `<role>_endpoint_path` and `<role>_model`."""
    suffix = f"_{_FAMILY}"
    for entry in root.entries:
        role = entry.key.text.removesuffix(suffix)
        if role == entry.key.text or not role or not isinstance(entry.value, Scalar):
            continue
        family_value, path = value_of(entry.value), _first_of(root, f"{role}_{_PATH}")
        family, family_source = _family(family_value, path)
        name = Value(role, ValueKind.LITERAL, entry.key.region.span(0, len(role)))
        yield Route(
            format=FORMAT,
            path=source.path,
            pointer=(entry.key.text,),
            span=entry.value.span,
            kind=RouteKind.TABLE,
            scope=source.scope,
            role=name,
            alias=name,
            model=_first_of(root, f"{role}_model", f"{role}_route"),
            provider=_first_of(root, f"{role}_provider", _PROVIDER),
            family=family,
            family_value=family_value,
            family_source=family_source,
            family_required=True,
            endpoint_path=path,
            base_url=_first_of(root, *_URL_KEYS),
            credentials=_credentials(root, root),
        )
