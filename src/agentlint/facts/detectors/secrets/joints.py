"""How a name and its value are joined: in configs, code, command lines, tables and prose."""

from __future__ import annotations

import re
from enum import Enum, auto

from msgspec import Struct

from agentlint.facts.detectors.secrets.patterns import compiled
from agentlint.knowledge.references import AUTH_SCHEME


class Link(Enum):
    """How close a joint ties a value to its name: by syntax, by standing beside it, by a sentence."""

    ASSIGNED = auto()
    LAID_OUT = auto()
    SPOKEN = auto()


_CLOSE = r"(?:\\{0,3}[\"'`*]|[\])?!’”»]){0,6}"
_QUOTE = r"\*{0,2}[‘“«「]?(?:[bBrRuUfF]{1,2}(?=[\"']))?(?P<quote>(?:\\{0,3}[\"'`]){1,3}|)"
_TAG = r"(?:![\w!/.-]{1,30}[ \t]{1,4})?"
# Field(default="value"), ["value", "value"]
_CALL = (
    r"(?:(?:new[ \t])?[A-Za-z_][\w.:]{0,60}\((?:\s{0,40}default\s{0,4}=|)[ \t]{0,4}){0,2}"
    r"(?:\[[ \t]{0,4}(?=[\"']))?"
)
_DEFAULT = r"(?:\$\{[A-Za-z_]\w{0,80}:?[-=])?"
_OPEN = rf"[ \t]{{0,40}}{_TAG}{_CALL}{_DEFAULT}{_QUOTE}{_DEFAULT}{AUTH_SCHEME}?"
_OPEN_QUOTED = rf"{_OPEN}(?<=[\"'`])"
# Asked first: behind the opening it would be asked once for each way to read what opens.
_OPEN_IN_TAGS = rf"(?=[^<]{{1,1000}}</){_OPEN}"
_TYPE = r"(?:[?!]?:[ \t]{0,4}[A-Za-z_&][A-Za-z_.\[\]<>| ]{0,40}(?==[ \t]{0,4}[^\s=]))?"
_ASSIGNS = r"(?::=|=>|->|\?=|\+=|={1,3}|:(?![:-]|//)|＝|：|→|%3[Dd]|&#61;|\\u003[dD])"
_MARK = r"(?:\\{0,3}[\"'])"
_HOLDS = r"(?i:value|default|content|literal|plaintext|inline)"
_NEW_LINE = r"[ \t]{0,8}(?:\r?\n[ \t]{0,40}){1,3}(?:[-*>][ \t]{1,8}|```\w{0,20}\r?\n[ \t]{0,8})?"
# With the letters of the Latin, Greek and Cyrillic scripts beyond ASCII.
_SPOKEN_WORD = r"(?:[dl]['’])?[\w./@\xc0-\u024f\u0370-\u052f\u1e00-\u1eff-]{1,30}"
# Whole words of the Latin script: a part of `db_password_v2` or of `releases/` joins nothing.
IS = (
    r"(?:(?<![\w./-])(?:is|are|was|as|to|es|est|ist|lautet|é|è)(?![\w./-])"
    r"|=|是|为|為|は|는|은|[—–])"
)


class Joint(Struct, frozen=True):
    """What may stand between a name and its value: a `shape`, then what `opens` the value.

    The openings are few, and are compiled once for all shapes.
    """

    shape: str
    link: Link
    opens: str = _OPEN

    def match(self, text: str, end: int) -> re.Match[str] | None:
        """The opening of the value that is joined to the name that ends at `end`.

        Its group `quote` is the quotation mark, with its backslashes, that opens the value, or empty.
        """
        joint = compiled(self.shape).match(text, end)
        return compiled(self.opens).match(text, joint.end()) if joint else None


