"""Environment variables that choose a model or a host, wherever they are set.

Variables with one prefix belong together: `OPENAI_MODEL`, `OPENAI_BASE_URL`, `OPENAI_API_KEY`. Who
reads them is not known, so neither is the protocol nor what becomes of a base URL: the libraries of
one vendor differ in that from language to language. A model goes to whom its prefix names, unless a
base URL beside it says otherwise: under another prefix, or in a block around or within its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from itertools import islice

from msgspec import Struct, field
from msgspec.structs import replace

from agentlint.facts.detectors.model_values import is_model_value
from agentlint.facts.detectors.secrets import credential_name, is_open
from agentlint.facts.route import FamilySource, Route, RouteKind, RouteScope
from agentlint.facts.source import Source
from agentlint.facts.tree import SOMEONE, credential, implied
from agentlint.facts.values.unfilled import is_unfilled_url
from agentlint.facts.values.value import ABSENT, Value, ValueKind
from agentlint.facts.variables.prefixes import (
    is_copilot,
    is_for_models,
    is_of_tool,
    is_purpose,
    is_role,
    provider_in,
)
from agentlint.facts.variables.setting import Setting
from agentlint.knowledge.agents import is_switch, moved_by
from agentlint.knowledge.families import family_of_path
from agentlint.knowledge.names import parse_model
from agentlint.knowledge.providers import Provider, ProviderKind, provider_named, provider_of_url
from agentlint.knowledge.served import default_provider
from agentlint.text import Pattern, Span

FORMAT = "environment"
_MOST_TELLING = 60
_ALL = "*"
_SLOTS = {
    "model": ("MODEL", "MODEL_ID", "MODEL_NAME"),
    "base_url": ("BASE_URL", "API_BASE", "API_BASE_URL", "ENDPOINT", "API_ENDPOINT"),
    "api_key": ("API_KEY",),
    "token": ("AUTH_TOKEN", "API_TOKEN"),
    "provider": ("PROVIDER",),
}
_OF_CREDENTIALS = ("api_key", "token")
_ANSWERING = ("base_url", "provider")
_SLOT = "|".join(
    f"(?P<{slot}>{'|'.join(sorted(ends, key=len, reverse=True))})" for slot, ends in _SLOTS.items()
)
_VARIABLE = Pattern(rf"(?:(?P<prefix>[A-Z][A-Z0-9_]{{0,80}}?)_)??(?:{_SLOT})")
# `OPENAI_MODEL_ASSISTANT`: one of several models of a prefix, and what it is for; `LLM_BASE_URL_2` belongs
# to `LLM_MODEL_2`.
_FOR_PURPOSE = Pattern(
    rf"(?:(?P<prefix>[A-Z][A-Z0-9_]{{0,80}}?)_)??(?:{_SLOT})"
    r"_(?P<purpose>[A-Z0-9]{1,20}(?:_[A-Z0-9]{1,20}){0,2})"
)


class _Said(Struct, frozen=True):
    """What the name of a variable says: its prefix, what it is (`model`, `base_url` ...), and which of
    several models of that prefix it tells of, "" for the only or first one."""

    prefix: str
    slot: str
    purpose: str = ""


def _said_by(name: str) -> _Said | None:
    named = _VARIABLE.fullmatch(name) or _FOR_PURPOSE.fullmatch(name)
    told = named.groupdict() if named else {}
    purpose = told.get("purpose", "")
    if not told or (purpose and not is_purpose(purpose)):
        return None
    return _Said(told["prefix"] or "", next(slot for slot in _SLOTS if told[slot]), purpose)


def are_to_be_filled_in(variables: tuple[Setting, ...]) -> bool:
    """Whether no route and no credential has a value yet: such a file is a template, whatever its name
    and whatever else it sets."""
    of_routes = [
        value
        for group in _groups(variables)
        if group.calls_models
        for slot, value in group.slots.items()
        if slot not in _OF_CREDENTIALS
    ]
    if not of_routes or not all(map(_is_to_be_filled_in, of_routes)):
        return False
    credentials = (known.value for known in variables if credential_name(known.name.value))
    return all(map(_is_unfilled_secret, credentials))


def _is_unfilled_secret(value: Value) -> bool:
    """Whether a credential is empty or a placeholder; of a literal that is one, no text is kept."""
    if value.kind is ValueKind.LITERAL:
        return value.raw != "" and is_open(value.raw)
    return value.kind in (ValueKind.PLACEHOLDER, ValueKind.ABSENT)


def _is_to_be_filled_in(value: Value) -> bool:
    return value.kind is ValueKind.PLACEHOLDER or is_unfilled_url(value.raw)


def variable_routes(
    variables: Iterable[Setting],
    pointer: tuple[str, ...],
    source: Source,
    scope: RouteScope,
    beside: Iterable[Setting] = (),
) -> Iterator[Route]:
    """The routes that variables tell; `pointer` is the key path of the block they stand in, and
    `beside` what blocks around and within it tell, the nearest first."""
    own = tuple(variables)
    block = _Block.of((*own, *beside))
    groups = _groups(own)
    for group in groups:
        if group.calls_models:
            route = _route(group, block, pointer, source, scope)
            yield replace(route, provider=block.moved_from(route.provider, group))


def answering(variables: Iterable[Setting]) -> Iterator[tuple[Setting, str]]:
    """Each variable that gives a model, and who answers for it beside all the others: a provider, SOMEONE
    where only a run can tell, "" where nobody is named and so its vendor does."""
    own = tuple(variables)
    block = _Block.of(own)
    for group in _groups_of_models(own):
        base_url = group.get("base_url")
        own_host = implied(_host(base_url)) if base_url.given else None
        yield group.first, (own_host or block.moved_from(block.provider(group), group)).raw


def key_routes(
    variables: Iterable[Setting],
    pointer: tuple[str, ...],
    source: Source,
    scope: RouteScope,
    dialects: Container[str],
) -> Iterator[Route]:
    """A route for each provider of which variables tell nothing but a key, where the key is a reference
    in one of `dialects`."""
    own = tuple(variables)
    block = _Block.of(own)
    for group in _groups(own):
        if not group.calls_models and group.is_for_models and group.key.dialect in dialects:
            yield _route(group, block, pointer, source, scope)


def telling_variables(variables: Iterable[Setting]) -> tuple[Setting, ...]:
    """Those that say which model is called, where or with what key: the first few of a block, which
    may be looked at for each of many others."""
    told = (variable for variable in variables if is_telling(variable.name.value))
    return tuple(islice(told, _MOST_TELLING))


def is_telling(name: str) -> bool:
    """Whether a variable of such a name may say which model is called, where or with what key."""
    return _said_by(name) is not None or is_switch(name)


class _Group(Struct):
    """The variables of one prefix, of each slot the first that is given. One that `is_further` is about
    one more model of the prefix, which is for its `purpose`, or is named by another word for the same."""

    prefix: str
    first: Setting
    slots: dict[str, Value] = field(default_factory=dict)
    purpose: str = ""
    is_further: bool = False

    @property
    def name(self) -> str:
        return self.first.name.value if self.is_further or not self.prefix else self.prefix

    def get(self, slot: str) -> Value:
        return self.slots.get(slot, ABSENT)

    @property
    def key(self) -> Value:
        return self.get("api_key") if self.get("api_key").given else self.get("token")

    @property
    def calls_models(self) -> bool:
        model, base_url = self.get("model"), self.get("base_url")
        if is_model_value(_text(model)):
            return True
        return self.is_for_models and (model.given or base_url.given)

    @property
    def is_for_models(self) -> bool:
        return is_for_models(self.prefix)

    @property
    def span(self) -> Span:
        """The first of the variables: they need not stand together."""
        start, value = self.first.name.span, self.first.value.span
        return Span(start.start, max(start.end, value.end if value else 0))

    @property
    def vendor(self) -> str:
        """Who serves the model where nobody says otherwise."""
        model = self.get("model")
        return default_provider(_text(model))

    @property
    def is_azure(self) -> bool:
        return "AZURE" in self.words

    @property
    def words(self) -> list[str]:
        return self.prefix.split("_")

    @property
    def is_host(self) -> bool:
        """Whether its base URL is where models are called."""
        url = self.get("base_url")
        told = self.calls_models or is_role(self.words) or self.provider.given
        return url.given and (told or _host(url) != SOMEONE.raw)

    @property
    def stated(self) -> Value:
        """Who answers by `LLM_PROVIDER`: nobody known for a word that no row has, such as `auto`."""
        value = self.get("provider")
        named = provider_named(value.literal or value.default or "")
        return implied(named.name) if named else SOMEONE if value.given else ABSENT

    @property
    def platform(self) -> Value:
        """The cloud in whose spelling the model stands: `us.anthropic.…-v1:0`, `…@20250514`."""
        model = self.get("model")
        named = provider_named(parse_model(_text(model)).platform or "")
        return implied(named.name) if named else ABSENT

    @property
    def names_weights(self) -> bool:
        """Whether the model is called as its weights are on Hugging Face (`Qwen/Qwen3-8B`), which loads a
        server of anybody's, and no vendor knows."""
        model = self.get("model")
        name = parse_model(_text(model)).id
        return "/" in name and name != name.lower()

    @property
    def named(self) -> Provider | None:
        """Who answers by the prefix, or by the purpose where that names more than a line of models:
        `LLM_MODEL_GROQ`."""
        by_purpose = provider_in(self.purpose.split("_"))
        if by_purpose and by_purpose.kind is not ProviderKind.VENDOR:
            return by_purpose
        return provider_in(self.words)

    @property
    def provider(self) -> Value:
        return implied(self.named.name) if self.named else ABSENT


