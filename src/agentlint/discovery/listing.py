"""What a walk saw in a folder, for the next walk: a folder that is as it was is not listed again, nor is a
file of no interest looked into that is as it was."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from agentlint.discovery.candidate import FileKind

# Of the last change of content and of its own record in ns, size in bytes, number of the inode.
State: TypeAlias = tuple[int, int, int, int]
Named: TypeAlias = tuple[str, FileKind, str]

RACY_NS = 2_000_000_000
"""How coarse the clock of a file system may be: within it, a change may leave no trace (as in git)."""
_STATE_TELLS = os.name == "posix"  # elsewhere ctime is the time of creation


class Listing(Struct, frozen=True, array_like=True):
    """What of a folder a walk goes on with, by names in it, as long as `state` is that of the folder
    and `rules` what tells the rules that hold in it from others.

    `files` and `links` come with their kind and format; `hidden` are files and folders ("a/") that ignore
    rules hide, and that git may track all the same. `plain` are those files that were of no interest in the
    state that is kept of each, whatever has become of the folder.
    """

    state: State = (0, 0, 0, 0)
    rules: bytes = b""
    has_ignore_file: bool = False
    folders: tuple[str, ...] = ()
    files: tuple[Named, ...] = ()
    links: tuple[Named, ...] = ()
    hidden: tuple[str, ...] = ()
    plain: Mapping[str, State] = {}


def with_plain(
    listings: Mapping[str, Listing], looked_into: Iterable[tuple[str, State | None]]
) -> Mapping[str, Listing]:
    """The listings with what was found of the files that were looked into: the state in which each of
    these paths is of no interest, None for the others. What no listing holds is left out."""
    found: defaultdict[str, dict[str, State | None]] = defaultdict(dict)
    for path, state in looked_into:
        folder, slash, name = path.rpartition("/")
        found[folder + slash][name] = state
    changed = {}
    for folder in found.keys() & listings.keys():
        before = listings[folder]
        both = {**before.plain, **found[folder]}
        plain = {name: state for name, _, _ in before.files if (state := both.get(name))}
        if plain != before.plain:
            changed[folder] = replace(before, plain=plain)
    return {**listings, **changed} if changed else listings


def is_plain(listings: Mapping[str, Listing], path: str) -> bool:
    """Whether the listings tell of a file in which state it is of no interest."""
    folder, slash, name = path.rpartition("/")
    listing = listings.get(folder + slash)
    return listing is not None and name in listing.plain


def state_of(path: str) -> State | None:
    """Numbers that change when a file, or the list of a folder, does; None where they cannot be asked."""
    try:
        status = os.lstat(path)
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def trusted_state_of(path: str, now: int) -> State | None:
    """As `state_of`; None as well where a change may leave no trace in it. `now` is in ns and of before
    the content was looked at."""
    state = state_of(path) if _STATE_TELLS else None
    if state is None:
        return None
    racy_from = now - RACY_NS
    return state if state[0] < racy_from and state[1] < racy_from else None
