"""Which calls of a program call a model, and what they say of model, host and credential."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents.code import (
    Call,
    CodeDocument,
    Dictionary,
    Expression,
    Listing,
    Path,
    PlacedCall,
    Unread,
)
from agentlint.facts.programs.argument_values import constant_of, read_value
from agentlint.facts.programs.bindings import Placed
from agentlint.facts.programs.callers import Given
from agentlint.facts.programs.clients import Client, Clients
from agentlint.facts.programs.code_defaults import defaults_of
from agentlint.facts.programs.code_imports import imported_name
from agentlint.facts.programs.code_names import Names
from agentlint.facts.programs.http_requests import http_request
from agentlint.facts.programs.model_call import ModelCall
from agentlint.facts.programs.passed_calls import written_out
from agentlint.facts.route import ChosenFamily, FamilySource
from agentlint.facts.tree import SOMEONE
from agentlint.facts.values.value import ABSENT, Value, ValueKind, value_of
from agentlint.knowledge.families import Family
from agentlint.knowledge.python_calls import (
    Method,
    ModelClass,
    function,
    methods,
    model_class,
    tells_model_later,
)
from agentlint.knowledge.served import default_provider

# Steps in a call's name that change nothing of where it goes.
_STEPS = frozenset({"aio", "beta", "with_raw_response", "with_streaming_response"})
_TOOLS = ("tools", "functions")
_HTTP = "python-http"


class CallReader(Struct, frozen=True):
    """`told_later` are the keywords of the calls by which objects that were made before may get
    their model."""

    names: Names
    clients: Clients
    told_later: frozenset[str]

    @classmethod
    def of(cls, names: Names) -> CallReader:
        return cls(names, Clients(names), _later_arguments(names.document))

    def with_given(self, given: Given) -> CallReader:
        """The same, where functions are given these."""
        names = self.names.with_given(given)
        return replace(self, names=names, clients=self.clients.with_given(names))

    def read(self, placed: PlacedCall) -> ModelCall | None:
        placed = written_out(placed, self.names)
        name = self.names.dotted(placed.call.function)
        made = model_class(name)
        if made:
            return self._made(placed, made)
        called = function(name)
        if called:
            client = self.clients.configured_by(called.configured_by, called.provider)
            client = self.clients.named_by(called.provider_arguments, client, placed)
            client = self.clients.with_own(client, placed)
            model = _model_of(placed.call, ("model",), called.position)
            return self._found(placed, called.format, _chosen_by_name(called.family), client, model)
        endings = methods(_without_steps(placed.call.function.names))
        return self._method(placed, endings) if endings else self._sent(placed)

    def _method(self, placed: PlacedCall, endings: Sequence[Method]) -> ModelCall | None:
        """What is called on a client: the method of its own library, else one that any may have."""
        receiver = _receiver(placed.call.function, endings[0])
        client = self.clients.find(Placed(receiver, placed.scope)) if receiver else None
        if receiver is None:
            return None
        client, is_made = client or self.clients.given(Placed(receiver, placed.scope)), bool(client)
        own = [ending for ending in endings if ending.format == client.format]
        ending = next(iter(own or (e for e in endings if not e.on_own_client)), None)
        if ending is None or not (is_made or ending.told_by_name or placed.call.argument("model")):
            return None
        client = self.clients.with_own(client, placed)
        names_model = ending.engine and self.clients.is_of_provider(client, receiver, placed.call)
        engine = placed.call.argument(ending.engine) if names_model else None
        model = _model_of(placed.call, ("model",), ending.position) or engine
        return self._found(placed, ending.format, _chosen_by_name(ending.family), client, model)

    def _sent(self, placed: PlacedCall) -> ModelCall | None:
        """What the program calls over HTTP by itself."""
        request = http_request(placed, self.names)
        if request is None:
            return None
        chosen = ChosenFamily(request.family, FamilySource.PATH)
        return self._found(request.placed, _HTTP, chosen, Client(base_url=request.url))

    def _made(self, placed: PlacedCall, made: ModelClass) -> ModelCall | None:
        call = placed.call
        model = _model_of(call, made.model, made.position)
        if model is None and made.held_in:
            return None
        value = read_value(self.names, model, placed.scope)
        named = value.literal or value.default or ""
        may_be_object = made.takes_objects and not named
        if may_be_object and imported_name(self.names, model, placed.scope) is None:
            return None
        chosen = self._chosen(made, value, placed)
        client = self.clients.of_model_class(made, placed)
        if not made.is_of_provider(named):
            answers = default_provider(made.passed_on(named)) or SOMEONE.raw
            chosen, client = _chosen_by_name(Family.AUTO), replace(client, provider=answers)
        found = self._found(placed, made.format, chosen, client, model)
        if made.overridable:
            found = replace(found, library=made.overridable)
        if may_be_object:
            # Nobody knows of which provider's model the program sets the address.
            if self.clients.program.set_urls and not client.provider:
                return None
            return replace(found, possibly=self.names.dotted(call.function))
        unsaid = model is None and not call.open and self.told_later.isdisjoint(made.model)
        return replace(found, default_model=made.default_model) if unsaid else found

    def _found(
        self,
        placed: PlacedCall,
        format_id: str,
        chosen: ChosenFamily,
        client: Client,
        model: Expression | None = None,
    ) -> ModelCall:
        call, scope = placed.call, placed.scope
        model = model or call.argument("model")
        value = read_value(self.names, model, scope)
        texts = () if value.literal else map(value_of, defaults_of(self.names, model, scope))
        defaults = tuple(dict.fromkeys(text for text in texts if text.given))
        named = [value.literal or value.default, *(default.literal for default in defaults)]
        for name in list(filter(None, named)) or [""]:
            client = self.clients.as_called(client, format_id, placed, name)
        return ModelCall(
            placed=placed,
            format=format_id,
            chosen=chosen,
            client=client,
            model=value,
            model_defaults=defaults,
            model_import=None if any(named) else imported_name(self.names, model, scope),
            model_origin=constant_of(self.names, model, scope),
            tools=self._tools(call.argument(*_TOOLS), scope),
            effort=read_value(self.names, call.argument("reasoning_effort"), scope),
            argument=model,
        )

    def _tools(self, argument: Expression | None, scope: int) -> Value:
        resolved = self.names.resolve(Placed(argument, scope)) if argument else None
        if argument is None or (
            resolved and isinstance(resolved.expression, Unread) and resolved.expression.empty
        ):
            return ABSENT
        if resolved and isinstance(resolved.expression, (Unread, Dictionary, Listing)):
            return Value(_TOOLS[0], ValueKind.LITERAL, argument.span)
        return read_value(self.names, argument, scope)

    def _chosen(self, made: ModelClass, model: Value, placed: PlacedCall) -> ChosenFamily:
        if made.switch:
            switch = read_value(
                self.names, placed.call.argument(made.switch.argument), placed.scope
            )
            if switch.given:
                family = {"True": made.switch.on, "False": made.switch.off}.get(switch.raw)
                return ChosenFamily(family, FamilySource.DECLARED, switch)
        prefix = (model.literal or model.default or "").partition(":")[0]
        if prefix in made.prefixes:
            return ChosenFamily(made.prefixes[prefix], FamilySource.MODEL_PREFIX)
        return _chosen_by_name(made.family)


def _later_arguments(document: CodeDocument) -> frozenset[str]:
    calls = (placed.call for placed in document.calls)
    later = (call for call in calls if tells_model_later(call.function.last))
    return frozenset(argument.name for call in later for argument in call.arguments)


def _chosen_by_name(family: Family) -> ChosenFamily:
    source = FamilySource.DEFAULT if family is Family.AUTO else FamilySource.CALL_NAME
    return ChosenFamily(family, source)


def _without_steps(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in _STEPS)


def _receiver(path: Path, ending: Method) -> Expression | None:
    """What a method is called on."""
    return path.with_names(_without_steps(path.names)[: -len(ending.end)])


def _model_of(call: Call, names: tuple[str, ...], position: int) -> Expression | None:
    """The argument that names the model: one of these names, or the one at `position`, -1 for none."""
    model = call.argument(*names)
    return call.positional(position) if model is None and position >= 0 else model