class _Block(Struct, frozen=True):
    """Variables that are set together: `keyed` are the prefixes that have a key of their own, be it an
    empty one that everybody is to fill in, or by whose name a key of nobody's is given; `hosts` are those
    who answer at the base URLs, by the name of the provider that each is told for, "" for nobody's and
    `_ALL` for all of them. `shared` are those of them for which no model stands beside the base URL, and
    `own` those of each prefix. `moved` are the providers whose calls a switch of an agent takes to another
    one."""

    keyed: frozenset[str]
    hosts: dict[str, set[str]]
    shared: dict[str, set[str]]
    own: dict[str, str]
    in_azure: bool
    moved: dict[str, str]

    @classmethod
    def of(cls, variables: Iterable[Setting]) -> _Block:
        known = tuple(variables)
        keyed = (prefix for one in known if (prefix := _prefix_of_key(one)) is not None)
        groups = [
            group
            for group in _groups(known)
            if group.get("base_url").given and not group.is_further
        ]
        hosting = [group for group in groups if group.is_host]
        return cls(
            keyed=frozenset(keyed),
            hosts=_hosts(hosting),
            shared=_hosts(group for group in hosting if not group.get("model").given),
            own={group.prefix: _host(group.get("base_url")) for group in hosting},
            in_azure=any(group.is_azure for group in groups),
            moved=dict(
                moved
                for variable in known
                if (moved := moved_by(variable.name.value, variable.value.literal or ""))
            ),
        )

    def provider(self, group: _Group) -> Value:
        """Who answers the model of a group that has no base URL of its own."""
        if is_copilot(group.prefix):  # a product's own, where a key or a host stands beside it
            return SOMEONE if self.hosts or self.keyed else implied("github_copilot")
        if is_of_tool(group.words):
            return SOMEONE
        named, known = group.provider, group.named
        if known and not known.has_one_host:
            return named
        if known and known.kind is ProviderKind.VENDOR and group.names_weights:
            return SOMEONE
        stated = group.stated
        hosts = self._hosts_for(group, named) - {(named.literal or stated.literal) or group.vendor}
        if hosts:
            return implied(hosts.pop()) if named.given and len(hosts) == 1 else SOMEONE
        if group.platform.given:  # only it knows such an ID, whatever a prefix says
            return stated if stated.given else group.platform
        told = (named, stated, self._keeper(group))
        return next((value for value in told if value.given), ABSENT)

    def moved_from(self, provider: Value, group: _Group) -> Value:
        """Who answers in place of `provider`: Azure where a base URL of Azure stands beside OpenAI, for the
        one client that both name calls that, whose deployments are named as one likes; or whom a switch of
        an agent sends it to."""
        if self.in_azure and provider.literal == "openai":
            return implied("azure")
        named = provider.literal or ("" if group.get("base_url").given else group.vendor)
        return implied(self.moved[named]) if named in self.moved else provider

    def _hosts_for(self, group: _Group, named: Value) -> set[str]:
        """Where the model of a group may be called: with a key of its own, not at a host that another
        prefix has for another model (`CUSTOM_OPENAI_BASE_URL` beside `CUSTOM_OPENAI_MODEL`)."""
        if not named.given:
            stated = (
                group.stated
            )  # `LLM_PROVIDER=openai`: the host of another provider is not asked
            told_for = ("", stated.raw) if stated.given and stated != SOMEONE else (_ALL,)
            return set().union(*(self.hosts.get(name, set()) for name in told_for))
        if group.prefix not in self.keyed:
            return self.hosts.get(named.raw, set())
        own = self.own.get(group.prefix)
        return self.shared.get(named.raw, set()) | ({own} if own else set())

    def _keeper(self, group: _Group) -> Value:
        """Whose key a model is called with, where its prefix is nobody's that is known: the one of its own
        prefix, else of those beside it the only one.

        Of several, its vendor's, as long as the others are keys of vendors, who call no models but their
        own, or of who knows what (`STRIPE_API_KEY`); beside a reseller's, a cloud's or a gateway's nobody
        knows.
        """
        if group.prefix in self.keyed and not _is_nobodys(group.prefix):
            return _keeping(group.prefix)
        named = [prefix for prefix in self.keyed if not _is_nobodys(prefix)]
        if len(named) == len(self.keyed) == 1:
            return _keeping(named[0])
        known = [provider for prefix in named if (provider := provider_in(prefix.split("_")))]
        if any(provider.kind is not ProviderKind.VENDOR for provider in known):
            return SOMEONE
        may_be_vendors = group.vendor in {provider.name for provider in known}
        return ABSENT if may_be_vendors or len(named) < len(self.keyed) or not named else SOMEONE


