"""The facts of files that were read before, one file a root in the cache folder of the user.

Nothing in it is code, nothing is trusted that does not have the form and the checksum of what was
written, and findings are never kept.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, starmap
from pathlib import Path

from msgspec import MsgspecError, Struct
from msgspec.msgpack import Decoder, encode

from agentlint.discovery import Candidate, Listing, State
from agentlint.engine.cache_files import bounded, files, is_safe, read, write
from agentlint.engine.cache_folder import FACTS, facts_file
from agentlint.engine.tool_version import installation, tool_version
from agentlint.text.hashing import blake2b

MAX_BYTES = 64 << 20
"""Of the entries of one root; what is above is not kept."""
MAX_LISTING_BYTES = 16 << 20
"""Of the listings of one root."""

_MAGIC = b"agentlint facts 3\n"
_ENTRY_BYTES = 120
_NAME_BYTES = 16
_STATE_BYTES = 32


class Entry(Struct, frozen=True, array_like=True, gc=False):
    """What a file gave: `facts` as stored, b"" for a file of no interest.

    `state` is that of the file when it was read, None where it may have changed since without
    another state. `digest` is that of the content, and b"" for a file of no interest: looking at it
    again costs no more.
    """

    state: State | None
    digest: bytes = b""
    facts: bytes = b""


class _Index(Struct, frozen=True, array_like=True):
    """`tool` is the version that wrote it, `installation` the one at work then."""

    tool: bytes = b""
    installation: bytes = b""
    entries: Mapping[bytes, Entry] = {}
    listings: Mapping[str, Listing] = {}


class Cache(Struct):
    """What is kept of one root in `file`: entries by `key_of` their files, and listings of its folders
    ("" or "a/b/"), as the agentlint of an `installation` wrote it."""

    file: Path
    installation: bytes = b""
    entries: Mapping[bytes, Entry] = {}
    listings: Mapping[str, Listing] = {}

    @classmethod
    def of(cls, folder: Path, root: Path) -> Cache | None:
        """The cache of a root; None where `folder` is not fit for one, whatever the reason."""
        try:
            if not is_safe(folder, root):
                return None
            file = facts_file(folder, root)
            index = _read(file)
            return cls(file, index.installation, index.entries, index.listings)
        except OSError:
            return None

    def save(
        self, entries: Mapping[bytes, Entry], listings: Mapping[str, Listing], *, whole: bool
    ) -> None:
        """Keep `entries`, and those of before unless this was a run over the `whole` root; `listings`
        are those of such a run, and none are no news.

        Fails in silence: a run without a cache is as good, and a run beside this one may have won.
        """
        before = {} if whole else self.entries
        listed = self._with_fresh(listings) if listings else self.listings
        known = entries == self.entries if whole else entries.items() <= self.entries.items()
        if known and listed == self.listings and self.installation == installation():
            return
        others = ((key, entry) for key, entry in before.items() if key not in entries)
        kept = bounded(chain(entries.items(), others), _size_of_entry, MAX_BYTES)
        try:
            write(self.file, _MAGIC, encode(_Index(tool_version(), installation(), kept, listed)))
        except OSError:
            return
        self.installation, self.entries, self.listings = installation(), kept, listed

    def _with_fresh(self, listings: Mapping[str, Listing]) -> Mapping[str, Listing]:
        """Of the listings of a walk those to keep; the ones at hand were looked at before."""
        fresh = {
            folder: listing
            for folder, listing in listings.items()
            if self.listings.get(folder) is not listing
        }
        if not fresh and len(listings) == len(self.listings):
            return self.listings
        at_hand = {folder: one for folder, one in listings.items() if folder not in fresh}
        both = chain(at_hand.items(), _harmless(fresh).items())
        return bounded(both, _size_of_listing, MAX_LISTING_BYTES)


def key_of(candidate: Candidate) -> bytes:
    """What facts are known by: the path and all else that discovery told. A name may hold a secret,
    so it is not kept as it stands."""
    marks = f"{candidate.asked_for:d}{candidate.shown:d}{candidate.named:d}"
    parts = (candidate.kind, candidate.format, candidate.keeping, marks, candidate.path)
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def clean(folder: Path) -> int:
    """Remove what is kept of every root, and tell how many there were; raises OSError."""
    removed = files(folder)
    for file in removed:
        os.unlink(file)
    return sum(file.name.endswith(FACTS) for file in removed)


def _read(file: Path) -> _Index:
    """What a file holds, nothing for one that is not as this very tool wrote it."""
    body = read(file, _MAGIC, 2 * MAX_BYTES)
    if body is None:
        return _Index()
    try:
        index = Decoder(_Index).decode(body)
    except (MsgspecError, UnicodeDecodeError):
        return _Index()
    return index if _is_of_this_tool(index) else _Index()


def _is_of_this_tool(index: _Index) -> bool:
    """Files of agentlint that nobody touched since need not be read to know."""
    if index.installation and index.installation == installation():
        return True
    return index.tool == tool_version()


def _size_of_entry(_: bytes, entry: Entry) -> int:
    return _ENTRY_BYTES + len(entry.facts)


def _size_of_listing(folder: str, listing: Listing) -> int:
    names = sum(_NAME_BYTES + len(name) for name in _names(folder, listing))
    return _ENTRY_BYTES + names + sum(_STATE_BYTES + len(name) for name in listing.plain)


def _harmless(listings: Mapping[str, Listing]) -> Mapping[str, Listing]:
    """The listings without those in which a name is no text, or may be a credential."""
    if _is_harmless(chain.from_iterable(starmap(_names, listings.items()))):
        return listings
    return {
        folder: listing
        for folder, listing in listings.items()
        if _is_harmless(_names(folder, listing))
    }


def _is_harmless(names: Iterable[str]) -> bool:
    text = "\n".join(names)
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    from agentlint.facts.detectors.redaction import masks

    return not masks(text)


def _names(folder: str, listing: Listing) -> Iterator[str]:
    yield from (folder, *listing.folders, *listing.hidden)
    yield from (name for name, _, _ in (*listing.files, *listing.links))
