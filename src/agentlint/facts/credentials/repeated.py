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
    """A credential that everybody knows, with its text."""

    literal: str
    fact: DefaultCredential


def told_once(found: Iterable[Known]) -> Iterator[DefaultCredential]:
    """Each credential of a file at the place of its server, else at its first, with the other places.

    Equal texts are one credential where they have a name or a variable in common, and where one is the
    password of a server and the other is called as its clients call it. Others are locks of their own.
    """
    by_literal: defaultdict[str, dict[object, DefaultCredential]] = defaultdict(dict)
    for known in found:
        by_literal[known.literal].setdefault(known.fact.span, known.fact)
    for places in by_literal.values():
        for same in _credentials(tuple(places.values())):
            yield _at_server(same)


def _credentials(facts: tuple[DefaultCredential, ...]) -> Iterable[list[DefaultCredential]]:
    """Facts of one text, in order, parted into those of each credential."""
    servers = tuple(dict.fromkeys(fact.name for fact in facts if fact.name in _servers()))
    above: dict[object, object] = {}
    for fact in facts:
        for name in (fact.default_of, _server_of(fact.name, servers)):
            if name:
                above[_top(above, _own(fact))] = _top(above, name)
    parted: defaultdict[object, list[DefaultCredential]] = defaultdict(list)
    for fact in facts:
        parted[_top(above, _own(fact))].append(fact)
    return parted.values()


def _own(fact: DefaultCredential) -> object:
    """What tells a credential from others: a variable is the same everywhere, a key of a config is not."""
    return fact.name if fact.name.isupper() else fact.span


def _top(above: dict[object, object], one: object) -> object:
    """The last of those above one another, to which the way is halved for whoever asks next."""
    while one in above and above[one] != one:
        above[one] = above.get(above[one], above[one])
        one = above[one]
    return one


def _at_server(same: list[DefaultCredential]) -> DefaultCredential:
    told = next((fact for fact in same if fact.name in _servers()), same[0])
    others = (fact for fact in same if fact is not told)
    return replace(told, repeats=tuple(Located(fact.name, fact.span) for fact in others))


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
