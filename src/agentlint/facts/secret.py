"""A literal that looks like a credential. The fact holds where it stands and what kind it is, never it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from agentlint.facts.values.value import Located
from agentlint.findings import Confidence
from agentlint.text import Span


class Handling(Struct, frozen=True):
    """What is done with a credential where it stands; each is "" where nothing of the kind is.

    `sets` is the variable of the environment that a program sets to it, `looks_up` the one in place of
    which a program takes it where nobody has set that. `assigned_to` is the name in capitals that it is
    given, `client` the class of the client that is made with it, and `scheme` that of the URL whose
    password it is.
    """

    sets: str = ""
    looks_up: str = ""
    assigned_to: str = ""
    client: str = ""
    scheme: str = ""


class SecretCandidate(Struct, frozen=True):
    """`title` and `provider` come from our own table; `length` counts code points of the value.

    `name` is the key, variable or header that it is assigned to, "" where there is none.
    `reader` is the format that reads the file, which decides how a reference is spelled there. `slot` is
    the kind of whatever stands at this place of such a file, "" where the place tells none. One that is
    `said_void` is called revoked, rotated or expired by its own sentence. One that is `in_url_too` is also
    the password of a URL in its file. `expires` is the last day that a JSON Web Token gives itself.
    `same_as` is the first place of the file that holds the same value, None for that place itself.
    One that is `in_json` is one text of a value that is a list in JSON.
    One that `is_printed` stands in what a cell of a notebook printed, and not in what anybody wrote.
    `default_of` is the variable whose default it is, as in `${NAME:-…}`, "" where it is none's, and
    `handling` what else is done with it.
    """

    path: str
    span: Span
    kind: str
    title: str
    provider: str
    length: int
    confidence: Confidence
    name: str = ""
    reader: str = ""
    slot: str = ""
    said_void: bool = False
    in_url_too: bool = False
    expires: date | None = None
    same_as: Span | None = None
    default_of: str = ""
    handling: Handling = Handling()
    in_json: bool = False
    is_printed: bool = False


def secret_end(secret: SecretCandidate) -> int:
    return secret.span.end


def secret_start(secret: SecretCandidate) -> int:
    return secret.span.start


def touched(secrets: Sequence[SecretCandidate], span: Span) -> Sequence[SecretCandidate]:
    """Those of a file's secrets, given in order and without overlaps, that overlap `span`."""
    first = bisect_right(secrets, span.start, key=secret_end)
    return secrets[first : bisect_left(secrets, span.end, key=secret_start)]


class DefaultCredential(Struct, frozen=True):
    """A literal that works as a credential and that everybody knows, such as `sk-1234`.

    One that `is_published` looks like no such value, but stands in what a project ships. `default_of` is
    the variable whose default it is, "" where it is none's. `host` is the host in whose URL it stands, ""
    where it stands under a name. `repeats` are the names and places under which the rest of the file has
    the same credential. `reader` is the format that reads the file.
    """

    path: str
    span: Span
    name: str
    is_published: bool = False
    default_of: str = ""
    host: str = ""
    repeats: tuple[Located[str], ...] = ()
    reader: str = ""
