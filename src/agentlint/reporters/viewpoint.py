"""Where the reader of a report stands, from where the paths of files are told to people."""

from __future__ import annotations

import posixpath

from msgspec import Struct


class Viewpoint(Struct, frozen=True):
    """A reader in `folder` of the root ("a/b", "" for the root itself), or outside of it, from where `way`
    leads to the root ("../r", "" for one who is inside)."""

    folder: str = ""
    way: str = ""

    def path(self, path: str) -> str:
        """`path`, told from the root, as the reader would name it; "" stays what it is."""
        if not path or not (self.folder or self.way):
            return path
        if self.way:
            return posixpath.join(self.way, path)
        here, there = self.folder.split("/"), path.split("/")
        shared = 0
        while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
            shared += 1
        return "/".join([".."] * (len(here) - shared) + there[shared:])
