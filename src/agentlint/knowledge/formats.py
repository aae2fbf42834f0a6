"""Config formats: who reads each, how it spells references, and what becomes of a base URL."""

from collections.abc import Mapping
from functools import cache

from msgspec import Struct, convert

from agentlint.knowledge.data import rows, typed_rows
from agentlint.knowledge.families import Family
from agentlint.text import Pattern

_SPELLING = Pattern(r"write `([^`]{0,80}\{name\}[^`]{0,80})`")


class Format(Struct, frozen=True):
    """One `[[format]]` row of `rules/data/formats.toml`.

    `title` is the reader's name for people. `reference_dialects` are the spellings of references that the
    reader understands; `reference_advice` says how to write one there with {name} for the variable, and
    is "" where nobody knows what the reader expands. `unexpanded_dialects` are those of an editor around
    it that it is known to leave as they are. `whole_file` says that it expands them wherever they
    stand in its files, and not in its routes alone. `left_empty` says that what is committed names
    credentials and leaves them empty. `takes_json5` says that the reader reads JSON5. `rendered` says
    that teams often fill such files in with envsubst before the reader sees them. `serves_any_family`
    says that the reader answers on whatever family is called. `substituted` are models for which the
    reader calls newer ones by itself. `in_place_of_unknown` says what it does where it does not have the
    model, "" where that is an error, and `next_of_list` what it does with a list of models then.
    `own_models` says that the reader has the models of its vendor's list, and none by a gateway's alias.
    `unprefixed` are the providers, by vendor, at which the reader calls
    a model that no provider is named for, where those are not the vendors' own. `bridges` are the
    (from, to) families that the reader translates by itself. `model_advice` is what to do about a model
    ID in its settings, and `agent_advice` about that of one of its agents; "" where it can only be kept in
    one place. `program` is the row of agents.toml for a reader that calls nobody but whom that one names.
    """

    id: str
    title: str
    reference_dialects: tuple[str, ...]
    unexpanded_dialects: tuple[str, ...]
    reference_advice: str
    whole_file: bool
    left_empty: bool
    takes_json5: bool
    rendered: bool
    serves_any_family: bool
    substituted: frozenset[str]
    in_place_of_unknown: str
    own_models: bool
    next_of_list: str
    unprefixed: Mapping[str, str]
    bridges: frozenset[tuple[Family, Family]]
    family_key: str
    family_dialect: str
    model_advice: str
    agent_advice: str
    program: str

    def reference(self, name: str) -> str | None:
        """The text that the reader replaces by the variable `name`, where one is known."""
        spelling = _SPELLING.fullmatch(self.reference_advice)
        return spelling[1].replace("{name}", name) if spelling else None


class McpClient(Struct, frozen=True, rename={"reader": "format"}):
    """An `[[mcp_client]]` row: who starts the servers below the key `servers`, and the tables of each whose
    values it hands on, after the references that the format `reader` expands."""

    reader: str
    files: frozenset[str]
    ends: tuple[str, ...]
    servers: str
    environment: str
    headers: str


class UrlShape(Struct, frozen=True, omit_defaults=True, gc=False):
    """How a reader takes a base URL: `form` is root, versioned, full_endpoint or "" for not known.

    A root ends before the version (`https://host`), a versioned URL with it (`https://host/v1`),
    and a full endpoint is called as it stands. `appended` is the path that the reader adds, None where it
    adds none or nobody knows; one that `takes_whole` URLs leaves it out where the URL already ends in it.
    """

    form: str = ""
    appended: str | None = None
    takes_whole: bool = False

    def for_url(self, url: str) -> "UrlShape":
        """How this very URL is taken."""
        whole = self.takes_whole and url.rstrip("/").endswith(self.appended or "")
        return FULL_ENDPOINT if whole else self


UNKNOWN_SHAPE = UrlShape()
FULL_ENDPOINT = UrlShape("full_endpoint")


def format_named(format_id: str) -> Format:
    """The row of a format; raises KeyError for one that has none."""
    return _formats()[format_id]


def find_format(format_id: str) -> Format | None:
    """The row of a format, or None for a format that has none."""
    return _formats().get(format_id)


def reader_of(file_format: str) -> Format | None:
    """Who reads a file that discovery knew as `file_format`, a row of `files.toml`; None for nobody
    in particular."""
    return _formats().get(file_format) or _readers().get(file_format)


def expands_shell(file_format: str) -> bool:
    """Whether the reader of a file may expand `${VAR}` as shells do: one that is known to, or one of which
    nothing is known."""
    reader = reader_of(file_format)
    return reader is None or not reader.reference_dialects or "shell" in reader.reference_dialects


def advice_at(format_id: str, path: str) -> str:
    """How to write a reference in the file at `path`, where its place tells more than its format; ""
    where it does not."""
    whole = f"/{path}"
    return next(
        (advice for ending, advice in _places().get(format_id, ()) if whole.endswith(ending)), ""
    )


def mcp_client_at(file_format: str, path: str) -> McpClient | None:
    """Who starts the servers of a file; None where nobody in particular is known to read it."""
    whole = f"/{path}"
    return next(
        (
            client
            for client in _mcp_clients()
            if file_format in client.files or whole.endswith(client.ends)
        ),
        None,
    )


def advice_for(format_id: str, name: str) -> str:
    """What to do with a value that stands under `name`, where that tells more than the format; "" where it
    does not."""
    return _entries().get((format_id, name), "")


def url_shape(format_id: str, driver: str = "") -> UrlShape:
    """How the reader of a format takes a base URL for a `driver`, its own word for the protocol or
    provider it speaks to. Where no row tells, the shape is empty and nobody may judge the URL."""
    return _shapes().get((format_id, driver), UNKNOWN_SHAPE)


@cache
def driver_families(format_id: str, setting: str) -> Mapping[str, Family]:
    """The families that the words of a format's own setting stand for, as its reader spells them.

    Raises KeyError for a setting that has no row.
    """
    return {word: Family(name) for word, name in _drivers()[format_id, setting].items()}


@cache
def _formats() -> dict[str, Format]:
    return {known.id: known for known in typed_rows("formats", "format", Format)}


@cache
def _drivers() -> Mapping[tuple[str, str], Mapping[str, str]]:
    return {(row["format"], row["setting"]): row["families"] for row in rows("formats", "driver")}


@cache
def _readers() -> dict[str, Format]:
    return {
        file_format: format_named(row["id"])
        for row in rows("formats", "format")
        for file_format in row["files"]
    }


@cache
def _mcp_clients() -> tuple[McpClient, ...]:
    return typed_rows("formats", "mcp_client", McpClient)


@cache
def _places() -> dict[str, list[tuple[str, str]]]:
    places: dict[str, list[tuple[str, str]]] = {}
    for row in rows("formats", "place"):
        advice = [(ending, row["reference_advice"]) for ending in row["ends"]]
        places.setdefault(row["format"], []).extend(advice)
    return places


@cache
def _entries() -> dict[tuple[str, str], str]:
    return {
        (row["format"], name): row["reference_advice"].replace("{name}", name)
        for row in rows("formats", "entry")
        for name in row["names"]
    }


@cache
def _shapes() -> dict[tuple[str, str], UrlShape]:
    return {
        (row["format"], driver): convert(row, UrlShape)
        for row in rows("formats", "base_url")
        for driver in row["drivers"]
    }
