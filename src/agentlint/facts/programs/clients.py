"""Who the calls of a program go to, as far as it shows how the client of each was made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Scalar
from agentlint.documents.code import Call, Expression, Path, PlacedCall
from agentlint.facts.programs.argument_values import ENVIRONMENT, read_value, values_set
from agentlint.facts.programs.bindings import Placed
from agentlint.facts.programs.client_settings import (
    BASE_URL,
    CREDENTIALS,
    ClientSettings,
    host_of,
    settings_of,
    unknown_url,
)
from agentlint.facts.programs.code_names import Names
from agentlint.facts.programs.passed_calls import written_out
from agentlint.facts.tree import SOMEONE
from agentlint.facts.values.value import ABSENT, Value, without_literal
from agentlint.knowledge.providers import ProviderKind, provider_named, provider_of_url
from agentlint.knowledge.python_calls import (
    ClientClass,
    ModelClass,
    client_class,
    configuration,
    function,
    is_wrapper,
)
from agentlint.knowledge.served import default_provider

_MODULES = {"openai": "openai", "anthropic": "anthropic", "litellm": ""}
# What the library before 1.0 is told of Azure, by attributes of the module or in the environment.
_AZURE_SETTINGS = ("api_type", "api_version")
_AZURE_ARGUMENTS = ("deployment_id",)
_AZURE_VARIABLE = ("os", "environ", "OPENAI_API_TYPE")
_AZURE = "azure"
_OFF = ("False", "None")
_PROVIDER_CLASS = "Provider"
_MAX_STEPS = 3
"""Wrappers and functions of the program, one in the other, through which a client is followed."""


class Client(Struct, frozen=True):
    """Who a call goes to: `provider`, unless a base URL says or may say otherwise. `has_version` says
    that it is told the version of the API, which the library adds to the base URL otherwise. One that
    is `made_elsewhere` has a provider only where the vendor of the model may not be taken for it;
    `declared` is whose clients it is declared to be one of, "" where nothing says so. `format` is that of
    the library whose client it is known to be, "" where that is not known."""

    provider: str = ""
    base_url: Value = ABSENT
    credential: Value = ABSENT
    has_version: bool = False
    made_elsewhere: bool = False
    declared: str = ""
    format: str = ""

    @property
    def is_cloud(self) -> bool:
        provider = provider_named(self.provider)
        return provider is not None and provider.kind is ProviderKind.CLOUD


class Clients:
    """The clients of a program, of which `program` says what is the same for all calls."""

    def __init__(self, names: Names, program: Program | None = None) -> None:
        self.names = names
        self.program = program or Program(names)
        # What functions were found to give back, by their scope and how many steps led there.
        self._found: dict[tuple[int, int], Client | None] = {}

    def with_given(self, names: Names) -> Clients:
        """The clients in a call that gives functions of the program what `names` tell; what they are for
        all of the program stays as it is."""
        return Clients(names, self.program)

    def configured_by(self, function_name: str, provider: str) -> Client:
        """The client of a module, as calls of a function configure it; without any it is `provider`'s."""
        return self.program.configured.get(function_name, Client(provider))

    def find(self, placed: Placed, steps: int = 0) -> Client | None:
        """The client that an expression stands for; None where that cannot be read."""
        if isinstance(placed.expression, Path):
            module = self._module(placed.expression)
            if module:
                return module
        resolved = self.names.resolve_partial(placed)
        match resolved.expression:
            case Call() as call:
                return self._called(call, resolved.scope, steps)
            case Path():  # a property, if it is any function
                return self._given_back(resolved, steps)
        return None

    def given(self, placed: Placed) -> Client:
        """A client that is made where nobody can read it, as far as a parameter declares it."""
        known = client_class(self.names.declared(placed))
        client = elsewhere(placed.expression)
        return replace(client, declared=known.provider, format=known.format) if known else client

    def of_model_class(self, made: ModelClass, placed: PlacedCall) -> Client:
        """Who the object of a model class calls: through a client that it is given, or by itself."""
        given = placed.call.argument(*made.client)
        if given is not None:
            return self._given_client(Placed(given, placed.scope))
        if made.configured_by:
            return self.configured_by(made.configured_by, made.provider)
        settings = ClientSettings(made.base_url, made.credentials, made.options)
        client = self._client_of(made.provider, placed.call, placed.scope, settings)
        client = self.named_by(made.provider_arguments, client, placed)
        cloud = self._chosen_provider(made.clouds, placed.call, placed.scope)
        return replace(client, provider=cloud) if cloud else client

    def named_by(self, arguments: tuple[str, ...], client: Client, placed: PlacedCall) -> Client:
        """A client, with the provider that these arguments of the call name; somebody unknown where only
        running the program tells whom."""
        named = read_value(self.names, placed.call.argument(*arguments), placed.scope)
        if not named.given:
            return client
        return replace(client, provider=named.literal or SOMEONE.raw)

    def with_own(self, client: Client, placed: PlacedCall) -> Client:
        """A client, with what the call itself says of host and credential."""
        call, scope = placed.call, placed.scope
        base_url = read_value(self.names, call.argument(*BASE_URL), scope)
        if not base_url.given:
            base_url = self._set_in_options(call)
        credential = read_value(self.names, call.argument(*CREDENTIALS), scope)
        return replace(
            client,
            base_url=base_url if base_url.given else client.base_url,
            credential=without_literal(credential) if credential.given else client.credential,
            has_version=client.has_version and not base_url.given,
            made_elsewhere=client.made_elsewhere and not base_url.given,
        )

    def _set_in_options(self, call: Call) -> Value:
        """The base URL that the program sets in a dictionary which gives a call further arguments."""
        for options in call.unpacked:
            if isinstance(options, Path) and options.base is None and len(options.names) == 1:
                keys = self.names.document.items_set.get(options.names[0], frozenset())
                if not keys.isdisjoint(BASE_URL):
                    return unknown_url(options)
        return ABSENT

    def as_called(self, client: Client, format_id: str, placed: PlacedCall, model: str) -> Client:
        """The client that a call goes through, with what the program makes and sets elsewhere."""
        if client.made_elsewhere and self._may_be_moved(format_id, placed, model):
            client = replace(client, provider=SOMEONE.raw)
        return self._as_set(client, placed, model)

    def of_module(self, known: ClientClass, calls: Sequence[PlacedCall]) -> Client:
        """The client of a module that these calls configure."""
        made = [self.made(known, placed) for placed in calls]
        if len(made) == 1:
            return made[0]
        sets_host = any(client.base_url.given for client in made)
        return elsewhere(calls[0].call.function) if sets_host else Client(known.provider)

    def _may_be_moved(self, format_id: str, placed: PlacedCall, model: str) -> bool:
        """Whether the program makes a client of this kind that calls another host than that of the
        vendor of the model, or sets one for all of them: nobody can tell which client a call has."""
        vendor = default_provider(model)
        if not vendor:
            return False
        others = self.program.answering.get(format_id, frozenset()) - {"", vendor}
        return bool(others) or self._as_set(Client(), placed, model).base_url.given

    def _as_set(self, client: Client, placed: PlacedCall, model: str) -> Client:
        """A client that is told no base URL, with the one that the program sets for all calls."""
        if not self.program.set_urls or client.base_url.given:
            return client
        called = self.names.dotted(placed.call.function)
        owner = client.provider or default_provider(model)
        module = called.partition(".")[0] if function(called) else ""
        names = [f"{module}.{attribute}" for attribute in BASE_URL]
        names += [f"{ENVIRONMENT}.{f'{owner}_{ending}'.upper()}" for ending in BASE_URL]
        urls = (self.program.set_urls.get(name, ABSENT) for name in names)
        url = next((url for url in urls if url.given), ABSENT)
        return replace(client, base_url=url) if url.given else client

    def _called(self, call: Call, scope: int, steps: int) -> Client | None:
        """The client that a call makes or gives back."""
        known = client_class(self.names.dotted(call.function))
        if known:
            return self.made(known, PlacedCall(call, scope))
        if steps < _MAX_STEPS and is_wrapper(call.function.last):
            path = call.function
            inner = (
                call.argument("client") or call.positional(0) or path.with_names(path.names[:-1])
            )
            return self.find(Placed(inner, scope), steps + 1) if inner else None
        return self._given_back(Placed(call.function, scope), steps)

    def _given_back(self, function: Placed, steps: int) -> Client | None:
        """The client that a function of the program gives back, None where it may be one of several."""
        bound = self.names.binding(function)
        if bound is None or bound.function is None or steps >= _MAX_STEPS:
            return None
        key = bound.function, steps
        if key not in self._found:
            self._found[key] = None
            clients = [self.find(given, steps + 1) for given in self.names.returned(bound)]
            if len({_signs(client) for client in clients}) == 1:
                self._found[key] = clients[0]
        return self._found[key]

    def _given_client(self, given: Placed) -> Client:
        client = self.find(given)
        if client:
            return client
        resolved = self.names.resolve(given)
        match resolved.expression if resolved else None:
            case Scalar(text=provider):
                return Client(provider)
            case Call(function=Path(names=(*_, name))) if name.endswith(_PROVIDER_CLASS):
                return Client(name.removesuffix(_PROVIDER_CLASS).lower())
        return elsewhere(given.expression)

    def made(self, known: ClientClass, placed: PlacedCall) -> Client:
        """The client that a call of its class makes."""
        call, scope = written_out(placed, self.names).call, placed.scope
        inner = call.argument(*known.inner)
        if inner is not None:
            return self._given_client(Placed(inner, scope))
        provider = self._chosen_provider(known.chosen_by, call, scope) or known.provider
        client = self._client_of(provider, call, scope, settings_of(known))
        return replace(client, format=known.format)

    def _module(self, path: Path) -> Client | None:
        """A module that makes calls itself, as its attributes are set."""
        name = self.names.dotted(path)
        if name not in _MODULES:
            return None
        if self._may_be_azure(path):
            return replace(elsewhere(path), format=f"{name}-python")
        client = Client(_MODULES[name], format=f"{name}-python")
        for attribute in BASE_URL:
            bound = self.names.attribute(*path.names, attribute)
            if bound:
                value = read_value(self.names, bound.expression, bound.scope)
                return replace(client, base_url=value)
        return client

    def is_of_provider(self, client: Client, module: Expression, call: Call) -> bool:
        """Whether the provider of a module that makes calls itself answers one: where the program gives it
        a credential, and none of them says anything of another host. The environment chooses it else."""
        if not isinstance(module, Path) or self._may_be_azure(module) or client.base_url.given:
            return False
        if call.open or call.argument(*_AZURE_SETTINGS, *_AZURE_ARGUMENTS) is not None:
            return False
        given = [self.names.attribute(*module.names, name) for name in CREDENTIALS]
        keys = [read_value(self.names, key.expression, key.scope) for key in given if key]
        return any(_AZURE not in f"{key.raw} {key.ref}".lower() for key in keys)

    def _may_be_azure(self, module: Path) -> bool:
        settings = (self.names.is_set(*module.names, setting) for setting in _AZURE_SETTINGS)
        return any(settings) or self.names.is_set(*_AZURE_VARIABLE)

    def _client_of(self, provider: str, call: Call, scope: int, settings: ClientSettings) -> Client:
        host = host_of(call, scope, settings, self.names)
        credential = read_value(self.names, call.argument(*settings.credentials), scope)
        return Client(provider, host.base_url, without_literal(credential), host.has_version)

    def _chosen_provider(self, chosen_by: Mapping[str, str], call: Call, scope: int) -> str:
        """The provider that an argument turns to, "" for none."""
        for argument, provider in chosen_by.items():
            value = read_value(self.names, call.argument(argument), scope)
            if value.given and value.raw not in _OFF:
                return provider
        return ""


