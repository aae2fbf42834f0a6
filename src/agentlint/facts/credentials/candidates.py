"""Literal credentials of a document: by the shape of a value anywhere, and by the name of its key."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Collection, Iterator
from datetime import date
from itertools import pairwise
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import (
    DataDocument,
    Document,
    Mapping,
    Node,
    Scalar,
    ScalarKind,
    Sequence,
    walk,
)
from agentlint.facts.credentials.handling import handling
from agentlint.facts.credentials.made_up import BUILD, PIPELINES, MadeUp
from agentlint.facts.credentials.projects import project_words
from agentlint.facts.detectors.secrets import (
    SecretMatch,
    Tier,
    expiry,
    find_secrets,
    is_option_name,
    judge_slot,
    judge_value,
    public_keys,
    texts_of_list,
)
from agentlint.facts.route import RouteScope
from agentlint.facts.secret import SecretCandidate, secret_end, touched
from agentlint.facts.source import Source
from agentlint.facts.wording.revocations import with_revocations
from agentlint.knowledge.formats import expands_shell
from agentlint.knowledge.secret_shapes import (
    kinds_by_own_variable,
    kinds_by_slot,
    kinds_by_variable,
    secret_shapes,
    self_chosen_kinds,
)
from agentlint.text import Pattern, Region, Span, Spans

# https://github.com/symfony/recipes/pull/1343
_DEVELOPMENT_SETTINGS = ".env.dev"
_RECIPE = Pattern(
    r"^###> (?P<package>[\w./-]{1,100}) ###\r?$[^#]{0,4000}^###< (?P=package) ###\r?$", re.MULTILINE
)
_IN_URL = Pattern(r"://[^\s/@:]{0,100}:(?P<password>[^\s/@\"'`]{1,200})@")
_OF_URL = "url-password"
_OF_SIGNED_URL = "azure-sas-signature"
_LONGEST_URL = 1_000
_URL_SO_FAR = Pattern(r"(?<![^\s\"'`<>])[^\s\"'`<>]{1,1000}\Z")
_REST_OF_URL = Pattern(r"[^\s\"'`<>]{1,400}")
_LAST_DAY = Pattern(r"(?:[?&;]|u0026)se=(?P<day>\d{4}-\d\d-\d\d)")
_OPTION = Pattern(r"--?[A-Za-z]")
# What stands before the default of a variable, and how far back that can reach.
_BEFORE_DEFAULT = Pattern(r"\$\{(?P<variable>[A-Za-z_]\w{0,80}):?-[\"']?\Z")
_MAX_BEFORE = 90
_NOTHING = MadeUp()
# Where a value that only its name makes a credential is a sample for others to replace.
MADE_UP = (RouteScope.EXAMPLE, RouteScope.TEST)
# What variables stand below in Compose, in the manifests of Kubernetes and in the servers of MCP; those of
# a file of variables, and those written as `name:` beside `value:`, stand below nothing.
_VARIABLES = ("", "environment", "env", "stringData", "data")


def secret_candidates(
    region: Region,
    values: Collection[NamedValue],
    source: Source,
    made_up: MadeUp = _NOTHING,
) -> list[SecretCandidate]:
    """Each credential of a file once, in order of place; `values` are those that a name is given for.

    Of what only its name makes a credential, what is `made_up` for a run is none.
    """
    found: list[SecretCandidate] = []
    generated = _generated_for_development(region, source)
    for match, span, value in _matches(region, values, source):
        if _is_made_up(match, source.scope):
            continue
        if match.tier is Tier.NAMED and source.format == BUILD and value is None:
            continue  # behind a word of a command, or of the name of a file
        if match.tier is Tier.NAMED and (
            generated.any_contains(span) or made_up.holds(region.text, span)
        ):
            continue
        if not touched(found, span):
            name = value.name if value else ""
            slot = kind_by_slot(value, source) if value else ""
            slot = slot or kinds_by_own_variable().get(name, "")
            secret = _candidate(match, span, name, slot, source)
            in_json = value is not None and value.in_json
            insort(found, replace(secret, in_json=in_json), key=secret_end)
    return with_revocations(region.text, list(_with_value_details(region.text, found)))


def _with_value_details(text: str, found: list[SecretCandidate]) -> Iterator[SecretCandidate]:
    """The credentials with what only their values tell."""
    passwords = {url["password"] for url in _IN_URL.finditer(text)} if found else set()
    passwords |= set(map(unquote, passwords))
    first: dict[str, Span] = {}
    for secret in found:
        value = secret.span.cut(text)
        place = first.setdefault(value, secret.span)
        yield replace(
            secret,
            in_url_too=secret.kind != _OF_URL and value in passwords,
            expires=expiry(value) or _signed_until(text, secret),
            default_of=_default_of(text, secret),
            handling=handling(text, secret.span, of_url=secret.kind == _OF_URL),
            same_as=None if place == secret.span else place,
        )


def _signed_until(text: str, secret: SecretCandidate) -> date | None:
    """The last day of a signed URL, as it says itself; None for what is no signature, or tells no day."""
    if secret.kind != _OF_SIGNED_URL:
        return None
    start, end = secret.span.start, secret.span.end
    before = _URL_SO_FAR.search(text[max(0, start - _LONGEST_URL) : start])
    after = _REST_OF_URL.match(text, end)
    url = (before[0] if before else "") + (after[0] if after else "")
    last = _LAST_DAY.search(url)
    try:
        return date.fromisoformat(last["day"]) if last else None
    except ValueError:
        return None


def _default_of(text: str, secret: SecretCandidate) -> str:
    """The variable whose default a credential is for the reader of the file, "" for none."""
    start = secret.span.start
    before = _BEFORE_DEFAULT.search(text[max(0, start - _MAX_BEFORE) : start])
    return before["variable"] if before and expands_shell(secret.reader) else ""


def _is_made_up(match: SecretMatch, scope: RouteScope) -> bool:
    """Whether it is a sample, or was made for the test that it stands in."""
    if match.tier is Tier.NAMED:
        return scope in MADE_UP
    return scope is RouteScope.TEST and match.kind in self_chosen_kinds()


def _generated_for_development(region: Region, source: Source) -> Spans:
    """What Symfony's recipes write into the settings of a development environment, to be committed:
    a random APP_SECRET that is the same for all who work on the project, and no server's."""
    if not source.path.endswith(_DEVELOPMENT_SETTINGS):
        return Spans(())
    return Spans(region.span(*block.span()) for block in _RECIPE.finditer(region.text))


