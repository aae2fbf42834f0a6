"""Route tables that teams write for themselves, as the guides ask for them.

Three shapes, in YAML, TOML, JSON or a fence: `routes: {role: {model, endpoint_family,
endpoint_path}}` (also as a list with `role` or `name`), `routes: {alias: MODEL_ID}`, and flat keys
such as `writer_endpoint_family`. `routes` means many other things to many other tools, so a table
counts only where it names a model or an endpoint family. Keys are known as `endpoint_family`,
`endpointFamily`, `EndpointFamily` and `endpoint-family`, as the program that reads them spells its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from agentlint.documents import Node, Scalar, Sequence
from agentlint.facts.route import ChosenFamily, Credential, Fallback, FamilySource, Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tables.route_families import (
    SaidFamily,
    declared_family,
    said_family,
    said_path,
)
from agentlint.facts.tables.route_tables import (
    FALLBACKS,
    FAMILY_KEY,
    FORMAT,
    MODEL_KEYS,
    PATH_KEY,
    PROVIDER_KEY,
    TABLE_KEYS,
    RouteTable,
    SnakeFields,
    TableEntry,
    fields_of,
    first_of,
    is_model_text,
    is_role_table,
    node_of,
    route_tables,
    table_entries,
)
from agentlint.facts.tree import (
    is_spelled_as_variable,
    is_true,
    listed,
    named_variable,
    plain_key,
)
from agentlint.facts.values.value import ABSENT, Value, ValueKind, value_of, without_literal
from agentlint.knowledge.data import word_set, words
from agentlint.knowledge.families import family_of_path
from agentlint.knowledge.names import recognise
from agentlint.text import Pattern

_URL_KEYS = ("base_url", "base_url_ref", "model_gateway_base_url", "model_gateway_base_url_ref")
_TOKEN_KEYS = ("token_ref", "api_key_ref", "api_key", "token", "model_gateway_token_ref")
# Keys that name the variable of the token.
_VARIABLE_KEYS = (
    "api_key_env", "api_key_env_var", "api_key_var", "api_key_variable", "env_key", "key_env", "token_env",
    "token_env_var", "credential_env", "credential",
)  # fmt: skip
_TOOLS_KEYS = ("tools", "function_tools", "tool_calling")
_FALLBACK_KEYS = ("fallback", FALLBACKS, "fallback_route", "fallback_routes", "fallback_alias")
_FALLBACK_MODEL_KEYS = ("fallback_model", "fallback_models")
_ROUTE_NAME_KEYS = ("route", "role", "alias")
_ROUTE_KEYS = frozenset({*MODEL_KEYS, FAMILY_KEY, PATH_KEY})
_OWN_WAY = frozenset({FAMILY_KEY, PATH_KEY, PROVIDER_KEY, *_URL_KEYS})
_KNOWN_KEYS = _ROUTE_KEYS.union(TABLE_KEYS, _URL_KEYS, _TOKEN_KEYS, _VARIABLE_KEYS, _TOOLS_KEYS)
_DEFAULT_KEYS = ("default", "default_route", "default_alias", "default_role")
_VAGUE_KEYS = ("default", "default_role")
_NAME = Pattern(r"[A-Za-z][\w.-]{2,59}")
# So much of a name agrees where one or two letters of it are wrong.
_NEARLY = 0.85
_MOST_COMPARED = 100
_FLAT_FAMILY = Pattern(r"(?:[_-]e|E)ndpoint[_-]?[Ff]amily\Z")


def routes(root: Node, source: Source) -> Iterator[Route]:
    """The routes of every hand-written shape that `root` holds."""
    for table in route_tables(root, source):
        found = list(_table_routes(table))
        yield from found
        yield from _default_routes(table, found)
    yield from _flat_routes(fields_of(root), source)


def _table_routes(table: RouteTable) -> Iterator[Route]:
    named = list(table_entries(table))
    if _is_alias_table(named):
        yield from (_alias_route(entry, table) for entry in named)
    elif is_role_table(named):
        family_key = _family_key((table.parent, *(entry.fields for entry in named)))
        entries = [entry for entry in named if not _ROUTE_KEYS.isdisjoint(entry.fields)]
        models = [first_of(entry.fields, *MODEL_KEYS) for entry in entries]
        found = [
            _route(entry, model, entry.fields, table, family_key)
            for entry, model in zip(entries, models, strict=True)
        ]
        asked = any(route.states_family for route in found)
        for entry, route in zip(entries, found, strict=True):
            left = not asked and _is_done_by_agent(entry.fields, table.parent)
            yield replace(route, family_required=False) if left else route


def _default_routes(table: RouteTable, found: Iterable[Route]) -> Iterator[Route]:
    """What stands beside a table as the route that is taken where nobody names one, if no route of it has
    that name. A `default` may be anything else, unless it is nearly such a name."""
    names = [route.alias.literal for route in found if route.alias.literal]
    for key in names and _DEFAULT_KEYS:
        named = value_of(node_of(table.parent, key))
        if not named.literal or named.literal in names or not _NAME.fullmatch(named.literal):
            continue
        if is_model_text(named.literal):
            continue
        if key in _VAGUE_KEYS and not _is_nearly_one(named.literal, names):
            continue
        entry = table.parent[key]
        yield Route(
            format=FORMAT,
            path=table.source.path,
            pointer=(*table.pointer[:-1], entry.key.text),
            span=entry.value.span,
            kind=RouteKind.ALIAS,
            scope=table.source.scope,
            role=Value(entry.key.text, ValueKind.LITERAL, entry.key.span),
            targets=(named,),
        )


def _is_nearly_one(name: str, others: list[str]) -> bool:
    from difflib import get_close_matches

    comparable = [other for other in others[:_MOST_COMPARED] if _NAME.fullmatch(other)]
    return bool(get_close_matches(name, comparable, 1, _NEARLY))


def _is_done_by_agent(fields: SnakeFields, parent: SnakeFields) -> bool:
    """Whether a route hands tasks to a coding agent, which decides itself on what family it calls."""
    named = (
        _inherited(fields, parent, key).literal or "" for key in words("agents", "tasks", "keys")
    )
    agents = word_set("agents", "tasks", "names")
    return any(plain_key(word) in agents for text in named for word in text.split()[:1])


def _family_key(mappings: Iterable[SnakeFields]) -> str:
    """How the author would write `endpoint_family`, where other keys of a table show that it is not so."""
    for fields in mappings:
        for key, entry in fields.items():
            written = entry.key.text
            if key not in _KNOWN_KEYS or written == key:
                continue
            if "-" in written:
                return "endpoint-family"
            return "EndpointFamily" if written[0].isupper() else "endpointFamily"
    return ""


def _is_alias_table(named: list[TableEntry]) -> bool:
    """Whether every entry is `name: text` and some text is a model ID, or the gap left for one."""
    texts = [entry.node.text for entry in named if isinstance(entry.node, Scalar)]
    if (
        not texts
        or len(texts) < len(named)
        or any(text.startswith("/") or "://" in text for text in texts)
    ):
        return False
    return any(is_model_text(text) for text in texts)


def _alias_route(entry: TableEntry, table: RouteTable) -> Route:
    return _route(entry, value_of(entry.node), {}, table)


def _route(
    entry: TableEntry, model: Value, fields: SnakeFields, table: RouteTable, family_key: str = ""
) -> Route:
    said, path = said_family(fields, table), said_path(fields, table.parent)
    return Route(
        format=FORMAT,
        path=table.source.path,
        pointer=(*table.pointer, entry.key),
        span=entry.node.span,
        kind=RouteKind.TABLE,
        scope=table.source.scope,
        role=entry.name,
        alias=entry.name,
        model=model,
        provider=_inherited(fields, table.parent, PROVIDER_KEY),
        chosen_family=_family(said, path, first_of(fields, *_URL_KEYS)),
        family_required=True,
        family_key=family_key,
        endpoint_path=path,
        base_url=_inherited(fields, table.parent, *_URL_KEYS),
        credentials=_credentials(fields, table.parent),
        fallbacks=_fallbacks(fields, entry.fallbacks),
        function_tools=_tools(fields),
        reasoning_effort=_inherited(fields, table.parent, "reasoning_effort"),
        rationale=_inherited(fields, table.parent, "rationale"),
        verified_on=_inherited(fields, table.parent, "verified_on"),
    )


def _family(said: SaidFamily, path: Value, own_url: Value = ABSENT) -> ChosenFamily:
    """The family that is declared, else that of the path, else that of a base URL which is the route's
    own and a whole endpoint; what a table shares may be the URL of one route that others do not use."""
    if said.family is not None:
        return ChosenFamily(said.family, FamilySource.DECLARED, said.value)
    for where in (path, own_url):
        family = family_of_path(where.literal) if where.literal else None
        if family:
            return ChosenFamily(family, FamilySource.PATH, said.value)
        if where.given:
            break
    return ChosenFamily(value=said.value)


def _inherited(fields: SnakeFields, parent: SnakeFields, *keys: str) -> Value:
    own = first_of(fields, *keys)
    return own if own.given else first_of(parent, *keys)


def _credentials(fields: SnakeFields, parent: SnakeFields) -> tuple[Credential, ...]:
    for holder in (fields, parent):
        for key in _TOKEN_KEYS:
            value = value_of(node_of(holder, key))
            if value.given:
                return (Credential("api_key", _reference(key, value)),)
        for key in _VARIABLE_KEYS:
            value = value_of(node_of(holder, key))
            if is_spelled_as_variable(value):
                return (Credential("api_key", named_variable(value)),)
    return ()


def _reference(key: str, value: Value) -> Value:
    """A `*_ref` key names the variable that holds the token; any other literal is left out."""
    if key.endswith("_ref") and is_spelled_as_variable(value):
        return Value(value.raw, ValueKind.ENV_REF, value.span, value.raw)
    return without_literal(value)


def _fallbacks(fields: SnakeFields, of_table: Iterable[Node]) -> tuple[Fallback, ...]:
    """What the entry of a route says that it falls back to, and what the table says of it."""
    said = (item for key in _FALLBACK_KEYS for item in listed(node_of(fields, key)))
    models = (item for key in _FALLBACK_MODEL_KEYS for item in listed(node_of(fields, key)))
    named = [_target_of(item) for item in (*said, *of_table)]
    named += [value for item in models if _is_model(value := value_of(item))]
    return tuple(Fallback(target, "error") for target in named if target.given)


def _target_of(fallback: Node) -> Value:
    """What a text says, or the route that a mapping names, or its model; one with a provider or a family
    of its own is no other model of the same route."""
    if isinstance(fallback, Scalar):
        return value_of(fallback)
    fields = fields_of(fallback)
    name = first_of(fields, *_ROUTE_NAME_KEYS)
    if name.given or not _OWN_WAY.isdisjoint(fields):
        return name
    model = first_of(fields, *MODEL_KEYS)
    return model if _is_model(model) else ABSENT


def _is_model(value: Value) -> bool:
    return bool(value.literal and recognise(value.literal))


def _tools(fields: SnakeFields) -> Value:
    """What says that the calls of a route carry function tools: a list of them, or a yes."""
    for key in _TOOLS_KEYS:
        given = node_of(fields, key)
        if isinstance(given, Sequence) and given.items:
            return Value(key, ValueKind.LITERAL, given.items[0].span)
        if is_true(given):
            return value_of(given)
    return ABSENT


def _flat_routes(root: SnakeFields, source: Source) -> Iterator[Route]:
    """Routes of flat keys: `<role>_endpoint_family`, beside `<role>_endpoint_path` and `<role>_model`."""
    for key, entry in root.items():
        ending = _FLAT_FAMILY.search(entry.key.text) if key.endswith(f"_{FAMILY_KEY}") else None
        if ending is None or not ending.start() or not isinstance(entry.value, Scalar):
            continue
        role = key.removesuffix(f"_{FAMILY_KEY}")
        family_value, path = value_of(entry.value), first_of(root, f"{role}_{PATH_KEY}")
        name = entry.key.region.span(0, ending.start())
        role_value = Value(entry.key.text[: ending.start()], ValueKind.LITERAL, name)
        yield Route(
            format=FORMAT,
            path=source.path,
            pointer=(entry.key.text,),
            span=entry.value.span,
            kind=RouteKind.TABLE,
            scope=source.scope,
            role=role_value,
            alias=role_value,
            model=first_of(root, f"{role}_model", f"{role}_model_id", f"{role}_route"),
            provider=first_of(root, f"{role}_provider", PROVIDER_KEY),
            chosen_family=_family(declared_family(family_value), path),
            family_required=True,
            endpoint_path=path,
            base_url=first_of(root, *_URL_KEYS),
            credentials=_credentials(root, root),
        )