def _prefix_of_key(variable: Setting) -> str | None:
    """The prefix of a variable that holds a key; of one that is nobody's by its name, the prefix of what
    it refers to (`LLM_API_KEY=${OPENROUTER_API_KEY}`). None for any other variable."""
    name = _VARIABLE.fullmatch(variable.name.value)
    if name is None or not name["api_key"]:
        return None
    prefix = name["prefix"] or ""
    meant = _VARIABLE.fullmatch(variable.value.ref or "") if _is_nobodys(prefix) else None
    return meant["prefix"] or prefix if meant and meant["api_key"] else prefix


def _is_nobodys(prefix: str) -> bool:
    return not prefix or is_role(prefix.split("_"))


def _keeping(prefix: str) -> Value:
    """Who is called with the key of a prefix that is not nobody's."""
    named = provider_in(prefix.split("_"))
    return implied(named.name) if named else SOMEONE


def _hosts(groups: Iterable[_Group]) -> dict[str, set[str]]:
    """Who answers at the base URLs of groups, by the provider that each is told for."""
    hosts: defaultdict[str, set[str]] = defaultdict(set)
    for group in groups:
        for told_for in (_ALL, group.provider.raw):
            hosts[told_for].add(_host(group.get("base_url")))
    return dict(hosts)


def _groups(variables: Iterable[Setting]) -> list[_Group]:
    """One of each prefix, then those of its further models: one of each name."""
    known = _Known.of(variables)
    further: dict[str, _Group] = {}
    for group in known.of_models():
        if group.is_further and is_model_value(_text(group.get("model"))):
            further.setdefault(group.first.name.value, group)
    return [*known.groups.values(), *further.values()]


