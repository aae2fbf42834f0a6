from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from agentlint.documents.code import Try, TryPart
from agentlint.facts.call_site import CallSite
from agentlint.facts.file_facts import FileFacts
from agentlint.facts.project import Project
from agentlint.facts.values import Located, Value
from agentlint.findings import Finding, Location, Related
from agentlint.knowledge.families import Family, canonical_path
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.text import Span

# What an older release of the library raises, before anything was sent.
_NOT_SENT = frozenset({"AttributeError", "ImportError", "ModuleNotFoundError", "TypeError"})


class _Attempt(Struct, frozen=True):
    """A model call, where it is made or where the function around it is called."""

    family: Family | None
    function: Located[str]
    model: Value
    tries: tuple[Try, ...]


@rule("silent-chat-fallback", on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    for file in project.files:
        yield from _findings(file, ctx)


def _findings(file: FileFacts, ctx: Context) -> Iterator[Finding]:
    attempts = [a for call in file.of(CallSite) if not call.in_test for a in _attempts(call)]
    tried: defaultdict[Span, list[_Attempt]] = defaultdict(list)
    for attempt in attempts:
        if attempt.family is Family.RESPONSES:
            for part in attempt.tries:
                if part.part is TryPart.BODY:
                    tried[part.statement].append(attempt)
    for second in attempts:
        if second.family is not Family.CHAT_COMPLETIONS:
            continue
        failed = next(_failed_before(second, tried), None)
        if failed is None:
            continue
        yield ctx.finding(
            file.path,
            second.function.span,
            f"a failed `{failed.function.value}` is sent again to Chat Completions, with "
            f"{_model(second)}",
            help=f"raise the error, or retry on `{canonical_path(Family.RESPONSES)}`",
            related=(Related(Location(file.path, failed.function.span), "this call failed"),),
            subject=second.function.value,
        )


def _attempts(call: CallSite) -> Iterator[_Attempt]:
    yield _Attempt(call.family, call.function, call.model, call.tries)
    for helper in call.helper_calls:
        yield _Attempt(call.family, helper.function, helper.model, helper.tries)


def _failed_before(
    second: _Attempt, tried: Mapping[Span, Sequence[_Attempt]]
) -> Iterator[_Attempt]:
    """What was tried for the same model, and has failed where `second` is made."""
    for part in second.tries:
        if _follows_answer(part):
            for first in tried.get(part.statement, ()):
                if _may_be_same(first.model, second.model):
                    yield first


def _follows_answer(part: Try) -> bool:
    return part.part in (TryPart.HANDLER, TryPart.AFTER) and not (
        part.catches and _NOT_SENT.issuperset(part.catches)
    )


def _may_be_same(first: Value, second: Value) -> bool:
    """Whether two values may name one model: they are alike, or the second cannot be read.

    A second model with a name of its own was chosen for chat by somebody.
    """
    if second.literal or first.literal:
        return second.literal == first.literal
    return not second.raw or second.raw == first.raw


def _model(call: _Attempt) -> str:
    return f"the same model `{call.model.raw}`" if call.model.raw else "a model that is not named"
