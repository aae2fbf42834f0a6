from __future__ import annotations

from collections.abc import Iterator

from agentlint.documents.code import Try, TryPart
from agentlint.facts.call_site import CallSite
from agentlint.facts.file_facts import FileFacts
from agentlint.facts.project import Project
from agentlint.facts.values import Value
from agentlint.findings import Finding, Location, Related
from agentlint.knowledge.families import Family, canonical_path
from agentlint.rules.context import Context
from agentlint.rules.rule import rule

# What an older release of the library raises, before anything was sent.
_NOT_SENT = frozenset({"AttributeError", "ImportError", "ModuleNotFoundError", "TypeError"})


@rule("silent-chat-fallback", on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    for file in project.files:
        yield from _findings(file, ctx)


def _findings(file: FileFacts, ctx: Context) -> Iterator[Finding]:
    calls = [call for call in file.of(CallSite) if not call.in_test]
    first = [call for call in calls if call.family is Family.RESPONSES]
    for second in calls:
        failed = next((call for call in first if _retries(second, call)), None)
        if second.family is not Family.CHAT_COMPLETIONS or failed is None:
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


def _retries(second: CallSite, first: CallSite) -> bool:
    """Whether `second` stands in a handler of the `try` that `first` is tried in, for one model."""
    tried = {t.statement for t in first.tries if t.part is TryPart.BODY}
    handles = any(t.statement in tried and _handles_answer(t) for t in second.tries)
    return handles and _may_be_same(first.model, second.model)


def _handles_answer(part: Try) -> bool:
    return part.part is TryPart.HANDLER and not (
        part.catches and _NOT_SENT.issuperset(part.catches)
    )


def _may_be_same(first: Value, second: Value) -> bool:
    """Whether two values may name one model: they are alike, or the second cannot be read.

    A second model with a name of its own was chosen for chat by somebody.
    """
    if second.literal or first.literal:
        return second.literal == first.literal
    return not second.raw or second.raw == first.raw


def _model(call: CallSite) -> str:
    return f"the same model `{call.model.raw}`" if call.model.raw else "a model that is not named"
