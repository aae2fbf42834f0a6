"""One credential in several places of a file: a server is given it, and its clients send it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from agentlint.facts.secret import DefaultCredential
from agentlint.facts.values.value import Located
from agentlint.knowledge.data import rows

# How the command of a client takes it, such as that of a health check.
_OPTION = "password"


class Known(Struct, frozen=True):
    """A credential that everybody knows, with its text. `starts` is the service that starts the server
    whose password it is, "" where none is known to."""

    literal: str
    fact: DefaultCredential
    starts: str = ""

    @property
    def name(self) -> str:
        return self.fact.name


def unique_credentials(found: Iterable[Known]) -> Iterator[DefaultCredential]:
    """Each credential of a file at the place of its server, else at its first, with the other places.

    Equal texts are one credential where they have a name or a variable in common, and where one is the
    password of a server and the other is called as its clients call it. Others are locks of their own, as
    those of two servers are which each start with it.
    """
    by_literal: defaultdict[str, dict[object, Known]] = defaultdict(dict)
    for known in found:
        by_literal[known.literal].setdefault(known.fact.span, known)
    for places in by_literal.values():
        for same in _credentials(tuple(places.values())):
            yield _at_server(same)


def _credentials(known: tuple[Known, ...]) -> Iterable[list[Known]]:
    """Those of one text, in order, parted into those of each credential."""
    servers = tuple(dict.fromkeys(one.name for one in known if one.name in _servers()))
    above: dict[object, object] = {}
    for one in known:
        if one.starts:
            above.setdefault(one.name, _own(one))
    for one in known:
        for name in (one.fact.default_of, _server_of(one.name, servers)):
            if name:
                above[_top(above, _own(one))] = _top(above, name)
    parted: defaultdict[object, list[Known]] = defaultdict(list)
    for one in known:
        parted[_top(above, _own(one))].append(one)
    return parted.values()


def _own(known: Known) -> object:
    """What tells a credential from others: a variable is the same everywhere, but for servers that each
    start with it, and a key of a config is not."""
    if known.starts:
        return (known.name, known.starts)
    return known.name if known.name.isupper() else known.fact.span


def _top(above: dict[object, object], one: object) -> object:
    """The last of those above one another, to which the way is halved for whoever asks next."""
    while one in above and above[one] != one:
        above[one] = above.get(above[one], above[one])
        one = above[one]
    return one


def _at_server(same: list[Known]) -> DefaultCredential:
    by_name = (one for one in same if one.name in _servers())
    first = next((one for one in same if one.starts), next(by_name, same[0]))
    others = (one for one in same if one is not first)
    return replace(first.fact, repeats=tuple(Located(one.name, one.fact.span) for one in others))


def _server_of(name: str, servers: tuple[str, ...]) -> str:
    """The variable of the server whose clients call its password so, "" for none."""
    if not servers or name in _servers():
        return ""
    if name == _OPTION:
        return servers[0]
    own = frozenset(name.lower().replace("-", "_").split("_"))
    known = (row for row in rows("secret-words", "server") if not own.isdisjoint(row["clients"]))
    return next((one for row in known for one in servers if one in row["variables"]), "")


@cache
def _servers() -> frozenset[str]:
    return frozenset(one for row in rows("secret-words", "server") for one in row["variables"])
