from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from agentlint.discovery import classify
from agentlint.facts.detectors.secrets.names import split_words
from agentlint.facts.project import Project
from agentlint.facts.route import Credential, Route
from agentlint.facts.secret import SecretCandidate
from agentlint.facts.variables.prefixes import providers_in_name
from agentlint.findings import (
    Applicability,
    Change,
    Finding,
    FromEnvironment,
    NewValue,
    Repair,
    Severity,
)
from agentlint.knowledge.data import word_set
from agentlint.knowledge.formats import Format, advice_at, advice_for, find_format, reader_of
from agentlint.knowledge.providers import provider_named, provider_of_url
from agentlint.knowledge.secret_shapes import kinds_by_slot, secret_shapes, url_variable
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.text import Pattern, Span

_VARIABLE = Pattern(r"[A-Z][A-Z0-9]{2,60}|[A-Z][A-Z0-9]{0,60}(?:_[A-Z0-9]{1,60}){1,8}")
_NOT_OF_A_NAME = Pattern(r"[^A-Z0-9]{1,80}")
_LONGEST_STEM = 40
# The slot of whatever a model is called with, as formats spell it.
_API_KEY = ("api_key", "apiKey")
# Names that most programs with a key might give it.
_SAYS_LITTLE = Pattern(
    r"(?:(?:MY|APP|API|ACCESS|AUTH|BEARER|CLIENT|PRIVATE|SECRET|SERVICE|KEY|TOKEN)_?){1,4}"
)
_URLS = ("_URL", "_URI", "_DSN")


class _Use(Struct, frozen=True):
    """What a credential is given to: the format of the route, and the variable that its place names."""

    format: str
    variable: str


@rule(on=SecretCandidate)
def check(secret: SecretCandidate, ctx: Context) -> Iterator[Finding]:
    use = _use(secret, ctx.project)
    of_route, of_file = find_format(use.format), _reader_of_file(secret, ctx.project)
    is_own = of_file is not None and of_file.left_empty
    named = secret if is_own else _first_of_its_value(secret, ctx.project)
    variable = _variable(named, _use(named, ctx.project), own=is_own)
    assigned = f" in `{secret.name}`" if secret.name else ""
    revocation = _revocation(secret, ctx)
    yield ctx.finding(
        secret.path,
        secret.span,
        f"{secret.title}{assigned} ({secret.length} characters)"
        + (" in the output of a cell" if secret.is_printed else "")
        + (f", {revocation}" if revocation else ""),
        severity=Severity.WARNING if revocation else None,
        confidence=secret.confidence,
        help="make sure that nothing accepts it any more, and take the value out of the text"
        if revocation
        else f"{_rotation_advice(secret)}, and "
        f"{_instead(secret, variable, of_file or of_route)}"
        + (", here and in the URL of this file that holds it too" if secret.in_url_too else ""),
        subject=f"{secret.kind}: {secret.name}",
        # What stands in a URL as well has to stay the same in both, and how it is escaped there decides
        # what may. An empty text left in a list might be one that is accepted.
        repair=None
        if revocation or secret.in_url_too or secret.in_json
        else _referred(secret, variable, of_route, of_file),
    )


def _reader_of_file(secret: SecretCandidate, project: Project) -> Format | None:
    """Who reads the file. A report in JSON that quotes a config may have all the words that tell one:
    without a route, it is none of a reader that expands references in its routes alone."""
    reader = reader_of(secret.reader)
    if reader is None or reader.whole_file or not reader.reference_dialects:
        return reader
    is_known_by_words = secret.path.endswith(".json") and classify(secret.path) is None
    has_routes = secret.path in project.once(_routed)
    return None if is_known_by_words and not has_routes else reader


def _routed(project: Project) -> frozenset[str]:
    return frozenset(route.path for route in project.all(Route))


def _rotation_advice(secret: SecretCandidate) -> str:
    """What has to be done about a value that everybody can read, whatever stands in its place."""
    return (
        secret_shapes()[secret.kind].replacing
        or "rotate the credential, since it stays in the history"
    )


def _revocation(secret: SecretCandidate, ctx: Context) -> str:
    """The words for what tells that a credential is accepted no more, "" where nothing does."""
    if secret.expires and secret.expires < ctx.today:
        return f"expired on {secret.expires}"
    return "described as revoked" if secret.said_void else ""


def _use(secret: SecretCandidate, project: Project) -> _Use:
    return project.once(_uses).get((secret.path, secret.span), _Use("", ""))


def _first_of_its_value(secret: SecretCandidate, project: Project) -> SecretCandidate:
    """Equal values of a file are one credential, which has the name that its first place gives it; but a
    URL and its password are two."""
    place = secret.same_as or secret.span
    first = project.once(_by_place).get((secret.path, place), secret)
    return secret if secret.handling.scheme or first.handling.scheme else first


def _by_place(project: Project) -> Mapping[tuple[str, Span], SecretCandidate]:
    return {(secret.path, secret.span): secret for secret in project.all(SecretCandidate)}


def _uses(project: Project) -> Mapping[tuple[str, Span], _Use]:
    """What each credential of a route is for, by file and place; of several routes that share one, the
    first is where it stands."""
    uses: dict[tuple[str, Span], _Use] = {}
    for route in project.all(Route):
        for credential in route.credentials:
            span = credential.value.span
            if span and (route.path, span) not in uses:
                uses[route.path, span] = _Use(route.format, _named_by_place(route, credential))
    return uses