class NamedValue(Struct, frozen=True):
    """A text and its name: `path` is all that leads to it (`cohere.api_key`), `name` what to print.

    Of an item of a list that assigns a variable, as Docker Compose has them, `name` is that variable, and
    the text holds it too. One that is `in_json` is a text of the list in JSON that the whole value is.
    """

    path: str
    name: str
    scalar: Scalar
    is_item: bool = False
    in_json: bool = False


def kind_by_slot(value: NamedValue, source: Source) -> str:
    """The kind of whatever a gateway compares with what clients send, by its place in the gateway's config
    or as the variable of a service; "" for any other value.

    A gateway that a pipeline starts is one that only its job reaches.
    """
    at_slot = kinds_by_slot().get((source.format, value.path), "")
    if at_slot or value.name not in kinds_by_variable() or source.format in PIPELINES:
        return at_slot
    above = value.path if value.is_item else value.path.rpartition(".")[0]
    return kinds_by_variable()[value.name] if above.rpartition(".")[2] in _VARIABLES else ""


def _matches(
    region: Region, values: Collection[NamedValue], source: Source
) -> Iterator[tuple[SecretMatch, Span, NamedValue | None]]:
    """Matches of the whole text first: a value's own shape tells more than the name of its key."""
    named: dict[Span, NamedValue] = {}
    for value in values:
        named.setdefault(value.scalar.outer, value)
    places = sorted(named)
    for match in find_secrets(region.text):
        span = region.span(match.start, match.end)
        before = bisect_right(places, span.start, key=lambda place: place.start)
        inside = before and places[before - 1].contains(span)
        yield match, span, named[places[before - 1]] if inside else None
    public = public_keys(region.text)
    project = words_of_project(values, source)
    for value in values:
        judged = judge_value(value.path, value.scalar.text)
        if judged and value.scalar.text[judged.start : judged.end] in public:
            continue
        judged = judged or _in_slot(value, project, source)
        if judged:
            yield judged, value.scalar.region.span(judged.start, judged.end), value


