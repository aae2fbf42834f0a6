"""goose: recipes, and its own `config.yaml`.

A recipe says in `settings` which model runs it; what the desktop app saves has the recipe one level deeper.
A config names the provider that is active, and keeps a model for each. Older keys are those of the
environment, as are those for further tasks, which are called at the main provider where they have none. For
OpenAI goose chooses between Responses and Chat Completions by the model's name, unless the path is another
than its own.
Keys: https://github.com/block/goose, documentation/docs/guides/recipes/recipe-reference.md (0abee5b556dd),
config-files.md (09f7063a8daf), crates/goose/src/config/providers.rs (9520d125c915), and
`should_use_responses_api` of crates/goose/src/providers/openai.rs.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Mapping, Node
from agentlint.facts.route import ChosenFamily, FamilySource, Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tree import at, first_given, implied, name_of, route_at, value_at
from agentlint.facts.values.value import ABSENT, Value, value_of
from agentlint.knowledge.families import family_of_path
from agentlint.knowledge.formats import driver_families

FORMAT = "goose"
_RECIPE_KEYS = ("instructions", "prompt", "title")
_MODEL, _PROVIDER = "goose_model", "goose_provider"
_CONFIG_KEYS = ("GOOSE_MODEL", "GOOSE_PROVIDER", "extensions")
# What further tasks are called in the names of their keys.
_TASKS = ("LEAD", "PLANNER")
_HOSTS = ("HOST", "BASE_URL", "ENDPOINT")
_OWN_PATH = "v1/chat/completions"
# Clouds that nobody else calls so.
_CLOUDS = {
    "aws_bedrock": implied("bedrock"),
    "gcp_vertex_ai": implied("vertex_ai"),
    "azure_openai": implied("azure"),
}


def routes(root: Node, source: Source) -> Iterator[Route]:
    """The model of a recipe, or those that a config chooses."""
    if isinstance(root, Mapping):
        within = ("recipe",) if at(root, "recipe", "settings") is not None else ()
        yield from _of_recipe(at(root, *within), within, source)
        if source.format == FORMAT or all(key in root for key in _CONFIG_KEYS):
            yield from _of_config(root, source)


def _of_recipe(recipe: Node | None, within: tuple[str, ...], source: Source) -> Iterator[Route]:
    settings = at(recipe, "settings")
    model = value_at(settings, _MODEL)
    if not isinstance(recipe, Mapping) or settings is None or not model.given:
        return
    if any(key in recipe for key in _RECIPE_KEYS):
        pointer = (*within, "settings", _MODEL)
        route = route_at(FORMAT, pointer, settings, RouteKind.AGENT_BINDING, source)
        named = replace(route, role=name_of(recipe.get("title")), model=model)
        yield _Provider(value_at(settings, _PROVIDER)).upstream(named)


def _of_config(root: Mapping, source: Source) -> Iterator[Route]:
    main = first_given(value_at(root, "active_provider"), value_at(root, "GOOSE_PROVIDER"))
    kept = ("providers", main.raw, "model")
    pointer = kept if value_at(root, *kept).given else ("GOOSE_MODEL",)
    yield from _choice(pointer, main, root, source)
    for task in _TASKS:
        own = value_at(root, f"GOOSE_{task}_PROVIDER")
        yield from _choice((f"GOOSE_{task}_MODEL",), first_given(own, main), root, source)


def _choice(
    pointer: tuple[str, ...], provider: Value, root: Mapping, source: Source
) -> Iterator[Route]:
    node = at(root, *pointer)
    model = value_of(node)
    if node is not None and model.given:
        route = route_at(FORMAT, pointer, node, RouteKind.TOOL_DEFAULT, source)
        yield _Provider(provider, root).upstream(replace(route, model=model))


class _Provider(Struct, frozen=True):
    """Who answers, by goose's own word, and the config that may say where that is."""

    word: Value
    config: Mapping | None = None

    def upstream(self, route: Route) -> Route:
        return replace(
            route,
            provider=_CLOUDS.get(self.word.raw, self.word),
            chosen_family=self._family(),
            base_url=first_given(*map(self._setting, _HOSTS)),
        )

    def _family(self) -> ChosenFamily:
        path = self._setting("BASE_PATH").raw.strip("/")
        if path and path != _OWN_PATH:
            return ChosenFamily.by(FamilySource.PATH, family_of_path(path))
        by_driver = driver_families(FORMAT, "provider").get(self.word.raw)
        return ChosenFamily.by(FamilySource.DRIVER, by_driver)

    def _setting(self, name: str) -> Value:
        return value_at(self.config, f"{self.word.raw.upper()}_{name}") if self.config else ABSENT
