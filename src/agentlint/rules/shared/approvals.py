"""Which models are put to work, and what the approval records of the repository say of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from agentlint.facts.mention import ModelMention, Position, Stance
from agentlint.facts.project import Project
from agentlint.facts.record import Record
from agentlint.facts.route import Route
from agentlint.knowledge.names import parse_model
from agentlint.knowledge.records import PASSED, matches
from agentlint.text import Span

APPROVAL = "model-approval"
_ACTIVE = (Stance.DIRECTIVE, Stance.ASSIGNED)
_SHOWN = (Position.COMMENT, Position.LINK)
_CANDIDATE = "candidate"


class Approval(Struct, frozen=True):
    """An approval record. `model` is the ID or alias that it names, `place` where it says when."""

    path: str
    model: str
    passed: bool
    day: date | None
    place: Span


class ModelUse(Struct, frozen=True):
    """A model that something runs with, or that an instruction tells someone to use."""

    path: str
    model: str
    alias: str
    span: Span


class ListedModels(Struct, frozen=True):
    """IDs and aliases of a list, by whatever spelling, each with its last place in the list."""

    written: Mapping[str, int]
    models: Mapping[str, int]

    @classmethod
    def of(cls, names: Iterable[str]) -> ListedModels:
        listed = tuple(names)
        return cls(
            {name: place for place, name in enumerate(listed)},
            {parse_model(name).key: place for place, name in enumerate(listed)},
        )

    def __contains__(self, use: ModelUse) -> bool:
        return self.last(use.model, use.alias) is not None

    def last(self, model: str, alias: str = "") -> int | None:
        """The place of the last entry that means the model, None where none does."""
        names = {model, alias} - {""}
        places = {self.written[name] for name in names & self.written.keys()}
        places |= {self.models[key] for key in {parse_model(model).key} & self.models.keys()}
        return max(places, default=None)


class Approvals(Struct, frozen=True):
    """Every approval record, the newest last; one without a readable date is the oldest."""

    records: tuple[Approval, ...]
    models: ListedModels

    @classmethod
    def of(cls, records: Iterable[Approval]) -> Approvals:
        kept = tuple(records)
        return cls(kept, ListedModels.of(record.model for record in kept))

    def last(self, model: str, alias: str = "") -> Approval | None:
        """The newest record about a model, by its ID or its alias."""
        place = self.models.last(model, alias)
        return None if place is None else self.records[place]


def approvals(project: Project) -> Approvals:
    """What the records of the repository say; ask for it by `project.once`."""
    found = (_approval(r) for r in project.everywhere(Record) if r.kind == APPROVAL and r.proves)
    return Approvals.of(sorted((a for a in found if a.model), key=lambda a: a.day or date.min))


def model_uses(project: Project) -> Iterator[ModelUse]:
    """The models of routes and instructions; samples, tests and candidates under test are none."""
    for file in project.files:
        for fact in file.facts:
            match fact:
                case Route():
                    yield from _routed(fact)
                case ModelMention(stance=stance, position=position) if stance in _ACTIVE:
                    if not fact.in_test and position not in _SHOWN:
                        yield ModelUse(fact.path, fact.id, fact.id, fact.span)


def day_of(text: str) -> date | None:
    """The day that a timestamp begins with, None where it is none."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def _approval(record: Record) -> Approval:
    when = record.field("approved_at")
    return Approval(
        path=record.path,
        model=record.text("candidate_model_id"),
        passed=matches(record.text("overall_result"), PASSED),
        day=day_of(when.text) if when else None,
        place=when.place if when else record.place,
    )


def _routed(route: Route) -> Iterator[ModelUse]:
    named = (*route.pointer, route.alias.raw)
    under_test = any(_CANDIDATE in word.lower() for word in named)
    if not route.effective or not route.scope.is_read or under_test:
        return
    if route.model.literal and route.model.span:
        yield ModelUse(route.path, route.model.literal, route.alias.raw, route.model.span)
