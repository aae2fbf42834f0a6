"""The engine of an agentic workflow of GitHub, its model and the variables that it is given, in the front
matter of the Markdown that `gh aw compile` makes a workflow of.

A `model` at the top comes before the one of the engine, and a word that gh-aw or the workflow has for a
line of models is none of them. Keys: https://github.github.com/gh-aw/reference/frontmatter/,
https://github.github.com/gh-aw/reference/engines/,
https://github.github.com/gh-aw/specs/model-alias-specification/.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Mapping, Node, Scalar, Sequence
from agentlint.facts.pipelines.script_routes import literal_switch
from agentlint.facts.route import ChosenFamily, FamilySource, Route, RouteKind, RouteScope
from agentlint.facts.setting import Setting
from agentlint.facts.source import Source
from agentlint.facts.tools.model_words import aliases_like_ids
from agentlint.facts.tree import SOMEONE, at, entries, implied
from agentlint.facts.values.value import ABSENT, Value, ValueKind, classified
from agentlint.facts.variables.routes import telling_variables, variable_routes
from agentlint.facts.variables.settings import settings
from agentlint.knowledge.agents import find_program

FORMAT, AGENTIC_WORKFLOW = "gh-aw", "agentic-workflow"
_DEFAULT_ENGINE = "copilot"
# The innermost last, as it counts.
_BLOCKS = (("env",), ("engine", "env"))
_MODELS = (("model",), ("engine", "model"))
# What sends the engine to another host than its own, or is another program.
_ELSEWHERE = ("api-target", "provider", "command", "driver")
_OWN_PROVIDER = "COPILOT_PROVIDER_"


def routes(root: Node, source: Source) -> Iterator[Route]:
    """The route of the engine where a model is named for it, then what its variables tell."""
    shown = source.scope is RouteScope.EXAMPLE
    if source.format != AGENTIC_WORKFLOW or shown or not isinstance(root, Mapping):
        return
    workflow = _Workflow(root, source)
    engine = workflow.engine_route()
    if engine:
        yield engine
    used = engine.base_url.span if engine else None
    for route in workflow.variable_routes():
        if used is None or route.base_url.span != used:
            yield route


class _Workflow(Struct, frozen=True):
    root: Mapping
    source: Source

    def engine_route(self) -> Route | None:
        """The call of the engine; None where a variable of the repository, or a router, has its model."""
        if at(self.root, "engine", "model-routing") is not None:
            return None
        pointer = next((keys for keys in _MODELS if _given(at(self.root, *keys))), None)
        node = at(self.root, *pointer) if pointer else None
        if pointer is None or not isinstance(node, Scalar):
            return None
        model = self._meant(_without_parameters(node))
        route = Route(
            format=FORMAT,
            path=self.source.path,
            pointer=pointer,
            span=self.root.span,
            kind=RouteKind.CI_STEP,
            scope=self.source.pipeline_scope,
            model=model,
            expanded_by=AGENTIC_WORKFLOW,
        )
        return self._called(route)

    def variable_routes(self) -> Iterator[Route]:
        blocks = {pointer: settings(at(self.root, *pointer)) for pointer in _BLOCKS}
        for pointer, variables in blocks.items():
            others = (block for other, block in blocks.items() if other != pointer)
            beside = tuple(v for block in others for v in telling_variables(block))
            for route in variable_routes(
                variables, pointer, self.source, self.source.pipeline_scope, beside
            ):
                model = self._meant(route.model)
                yield replace(route, model=model, expanded_by=AGENTIC_WORKFLOW)

    def _called(self, route: Route) -> Route:
        """The route with whom the engine calls; a provider before the model names them itself."""
        program = find_program(self._engine())
        if program is None or self._may_be_sent_elsewhere():
            return replace(route, provider=SOMEONE)
        upstream = program.upstream(lambda one: literal_switch(self._variable(one.switch)))
        known = upstream or program.direct
        base_url = self._variable(known.base_url)
        provider = implied(known.provider) if upstream and known.provider else SOMEONE
        return replace(
            route,
            chosen_family=ChosenFamily.by(FamilySource.DRIVER, known.family),
            provider=ABSENT if base_url.given or "/" in route.model.raw else provider,
            base_url=base_url,
        )

    def _engine(self) -> str:
        """The name of the engine: Copilot where nothing is said."""
        named = (("engine",), ("engine", "id"), ("engine", "runtime", "id"))
        nodes = (at(self.root, *keys) for keys in named)
        return next((n.text for n in nodes if isinstance(n, Scalar) and _given(n)), _DEFAULT_ENGINE)

    def _may_be_sent_elsewhere(self) -> bool:
        engine = at(self.root, "engine")
        if isinstance(engine, Mapping) and any(key in engine for key in _ELSEWHERE):
            return True
        return any(one.name.value.startswith(_OWN_PROVIDER) for one in self._variables())

    def _variables(self) -> Iterator[Setting]:
        for pointer in _BLOCKS:
            yield from settings(at(self.root, *pointer))

    def _variable(self, name: str) -> Value:
        found = [one.value for one in self._variables() if name and one.name.value == name]
        return found[-1] if found else ABSENT

    def _meant(self, model: Value) -> Value:
        """A model, without what an alias that is spelled like an ID would tell: only the run knows which of
        the line that is."""
        own = {e.key.text for e in entries(self.root, "models") if isinstance(e.value, Sequence)}
        aliases = own | aliases_like_ids(FORMAT)
        if model.literal and model.literal.strip().lower() in aliases:
            return replace(model, kind=ValueKind.TEMPLATE)
        if model.default and model.default.strip().lower() in aliases:
            return replace(model, default=None)
        return model


def _given(node: Node | None) -> bool:
    return isinstance(node, Scalar) and bool(node.text.strip())


def _without_parameters(node: Scalar) -> Value:
    """The model of `opus?effort=high`."""
    value = classified(node.text, node.span)
    if value.literal is None or "?" not in node.text:
        return value
    region = node.region.cut(0, node.text.index("?"))
    return classified(region.text, region.span())
