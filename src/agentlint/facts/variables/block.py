"""Variables that are set together: who answers for a model of one group, as far as all of them tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

from agentlint.facts.setting import Setting
from agentlint.facts.tree import SOMEONE, implied
from agentlint.facts.values.value import ABSENT, Value
from agentlint.facts.variables.groups import Group, groups_of, key_prefix
from agentlint.facts.variables.prefixes import is_copilot, is_of_tool, is_role, provider_in
from agentlint.knowledge.agents import moved_by
from agentlint.knowledge.providers import ProviderKind

_ALL = "*"
_LIST = "_MODELS"


class Block(Struct, frozen=True):
    """Variables that are set together: `keyed` are the prefixes that have a key of their own, be it an
    empty one that everybody is to fill in, or by whose name a key of nobody's is given; `hosts` are those
    who answer at the base URLs, by the name of the provider that each is told for, "" for nobody's and
    `_ALL` for all of them, and `hosting` the groups with these base URLs. `listing` are the prefixes with a
    list of models. `moved` are the providers whose calls a switch of an agent takes to another one."""

    keyed: frozenset[str]
    hosts: dict[str, set[str]]
    hosting: tuple[Group, ...]
    listing: frozenset[str]
    in_azure: bool
    moved: dict[str, str]

    @classmethod
    def of(cls, variables: Iterable[Setting]) -> Block:
        known = tuple(variables)
        keyed = (prefix for one in known if (prefix := _prefix_of_key(one)) is not None)
        groups = [
            group
            for group in groups_of(known)
            if group.get("base_url").given and not group.is_further
        ]
        hosting = tuple(group for group in groups if group.is_host)
        return cls(
            keyed=frozenset(keyed),
            hosts=_hosts(hosting),
            hosting=hosting,
            listing=frozenset(_prefixes_of_lists(known)),
            in_azure=any(group.is_azure for group in groups),
            moved=dict(
                moved
                for variable in known
                if (moved := moved_by(variable.name.value, variable.value.literal or ""))
            ),
        )

    def provider(self, group: Group) -> Value:
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
        candidates = (named, stated, self._keeper(group))
        return next((value for value in candidates if value.given), ABSENT)

    def moved_from(self, provider: Value, group: Group) -> Value:
        """Who answers in place of `provider`: Azure where a base URL of Azure stands beside OpenAI, for the
        one client that both name calls that, whose deployments are named as one likes; or whom a switch of
        an agent sends it to."""
        if self.in_azure and provider.literal == "openai":
            return implied("azure")
        named = provider.literal or ("" if group.get("base_url").given else group.vendor)
        return implied(self.moved[named]) if named in self.moved else provider

    def _hosts_for(self, group: Group, named: Value) -> set[str]:
        """Where the model of a group may be called: with a key of its own, not at a host that another
        prefix has for another model (`CUSTOM_OPENAI_BASE_URL` beside `CUSTOM_OPENAI_MODEL`) or calls with
        another key."""
        if not named.given:
            # `LLM_PROVIDER=openai`: the host of another provider is not asked.
            stated = group.stated
            providers = ("", stated.raw) if stated.given and stated != SOMEONE else (_ALL,)
            return set().union(*(self.hosts.get(name, set()) for name in providers))
        if group.prefix not in self.keyed:
            return self.hosts.get(named.raw, set())
        return {
            other.host
            for other in self.hosting
            if other.prefix == group.prefix
            or (other.provider.raw == named.raw and not self._is_apart(other, group))
        }

    def _is_apart(self, host: Group, group: Group) -> bool:
        """Whether a base URL is for other models than that of a group, or is called with a key that is
        taken from elsewhere than the group's own. Two keys that everybody is to fill in may be one."""
        refs = {host.key.ref, group.key.ref}
        has_models = host.get("model").given or host.prefix in self.listing
        return has_models or (len(refs) > 1 and None not in refs)

    def _keeper(self, group: Group) -> Value:
        """Whose key a model is called with, where its prefix is nobody's that is known: the one of its own
        prefix, else of those beside it the only one.

        Of several, its vendor's, as long as the others are keys of vendors, who call no models but their
        own, or of who knows what (`STRIPE_API_KEY`); beside a reseller's, a cloud's or a gateway's nobody
        knows.
        """
        if group.prefix in self.keyed and not _has_no_owner(group.prefix):
            return _keeping(group.prefix)
        named = [prefix for prefix in self.keyed if not _has_no_owner(prefix)]
        if len(named) == len(self.keyed) == 1:
            return _keeping(named[0])
        known = [provider for prefix in named if (provider := provider_in(prefix.split("_")))]
        if any(provider.kind is not ProviderKind.VENDOR for provider in known):
            return SOMEONE
        may_be_vendors = group.vendor in {provider.name for provider in known}
        return ABSENT if may_be_vendors or len(named) < len(self.keyed) or not named else SOMEONE


def _prefixes_of_lists(variables: Iterable[Setting]) -> Iterator[str]:
    """The prefixes of `LLM_ANTHROPIC_MODELS` and the like, where they list any."""
    for variable in variables:
        if variable.name.value.endswith(_LIST) and variable.value.given:
            yield variable.name.value.removesuffix(_LIST)


def _prefix_of_key(variable: Setting) -> str | None:
    """The prefix of a variable that holds a key; of one that is nobody's by its name, the prefix of what
    it refers to (`LLM_API_KEY=${OPENROUTER_API_KEY}`). None for any other variable."""
    prefix = key_prefix(variable.name.value)
    if prefix is None:
        return None
    return (_has_no_owner(prefix) and key_prefix(variable.value.ref or "")) or prefix


def _has_no_owner(prefix: str) -> bool:
    return not prefix or is_role(prefix.split("_"))


def _keeping(prefix: str) -> Value:
    """Who is called with the key of a prefix that is not nobody's."""
    named = provider_in(prefix.split("_"))
    return implied(named.name) if named else SOMEONE


def _hosts(groups: Iterable[Group]) -> dict[str, set[str]]:
    """Who answers at the base URLs of groups, by the provider that each is for."""
    hosts: defaultdict[str, set[str]] = defaultdict(set)
    for group in groups:
        for provider in (_ALL, group.provider.raw):
            hosts[provider].add(group.host)
    return dict(hosts)