def _groups_of_models(variables: Iterable[Setting]) -> Iterator[_Group]:
    """For each variable that gives a model the group of its prefix with that model, though another line
    may give the prefix another one."""
    for group in _Known.of(variables).of_models():
        if not group.purpose or is_model_value(_text(group.get("model"))):
            yield group


class _Known(Struct, frozen=True):
    """What is set, sorted by what the names say: of each prefix the group, and the name by which its model
    is given first; what is told of each of its purposes, and who answers for a purpose by any prefix; and
    all `models`."""

    groups: dict[str, _Group]
    named: dict[str, str]
    of_purposes: defaultdict[tuple[str, str], dict[str, Value]]
    answering: defaultdict[str, dict[str, Value]]
    models: list[tuple[_Said, Setting]]

    @classmethod
    def of(cls, variables: Iterable[Setting]) -> _Known:
        known = cls({}, {}, defaultdict(dict), defaultdict(dict), [])
        for variable in variables:
            said = _said_by(variable.name.value)
            if said and variable.value.given:
                known._add(said, variable)
        return known

    def _add(self, said: _Said, variable: Setting) -> None:
        if said.slot == "model":
            self.models.append((said, variable))
        if said.purpose:
            self.of_purposes[said.prefix, said.purpose].setdefault(said.slot, variable.value)
            if said.slot in _ANSWERING:
                self.answering[said.purpose].setdefault(said.slot, variable.value)
            return
        if said.slot == "model":
            self.named.setdefault(said.prefix, variable.name.value)
        group = self.groups.setdefault(said.prefix, _Group(said.prefix, variable))
        group.slots.setdefault(said.slot, variable.value)

    def of_models(self) -> Iterator[_Group]:
        """A group for each variable that gives a model. For a purpose a prefix tells nothing but who
        answers its models: its host is everybody's, or its own model's."""
        for said, variable in self.models:
            model, group = {"model": variable.value}, self.groups.get(said.prefix)
            if said.purpose:
                stated = {"provider": group.get("provider")} if group else {}
                own = self.of_purposes[said.prefix, said.purpose]
                slots = {**stated, **self.answering[said.purpose], **own, **model}
                yield _Group(said.prefix, variable, slots, said.purpose, is_further=True)
            elif group:
                is_further = variable.name.value != self.named[said.prefix]
                slots = {**group.slots, **model}
                yield _Group(said.prefix, variable, slots, is_further=is_further)


def _text(model: Value) -> str:
    return model.literal or model.default or ""


def _host(base_url: Value) -> str:
    """Who answers at a base URL, as far as it or its default tells."""
    known = provider_of_url(base_url.literal or base_url.default or "")
    return known.name if known else SOMEONE.raw


def _route(
    group: _Group, block: _Block, pointer: tuple[str, ...], source: Source, scope: RouteScope
) -> Route:
    base_url = group.get("base_url")
    key = group.key
    family = family_of_path(base_url.literal or base_url.default or "")
    return Route(
        format=FORMAT,
        path=source.path,
        pointer=(*pointer, group.name),
        span=group.span,
        kind=RouteKind.ENVIRONMENT,
        scope=scope,
        model=group.get("model"),
        provider=ABSENT if base_url.given else block.provider(group),
        family=family,
        family_source=FamilySource.PATH if family else FamilySource.NONE,
        base_url=base_url,
        credentials=credential("api_key", key),
    )
