from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.route import Route, RouteScope
from agentlint.facts.values import Value
from agentlint.findings import Confidence, Finding, Location, Related
from agentlint.knowledge.families import Family
from agentlint.knowledge.served import Certainty
from agentlint.knowledge.verdicts import Verdict, chat_verdict, litellm_chat_verdict
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.rules.serving import provider_of

_CHAT_TO_RESPONSES = (Family.CHAT_COMPLETIONS, Family.RESPONSES)
_CONFIDENCE = {Certainty.CONFIRMED: Confidence.HIGH, Certainty.SDK_ONLY: Confidence.MEDIUM}


@rule("responses-only-on-chat", on=Route)
def check(route: Route, ctx: Context) -> Iterator[Finding]:
    if not route.model.literal or not route.effective or route.scope is RouteScope.TEST:
        return
    verdict = _verdict(route, route.model.literal, ctx)
    if verdict is None:
        return
    yield ctx.finding(
        route.path,
        route.place,
        f"route `{route.name}` sends `{route.model.raw}` to Chat Completions, but {verdict.reason}",
        severity=verdict.severity,
        confidence=_CONFIDENCE.get(verdict.certainty, Confidence.LOW),
        help=f"{verdict.fix} ({verdict.evidence.summary})",
        related=_chosen_by(route),
        subject=f"{route.name}: {route.model.raw}",
    )


def _verdict(route: Route, model: str, ctx: Context) -> Verdict | None:
    """What is wrong with the route, as its reader will really send it."""
    if _CHAT_TO_RESPONSES in route.bridges:
        if route.upstream_family is not Family.CHAT_COMPLETIONS:
            return None
        return litellm_chat_verdict(
            model,
            mode=route.family_value.literal,
            base_model=route.base_model.literal,
            api_base=route.base_url.literal,
            catalogue=ctx.catalogue,
        )
    if route.family is not Family.CHAT_COMPLETIONS:
        return None
    bridges = ctx.settings.gateway.bridges
    return chat_verdict(provider_of(route), model, bridges=bridges, catalogue=ctx.catalogue)


def _chosen_by(route: Route) -> tuple[Related, ...]:
    chosen: Value = route.family_value if route.family_value.span else route.endpoint_path
    if not chosen.span or _CHAT_TO_RESPONSES in route.bridges:
        return ()
    return (Related(Location(route.path, chosen.span), "this makes it a chat route"),)
