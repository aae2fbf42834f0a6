"""When a provider stops answering for a model, as it has announced itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache

from msgspec import Struct
from msgspec.structs import replace

from agentlint.knowledge.data import Row, rows, table
from agentlint.knowledge.names import ModelName, listed_model, parse_model
from agentlint.knowledge.providers import ProviderKind
from agentlint.knowledge.served import where_served

_TABLE = "retirements"
_COPILOT = "github_copilot"
# https://developers.openai.com/api/docs/guides/supervised-fine-tuning
_FINE_TUNED = "ft:"
_PREVIEW = "-preview"


class Retirement(Struct, frozen=True):
    """`day` is the announced shutdown date, `replacement` the provider's own advice, if any, and `caveat`
    what that does not do as this one did, or takes besides, empty for nothing.

    `answered_by` is the model with which the provider goes on answering; None where calls fail. `source`
    says where all this was read, and `page` is the provider's own in it, or the same where it has none.
    `asked` is the ID that was asked for, where it has another spelling than `model`, the provider's own.
    `still_served` are the customers for whom nothing ends, empty for none. `retraining` is what the
    provider still offers to whoever had it trained on data of their own, empty for any other model.
    `stood_for` is the model that the provider served under this name, None where it had one of its own.
    Of `open_weights` others serve the same name.
    """

    provider: str
    model: str
    day: date
    replacement: str | None
    answered_by: str | None
    source: str
    page: str
    verified_on: str
    still_served: str = ""
    asked: str = ""
    retraining: str = ""
    caveat: str = ""
    stood_for: str | None = None
    open_weights: bool = False

    @property
    def named(self) -> str:
        """The model as a reader finds it where it was asked for."""
        return self.asked or self.model

    def days_left(self, as_of: date) -> int:
        """Days from `as_of` to the shutdown; negative once it has passed."""
        return (self.day - as_of).days

    def fails(self, as_of: date) -> bool:
        """Whether nobody answers any more, for sure."""
        return self.days_left(as_of) <= 0 and self.is_confirmed and not self.answered_by

    @property
    def is_confirmed(self) -> bool:
        """Whether the provider's announcement was read again once the day had come: days are moved."""
        return self.day <= date.fromisoformat(self.verified_on)


def retirement(provider: str | None, model: str) -> Retirement | None:
    """The announced end of a model at a provider; None where none is known.

    `provider` None means that no host is named, so that the model's prefix or vendor decides. A
    dated snapshot is looked up by itself: the ID without a date may move on to a newer one. A vendor
    refuses its IDs with a dot for a dash, as an aggregator may write them, and has never served those. Open
    weights, which others serve by the same name, end only at a provider that is named, if by the prefix.
    """
    if provider == _COPILOT and " " in model:
        ends = (retirement(provider, name) for name in _names_picked(model))
        return next((end for end in ends if end), None)
    name = parse_model(model)
    where = where_served(provider, name)
    known = _retirements().get((where.name, _dated(name))) if where else None
    if where is None or known is None:
        return None
    if known.open_weights and provider is None and not name.prefixes:
        return None
    if known.model.lower() in model.lower():
        return known
    if where.kind is ProviderKind.VENDOR and _dashed(known.model) in _dashed(model):
        return None
    return replace(known, asked=name.id)


def answered_as(model: str, as_of: date) -> frozenset[str]:
    """The models with which its vendor itself has answered, by `as_of`, whoever asked for `model`."""
    answered: dict[str, None] = {}
    named: str | None = model
    while named is not None and (ending := _at_vendor(named)) is not None:
        has_come = ending.days_left(as_of) <= 0
        named = ending.stood_for or (ending.answered_by if has_come else None)
        if named is None or named in answered:
            break
        answered[named] = None
    return frozenset(answered)


def _at_vendor(model: str) -> Retirement | None:
    where = where_served(None, parse_model(model))
    return retirement(where.name, model) if where else None


class Successor(Struct, frozen=True):
    """A model to move to, with the caveats of all that was advised on the way to it."""

    model: str
    caveats: tuple[str, ...]


def lasting_successor(ending: Retirement, as_of: date, days: int) -> Successor | None:
    """The model that the provider advises to move to; where that itself ends within `days` of `as_of`, the
    one advised for it, and so on. None where the advice comes to no model that lasts."""
    ended, caveats = {ending.model}, dict[str, None]()
    while (advised := ending.replacement) is not None and advised not in ended:
        caveats |= {ending.caveat: None} if ending.caveat else {}
        its_end = retirement(ending.provider, advised)
        if its_end is None or its_end.days_left(as_of) > days:
            return Successor(advised, tuple(caveats))
        ended.add(advised)
        ending = its_end
    return None


@lru_cache(4096)
def has_retirement(model: str) -> bool:
    """Whether any provider has announced an end of a model; of most, nobody has."""
    names = (model, *_names_picked(model))
    return any(_dated(parse_model(name)) in _retired_names() for name in names)


def all_retirements() -> tuple[Retirement, ...]:
    return tuple(_retirements().values())


def picked(model: str) -> str:
    """The ID behind a name as GitHub Copilot's picker writes it: `Claude Sonnet 4 (copilot)`.

    https://code.visualstudio.com/docs/copilot/customization/custom-agents
    """
    if " " not in model:
        return model
    shown = model.lower().removesuffix("(copilot)")
    return "-".join(shown.replace("(", " ").replace(")", " ").split())


def _names_picked(model: str) -> tuple[str, ...]:
    """The IDs that a name in the picker may stand for: of a preview, as which most models begin there, few
    IDs say so."""
    name = picked(model)
    return (name, name.removesuffix(_PREVIEW)) if name != model else (model,)


def _dated(name: ModelName) -> str:
    """The name that a day is kept under, without the owner that open weights have before theirs."""
    key = name.key.rpartition("/")[2]
    return f"{key}-{name.snapshot}" if name.snapshot else key


def _dashed(name: str) -> str:
    return name.lower().replace(".", "-")


@cache
def _retired_names() -> frozenset[str]:
    return frozenset(name for _, name in _retirements())


@cache
def _retirements() -> Mapping[tuple[str, str], Retirement]:
    sources = table(_TABLE)["sources"]
    return {
        (row["provider"], _dated(listed_model(model))): _retirement(
            row, model, sources[row["source"]]
        )
        for row in rows(_TABLE, "retirement")
        for model in row["models"]
    }


def _retirement(row: Row, model: str, source: Row) -> Retirement:
    page = source.get("page", "")
    text = source.get("text", page).replace("{page}", page)
    return Retirement(
        provider=row["provider"],
        model=model,
        day=date.fromisoformat(row["on"]),
        replacement=row.get("replacement"),
        answered_by=row.get("answered_by"),
        source=text,
        page=page or text,
        verified_on=row["verified_on"],
        still_served=row.get("still_served", ""),
        retraining=_retraining(row["provider"]) if model.startswith(_FINE_TUNED) else "",
        caveat=row.get("caveat", ""),
        stood_for=row.get("stood_for"),
        open_weights=row["open_weights"],
    )


def _retraining(provider: str) -> str:
    advice: str = table(_TABLE)["fine_tuning"].get(provider, {}).get("told", "")
    return advice
