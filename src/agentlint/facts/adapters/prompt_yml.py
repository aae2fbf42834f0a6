"""GitHub Models prompts: `*.prompt.yml`, a conversation and the model that it is meant for.

The messages are those of Chat Completions, and the model is written `publisher/id`.
Keys: https://docs.github.com/en/github-models/use-github-models/storing-prompts-in-github-repositories.
"""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.documents import Node, Sequence
from agentlint.facts.route import ChosenFamily, FamilySource, Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tree import at, name_of, value_at
from agentlint.knowledge.families import Family

FORMAT = "github-prompt"


def routes(root: Node, source: Source) -> Iterator[Route]:
    """The one binding of a prompt file."""
    model = value_at(root, "model")
    if source.format != FORMAT or not model.given or not isinstance(at(root, "messages"), Sequence):
        return
    yield Route(
        format=FORMAT,
        path=source.path,
        pointer=("model",),
        span=model.span or root.span,
        kind=RouteKind.AGENT_BINDING,
        scope=source.scope,
        role=name_of(at(root, "name")),
        model=model,
        chosen_family=ChosenFamily(Family.CHAT_COMPLETIONS, FamilySource.DEFAULT),
    )
