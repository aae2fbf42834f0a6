from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from agentlint.facts.file_facts import FileFacts
from agentlint.facts.mcp_reference import McpReference
from agentlint.facts.project import Project
from agentlint.facts.route import Route
from agentlint.facts.values.value import Value, ValueKind
from agentlint.findings import (
    Applicability,
    Confidence,
    Finding,
    FromEnvironment,
    NewValue,
    Repair,
    Severity,
)
from agentlint.knowledge.formats import Format, find_format, reader_of
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.text import Pattern, Span

_VARIABLES = (ValueKind.ENV_REF, ValueKind.SECRET_REF)
_REFERENCES = (*_VARIABLES, ValueKind.FILE_REF, ValueKind.COMMAND)
# Marks of a file that a template engine fills in before its reader sees it. What a workflow takes for
# text is one of them anywhere else.
_TEMPLATED = "template"
_ACTIONS, _UNFINISHED = "actions", "actions-unfinished"
# What envsubst fills in, and so no fault where every reference of a file is spelled like that.
_ENVSUBST = "shell"
# Spellings that could be names or texts of their own, or that other tools inject.
_NOT_UNMISTAKABLE = frozenset(
    {_TEMPLATED, "secret-store", "traefik", "azure", "cloudformation", "librechat", "vscode"}
)
_VARIABLE = Pattern(r"[A-Za-z_]\w{0,127}")
# A reference that is the whole value begins like one; behind `Bearer` there is more to keep.
_WHOLE = ("$", "{", "%", "os.environ", "env", "process.env")
# Actions and Continue read these from a store of their own.
_STORE = "secrets."
# Codex expands nothing, and has keys of their own for the names of variables.
_CODEX = "codex"
_IN_HEADER = "name the variable in `env_http_headers`, or in `bearer_token_env_var`"
_IN_ENVIRONMENT = "list the variable in `env_vars`, which hands it on under its own name"
_SLOTS = {"api_key": "API key", "bearer": "bearer token", "master_key": "master key"}


