"""What a file calls the project that it starts: anybody who sees the project knows these words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from agentlint.facts.detectors.secrets.names import split_words
from agentlint.facts.source import Source

_COMPOSE = "compose"
# https://docs.docker.com/reference/compose-file/version-and-name/#name-top-level-element
_NAME = "name"
# https://docs.docker.com/reference/compose-file/services/#container_name
_OF_SERVICES = (".container_name", ".image")
_REFERENCE = "$"


def project_words(texts: Iterable[tuple[str, str]], source: Source) -> frozenset[str]:
    """The words of the names that Compose is given for a project, its containers and their images; `texts`
    are those of the file, each behind the keys above it."""
    if source.format != _COMPOSE:
        return frozenset()
    return frozenset(word for name in _names(texts) for word in split_words(name))


def _names(texts: Iterable[tuple[str, str]]) -> Iterator[str]:
    for path, text in texts:
        is_named = path == _NAME or path.endswith(_OF_SERVICES)
        if is_named and _REFERENCE not in text:
            yield text.rpartition("/")[2].partition(":")[0]
