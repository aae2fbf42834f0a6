"""A route: where one model call goes, as one config tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from agentlint.facts.imported_name import ImportedName
from agentlint.facts.values.value import ABSENT, Value
from agentlint.findings import Confidence
from agentlint.knowledge.dead_routes import DeadKey, Disregard
from agentlint.knowledge.families import Family
from agentlint.knowledge.formats import UNKNOWN_SHAPE, UrlShape
from agentlint.text import Span

_LONGEST_QUOTED = 120


class FamilySource(StrEnum):
    """What told the endpoint family of a route."""

    DECLARED = "declared"
    PATH = "path"
    DRIVER = "driver"
    MODEL_PREFIX = "model_prefix"
    CALL_NAME = "call_name"
    DEFAULT = "default"
    NONE = "none"


_STATED = (FamilySource.DECLARED, FamilySource.PATH)


class ChosenFamily(Struct, frozen=True, omit_defaults=True):
    """The endpoint family of a route, None where nothing tells it; `source` is what told it, and `value`
    what its author wrote for it."""

    family: Family | None = None
    source: FamilySource = FamilySource.NONE
    value: Value = ABSENT

    @classmethod
    def by(cls, source: FamilySource, family: Family | None, value: Value = ABSENT) -> ChosenFamily:
        """What a source tells, which may be nothing."""
        return cls(family, source if family else FamilySource.NONE, value)


UNTOLD = ChosenFamily()
LEFT_OPEN = ChosenFamily(Family.AUTO, FamilySource.DEFAULT)
"""Whatever callers ask for, or the reader chooses by itself."""


class RouteKind(StrEnum):
    """What of a config a route stands for, which decides where a model ID belongs in it.

    `table`: a route table maps a name to it. `deployment`: a gateway's upstream. `alias`: one more
    name for other routes, which `Route.targets` names. `tool_default`: the setting by which a tool
    chooses its model. `menu`: one of the models that a tool offers its users. `agent_binding`: an
    agent, command or skill pins it. `ci_step`: a workflow step. `environment`: a variable. `call`: a
    call in code. `setting`: settings of a program of the team's own, which nobody calls by a name.
    """

    TABLE = "table"
    DEPLOYMENT = "deployment"
    ALIAS = "alias"
    TOOL_DEFAULT = "tool_default"
    MENU = "menu"
    AGENT_BINDING = "agent_binding"
    CI_STEP = "ci_step"
    ENVIRONMENT = "environment"
    CALL = "call"
    SETTING = "setting"

    @property
    def is_named_by_author(self) -> bool:
        """Whether such routes have the names that their author gives them."""
        return self in _NAMED_BY_AUTHOR


_NAMED_BY_AUTHOR = (RouteKind.TABLE, RouteKind.DEPLOYMENT, RouteKind.ALIAS)
_IN_TABLES = (RouteKind.TABLE, RouteKind.DEPLOYMENT)


class RouteScope(StrEnum):
    REPOSITORY = "repository"
    EXAMPLE = "example"
    CI = "ci"
    TEST = "test"

    @property
    def is_read(self) -> bool:
        """Whether a tool reads what stands there, and not people or tests alone."""
        return self in _READ


_READ = (RouteScope.REPOSITORY, RouteScope.CI)


class Credential(Struct, frozen=True):
    """`slot` is where it is used: `api_key`, `bearer`, `master_key`, `header:<name>` …"""

    slot: str
    value: Value


class Referring(Struct, frozen=True):
    """A further setting of the reader, by its key, whose whole value refers to a variable."""

    key: str
    value: Value


class Fallback(Struct, frozen=True):
    """`trigger` is what makes the reader turn to it: error, context_window, content_policy, default."""

    target: Value
    trigger: str


class Dead(Struct, frozen=True, omit_defaults=True):
    """Why its reader does not follow a route: the row of the `key` that is to blame, in words for this
    very route. Of routes that are dead together the one that `is_first` says why for all.
    """

    key: DeadKey
    is_first: bool = True


class Route(Struct, frozen=True, omit_defaults=True):
    """One way from a name to a model, with everything that decides whether it can work."""

    format: str
    path: str
    pointer: tuple[str, ...]
    """The key path in the document."""
    span: Span
    """The whole entry."""
    kind: RouteKind
    scope: RouteScope = RouteScope.REPOSITORY

    role: Value = ABSENT
    alias: Value = ABSENT
    label: Value = ABSENT
    """What its author calls an entry that no call can name."""
    other_names: tuple[Value, ...] = ()
    """Further names that it answers to."""
    names_elsewhere: bool = False
    """Whether the reader also knows names from outside the repository, a database for one."""
    targets: tuple[Value, ...] = ()
    """The names of the routes that an entry with no model of its own leads to."""

    model: Value = ABSENT
    """What is called, with its place where it is used."""
    model_origin: Span | None = None
    """Where a constant says the `model`."""
    model_default: Value = ABSENT
    """What is called where `model`, which only a run can tell, says none."""
    model_import: ImportedName | None = None
    """What a program imports as its model."""
    model_path: str = ""
    """The file that `model_origin` or `model_default` stands in, "" for the route's own."""
    base_model: Value = ABSENT
    """What a deployment name stands for, where the config says so."""
    in_reserve: bool = False
    """Whether the model is offered only where a list that the reader fetches stays empty."""
    is_given: bool = False
    """Whether calls of a function give it the model, by which that function may choose what it does."""

    provider: Value = ABSENT
    client_of: str = ""
    """The provider whose client a program declares the one to be that it is given, and that may still call
    another host; "" where nothing says so."""
    library: str = ""
    """The one whose own choice of client and endpoint holds for the call, which any module of the program
    may change for all of its calls; "" for a call that says it itself."""

    chosen_family: ChosenFamily = UNTOLD
    family_required: bool = False
    """Whether the format leaves the choice of a family to the author."""
    family_key: str = ""
    """How this author would write the key for the family, where that is not as the format has it."""
    upstream_family: Family | None = None
    """Where the reader really sends a chat call, if that is known."""
    bridges: frozenset[tuple[Family, Family]] = frozenset()
    """The (from, to) families that the reader translates by itself."""

    endpoint_path: Value = ABSENT
    base_url: Value = ABSENT
    url_shape: UrlShape = UNKNOWN_SHAPE
    """How the reader takes the base URL."""
    settings_path: str = ""
    """The file of settings in the checkout that a step names, where nothing else may say where it calls."""
    credentials: tuple[Credential, ...] = ()
    referring: tuple[Referring, ...] = ()
    expanded_by: str = ""
    """The format of the file whose reader expands the references, where that is not the reader of the
    route: what a pipeline hands to a program is the pipeline's to expand."""

    fallbacks: tuple[Fallback, ...] = ()
    function_tools: Value = ABSENT
    """What shows that calls carry function tools."""
    reasoning_effort: Value = ABSENT
    """That of the calls."""
    rationale: Value = ABSENT
    """Why the model was chosen."""
    verified_on: Value = ABSENT
    """When that was last checked."""
    dead: Dead | None = None
    """Why the reader does not follow the route; None for one that it follows."""
    confidence: Confidence = Confidence.HIGH
    """Low where the file could not be parsed and the route was picked from its lines."""

    @property
    def path_of_model(self) -> str:
        """The file that the text of the model stands in."""
        return self.model_path or self.path

    @property
    def in_example(self) -> bool:
        """Whether it is shown (a fence, a sample file) and not read by any tool."""
        return self.scope is RouteScope.EXAMPLE

    @property
    def in_table(self) -> bool:
        """Whether it stands in a route table or a gateway's config that the repository itself uses."""
        return self.kind in _IN_TABLES and self.scope is RouteScope.REPOSITORY

    @property
    def family(self) -> Family | None:
        """None where nothing tells it."""
        return self.chosen_family.family

    @property
    def family_value(self) -> Value:
        """What its author wrote for the family."""
        return self.chosen_family.value

    @property
    def states_family(self) -> bool:
        """Whether its author says the endpoint family, in a word for it or by a path."""
        return self.chosen_family.source in _STATED

    @property
    def effective(self) -> bool:
        """Whether its reader may follow it: of a route that only newer releases pass over, the file cannot
        tell who reads it."""
        return self.dead is None or self.dead.key.how is Disregard.SUPERSEDED

    @property
    def name(self) -> str:
        """The alias, role or label by which people know the route."""
        return self.alias.raw or self.role.raw or self.label.raw or "/".join(self.pointer)

    def owns(self, value: Value) -> bool:
        """Whether a value stands in the entry itself, and not around it where it holds for others too.

        Flat keys stand side by side, and name their route.
        """
        return value.span is not None and (len(self.pointer) == 1 or self.span.contains(value.span))

    @property
    def place(self) -> Span:
        """The best place to point at when nothing more exact is at fault."""
        named = (self.model, *self.targets, self.alias, self.role)
        return next((value.span for value in named if value.span), self.span)


def without_effect(route: Route, key: DeadKey, *, is_first: bool = True) -> Route:
    """The route as one that its reader does not follow, and why."""
    remedy = key.remedy.replace("{value}", _quoted(route.model))
    return replace(route, dead=Dead(replace(key, remedy=remedy), is_first))


def all_without_effect(routes: Iterable[Route], key: DeadKey) -> Iterator[Route]:
    """Routes that their reader passes over together: the first says why, which is told once for all."""
    for number, route in enumerate(routes):
        yield without_effect(route, key, is_first=number == 0)


def _quoted(model: Value) -> str:
    """A model as it is written, to be quoted in a sentence; `<model>` for what is none of one line."""
    raw = model.raw.strip()
    quotable = raw and raw.isprintable() and "`" not in raw and len(raw) <= _LONGEST_QUOTED
    return raw if quotable else "<model>"
