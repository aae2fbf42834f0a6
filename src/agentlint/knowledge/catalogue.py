"""The reference catalogue: what litellm and others list, bundled as a snapshot and refreshable.

No rule is decided by it alone. The judged facts are in the TOML tables; this is what `agentlint
models` prints beside them, and how the routes of LiteLLM are predicted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from msgspec import DecodeError, Struct
from msgspec.json import decode, encode
from msgspec.json import format as indented

from agentlint.knowledge.families import Family
from agentlint.knowledge.location import rules_dir
from agentlint.text import Pattern

_MAX_OVERLAY_BYTES = 32_000_000
_OVERLAY = Pattern(r'\{\s{1,9}"source": \{\s{1,9}"name": "[^"\n]{1,200}",\s{1,9}"version": ')


class CatalogueSource(Struct, frozen=True, rename={"day": "date"}):
    """Where facts come from. `sha256` is of the file that was read; the snapshot has none."""

    name: str
    version: str
    day: date
    sha256: str = ""


class Catalogue(Struct, frozen=True):
    """Facts by provider and model ID, in litellm's names, IDs in lower case without their prefix.

    `shutdown` dates are the earliest possible ones where a provider announces no other.
    `litellm_responses` are the rows whose mode makes LiteLLM send chat requests to /v1/responses.
    `responses_only` are the IDs that the type files of a newer `openai` package keep from chat.
    """

    sources: tuple[CatalogueSource, ...]
    served: Mapping[str, Mapping[str, frozenset[Family]]]
    shutdown: Mapping[str, Mapping[str, date]]
    litellm_responses: Mapping[str, frozenset[str]]
    litellm_providers: frozenset[str]
    responses_only: frozenset[str] = frozenset()

    def ids(self) -> frozenset[str]:
        return frozenset(model for models in self.served.values() for model in models)


class _Overlay(Struct, frozen=True):
    """What an overlay file holds; `is_overlay` knows it by its beginning."""

    source: CatalogueSource
    served: Mapping[str, Mapping[str, frozenset[Family]]]
    shutdown: Mapping[str, Mapping[str, date]]
    litellm_responses: Mapping[str, frozenset[str]]
    litellm_providers: frozenset[str]
    responses_only: frozenset[str]


class CatalogueError(ValueError):
    """An overlay or a source of one that cannot be read; the message says why."""


@cache
def bundled() -> Catalogue:
    """The snapshot that comes with agentlint."""
    text = (rules_dir() / "data" / "catalogue_snapshot.json").read_text(encoding="utf-8")
    raw: dict[str, Any] = decode(text)
    names = [Family(name) for name in raw["families"]]
    return Catalogue(
        sources=(CatalogueSource(raw["source"], "", date.fromisoformat(raw["verified_on"])),),
        served={
            provider: {
                model.lower(): _unmasked(int(mask), names)
                for mask, models in by_mask.items()
                for model in models.split()
            }
            for provider, by_mask in raw["served"].items()
        },
        shutdown={
            provider: {
                model.lower(): date.fromisoformat(day)
                for day, models in by_day.items()
                for model in models.split()
            }
            for provider, by_day in raw["earliest_shutdown"].items()
        },
        litellm_responses={
            provider: frozenset(models.lower().split())
            for provider, models in raw["litellm_responses_mode"].items()
        },
        litellm_providers=frozenset(raw["litellm_providers"].split()),
    )


def with_overlay(overlay: Path) -> Catalogue:
    """The bundled snapshot with the facts of a refresh laid over it; the same object again as long as
    the file is what it was.

    Raises CatalogueError if `overlay` is no such file, and OSError if it cannot be read.
    """
    state = overlay.stat()
    return _with_overlay(
        overlay, (state.st_ino, state.st_mtime_ns, state.st_ctime_ns, state.st_size)
    )


@lru_cache(maxsize=4)
def _with_overlay(overlay: Path, state: tuple[int, ...]) -> Catalogue:  # noqa: ARG001 - of the key
    return merged(bundled(), read_overlay(overlay))


def merged(below: Catalogue, above: Catalogue) -> Catalogue:
    """Both, `above` first where they disagree on a provider's model."""
    return Catalogue(
        sources=(*above.sources, *below.sources),
        served=_laid_over(below.served, above.served),
        shutdown=_laid_over(below.shutdown, above.shutdown),
        litellm_responses={**below.litellm_responses, **above.litellm_responses},
        litellm_providers=below.litellm_providers | above.litellm_providers,
        responses_only=below.responses_only | above.responses_only,
    )


def read_overlay(path: Path) -> Catalogue:
    """What `dump_overlay` wrote; raises CatalogueError for anything else."""
    if path.stat().st_size > _MAX_OVERLAY_BYTES:
        raise CatalogueError(f"{path.name}: too large for a catalogue overlay")
    try:
        read = decode(path.read_bytes(), type=_Overlay)
    except RecursionError:
        raise CatalogueError(f"{path.name}: not a catalogue overlay (nested too deeply)") from None
    except (DecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path.name}: not a catalogue overlay ({error})") from error
    return Catalogue(
        sources=(read.source,),
        served=read.served,
        shutdown=read.shutdown,
        litellm_responses=read.litellm_responses,
        litellm_providers=read.litellm_providers,
        responses_only=read.responses_only,
    )


def dump_overlay(catalogue: Catalogue) -> str:
    """A refreshed catalogue, of exactly one source, as the text of an overlay file."""
    (source,) = catalogue.sources
    overlay = _Overlay(
        source=source,
        served=catalogue.served,
        shutdown=catalogue.shutdown,
        litellm_responses=catalogue.litellm_responses,
        litellm_providers=catalogue.litellm_providers,
        responses_only=catalogue.responses_only,
    )
    return indented(encode(overlay, order="deterministic"), indent=1).decode()


def is_overlay(beginning: bytes) -> bool:
    """Whether a file that begins so is one of `dump_overlay`."""
    return _OVERLAY.match(beginning.decode("utf-8", "replace")) is not None


def _unmasked(mask: int, names: list[Family]) -> frozenset[Family]:
    return frozenset(name for bit, name in enumerate(names) if mask >> bit & 1)


def _laid_over(
    below: Mapping[str, Mapping[str, Any]], above: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    return {
        provider: {**below.get(provider, {}), **above.get(provider, {})}
        for provider in sorted({*below, *above})
    }