def words_of_project(values: Collection[NamedValue], source: Source) -> frozenset[str]:
    """The words by which the file of these `values` calls the project that it starts."""
    return project_words(((value.path, value.scalar.text) for value in values), source)


def _in_slot(value: NamedValue, project: frozenset[str], source: Source) -> SecretMatch | None:
    """The secret that a value is where whatever stands works, words too, but for those of the `project`."""
    kind = kind_by_slot(value, source)
    if not kind or source.for_development:
        return None
    start = len(value.name) + 1 if value.is_item else 0
    text = value.scalar.text[start:]
    judged = judge_slot(kind, value.name, text, project)
    if not judged or ("${" in text[: judged.start] and not expands_shell(source.format)):
        return None
    return replace(judged, start=start + judged.start, end=start + judged.end)


def named_values(document: Document) -> Iterator[NamedValue]:
    """Each text of a data document, with the keys above it, the option before it, or its `name`."""
    for root in document.roots if isinstance(document, DataDocument) else ():
        for pointer, node in walk(root):
            match node:
                case Scalar(kind=ScalarKind.STRING):
                    keys = _names(pointer)
                    name = _variable(node.text) if pointer and pointer[-1].isdecimal() else ""
                    own = name or (keys[-1] if keys else "")
                    yield NamedValue(".".join(keys), own, node, bool(name))
                    yield from _in_json(".".join((*keys, name) if name else keys), own, node)
                case Sequence(items=items):
                    yield from _after_options(items)
                case Mapping():
                    yield from _name_and_value(node)


def _in_json(path: str, name: str, scalar: Scalar) -> Iterator[NamedValue]:
    """The texts of the list in JSON that a value is, or that an item assigns."""
    text = scalar.text
    start = len(name) + 1 if text.startswith(f"{name}=") else 0
    for first, end in texts_of_list(text[start:]) if "[" in text else ():
        region = scalar.region.cut(start + first, start + end)
        yield NamedValue(path, name, Scalar(scalar.kind, region, region.span()), in_json=True)


def _names(pointer: tuple[str, ...]) -> list[str]:
    """The keys above a text; a variable that has its `value` beside a description names that itself."""
    keys = [key for key in pointer if not key.isdecimal()]
    if len(keys) > 1 and keys[-1] == "value" and _is_variable(keys[-2]):
        keys.pop()
    return keys


def _variable(text: str) -> str:
    """The variable that an item of a list assigns, as Docker Compose has them; "" for none."""
    name, equals, _ = text.partition("=")
    return name if equals and name.isidentifier() else ""


def _after_options(items: tuple[Node, ...]) -> Iterator[NamedValue]:
    """The words of a command line that stand behind an option: `--api-key`, `value`."""
    for option, value in pairwise(items):
        if not (isinstance(option, Scalar) and isinstance(value, Scalar)):
            continue
        if is_option_name(option.text) and not _OPTION.match(value.text):
            name = option.text.lstrip("-")
            yield NamedValue(name, name, value)


def _name_and_value(node: Mapping) -> Iterator[NamedValue]:
    """A variable written as `name:` beside `value:`, as Kubernetes does, or as `key:`, as Render does."""
    name, key, value = node.get("name"), node.get("key"), node.get("value")
    if isinstance(name, Scalar) and isinstance(value, Scalar):
        yield NamedValue(name.text, name.text, value)
    elif isinstance(key, Scalar) and isinstance(value, Scalar) and _is_variable(key.text):
        yield NamedValue(key.text, key.text, value)


def _is_variable(text: str) -> bool:
    return text.isupper() and text.isidentifier()


def _candidate(
    match: SecretMatch, span: Span, name: str, slot: str, source: Source
) -> SecretCandidate:
    """The fact of a match. A shape that is one provider's alone says more than the place."""
    own = secret_shapes()[match.kind]
    shape = own if own.is_unmistakable or not slot else secret_shapes()[slot]
    return SecretCandidate(
        path=source.path,
        span=span,
        kind=shape.kind,
        title=shape.title,
        provider=match.provider or shape.provider,
        length=match.length,
        confidence=match.confidence,
        name=name,
        reader=source.format,
        slot=slot,
    )
