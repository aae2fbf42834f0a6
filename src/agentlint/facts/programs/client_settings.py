"""What a call or a client is given for its host and its credential, by its own arguments or in an object
of options that it is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from agentlint.documents.code import Call, Dictionary, Expression, Path
from agentlint.facts.credentials.candidates import NamedValue
from agentlint.facts.programs.argument_values import PYTHON, possible_texts, read_value
from agentlint.facts.programs.bindings import Placed
from agentlint.facts.programs.code_names import Names
from agentlint.facts.programs.held_settings import with_held_settings
from agentlint.facts.source import Source
from agentlint.facts.values.value import ABSENT, Value, ValueKind
from agentlint.knowledge.providers import ProviderKind, provider_of_url
from agentlint.knowledge.python_calls import (
    ClientClass,
    client_class,
    configuration,
    function,
    model_class,
)

BASE_URL = ("base_url", "api_base")
CREDENTIALS = ("api_key",)
_DICTIONARY = "dict"


class ClientSettings(Struct, frozen=True):
    """The arguments that give a host and a credential; `options` and `version` as in a client's class."""

    base_url: tuple[str, ...]
    credentials: tuple[str, ...]
    options: Mapping[str, str] = {}
    version: tuple[str, ...] = ()


class Host(Struct, frozen=True):
    """`has_version` says that the version of the API is given beside the base URL."""

    base_url: Value = ABSENT
    has_version: bool = False


def settings_of(known: ClientClass) -> ClientSettings:
    return ClientSettings(known.base_url, known.credentials, known.options, known.version)


def host_of(call: Call, scope: int, settings: ClientSettings, names: Names) -> Host:
    """The host that a call is given; what only running the program can tell is a template."""
    host = _host(call, scope, settings, names)
    return _unpacked(call) if call.open and not host.base_url.given else host


def unknown_url(expression: Expression) -> Value:
    """A base URL that only running the program can tell, and that is written nowhere: the reference is
    the name of a client or of its options."""
    name = expression.text if isinstance(expression, Path) else ""
    return Value("", ValueKind.TEMPLATE, expression.span, name or None, None, PYTHON)


def credential_values(names: Names, source: Source) -> Iterator[NamedValue]:
    """The literals that a program gives for credentials in calls and clients of known libraries.

    The code of a test gives made-up ones. A server on the same machine asks for none, so what its
    client is given is none.
    """
    if source.in_test:
        return
    for placed in with_held_settings(names):
        settings = _settings_named(names.dotted(placed.call.function))
        if settings is None or _is_local(placed.call, placed.scope, settings, names):
            continue
        for name in settings.credentials:
            texts = possible_texts(names, placed.call.argument(name), placed.scope)
            yield from (NamedValue(name, name, text) for text in texts)


def _settings_named(name: str) -> ClientSettings | None:
    """The arguments of what a dotted name of a known library stands for."""
    client = client_class(name) or configuration(name)
    if client:
        return settings_of(client)
    made = model_class(name)
    if made:
        return ClientSettings(made.base_url, made.credentials, made.options)
    return ClientSettings(BASE_URL, CREDENTIALS) if function(name) else None


def _is_local(call: Call, scope: int, settings: ClientSettings, names: Names) -> bool:
    """Whether a call is given a server on the same machine."""
    url = _host(call, scope, settings, names).base_url
    provider = provider_of_url(url.literal or url.default or "")
    return provider is not None and provider.kind is ProviderKind.LOCAL


def _host(call: Call, scope: int, settings: ClientSettings, names: Names) -> Host:
    for argument, options_class in settings.options.items():
        given = call.argument(argument)
        if given is not None:
            return _of_options(Placed(given, scope), options_class, settings, names)
    return Host(read_value(names, call.argument(*settings.base_url), scope))


def _of_options(given: Placed, options_class: str, settings: ClientSettings, names: Names) -> Host:
    resolved = names.resolve(given)
    options = resolved.expression if resolved else None
    if resolved and isinstance(options, (Call, Dictionary)) and _holds(options, options_class):
        base_url = read_value(names, options.argument(*settings.base_url), resolved.scope)
        if isinstance(options, Call) and options.open and not base_url.given:
            return _unpacked(options)
        return Host(base_url, options.argument(*settings.version) is not None)
    is_given = read_value(names, given.expression, given.scope).given
    return Host(unknown_url(given.expression)) if is_given else Host()


def _holds(options: Call | Dictionary, options_class: str) -> bool:
    """Whether an expression makes an object of options, whose keywords are those options."""
    if isinstance(options, Dictionary):
        return True
    return options.function.last in (options_class, _DICTIONARY)


def _unpacked(call: Call) -> Host:
    return Host(unknown_url(call.function))
