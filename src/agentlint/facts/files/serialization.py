"""The facts of a file as bytes, for whoever keeps them; what is read back is checked by its types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, get_args

from msgspec import MsgspecError, Struct, defstruct
from msgspec.msgpack import Decoder, decode, encode

from agentlint.discovery import FileKind
from agentlint.facts.detectors.redaction import masks
from agentlint.facts.fact import Fact
from agentlint.facts.file_facts import FileFacts
from agentlint.facts.secret import DefaultCredential, SecretCandidate
from agentlint.findings import Notice

_KINDS: tuple[type, ...] = get_args(Fact)


def stored(files: Sequence[FileFacts]) -> list[bytes | None]:
    """The facts of each file, None for those that are not to be kept.

    Those are of a file with a credential, or with a text that may be one, or with a name that is no
    text, and of one on which agentlint failed. Files are judged together, since that is quicker.
    """
    packed = [_packed(file) for file in files]
    texts = ["" if data is None else "\n".join(_texts(decode(data))) for data in packed]
    if not masks("\n".join(texts)):
        return packed
    return [None if masks(text) else data for data, text in zip(packed, texts, strict=True)]


def _packed(file: FileFacts) -> bytes | None:
    if any(isinstance(fact, SecretCandidate | DefaultCredential) for fact in file.facts):
        return None
    if any(notice.kind.is_failure for notice in file.notices):
        return None
    groups: dict[str, tuple[object, ...]] = {kind.__name__: file.of(kind) for kind in _KINDS}
    order = [_KINDS.index(type(fact)) for fact in file.facts]
    try:
        return encode(_stored_facts()(file.path, file.kind, file.notices, order, **groups))
    except UnicodeEncodeError:
        return None


def restored(data: bytes) -> FileFacts | None:
    """The facts of a file, None for bytes that `stored` did not make."""
    try:
        read = _decoder().decode(data)
        groups = {
            number: iter(getattr(read, _KINDS[number].__name__)) for number in set(read.order)
        }
        facts = [next(groups[number]) for number in read.order]
    except (MsgspecError, IndexError, StopIteration, UnicodeDecodeError):
        return None
    return FileFacts(read.path, read.kind, tuple(facts), read.notices)


@cache
def _stored_facts() -> type[Struct]:
    """`order` names the kind of each fact in the order of the file; each kind has a field."""
    return defstruct(
        "StoredFacts",
        [
            ("path", str),
            ("kind", FileKind),
            ("notices", tuple[Notice, ...]),
            ("order", list[int]),
            *((kind.__name__, tuple[kind, ...], ()) for kind in _KINDS),  # type: ignore[valid-type]
        ],
        omit_defaults=True,
    )


@cache
def _decoder() -> Decoder[Any]:
    return Decoder(_stored_facts())


def _texts(value: Any) -> Iterable[str]:
    """Every text of what was packed, each once."""
    seen: dict[str, None] = {}
    left = [value]
    while left:
        match left.pop():
            case str(text):
                seen[text] = None
            case dict(table):
                left += table.values()
            case list(items):
                left += items
    return seen
