"""Can this model answer on a chat route here? The one question whose answer may be an error."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from agentlint.findings import Severity
from agentlint.knowledge.catalogue import Catalogue
from agentlint.knowledge.data import rows
from agentlint.knowledge.families import Family, canonical_path
from agentlint.knowledge.litellm import RESPONSES_STEP, LitellmRoute, litellm_chat_route
from agentlint.knowledge.names import listed_model, parse_model
from agentlint.knowledge.providers import (
    Conversion,
    Provider,
    ProviderKind,
    provider_named,
    provider_of_url,
    vendor_provider,
)
from agentlint.knowledge.served import Certainty, Evidence, ServedFact, served_fact, where_served


class Verdict(Struct, frozen=True):
    """A chat route for a model that is served on Responses only.

    `severity` weighs how well the fact is attested against what is known of the provider. `reason`
    and `fix` are clauses of a message, without a full stop; `evidence` says since when it is known.
    `litellm_model` is the `litellm_params.model` that LiteLLM sends to Responses, "" for none.
    """

    model: str
    provider: str
    severity: Severity
    certainty: Certainty
    families: frozenset[Family]
    evidence: Evidence
    reason: str
    fix: str
    litellm_model: str = ""


class ToolsLimit(Struct, frozen=True):
    """A chat model that takes function tools on Responses only, at least while it reasons, which it does
    `by_default` or only where an effort is asked for."""

    model: str
    effort_none_helps: bool
    by_default: bool
    evidence: Evidence


def chat_verdict(
    provider: str | None,
    model: str,
    *,
    bridges: bool | None = None,
    catalogue: Catalogue | None = None,
) -> Verdict | None:
    """What is wrong with `model` on a route whose family is explicitly chat; None if nothing is.

    `provider` is a provider's name; None where no host is given, so that the model's prefix or
    vendor decides. A name that no row holds (a custom host) is never judged. `bridges` is what the
    project or the reader of the route says about conversion: True ends the matter, False makes an
    unverified gateway one that passes chat on.
    """
    if bridges or "*" in model:
        return None
    name = parse_model(model)
    where = where_served(provider, name)
    if where is None and bridges is False and name.vendor:
        where = vendor_provider(name.vendor)
    fact = served_fact(where, name, catalogue) if where else None
    if where is None or fact is None or not fact.responses_only:
        return None
    severity = _severity(where, fact, bridges)
    if severity is None:
        return None
    return _verdict(where, fact, severity, f"use `{canonical_path(Family.RESPONSES)}`")


def litellm_chat_verdict(
    model_param: str,
    *,
    mode: str | None = None,
    base_model: str | None = None,
    api_base: str | None = None,
    catalogue: Catalogue | None = None,
) -> Verdict | None:
    """`chat_verdict` for a LiteLLM deployment, which converts most such models by itself.

    `base_model` is `model_info.base_model`: it names what an Azure deployment serves. `api_base` is
    a literal URL or None.
    """
    route = litellm_chat_route(model_param, mode=mode, catalogue=catalogue)
    if route is None or route.family is not Family.CHAT_COMPLETIONS:
        return None
    where = provider_of_url(api_base) if api_base else provider_named(route.provider)
    if where is None or where.chat_to_responses is not Conversion.FAILS:
        return None
    name = parse_model(base_model or route.model)
    fact = served_fact(where, name, catalogue)
    if fact is None or not fact.responses_only:
        return None
    severity = Severity.INFO if fact.certainty is Certainty.DISPUTED else Severity.WARNING
    verdict = _verdict(where, fact, severity, _litellm_fix(route))
    return replace(verdict, litellm_model=_litellm_model(route))


def tools_limit(provider: str | None, model: str) -> ToolsLimit | None:
    """Whether a model takes function tools on Responses only, although it does take chat."""
    name = parse_model(model)
    where = where_served(provider, name)
    for row in rows("responses_only", "tools_limit"):
        listed = {listed_model(listed).key for listed in row["models"]}
        if where and where.name in row["providers"] and name.key in listed:
            evidence = Evidence(row["source"], row["verified_on"], seen=row["seen"])
            return ToolsLimit(name.base, row["effort_none"], row["reasons_by_default"], evidence)
    return None


def _severity(where: Provider, fact: ServedFact, bridges: bool | None) -> Severity | None:
    certain = fact.certainty is Certainty.CONFIRMED
    if fact.provider is not None or bridges is False:
        return Severity.ERROR if certain else Severity.INFO
    match where.chat_to_responses:
        case Conversion.FAILS:
            return Severity.ERROR if certain else Severity.INFO
        case Conversion.UNKNOWN:
            return Severity.INFO
        case Conversion.WORKS | Conversion.NOT_APPLICABLE:
            return None


def _litellm_fix(route: LitellmRoute) -> str:
    if route.provider not in ("openai", "azure"):
        return f"write `openai/{route.model}`"
    return f"write `{_litellm_model(route)}` or set `model_info.mode: responses`"


def _litellm_model(route: LitellmRoute) -> str:
    if route.provider not in ("openai", "azure"):
        return ""
    return f"{route.provider}/{RESPONSES_STEP}{route.model}"


def _verdict(where: Provider, fact: ServedFact, severity: Severity, fix: str) -> Verdict:
    return Verdict(
        model=fact.model,
        provider=where.name,
        severity=severity,
        certainty=fact.certainty,
        families=fact.families,
        evidence=fact.evidence,
        reason=_reason(where, fact),
        fix=fix,
    )


def _reason(where: Provider, fact: ServedFact) -> str:
    paths = " and ".join(sorted(f"`{canonical_path(family)}`" for family in fact.families))
    if fact.provider is not None or where.kind in (ProviderKind.VENDOR, ProviderKind.CLOUD):
        return f"{where.title} serves `{fact.model}` on {paths} only"
    if where.chat_to_responses is Conversion.UNKNOWN:
        return f"`{fact.model}` is served on {paths} only; {where.title} may or may not convert"
    return f"`{fact.model}` is served on {paths} only, and {where.title} does not convert"