class Program(Struct, frozen=True, dict=True):
    """What holds for all calls of a program, whatever its functions are given. Each is read when it is
    first asked for."""

    names: Names

    @cached_property
    def set_urls(self) -> Mapping[str, Value]:
        """The base URLs that the program sets for all calls, by the dotted names that it sets."""
        return values_set(self.names, BASE_URL)

    @cached_property
    def configured(self) -> Mapping[str, Client]:
        """The clients of modules that functions configure, wherever in the program they are called."""
        clients = Clients(self.names, self)
        calls: defaultdict[str, list[PlacedCall]] = defaultdict(list)
        for placed in self.names.document.calls:
            calls[self.names.dotted(placed.call.function)].append(placed)
        return {
            name: clients.of_module(known, placed)
            for name, placed in calls.items()
            if (known := configuration(name))
        }

    @cached_property
    def answering(self) -> Mapping[str, frozenset[str]]:
        """Who answers the clients that the program makes, by their format."""
        clients = Clients(self.names, self)
        answering: defaultdict[str, set[str]] = defaultdict(set)
        for placed in self.names.document.calls:
            known = client_class(self.names.dotted(placed.call.function))
            if known:
                answering[known.format].add(_answerer(clients.made(known, placed)))
        return {format_id: frozenset(names) for format_id, names in answering.items()}


def elsewhere(expression: Expression) -> Client:
    """A client that is made where nobody can read it."""
    return Client(base_url=unknown_url(expression), made_elsewhere=True)


def _answerer(client: Client) -> str:
    """The name of who answers a client's calls, the base URL of a host that no provider row knows."""
    url = client.base_url.literal
    if url:
        known = provider_of_url(url)
        return known.name if known else url
    return SOMEONE.raw if client.base_url.given and not client.is_cloud else client.provider


def _signs(client: Client | None) -> tuple[str, ...]:
    """What tells a client from another one, wherever they are made; nothing for none."""
    if client is None:
        return ()
    url = client.base_url
    return client.provider, url.kind, url.raw, url.ref or ""
