"""Texts that are read once more where somebody asks for them, so that a large run need not hold all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from agentlint.discovery import FileError, most_bytes, read_bytes, source_of
from agentlint.facts.file_facts import FileFacts
from agentlint.text import SourceFile
from agentlint.text.hashing import blake2b


class ChangedMeanwhileError(Exception):
    """A file is not any more what its facts were taken from."""


class Unopened(Struct, frozen=True):
    """The facts of a file whose text is at hand only on the disk; `digest` tells its content."""

    facts: FileFacts
    file: str
    digest: bytes

    def open(self) -> SourceFile:
        """The text that the facts were taken from; raises ChangedMeanwhileError."""
        try:
            data = read_bytes(self.file, most_bytes(self.file))
            if digest_of(data) == self.digest:
                return source_of(self.facts.path, data)
        except FileError:
            pass
        raise ChangedMeanwhileError(self.facts.path)


class Texts(Mapping[str, SourceFile]):
    """The sources of a run by path, each read when it is asked for the first time.

    Asking raises ChangedMeanwhileError for a file that is another by now.
    """

    def __init__(self, files: Iterable[Unopened], at_hand: Iterable[SourceFile]) -> None:
        self._files = {item.facts.path: item for item in files}
        self._texts = {source.path: source for source in at_hand}

    def __getitem__(self, path: str) -> SourceFile:
        if path not in self._texts:
            self._texts[path] = self._files[path].open()
        return self._texts[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files.keys() | self._texts.keys())

    def __len__(self) -> int:
        return len(self._files.keys() | self._texts.keys())


def digest_of(data: bytes) -> bytes:
    """32 bytes that tell one content from another."""
    return blake2b(data, digest_size=32).digest()
