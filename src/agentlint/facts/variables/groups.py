"""Variables sorted by what their names say: those of one prefix belong together, and each of several
models of a prefix makes a group of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from agentlint.facts.detectors.model_values import is_model_value
from agentlint.facts.setting import Setting
from agentlint.facts.tree import SOMEONE, implied
from agentlint.facts.values.value import ABSENT, Value
from agentlint.facts.variables.prefixes import is_for_models, is_purpose, is_role, provider_in
from agentlint.knowledge.names import parse_model
from agentlint.knowledge.providers import Provider, ProviderKind, provider_named, provider_of_url
from agentlint.knowledge.served import default_provider
from agentlint.text import Pattern, Span

_SLOTS = {
    "model": ("MODEL", "MODEL_ID", "MODEL_NAME"),
    "base_url": ("BASE_URL", "API_BASE", "API_BASE_URL", "ENDPOINT", "API_ENDPOINT"),
    "api_key": ("API_KEY",),
    "token": ("AUTH_TOKEN", "API_TOKEN"),
    "provider": ("PROVIDER",),
}
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


def names_slot(name: str) -> bool:
    """Whether a name is that of a model, of where it is called, of a key or of a provider."""
    return _said_by(name) is not None


def _said_by(name: str) -> _Said | None:
    named = _VARIABLE.fullmatch(name) or _FOR_PURPOSE.fullmatch(name)
    parts = named.groupdict() if named else {}
    purpose = parts.get("purpose", "")
    if not parts or (purpose and not is_purpose(purpose)):
        return None
    return _Said(parts["prefix"] or "", next(slot for slot in _SLOTS if parts[slot]), purpose)


def key_prefix(name: str) -> str | None:
    """The prefix of a variable that holds an API key by its name, "" where it is all of it; None for any
    other name."""
    said = _VARIABLE.fullmatch(name)
    return said["prefix"] or "" if said and said["api_key"] else None


class Group(Struct):
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
    def model(self) -> str:
        """The text of its model, or of the default of a reference to one; "" where it has none."""
        value = self.get("model")
        return value.literal or value.default or ""

    @property
    def host(self) -> str:
        """Who answers at its base URL, as far as that or its default tells."""
        base_url = self.get("base_url")
        known = provider_of_url(base_url.literal or base_url.default or "")
        return known.name if known else SOMEONE.raw

    @property
    def key(self) -> Value:
        return self.get("api_key") if self.get("api_key").given else self.get("token")

    @property
    def calls_models(self) -> bool:
        if is_model_value(self.model):
            return True
        return self.is_for_models and (self.get("model").given or self.get("base_url").given)

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
        return default_provider(self.model)

    @property
    def is_azure(self) -> bool:
        return "AZURE" in self.words

    @property
    def words(self) -> list[str]:
        return self.prefix.split("_")

    @property
    def is_host(self) -> bool:
        """Whether its base URL is where models are called."""
        is_chosen = self.calls_models or is_role(self.words) or self.provider.given
        return self.get("base_url").given and (is_chosen or self.host != SOMEONE.raw)

    @property
    def stated(self) -> Value:
        """Who answers by `LLM_PROVIDER`: nobody known for a word that no row has, such as `auto`."""
        value = self.get("provider")
        named = provider_named(value.literal or value.default or "")
        return implied(named.name) if named else SOMEONE if value.given else ABSENT

    @property
    def platform(self) -> Value:
        """The cloud in whose spelling the model stands: `us.anthropic.…-v1:0`, `…@20250514`."""
        named = provider_named(parse_model(self.model).platform or "")
        return implied(named.name) if named else ABSENT

    @property
    def names_weights(self) -> bool:
        """Whether the model is called as its weights are on Hugging Face (`Qwen/Qwen3-8B`), which loads a
        server of anybody's, and no vendor knows."""
        name = parse_model(self.model).id
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


def groups_of(variables: Iterable[Setting]) -> list[Group]:
    """One of each prefix, then those of its further models: one of each name."""
    known = _Known.of(variables)
    further: dict[str, Group] = {}
    for group in known.of_models():
        if group.is_further and is_model_value(group.model):
            further.setdefault(group.first.name.value, group)
    return [*known.groups.values(), *further.values()]


def groups_of_models(variables: Iterable[Setting]) -> Iterator[Group]:
    """For each variable that gives a model the group of its prefix with that model, though another line
    may give the prefix another one."""
    for group in _Known.of(variables).of_models():
        if not group.purpose or is_model_value(group.model):
            yield group


class _Known(Struct, frozen=True):
    """What is set, sorted by what the names say: of each prefix the group, and the name by which its model
    is given first; what is told of each of its purposes, and who answers for a purpose by any prefix; and
    all `models`."""

    groups: dict[str, Group]
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
        group = self.groups.setdefault(said.prefix, Group(said.prefix, variable))
        group.slots.setdefault(said.slot, variable.value)

    def of_models(self) -> Iterator[Group]:
        """A group for each variable that gives a model. For a purpose a prefix tells nothing but who
        answers its models: its host is everybody's, or its own model's."""
        for said, variable in self.models:
            model, group = {"model": variable.value}, self.groups.get(said.prefix)
            if said.purpose:
                stated = {"provider": group.get("provider")} if group else {}
                own = self.of_purposes[said.prefix, said.purpose]
                slots = {**stated, **self.answering[said.purpose], **own, **model}
                yield Group(said.prefix, variable, slots, said.purpose, is_further=True)
            elif group:
                is_further = variable.name.value != self.named[said.prefix]
                slots = {**group.slots, **model}
                yield Group(said.prefix, variable, slots, is_further=is_further)
