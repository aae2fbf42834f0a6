"""Refreshing the catalogue from files that are already on the machine; nothing is ever fetched.

Four sources are read: litellm's cost map, that of an installed litellm, models.dev's `api.json`,
and the type files of the `openai` package. None of them is imported.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from agentlint.knowledge.catalogue import (
    Catalogue,
    CatalogueError,
    CatalogueSource,
    dump_overlay,
)
from agentlint.knowledge.families import Family, family_of_path, family_of_word
from agentlint.text import Pattern

_MAX_BYTES = 64_000_000
_MAX_LINES = 200
_LITELLM_MAP = "model_prices_and_context_window_backup.json"
_OPENAI_TYPES = Path("types") / "shared"
_SHUTDOWN = Pattern(r"Announced shutdown date: (\d{4}-\d\d-\d\d)")
_QUOTED = Pattern(r'"([^"\s]{1,100})"')
_RELEASE = Pattern(r"-([0-9][\w.]{0,40})\.dist-info\Z")


def read_catalogue(path: Path, *, today: date) -> Catalogue:
    """The facts in `path`: a cost map, an `api.json`, or the folder of an `openai` package.

    Raises CatalogueError where it is none of these, and OSError where it cannot be read.
    """
    if path.is_dir():
        return _read_openai(path, today)
    if path.stat().st_size > _MAX_BYTES:
        raise CatalogueError(f"{path.name}: larger than {_MAX_BYTES} bytes")
    content = path.read_bytes()
    try:
        raw = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise CatalogueError(f"{path.name}: not JSON") from error
    rows = raw.values() if isinstance(raw, dict) else ()
    digest = hashlib.sha256(content).hexdigest()
    if any(isinstance(row, dict) and "litellm_provider" in row for row in rows):
        source = CatalogueSource("litellm", _release(path.parent), today, digest)
        return _from_litellm(raw, source)
    if any(isinstance(row, dict) and isinstance(row.get("models"), dict) for row in rows):
        return _from_models_dev(raw, CatalogueSource("models.dev", "", today, digest))
    raise CatalogueError(f"{path.name}: neither a litellm cost map nor a models.dev api.json")


def installed_litellm() -> Path | None:
    """The cost map of a litellm in this environment; found by its place, without importing it."""
    from importlib.util import find_spec

    spec = find_spec("litellm")
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / _LITELLM_MAP
    return path if path.is_file() else None


def write_overlay(catalogue: Catalogue, path: Path) -> None:
    """Write an overlay so that a reader sees the old file or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        draft.write_text(dump_overlay(catalogue) + "\n", encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def update_lines(before: Catalogue, after: Catalogue) -> list[str]:
    """What laying `after` over `before` changes, a line for each fact, for people to read."""
    changes = [*_served_changes(before, after), *_other_changes(before, after)]
    if len(changes) > _MAX_LINES:
        changes = [*changes[:_MAX_LINES], f"... and {len(changes) - _MAX_LINES} more"]
    (source,) = after.sources
    read = f"read {source.name} {source.version}".rstrip()
    return [f"{read}, sha256 {source.sha256[:12]}", *(changes or ["nothing new"])]


def _served_changes(before: Catalogue, after: Catalogue) -> Iterator[str]:
    for provider, models in sorted(after.served.items()):
        known = before.served.get(provider, {})
        for model, families in sorted(models.items()):
            served = ", ".join(sorted(families)) or "families not stated"
            if model not in known:
                yield f"+ {provider}/{model}: {served}"
            elif families and families != known[model]:
                yield f"~ {provider}/{model}: {', '.join(sorted(known[model]))} -> {served}"


def _other_changes(before: Catalogue, after: Catalogue) -> Iterator[str]:
    for provider, models in sorted(after.shutdown.items()):
        known = before.shutdown.get(provider, {})
        for model, day in sorted(models.items()):
            if known.get(model) != day:
                yield f"~ {provider}/{model}: shutdown {day.isoformat()}"
    for model in sorted(after.responses_only - before.responses_only):
        yield f"+ openai/{model}: responses only, says the SDK"


def _from_litellm(raw: Mapping[str, Any], source: CatalogueSource) -> Catalogue:
    served: dict[str, dict[str, frozenset[Family]]] = {}
    shutdown: dict[str, dict[str, date]] = {}
    bridged: dict[str, set[str]] = {}
    for key, row in raw.items():
        provider = row.get("litellm_provider") if isinstance(row, dict) else None
        if not isinstance(provider, str) or " " in provider:
            continue
        model = key.removeprefix(f"{provider}/").lower()
        families = _litellm_families(row)
        if families:
            served.setdefault(provider, {})[model] = families
        day = _date(row.get("deprecation_date"))
        if day:
            shutdown.setdefault(provider, {})[model] = day
        if row.get("mode") == "responses":
            bridged.setdefault(provider, set()).add(model)
    return Catalogue(
        sources=(source,),
        served=served,
        shutdown=shutdown,
        litellm_responses={name: frozenset(models) for name, models in bridged.items()},
        litellm_providers=frozenset(served),
    )


def _litellm_families(row: Mapping[str, Any]) -> frozenset[Family]:
    """The endpoints that a row states; its mode counts only where it states none."""
    endpoints = row.get("supported_endpoints")
    if isinstance(endpoints, list) and endpoints:
        found = [family_of_path(path) for path in endpoints if isinstance(path, str)]
    else:
        mode = row.get("mode")
        found = [family_of_word(mode, dialect="litellm")] if isinstance(mode, str) else []
    return frozenset(family for family in found if family is not None)


def _from_models_dev(raw: Mapping[str, Any], source: CatalogueSource) -> Catalogue:
    """models.dev states no endpoints: its models are listed, with no families."""
    served = {
        provider: {str(model).lower(): frozenset[Family]() for model in row["models"]}
        for provider, row in raw.items()
        if isinstance(row, dict) and isinstance(row.get("models"), dict)
    }
    return Catalogue((source,), served, {}, {}, frozenset())


def _read_openai(package: Path, today: date) -> Catalogue:
    types = package / _OPENAI_TYPES if (package / _OPENAI_TYPES).is_dir() else package
    responses, chat = types / "responses_model.py", types / "chat_model.py"
    if not responses.is_file() or not chat.is_file():
        raise CatalogueError(f"{package.name}: no type files of the openai package")
    texts = [path.read_text(encoding="utf-8") for path in (responses, chat)]
    digest = hashlib.sha256("".join(texts).encode()).hexdigest()
    listed, chat_models = (frozenset(_literals(text)) for text in texts)
    return Catalogue(
        sources=(CatalogueSource("openai", _release(package), today, digest),),
        served={
            "openai": {
                **dict.fromkeys(
                    chat_models, frozenset({Family.CHAT_COMPLETIONS, Family.RESPONSES})
                ),
                **dict.fromkeys(listed - chat_models, frozenset({Family.RESPONSES})),
            }
        },
        shutdown={"openai": dict(_announced(texts))},
        litellm_responses={},
        litellm_providers=frozenset(),
        responses_only=listed - chat_models,
    )


def _literals(text: str) -> Iterable[str]:
    """The strings of every `Literal[...]` in Python source."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise CatalogueError("the openai type files are not Python") from error
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("Literal"):
            for leaf in ast.walk(node.slice):
                if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str):
                    yield leaf.value


def _announced(texts: Iterable[str]) -> Iterator[tuple[str, date]]:
    """The shutdown dates in the remarks of the type files, each behind the IDs that it is for."""
    for text in texts:
        for remark in " ".join(text.split()).split(" - ")[1:]:
            found = _SHUTDOWN.search(remark)
            day = _date(found[1]) if found else None
            if found and day:
                for model in _QUOTED.findall(remark[: found.start()]):
                    yield model, day


def _release(package: Path) -> str:
    """The version in the name of the metadata folder beside an installed package, or nothing."""
    for beside in sorted(package.parent.glob(f"{package.name}-*.dist-info")):
        release = _RELEASE.search(beside.name)
        if release:
            return release[1]
    return ""


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
