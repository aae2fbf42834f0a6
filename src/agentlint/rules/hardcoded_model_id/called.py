"""Model IDs in the calls of programs, where the repository has aliases to call by."""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.call_site import CallSite
from agentlint.facts.wording.weights import may_be_own_weights
from agentlint.findings import Finding, Severity
from agentlint.knowledge.families import Family
from agentlint.knowledge.names import ModelName, recognise
from agentlint.knowledge.providers import (
    is_at_own_server,
    is_at_port_of_models,
    is_local,
    provider_of_prefix,
)
from agentlint.rules.context import Context
from agentlint.rules.hardcoded_model_id.alias_advice import IN_TABLE, to_alias
from agentlint.rules.shared.aliases import aliases_of, is_alias, where_defined

_OF_ONE_VENDOR = (
    Family.ANTHROPIC_MESSAGES,
    Family.GEMINI_GENERATE_CONTENT,
    Family.GEMINI_INTERACTIONS,
    Family.BEDROCK_CONVERSE,
)


def called(call: CallSite, ctx: Context) -> Iterator[Finding]:
    """An ID in a call of a program whose repository has aliases to call by."""
    name = recognise(call.model.literal) if call.model.literal else None
    if name is None or call.model.span is None or not ctx.project.aliases:
        return
    if is_alias(name.id, name.text, ctx.project) or _is_called_at_home(call, name):
        return
    serving = aliases_of(name.id, ctx.project)
    if not serving and _asks_vendor(call):
        return
    yield ctx.finding(
        call.path,
        call.model.span,
        f"model ID `{name.id}` is hard-coded in a call",
        severity=Severity.INFO,
        help=to_alias("call", serving) if serving else IN_TABLE,
        related=where_defined(serving, ctx.project),
        subject=f"{call.function.value}: {name.id}",
    )


def _asks_vendor(call: CallSite) -> bool:
    """Whether a call speaks one vendor's protocol, to no other host: it knows no alias of a gateway."""
    return call.family in _OF_ONE_VENDOR and not call.base_url.given


def _is_called_at_home(call: CallSite, name: ModelName) -> bool:
    """Whether a call asks a server of one's own for open weights; at another port than those of such
    servers it may as well be the gateway that listens."""
    if not may_be_own_weights(name.vendor or "", name.id):
        return False
    url = call.base_url.literal or call.base_url.default
    if url is None:
        named = provider_of_prefix("/".join(name.prefixes))
        return not call.base_url.given and is_local(named)
    return is_at_own_server(url) and is_at_port_of_models(url)
