"""Providers: who answers at a base URL, and whose models they serve under which rules."""

import re
from collections.abc import Mapping
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache, lru_cache

from msgspec import Struct

from agentlint.knowledge.data import typed_rows
from agentlint.text import Pattern

# https://docs.ollama.com/cloud: `gpt-oss:120b-cloud`
_AT_OLLAMAS_CLOUD = ("-cloud", ":cloud")


class ProviderKind(StrEnum):
    VENDOR = "vendor"
    CLOUD = "cloud"
    AGGREGATOR = "aggregator"
    GATEWAY = "gateway"
    LOCAL = "local"


class Conversion(StrEnum):
    """What becomes of a Responses-only model on a provider's chat route."""

    FAILS = "fails"
    WORKS = "works"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Provider(Struct, frozen=True, kw_only=True):
    """One row of `rules/data/providers.toml`. `vendor` is None where no single vendor's facts hold;
    `title` is the name for people, `lacks` names families that its own hosts do not answer, and
    `ambiguous` are those of its names that need not be about models. `programs` are names that are no
    prefix of IDs, and nobody else listens on `ports`."""

    name: str
    title: str
    kind: ProviderKind
    vendor: str | None = None
    chat_to_responses: Conversion = Conversion.NOT_APPLICABLE
    hosts: tuple[str, ...]
    names: tuple[str, ...]
    lacks: frozenset[str]
    ambiguous: frozenset[str]
    programs: frozenset[str]
    ports: tuple[int, ...]
    source: str
    verified_on: str

    @property
    def has_one_host(self) -> bool:
        """Whether it answers all its customers at one address, so that a base URL of one's own leads
        to somebody else. Clouds, gateways and local servers are called at one's own."""
        return self.kind in (ProviderKind.VENDOR, ProviderKind.AGGREGATOR)


_AUTHORITY = Pattern(
    r"\s{0,8}(?:[a-z][a-z0-9+.-]{0,20}://)?(?:[^/@\s]{0,400}@)?"
    r"(?P<host>\[[0-9a-f:]{2,45}\]|[^/:?#\s]{1,253})(?P<port>:\d{1,5})?(?P<path>[^?#\s]{0,400})",
    re.IGNORECASE,
)
_OWN_HOST = Pattern(
    r"10(?:\.[0-9]{1,3}){3}|192\.168(?:\.[0-9]{1,3}){2}|172\.(?:1[6-9]|2[0-9]|3[01])(?:\.[0-9]{1,3}){2}"
    r"|100\.(?:6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])(?:\.[0-9]{1,3}){2}|f[cd][0-9a-f]{2}:[0-9a-f:]{1,40}"
    r"|[a-z][a-z0-9_-]{0,62}"
)


def provider_of_url(url: str) -> Provider | None:
    """Who answers at `url`, or None for a host that no row names, a template or no URL at all."""
    parts = _AUTHORITY.match(url)
    if parts is None:
        return None
    return _provider_at(parts["host"].lower().strip("[]."), parts["path"].lower())


@lru_cache(4096)
def _provider_at(host: str, path: str) -> Provider | None:
    for pattern, provider in _host_patterns():
        if _covers(pattern, host, path):
            return provider
    return None


def host_of_url(url: str) -> str | None:
    """The host of `url` in lower case, without user, password and port."""
    parts = _AUTHORITY.match(url)
    return parts["host"].lower().strip("[].") if parts else None


def is_own_network(url: str) -> bool:
    """Whether `url` leads to a host that only a network of one's own knows: an address that nobody else
    can call (RFC 1918, RFC 6598, RFC 4193), or a name without a dot, as containers have."""
    host = host_of_url(url) if "://" in url else None
    return host is not None and _OWN_HOST.fullmatch(host) is not None


def is_at_own_server(url: str) -> bool:
    """Whether a server of one's own answers at `url`, on this machine or in one's own network."""
    return is_own_network(url) or is_local(provider_of_url(url))


def is_local(provider: Provider | None) -> bool:
    """Whether a provider is a program that people run themselves."""
    return provider is not None and provider.kind is ProviderKind.LOCAL


def is_own_program(name: str) -> bool:
    """Whether tools call a program so that people run themselves: `ollama`, `llama.cpp` ..."""
    return is_local(provider_named(name)) or name in _own_programs()


def is_at_port_of_models(url: str) -> bool:
    """Whether `url` names a port on which nothing but a server of models listens."""
    return authority_of_url(url).endswith(_ports_of_models())


def is_in_ollamas_cloud(model_id: str) -> bool:
    """Whether Ollama calls a model in its cloud, and does not run it on this machine."""
    return model_id.endswith(_AT_OLLAMAS_CLOUD)


def authority_of_url(url: str) -> str:
    """The host of a full `url` and its port, in lower case and without a user; "" for other text."""
    parts = _AUTHORITY.match(url) if "://" in url else None
    return f"{parts['host']}{parts['port'] or ''}".lower() if parts else ""


def provider_named(name: str) -> Provider | None:
    """The provider that tools call `name`, in any case: `azure_ai`, `github-copilot`, `x-ai` ..."""
    return _by_name().get(name.strip().lower())


def title_of(name: str) -> str:
    """The name for people of the provider `name`. One that is no row's own stays: `azure_ai` is more than
    Azure OpenAI."""
    known = provider_named(name)
    return known.title if known and known.name == name else name


def provider_of_prefix(prefix: str) -> Provider | None:
    """Who serves an ID written behind `prefix`; the outermost of several decides."""
    for name in re.split(r"::|[/:]", prefix):
        provider = provider_named(name) if name else None
        if provider is not None:
            return provider
    return None


def vendor_provider(vendor: str) -> Provider | None:
    """The provider where a vendor serves its own models."""
    for provider in all_providers():
        if provider.kind is ProviderKind.VENDOR and provider.vendor == vendor:
            return provider
    return None


@cache
def all_providers() -> tuple[Provider, ...]:
    return typed_rows("providers", "provider", Provider)


@cache
def _own_programs() -> frozenset[str]:
    return frozenset().union(*(one.programs for one in all_providers() if is_local(one)))


@cache
def _ports_of_models() -> tuple[str, ...]:
    return tuple(f":{port}" for provider in all_providers() for port in provider.ports)


@cache
def _by_name() -> Mapping[str, Provider]:
    return {
        name: provider
        for provider in all_providers()
        for name in (provider.name, provider.name.replace("_", "-"), *provider.names)
    }


@cache
def _host_patterns() -> tuple[tuple[str, Provider], ...]:
    """Host patterns, the longest first: the one that spells out most of a URL speaks for it."""
    patterns = [(host, provider) for provider in all_providers() for host in provider.hosts]
    return tuple(sorted(patterns, key=lambda pair: -len(pair[0])))


def _covers(pattern: str, host: str, path: str) -> bool:
    name, _, folder = pattern.partition("/")
    if folder and not f"{path}/".startswith(f"/{folder}/"):
        return False
    return fnmatchcase(host, name)
