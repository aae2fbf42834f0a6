"""What is done with a credential where it stands, as the text right before it tells."""

from __future__ import annotations

from agentlint.facts.secret import Handling
from agentlint.text import Pattern, Span

_REACH = 300
_NAME = r"[A-Za-z_]\w{0,80}"
_QUOTED_NAME = rf"[\"'](?P<quoted>{_NAME})[\"']"
_OPENING = r"[ \t]{0,8}[rbf]?[\"'`]{1,3}\Z"
# https://docs.python.org/3/library/os.html#os.environ, https://nodejs.org/api/process.html#processenv
_ENVIRONMENT = (
    rf"\b(?:environ|process\.env)\[[ \t]{{0,4}}{_QUOTED_NAME}[ \t]{{0,4}}\]"
    rf"|\bprocess\.env\.(?P<plain>{_NAME})"
)
_SETS = Pattern(
    rf"(?:(?:{_ENVIRONMENT})[ \t]{{0,4}}=|\b(?:environ\.setdefault|putenv)\([ \t]{{0,4}}"
    rf"[\"'](?P<given>{_NAME})[\"'][ \t]{{0,4}},){_OPENING}"
)
_LOOKS_UP = Pattern(
    rf"(?:(?:{_ENVIRONMENT})[ \t]{{0,4}}(?:\|\||\?\?)|\b(?:getenv|environ\.get)\(\s{{0,40}}"
    rf"[\"'](?P<given>{_NAME})[\"']\s{{0,40}},\s{{0,40}}(?:default[ \t]?=)?){_OPENING}"
)
# A constant, or a key in the data of a sample, in capitals as variables are.
_ASSIGNED = Pattern(
    r"(?<![A-Za-z0-9_])(?P<name>[A-Z][A-Z0-9]{0,60}(?:_[A-Z0-9]{1,60}){1,8})[\"']?[ \t]{0,8}"
    rf"(?::[ \t]{{0,4}}\w{{1,20}}[ \t]{{0,4}}(?==))?[:=](?:{_OPENING}|[ \t]{{0,8}}\Z)"
)
# The client that is made with it: `Composio(api_key="`, by the class whose name begins the call.
_CLIENT = Pattern(
    r"(?<![\w.])(?:[a-z_]\w{0,40}\.){0,3}(?P<name>[A-Z][A-Za-z0-9]{1,60})\([^()]{0,200}?"
    rf"\b(?:api_?[kK]ey|token)[ \t]{{0,4}}[=:]{_OPENING}"
)
_OWN_HOST = Pattern(r"[^()]{0,200}\b(?:base_?url|api_base|endpoint|host)[\"']?\s{0,4}[=:]")
_OWN_HOST_BEFORE = Pattern(r"\b(?:base_?url|api_base|endpoint|host)[\"']?\s{0,4}[=:][^()]{0,200}\Z")
# What of a URL stands before its password.
_OF_URL = Pattern(r"(?P<scheme>[a-z][a-z0-9+.-]{1,30})://[^\s/@:\"']{0,100}:\Z")


def handling(text: str, span: Span, *, of_url: bool) -> Handling:
    """What `text` does with the credential at `span`, or with the URL that it is the password of."""
    before = text[max(0, span.start - _REACH) : span.start]
    url = _OF_URL.search(before) if of_url else None
    if url:
        before = before[: url.start()]
    sets = _SETS.search(before)
    looks_up = None if sets else _LOOKS_UP.search(before)
    assigned = _ASSIGNED.search(before)
    client = _CLIENT.search(before)
    if client and (_OWN_HOST_BEFORE.search(client[0]) or _OWN_HOST.match(text, span.end)):
        client = None
    return Handling(
        sets=_variable(sets.groupdict()) if sets else "",
        looks_up=_variable(looks_up.groupdict()) if looks_up else "",
        assigned_to=assigned["name"] if assigned else "",
        client=client["name"] if client else "",
        scheme=url["scheme"] if url else "",
    )


def _variable(groups: dict[str, str | None]) -> str:
    return next(filter(None, groups.values()), "") or ""
