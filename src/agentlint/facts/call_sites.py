"""Where a program calls models, and what each call says of model, host and credential."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Scalar
from agentlint.documents.code import (
    Call,
    CodeDocument,
    Dictionary,
    Expression,
    Path,
    PlacedCall,
    Unread,
)
from agentlint.facts.call_site import CallSite
from agentlint.facts.client_settings import (
    BASE_URL,
    CREDENTIALS,
    ClientSettings,
    host_of,
    is_local,
    settings_named,
    settings_of,
    unknown_url,
)
from agentlint.facts.code_names import ENVIRONMENT, Names, Placed
from agentlint.facts.helper_calls import MAX_CALLS, Helpers
from agentlint.facts.left_out import LeftOut
from agentlint.facts.passed_calls import written_out
from agentlint.facts.route import Credential, FamilySource, Route, RouteKind
from agentlint.facts.secrets import NamedValue
from agentlint.facts.source import Source
from agentlint.facts.tree import SOMEONE, implied
from agentlint.facts.values import ABSENT, Located, Value, ValueKind, value_of, without_literal
from agentlint.knowledge.families import Family
from agentlint.knowledge.formats import UrlShape, format_named, url_shape
from agentlint.knowledge.litellm import litellm_chat_route
from agentlint.knowledge.providers import ProviderKind, provider_named, provider_of_url
from agentlint.knowledge.python_calls import (
    ClientClass,
    Method,
    ModelClass,
    client_class,
    configuration,
    function,
    is_wrapper,
    method,
    model_class,
    tells_model_later,
)
from agentlint.knowledge.served import default_provider

# Steps in a call's name that change nothing of where it goes.
_STEPS = frozenset({"aio", "beta", "with_raw_response", "with_streaming_response"})
_MODULES = {"openai": "openai", "anthropic": "anthropic", "litellm": ""}
_TOOLS = ("tools", "functions")
_PROVIDER_ARGUMENT = "custom_llm_provider"
_OFF = ("False", "None")
_PROVIDER_CLASS = "Provider"
_MAX_STEPS = 3
"""Wrappers and functions of the program, one in the other, through which a client is followed."""
# A client that is made elsewhere may call a gateway that translates.
_MAY_TRANSLATE = frozenset(
    {
        (Family.CHAT_COMPLETIONS, Family.RESPONSES),
        (Family.RESPONSES, Family.CHAT_COMPLETIONS),
        (Family.ANTHROPIC_MESSAGES, Family.CHAT_COMPLETIONS),
        (Family.CHAT_COMPLETIONS, Family.ANTHROPIC_MESSAGES),
    }
)


def call_facts(document: CodeDocument, source: Source) -> Iterator[CallSite | Route | LeftOut]:
    """Each model call of a program, and after it the route that it takes."""
    reader = _Reader.of(document)
    helpers = Helpers.of(reader.names)
    for placed in document.calls:
        found = reader.read(placed)
        if found:
            yield _site(found, helpers, source)
            yield _route(found, source)
            if helpers.leaves_out_calls(placed):
                reason = f"more than {MAX_CALLS} calls of one function"
                yield LeftOut(source.path, placed.call.span, reason)


def credential_values(document: CodeDocument, source: Source) -> Iterator[NamedValue]:
    """What a program gives for its credentials; what the code of a test gives is made up."""
    if not source.in_test:
        for name, scalar in credential_arguments(document):
            yield NamedValue(name, name, scalar)


def credential_arguments(document: CodeDocument) -> Iterator[tuple[str, Scalar]]:
    """(name, literal) of what stands for a credential in calls and clients of known libraries.

    A server on the same machine asks for none, so what its client is given is none.
    """
    names = Names.of(document)
    for placed in document.calls:
        settings = settings_named(names.dotted(placed.call.function))
        if settings is None or is_local(placed.call, placed.scope, settings, names):
            continue
        for name in settings.credentials:
            argument = placed.call.argument(name)
            yield from ((name, text) for text in names.texts(argument, placed.scope))


class _Client(Struct, frozen=True):
    """Who a call goes to: `provider`, unless a base URL says or may say otherwise. `has_version` says
    that it is told the version of the API, which the library adds to the base URL otherwise. One that
    is `made_elsewhere` has a provider only where the vendor of the model may not be taken for it."""

    provider: str = ""
    base_url: Value = ABSENT
    credential: Value = ABSENT
    has_version: bool = False
    made_elsewhere: bool = False


class _Chosen(Struct, frozen=True):
    """A family, and what told it."""

    family: Family | None
    source: FamilySource
    value: Value = ABSENT


class _Found(Struct, frozen=True):
    """One model call, before it is told as facts."""

    placed: PlacedCall
    format: str
    chosen: _Chosen
    client: _Client
    model: Value
    model_origin: Scalar | None
    model_default: Value
    tools: Value
    effort: Value
    default_model: str = ""


class _Reader(Struct, frozen=True):
    """`configured` are the clients of modules, by the function that configures each; `set_urls` the
    base URLs that the program sets for all calls, by the dotted names that it sets; `told_later` the
    keywords of the calls by which objects that were made before may be told their model. `answering`
    is who answers the clients that the program makes, by their format, and `given_back` the clients
    that functions were found to give back, by their scope and how many steps led there."""

    names: Names
    configured: Mapping[str, _Client] = {}
    set_urls: Mapping[str, Value] = {}
    told_later: frozenset[str] = frozenset()
    answering: Mapping[str, frozenset[str]] = {}
    given_back: dict[tuple[int, int], _Client | None] = {}

    @classmethod
    def of(cls, document: CodeDocument) -> _Reader:
        names = Names.of(document)
        urls = names.assigned(BASE_URL)
        reader = cls(names, set_urls=urls, told_later=_told_later(document))
        return replace(
            reader, configured=reader._module_clients(), answering=reader._answering_clients()
        )

    def read(self, placed: PlacedCall) -> _Found | None:
        placed = written_out(placed, self.names)
        name = self.names.dotted(placed.call.function)
        made = model_class(name)
        if made:
            return self._made(placed, made)
        called = function(name)
        if called:
            client = self.configured.get(called.configured_by, _Client(called.provider))
            client = self._with_own(client, placed)
            model = _model_of(placed.call, ("model",), called.position)
            return self._found(placed, called.format, _named(called.family), client, model)
        ending = method(_without_steps(placed.call.function.names))
        return self._method(placed, ending) if ending else None

    def _method(self, placed: PlacedCall, ending: Method) -> _Found | None:
        receiver = _receiver(placed.call.function, ending)
        client = self._client(Placed(receiver, placed.scope)) if receiver else None
        if client is None:
            if receiver is None or not (ending.told_by_name or placed.call.argument("model")):
                return None
            client = _elsewhere(receiver)
        client = self._with_own(client, placed)
        return self._found(placed, ending.format, _named(ending.family), client)

    def _made(self, placed: PlacedCall, made: ModelClass) -> _Found | None:
        call = placed.call
        model = _model_of(call, made.model, made.position)
        value = self.names.value(model, placed.scope)
        if made.takes_objects and not (value.literal or value.default):
            return None
        chosen = self._chosen(made, value, placed)
        found = self._found(placed, made.format, chosen, self._client_of(made, placed), model)
        unsaid = model is None and not call.open and self.told_later.isdisjoint(made.model)
        return replace(found, default_model=made.default_model) if unsaid else found

    def _found(
        self,
        placed: PlacedCall,
        format_id: str,
        chosen: _Chosen,
        client: _Client,
        model: Expression | None = None,
    ) -> _Found:
        call, scope = placed.call, placed.scope
        model = model or call.argument("model")
        value = self.names.value(model, scope)
        default = ABSENT if value.literal else value_of(self.names.default(model, scope))
        named = value.literal or value.default or default.literal or ""
        if client.made_elsewhere and self._may_be_moved(format_id, placed, named):
            client = replace(client, provider=SOMEONE.raw)
        return _Found(
            placed=placed,
            format=format_id,
            chosen=chosen,
            client=self._as_set(client, placed, named),
            model=value,
            model_default=default,
            model_origin=self.names.origin(model, scope),
            tools=self._tools(call.argument(*_TOOLS), scope),
            effort=self.names.value(call.argument("reasoning_effort"), scope),
        )

    def _tools(self, argument: Expression | None, scope: int) -> Value:
        meant = self.names.meant(Placed(argument, scope)) if argument else None
        if argument is None or (
            meant and isinstance(meant.expression, Unread) and meant.expression.empty
        ):
            return ABSENT
        if meant and isinstance(meant.expression, (Unread, Dictionary)):
            return Value(_TOOLS[0], ValueKind.LITERAL, argument.span)
        return self.names.value(argument, scope)

    def _chosen(self, made: ModelClass, model: Value, placed: PlacedCall) -> _Chosen:
        if made.switch:
            switch = self.names.value(placed.call.argument(made.switch.argument), placed.scope)
            if switch.given:
                family = {"True": made.switch.on, "False": made.switch.off}.get(switch.raw)
                return _Chosen(family, FamilySource.DECLARED, switch)
        prefix = (model.literal or model.default or "").partition(":")[0]
        if prefix in made.prefixes:
            return _Chosen(made.prefixes[prefix], FamilySource.MODEL_PREFIX)
        return _named(made.family)

    def _client_of(self, made: ModelClass, placed: PlacedCall) -> _Client:
        """Who the object of a model class calls: through a client that it is given, or by itself."""
        given = placed.call.argument(*made.client)
        if given is not None:
            return self._given_client(Placed(given, placed.scope))
        if made.configured_by:
            return self.configured.get(made.configured_by, _Client(made.provider))
        settings = ClientSettings(made.base_url, made.credentials)
        provider = self._chosen_provider(made.clouds, placed.call, placed.scope) or made.provider
        client = self._configured(provider, placed.call, placed.scope, settings)
        named = self.names.value(placed.call.argument(*made.provider_arguments), placed.scope)
        return (
            _Client(named.literal, client.base_url, client.credential) if named.literal else client
        )

    def _module_clients(self) -> Mapping[str, _Client]:
        """The clients of modules that functions configure, wherever in the program they are called."""
        calls: defaultdict[str, list[PlacedCall]] = defaultdict(list)
        for placed in self.names.document.calls:
            calls[self.names.dotted(placed.call.function)].append(placed)
        return {
            name: self._module_client(known, calls[name])
            for name in calls
            if (known := configuration(name))
        }

    def _module_client(self, known: ClientClass, calls: Sequence[PlacedCall]) -> _Client:
        made = [self._made_client(known, placed.call, placed.scope) for placed in calls]
        if len(made) == 1:
            return made[0]
        told = any(client.base_url.given for client in made)
        return _elsewhere(calls[0].call.function) if told else _Client(known.provider)

    def _chosen_provider(self, chosen_by: Mapping[str, str], call: Call, scope: int) -> str:
        """The provider that an argument turns to, "" for none."""
        for argument, provider in chosen_by.items():
            value = self.names.value(call.argument(argument), scope)
            if value.given and value.raw not in _OFF:
                return provider
        return ""

    def _given_client(self, given: Placed) -> _Client:
        client = self._client(given)
        if client:
            return client
        meant = self.names.meant(given)
        match meant.expression if meant else None:
            case Scalar(text=provider):
                return _Client(provider)
            case Call(function=Path(names=(*_, name))) if name.endswith(_PROVIDER_CLASS):
                return _Client(name.removesuffix(_PROVIDER_CLASS).lower())
        return _elsewhere(given.expression)

    def _client(self, placed: Placed, steps: int = 0) -> _Client | None:
        """The client that an expression stands for; None where that cannot be read."""
        if isinstance(placed.expression, Path):
            module = self._module(placed.expression)
            if module:
                return module
        meant = self.names.followed(placed)
        match meant.expression:
            case Call() as call:
                return self._called(call, meant.scope, steps)
            case Path():  # a property, if it is any function
                return self._given_back(meant, steps)
        return None

    def _called(self, call: Call, scope: int, steps: int) -> _Client | None:
        """The client that a call makes or gives back."""
        known = client_class(self.names.dotted(call.function))
        if known:
            return self._made_client(known, call, scope)
        if steps < _MAX_STEPS and is_wrapper("".join(call.function.names[-1:])):
            inner = call.argument("client") or call.positional(0) or _object(call.function)
            return self._client(Placed(inner, scope), steps + 1) if inner else None
        return self._given_back(Placed(call.function, scope), steps)

    def _given_back(self, function: Placed, steps: int) -> _Client | None:
        """The client that a function of the program gives back, None where it may be one of several."""
        scope = self.names.function(function)
        if scope < 0 or steps >= _MAX_STEPS:
            return None
        if (scope, steps) not in self.given_back:
            self.given_back[scope, steps] = None
            clients = [self._client(given, steps + 1) for given in self.names.returned(scope)]
            if len({_told(client) for client in clients}) == 1:
                self.given_back[scope, steps] = clients[0]
        return self.given_back[scope, steps]

    def _answering_clients(self) -> Mapping[str, frozenset[str]]:
        answering: defaultdict[str, set[str]] = defaultdict(set)
        for placed in self.names.document.calls:
            known = client_class(self.names.dotted(placed.call.function))
            if known:
                client = self._made_client(known, placed.call, placed.scope)
                answering[known.format].add(_answerer(client))
        return {format_id: frozenset(names) for format_id, names in answering.items()}

    def _may_be_moved(self, format_id: str, placed: PlacedCall, model: str) -> bool:
        """Whether the program makes a client of this kind that calls another host than that of the
        vendor of the model, or sets one for all of them: nobody can tell which client a call has."""
        vendor = default_provider(model)
        if not vendor:
            return False
        others = self.answering.get(format_id, frozenset()) - {"", vendor}
        return bool(others) or self._as_set(_Client(), placed, model).base_url.given

    def _made_client(self, known: ClientClass, call: Call, scope: int) -> _Client:
        inner = call.argument(*known.inner)
        if inner is not None:
            return self._given_client(Placed(inner, scope))
        provider = self._chosen_provider(known.chosen_by, call, scope) or known.provider
        return self._configured(provider, call, scope, settings_of(known))

    def _module(self, path: Path) -> _Client | None:
        """A module that makes calls itself, as its attributes are set."""
        name = self.names.dotted(path)
        if name not in _MODULES:
            return None
        if self.names.is_set(*path.names, "api_type"):
            return _elsewhere(path)
        for attribute in BASE_URL:
            bound = self.names.attribute(*path.names, attribute)
            if bound:
                value = self.names.value(bound.expression, bound.scope)
                return _Client(_MODULES[name], value)
        return _Client(_MODULES[name])

    def _configured(
        self, provider: str, call: Call, scope: int, settings: ClientSettings
    ) -> _Client:
        host = host_of(call, scope, settings, self.names)
        credential = self.names.value(call.argument(*settings.credentials), scope)
        return _Client(provider, host.base_url, without_literal(credential), host.has_version)

    def _as_set(self, client: _Client, placed: PlacedCall, model: str) -> _Client:
        """A client that is told no base URL, with the one that the program sets for all calls."""
        if not self.set_urls or client.base_url.given:
            return client
        called = self.names.dotted(placed.call.function)
        owner = client.provider or default_provider(model)
        module = called.partition(".")[0] if function(called) else ""
        names = [f"{module}.{attribute}" for attribute in BASE_URL]
        names += [f"{ENVIRONMENT}.{f'{owner}_{ending}'.upper()}" for ending in BASE_URL]
        urls = (self.set_urls.get(name, ABSENT) for name in names)
        url = next((url for url in urls if url.given), ABSENT)
        return replace(client, base_url=url) if url.given else client

    def _with_own(self, client: _Client, placed: PlacedCall) -> _Client:
        """A client, with what the call itself says of host and credential."""
        call, scope = placed.call, placed.scope
        base_url = self.names.value(call.argument(*BASE_URL), scope)
        credential = self.names.value(call.argument(*CREDENTIALS), scope)
        return _Client(
            client.provider,
            base_url if base_url.given else client.base_url,
            without_literal(credential) if credential.given else client.credential,
            client.has_version and not base_url.given,
            client.made_elsewhere and not base_url.given,
        )


def _told_later(document: CodeDocument) -> frozenset[str]:
    calls = (placed.call for placed in document.calls)
    later = (call for call in calls if tells_model_later("".join(call.function.names[-1:])))
    return frozenset(argument.name for call in later for argument in call.arguments)


def _named(family: Family) -> _Chosen:
    told = FamilySource.DEFAULT if family is Family.AUTO else FamilySource.CALL_NAME
    return _Chosen(family, told)


def _without_steps(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in _STEPS)


def _receiver(path: Path, ending: Method) -> Expression | None:
    """What a method is called on."""
    names = _without_steps(path.names)[: -len(ending.end)]
    return Path(names, path.span, path.base) if names else path.base


def _model_of(call: Call, names: tuple[str, ...], position: int) -> Expression | None:
    """The argument that names the model: one of these names, or the one at `position`, -1 for none."""
    model = call.argument(*names)
    return call.positional(position) if model is None and position >= 0 else model


def _object(path: Path) -> Expression | None:
    names = path.names[:-1]
    return Path(names, path.span, path.base) if names else path.base


def _elsewhere(expression: Expression) -> _Client:
    """A client that is made where nobody can read it."""
    return _Client(base_url=unknown_url(expression), made_elsewhere=True)


def _answerer(client: _Client) -> str:
    """The name of who answers a client's calls, the base URL of a host that no provider row knows."""
    url = client.base_url.literal
    if url:
        known = provider_of_url(url)
        return known.name if known else url
    return SOMEONE.raw if client.base_url.given and not _is_cloud(client) else client.provider


