"""Which sentences and tables route work, to what, and for which tasks."""

from __future__ import annotations

import random

import pytest
from tests.facts.reading import markdown
from tests.secret_samples import sample

from agentlint.facts.routing_order import EVERYTHING, RoutingOrder, TargetKind
from agentlint.facts.source import Source
from agentlint.facts.wording.routing_orders import routing_orders


def orders(text: str) -> list[RoutingOrder]:
    found = list(routing_orders(markdown(text), Source("AGENTS.md", "agents-md")))
    for order in found:
        cut = order.target.span.cut(text)
        assert order.kind is TargetKind.ENDPOINT or cut == order.target.value
    return found


@pytest.mark.parametrize(
    ("text", "target", "tasks"),
    [
        ("Use route alias `review-fast` for syntax checks.", "review-fast", ("syntax checks",)),
        ("Use route alias review-fast for syntax checks.", "review-fast", ("syntax checks",)),
        ("Use the route alias **review-fast**.", "review-fast", ()),
        ("For security reviews, use the model alias `deep`.", "deep", ("security reviews",)),
        ("Always use the `deep` route alias for all tasks.", "deep", (EVERYTHING,)),
        ("Use gateway alias `a` for the linting, formatting and docs tasks.", "a",
         ("linting", "formatting", "docs")),
        ("Use the chat completions endpoint for all tasks.", "chat_completions", (EVERYTHING,)),
        ("Use `gpt-5.4` for test repair.", "gpt-5.4", ("test repair",)),
        ("Use route alias `deep`.", "deep", ()),
    ],
)  # fmt: skip
def test_an_order_names_target_and_tasks(text: str, target: str, tasks: tuple[str, ...]) -> None:
    (order,) = orders(text)
    assert (order.target.value, order.tasks) == (target, tasks)


@pytest.mark.parametrize(
    "text",
    [
        "Never use route alias `review-old` for reviews.",
        "Use the model alias **below** for reviews.",
        "The route alias `review-fast` was added in May.",
        "Use the import alias `@app` for modules.",
        "Use route alias `/admin/content` in the sidebar.",
        "Use the shell alias `gs`.",
        "```\nUse route alias `x` for y.\n```",
    ],
)
def test_what_orders_no_route(text: str) -> None:
    assert orders(text) == []


def test_a_choice_of_targets_is_no_ones_task() -> None:
    found = orders("Use route alias `fast` or `deep` for reviews.")
    assert [(order.target.value, order.tasks) for order in found] == [("fast", ()), ("deep", ())]


def test_a_table_gives_each_task_its_alias() -> None:
    table = "| Task | Route alias |\n|---|---|\n| Test repair | `heavy` |\n| Docs | none |\n"
    (order,) = orders(table)
    assert (order.target.value, order.tasks) == ("heavy", ("test repair",))


@pytest.mark.parametrize("kind", ["openai-project-key", "anthropic-api-key"])
def test_a_credential_is_no_task(kind: str) -> None:
    """A task is kept in lower case and cut at a length: no mask would know the secret in it."""
    secret = sample(kind, random.Random(kind))
    (order,) = orders(f"Use route alias `review-fast` for {secret} syntax checks.\n")
    assert order.tasks == ()
    (row,) = orders(f"| task | route alias |\n|-|-|\n| {secret} | `review-fast` |\n")
    assert row.tasks == ()