@rule(on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    for file in project.files:
        yield from _findings(file, ctx)


def _findings(file: FileFacts, ctx: Context) -> Iterator[Finding]:
    yield from _of_routes(file, ctx)
    yield from _of_servers(file, ctx)


def _of_routes(file: FileFacts, ctx: Context) -> Iterator[Finding]:
    """One finding a place: the routes of one provider share its credential."""
    routes = [route for route in file.of(Route) if route.scope.is_read]
    references = [(route, *found) for route in routes for found in _references(route)]
    dialects = frozenset(value.dialect for _, _, value in references)
    judged: set[Span] = set()
    for route, slot, value in references:
        reader = _reader(route)
        if reader is None or not reader.reference_advice or _is_template(dialects, reader):
            continue
        if value.span and value.span not in judged and _is_foreign(value, reader):
            judged.add(value.span)
            rendered = reader.rendered and dialects == {_ENVSUBST}
            found = _finding(route.path, slot, value, reader, ctx, certain=not rendered)
            yield replace(found, repair=_respelled(route, value, reader))


def _of_servers(file: FileFacts, ctx: Context) -> Iterator[Finding]:
    """What a client hands to its MCP servers as it stands."""
    references = file.of(McpReference)
    dialects = frozenset(reference.value.dialect for reference in references)
    for reference in references:
        reader, value = find_format(reference.reader), reference.value
        if reader is None or not reference.scope.is_read or _is_template(dialects, reader):
            continue
        if not _is_foreign(value, reader) or _is_word_of_editor(value):
            continue
        slot = f"header `{reference.key}`" if reference.in_header else f"`{reference.key}`"
        found = _finding(reference.path, slot, value, reader, ctx, certain=True)
        advice = _IN_HEADER if reference.in_header else _IN_ENVIRONMENT
        yield replace(found, help=advice) if reader.id == _CODEX else found


def _is_word_of_editor(value: Value) -> bool:
    """Whether a reference in the spelling of a shell may be a word that an editor knows
    (`${workspaceFolder}`): variables are written in capitals."""
    return value.dialect == _ENVSUBST and not (value.ref or "").isupper()


def _reader(route: Route) -> Format | None:
    """Who expands the references of a route; the variables of a pipeline are its runner's."""
    return reader_of(route.expanded_by) if route.expanded_by else find_format(route.format)


def _references(route: Route) -> Iterator[tuple[str, Value]]:
    """Whatever in a route points elsewhere, with the words for its slot."""
    parts = (
        ("model", route.model),
        ("base URL", route.base_url),
        ("endpoint path", route.endpoint_path),
        *((_words(credential.slot), credential.value) for credential in route.credentials),
        *((f"`{setting.key}`", setting.value) for setting in route.referring),
    )
    yield from ((slot, value) for slot, value in parts if value.dialect)


def _words(slot: str) -> str:
    kind, _, header = slot.partition(":")
    return f"header `{header}`" if header else _SLOTS.get(kind, slot)


def _is_template(dialects: frozenset[str], reader: Format) -> bool:
    if _UNFINISHED in dialects and _ACTIONS not in reader.reference_dialects:
        dialects |= {_TEMPLATED}
    return _TEMPLATED in dialects and _TEMPLATED not in reader.reference_dialects


def _is_foreign(value: Value, reader: Format) -> bool:
    if value.dialect == _UNFINISHED:
        return _ACTIONS in reader.reference_dialects
    if value.kind not in _REFERENCES:
        return False
    if value.dialect in _NOT_UNMISTAKABLE:
        return value.dialect in reader.unexpanded_dialects
    return value.dialect not in reader.reference_dialects


def _finding(
    path: str, slot: str, value: Value, reader: Format, ctx: Context, *, certain: bool
) -> Finding:
    assert value.span is not None
    # A command may hold anything, a secret as well, so it is never shown.
    shown = "$(…)" if value.kind is ValueKind.COMMAND else value.raw or value.ref or slot
    # Without a text of its own, the reference has a default that may be a secret.
    reference = "" if value.raw or value.kind is ValueKind.COMMAND else "the reference to "
    variable = value.ref if value.kind in _VARIABLES or value.dialect == _UNFINISHED else None
    advice = reader.reference_advice.replace("{name}", variable or "NAME")
    return ctx.finding(
        path,
        value.span,
        f"{reader.title} does not expand {reference}`{shown}`: the text itself becomes the {slot}",
        severity=None if certain else Severity.INFO,
        confidence=Confidence.HIGH if certain else Confidence.MEDIUM,
        help=advice if certain else f"{advice}, unless {_filled_in(value)} fills the file in first",
        subject=f"{slot}: {shown}",
    )


def _filled_in(value: Value) -> str:
    """What may replace a reference of a shell. That of GNU leaves a default as it stands, and others of its
    name do not: https://www.gnu.org/software/gettext/manual/html_node/envsubst-Invocation.html,
    https://github.com/a8m/envsubst#docs."""
    has_default = value.kind in _VARIABLES and (value.default is not None or not value.raw)
    return "a tool that knows defaults, as GNU's envsubst does not," if has_default else "envsubst"


def _respelled(route: Route, value: Value, reader: Format) -> Repair | None:
    """The same variable as its reader spells it; none where a default would be lost.

    Safe unless envsubst may fill the file in before its reader sees it, now or for this one only, or the
    new spelling reads from another store than the environment.
    """
    if value.kind not in _VARIABLES or not value.ref or value.default or not value.span:
        return None
    spelled = reader.reference(value.ref) if _VARIABLE.fullmatch(value.ref) else None
    if spelled is None or not value.raw.startswith(_WHOLE):
        return None
    filled_in = reader.rendered and value.dialect == _ENVSUBST
    in_program = route.path.endswith(".py")
    elsewhere = value.kind is not ValueKind.ENV_REF or _STORE in spelled
    return Repair(
        f"write `{spelled}`",
        Applicability.UNSAFE if filled_in or in_program or elsewhere else Applicability.SAFE,
        (FromEnvironment(value.span, value.ref) if in_program else NewValue(value.span, spelled),),
    )