# KEY=value, key: value, "key": "value", key: str = "value", key => value, ?key=value&
ASSIGNMENT = Joint(rf"{_CLOSE}[ \t]{{0,40}}{_TYPE}{_ASSIGNS}\*{{0,2}}", Link.ASSIGNED)
_WRITTEN = (
    ASSIGNMENT,
    # "--key", "value"; getenv("KEY", "value"); headers.set('key', 'value')
    Joint(r"\\{0,3}[\"'`]\)?\s{0,40},\s{0,40}", Link.ASSIGNED, _OPEN_QUOTED),
    # ${KEY:-value}
    Joint(r":?[-=]", Link.ASSIGNED),
    # process.env.KEY || "value", getenv("KEY") or "value"
    Joint(rf"{_CLOSE}\)?\s{{0,4}}(?:\|\||\?\?|\bor\b)", Link.ASSIGNED, _OPEN_QUOTED),
    # setKey("value")
    Joint(r"\([ \t]{0,8}", Link.SPOKEN, _OPEN_QUOTED),
    # {"name": "KEY", "value": "value"}; - name: KEY (new line) value: value
    Joint(rf"{_MARK}?,?\s{{0,40}}{_MARK}?{_HOLDS}{_MARK}?\s{{0,4}}[:=]", Link.ASSIGNED),
    # key: {value: "value"}; variable "key" { default = "value" }
    Joint(
        rf"{_CLOSE}(?:\s{{0,4}}[:=])?\s{{0,52}}+(?:\{{\s{{0,40}}+)?(?<=[\s{{])"
        rf"{_MARK}?{_HOLDS}{_MARK}?\s{{0,4}}[:=]",
        Link.ASSIGNED,
    ),
    # <key>value</key>, <key>KEY</key><string>value</string>
    Joint(r"(?:</key>\s{0,40}<string)?>", Link.ASSIGNED, _OPEN_IN_TAGS),
    # | key | value |
    Joint(rf"{_CLOSE}[ \t]{{0,40}}\|", Link.LAID_OUT),
)
_SPOKEN = (
    # key: | (new line) value; The key is: (new line) value
    Joint(
        rf"{_CLOSE}(?:[ \t]{{1,4}}{IS})?[ \t]{{0,8}}:[ \t]{{0,8}}(?:[|>][+-]?\d?)?{_NEW_LINE}",
        Link.LAID_OUT,
    ),
    # password `value`, the token is value, set KEY value
    Joint(rf"{_CLOSE}[ \t]{{0,4}}(?:{IS}[ \t]{{0,4}}:?|[ \t])", Link.LAID_OUT),
    # | Password for the bot | value |; | Token (read only) | value |
    Joint(
        rf"{_CLOSE}[ \t](?:(?:for|of|in|on)(?:[ \t]{_SPOKEN_WORD}){{1,3}}|\([^()|\n]{{1,30}}\))"
        rf"{_CLOSE}[ \t]{{0,40}}\|",
        Link.SPOKEN,
    ),
    # key for the gateway: value; **Password (staging):** value; **Password for `bot`**: value
    Joint(
        rf"{_CLOSE}(?:[ \t]{{1,4}}[(`]?{_SPOKEN_WORD}[,)`]{{0,2}}){{1,5}}?{_CLOSE}[ \t]{{0,4}}"
        rf"(?:{IS}|:(?!:|//)|[=(])[ \t]{{0,4}}:?\*{{0,2}}",
        Link.SPOKEN,
    ),
)
# --key value; - --key (new line) - value
_OPTION = Joint(rf"(?:[ \t]{{1,8}}|[\"']?{_NEW_LINE})", Link.ASSIGNED)


def joints_at(text: str, end: int, *, is_option: bool) -> tuple[Joint, ...]:
    """The joints worth trying after a name that ends at `end`: a word that follows only prose has."""
    following = text[end : end + 2]
    if is_option:
        return (_OPTION, *_WRITTEN)
    if following[:1] in (" ", "\t") and following[1:].isalnum():
        return _SPOKEN
    return _WRITTEN + _SPOKEN