def _named_by_place(route: Route, credential: Credential) -> str:
    """The variable for what stands at this place, whatever its value looks like; "" where the place
    tells none. A key belongs to whoever answers: at a base URL of one's own, that is no vendor."""
    for (reader, path), kind in kinds_by_slot().items():
        if reader == route.format and path.endswith(f".{credential.slot}"):
            return secret_shapes()[kind].variable
    if credential.slot not in _API_KEY:
        return ""
    return _of_provider(route) or _named_after(route.alias.literal or route.role.literal or "")


def _of_provider(route: Route) -> str:
    url = route.base_url
    answers = provider_of_url(url.literal or "") if url.given else None
    if answers and answers.has_one_host:
        return _named_after(answers.name)
    driver = route.provider.literal or (route.model.literal or "").partition("/")[0]
    known = None if url.given else provider_named(driver)
    return _named_after(known.name) if known else ""


def _named_after(owner: str) -> str:
    stem = _NOT_OF_A_NAME.sub("_", owner.upper()).strip("_")[:_LONGEST_STEM]
    name = f"{stem}_API_KEY"
    return name if stem and _VARIABLE.fullmatch(name) else ""


def _referred(
    secret: SecretCandidate, variable: str, of_route: Format | None, of_file: Format | None
) -> Repair | None:
    """A reference in its place, where the spelling is known; the value itself is burnt all the same.

    What stands outside of a route may be for another reader, as in the values of a chart. A default stands
    inside of a reference already, a password inside of a URL, and what a program sets its own environment
    to has no other place there. What cannot be replaced by itself is not taken away either.
    """
    if secret_shapes()[secret.kind].replacing:
        return None
    reader = of_route or (of_file if of_file and of_file.whole_file else None)
    spelled = reader.reference(variable) if reader else None
    if of_file and of_file.left_empty:
        title = f"leave it empty; {_rotation_advice(secret)}"
        return Repair(title, Applicability.UNSAFE, (NewValue(secret.span, ""),))
    done = secret.handling
    if secret.default_of or done.looks_up or done.sets or done.scheme:
        return None
    if secret.path.endswith(".py"):
        changes: tuple[Change, ...] = (FromEnvironment(secret.span, variable),)
    elif spelled:
        changes = (NewValue(secret.span, spelled),)
    else:
        return None
    title = f"read it from `{variable}`; {_rotation_advice(secret)}"
    return Repair(title, Applicability.UNSAFE, changes, variable)


def _variable(secret: SecretCandidate, use: _Use, *, own: bool) -> str:
    """The variable that the credential has already, else the one for its place, else for its kind; "" for a
    URL that nothing names. `own` says that its file gives it this name and no other.

    The kind counts first only where its shape is one provider's alone, and before a name that says nothing.
    """
    done = secret.handling
    if done.sets or done.looks_up:
        return done.sets or done.looks_up
    is_variable = own or _VARIABLE.fullmatch(secret.name) is not None
    named = (secret.name if is_variable else "") or done.assigned_to
    if done.scheme:
        return named or _of_url(secret.name) or url_variable(done.scheme)
    shape = secret_shapes()[secret.slot or secret.kind]
    if named and (own or not shape.is_unmistakable or not _SAYS_LITTLE.fullmatch(named)):
        return named
    if secret.slot or shape.is_unmistakable:
        return shape.variable
    return use.variable or _of_client(done.client) or shape.variable


def _of_url(name: str) -> str:
    """The variable for a URL, after its key (`redis_url`)."""
    variable = name.upper()
    return variable if variable.endswith(_URLS) and _VARIABLE.fullmatch(variable) else ""


def _of_client(client: str) -> str:
    """The variable for the key of a client, after its class: a provider of models, or the one word of it
    that not every client has (`Composio`, `TavilyClient`)."""
    words = split_words(client)
    known = next(providers_in_name(words), None)
    own = [word for word in words if word not in word_set("secret-words", "names", "of_clients")]
    return _named_after(known.name if known else "".join(own) if len(own) == 1 else "")


def _instead(secret: SecretCandidate, variable: str, reader: Format | None) -> str:
    done = secret.handling
    if secret.is_printed:
        return "clear the output that shows it"
    if done.sets:
        return f"take this assignment out, and set `{variable}` outside of the program"
    if secret.default_of:
        return f"take the default out (`${{{secret.default_of}:?}}` in Compose and shells)"
    if done.looks_up:
        return f"take the default out, so that the program stops where nobody has set `{variable}`"
    if reader and reader.left_empty and not (secret.name or done.assigned_to):
        return "take it out of the file that is committed"
    if done.scheme:
        return _reference_to_url(variable, reader, secret)
    advice = _reference(variable, reader, secret)
    is_part = secret.in_json and advice.startswith("write ")
    return f"{advice} in place of the whole list" if is_part else advice


def _reference(variable: str, reader: Format | None, secret: SecretCandidate) -> str:
    """How to refer to it instead, in the spelling that the file's reader understands."""
    if reader is None or not reader.reference_advice:
        return "refer to it by name instead"
    own_advice = advice_for(reader.id, secret.name) or advice_at(reader.id, secret.path)
    advice = own_advice or reader.reference_advice
    return advice.replace("{name}", variable)


def _reference_to_url(variable: str, reader: Format | None, secret: SecretCandidate) -> str:
    """As `_reference`, for a URL as a whole: a password is a part of it that few readers replace."""
    if not variable:
        return "take the whole URL from one variable"
    advice = _reference(variable, reader, secret)
    if advice.startswith("write "):
        return f"{advice} in place of the whole URL"
    is_known = reader is not None and reader.left_empty
    return advice if is_known else f"take the whole URL from one variable, such as `{variable}`"
