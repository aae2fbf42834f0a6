from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from agentlint.documents.code import Try, TryPart
from agentlint.facts.call_site import CallSite
from agentlint.facts.file_facts import FileFacts
from agentlint.facts.project import Project
from agentlint.facts.values.value import Located, Value
from agentlint.findings import Finding, Location, Related
from agentlint.knowledge.families import Family, canonical_path
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.text import Span

_Key: TypeAlias = tuple[Span, bool, str]
"""A `try`, whether the model of a call in it is a literal, and the model as it is written."""
# What an older release of the library raises, before anything was sent.
_NOT_SENT = frozenset({"AttributeError", "ImportError", "ModuleNotFoundError", "TypeError"})


class _Attempt(Struct, frozen=True):
    """A model call, where it is made or where the function around it is called."""

    family: Family | None
    function: Located[str]
    model: Value
    tries: tuple[Try, ...]


@rule(on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    for file in project.files:
        yield from _findings(file, ctx)


def _findings(file: FileFacts, ctx: Context) -> Iterator[Finding]:
    attempts = [a for call in file.of(CallSite) if not call.in_test for a in _attempts(call)]
    tried = _first_tried(attempts)
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


def _first_tried(attempts: Sequence[_Attempt]) -> Mapping[_Key, _Attempt]:
    """The first call of Responses in each `try`, by how it names its model; by "" the first of those with
    no literal."""
    first: dict[_Key, _Attempt] = {}
    for attempt in attempts:
        if attempt.family is Family.RESPONSES:
            for part in attempt.tries:
                if part.part is TryPart.BODY:
                    first.setdefault(_key(part, attempt.model), attempt)
                    if not attempt.model.literal:
                        first.setdefault((part.statement, False, ""), attempt)
    return first


def _failed_before(second: _Attempt, tried: Mapping[_Key, _Attempt]) -> Iterator[_Attempt]:
    """What was tried for what may be the same model, and has failed where `second` is made: what names
    it alike, or anything that is no literal where the second cannot be read.

    A second model with a name of its own was chosen for chat by somebody.
    """
    for part in second.tries:
        first = tried.get(_key(part, second.model)) if _follows_answer(part) else None
        if first:
            yield first


def _key(part: Try, model: Value) -> _Key:
    return part.statement, bool(model.literal), model.literal or model.raw


def _follows_answer(part: Try) -> bool:
    return part.part in (TryPart.HANDLER, TryPart.AFTER) and not (
        part.catches and _NOT_SENT.issuperset(part.catches)
    )


def _model(call: _Attempt) -> str:
    return f"the same model `{call.model.raw}`" if call.model.raw else "a model that is not named"