def _told(client: _Client | None) -> tuple[str, ...]:
    """What tells a client from another one, wherever they are made; nothing for none."""
    return (client.provider, client.base_url.kind, client.base_url.raw) if client else ()


def _site(found: _Found, helpers: Helpers, source: Source) -> CallSite:
    call = found.placed.call
    return CallSite(
        path=source.path,
        span=call.span,
        format=found.format,
        function=Located(call.function.text, call.function.span),
        family=found.chosen.family,
        model=found.model,
        model_origin=found.model_origin.span if found.model_origin else None,
        base_url=found.client.base_url,
        credential=found.client.credential,
        default_model=found.default_model,
        tools=found.tools,
        tries=found.placed.tries,
        helper_calls=tuple(helpers.calls_around(found.placed, found.model)),
        scope=source.scope,
    )


def _route(found: _Found, source: Source) -> Route:
    call, client = found.placed.call, found.client
    bridges = format_named(found.format).bridges
    if client.made_elsewhere:
        bridges |= _MAY_TRANSLATE
    shape = _shape(found)
    credential = client.credential
    return Route(
        format=found.format,
        path=source.path,
        pointer=(call.function.text,),
        span=call.span,
        kind=RouteKind.CALL,
        scope=source.scope,
        model=found.model,
        model_origin=found.model_origin.span if found.model_origin else None,
        model_default=found.model_default,
        provider=_provider(client),
        family=found.chosen.family,
        family_value=found.chosen.value,
        family_source=found.chosen.source,
        upstream_family=_upstream(found) if bridges else None,
        bridges=bridges,
        base_url=client.base_url,
        base_url_form=shape.form,
        appended_path=shape.appended or None,
        credentials=(Credential(CREDENTIALS[0], credential),) if credential.given else (),
        function_tools=found.tools,
        reasoning_effort=found.effort,
    )


def _shape(found: _Found) -> UrlShape:
    """How the base URL is taken: by the family of the call, else by whoever the library takes it for.

    Nobody knows of one that the version is chosen for.
    """
    if found.client.has_version:
        return UrlShape()
    if _is_cloud(found.client):
        return url_shape(found.format)
    drivers = (found.chosen.family or "", found.client.provider, _named_by_model(found))
    shapes = (url_shape(found.format, driver) for driver in drivers if driver)
    shape = next((shape for shape in shapes if shape.form), url_shape(found.format))
    return shape.for_url(found.client.base_url.raw)


def _named_by_model(found: _Found) -> str:
    """Who the prefix of a model names, where no argument names somebody else."""
    named, _, model = (found.model.literal or "").partition("/")
    told = found.placed.call.argument(_PROVIDER_ARGUMENT) is not None
    return named if model and not told else ""


def _provider(client: _Client) -> Value:
    """Who answers, as far as no readable base URL tells it; a cloud's client has no other host."""
    if client.base_url.literal:
        return ABSENT
    if client.made_elsewhere:
        return implied(client.provider) if client.provider else ABSENT
    if client.base_url.given and not _is_cloud(client):
        return SOMEONE
    return implied(client.provider) if client.provider else ABSENT


def _is_cloud(client: _Client) -> bool:
    provider = provider_named(client.provider)
    return provider is not None and provider.kind is ProviderKind.CLOUD


def _upstream(found: _Found) -> Family | None:
    """Where the LiteLLM library really sends a chat call; nobody knows of an unknown host."""
    base_url = found.client.base_url
    if not found.model.literal or (base_url.given and not base_url.literal):
        return None
    route = litellm_chat_route(found.model.literal)
    return route.family if route else None
