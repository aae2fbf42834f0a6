"""Smoke tests in Python, known by `smoke` in their path and by what they assert of an answer.

One that mocks its answers is none, nor is a program to try something by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from agentlint.documents import Scalar, ScalarKind
from agentlint.documents.code import Call, CodeDocument, Comparison, Expression, Path
from agentlint.facts.programs.bindings import only
from agentlint.facts.programs.code_names import Names
from agentlint.facts.smoke_test import Demand, Overassertion, SmokeTest, is_smoke_test
from agentlint.facts.source import Source
from agentlint.text import Pattern, Span

# Above these an upper bound on time is a time-out rather than a measurement.
_TIGHT_MILLISECONDS = 1000.0
_TIGHT_SECONDS = 1.0
_MOCKS = Pattern(
    r"\b(?:MagicMock|AsyncMock|monkeypatch|mocker|respx|httpretty|requests_mock|pytest_httpx|aioresponses"
    r"|vcr|unittest\.mock|MockTransport)\b"
)
_ENDPOINT = Pattern(r"/(?:chat/completions|responses|messages)\b")
_RESOURCES = frozenset({"completions", "responses", "messages"})
_METHODS = frozenset({"create", "acreate", "stream", "parse"})
_COMPLETIONS = frozenset({"completion", "acompletion", "text_completion", "atext_completion"})
_SENDERS = frozenset({"post", "request", "send", "stream", "urlopen", "fetch"})
_TELLERS = frozenset({"print", "echo", "log", "debug", "info", "warning", "error", "secho"})
_ASSERTS = Pattern(r"\bassert|\braises?\b|\bexit\(|\bfail\(")
_ERRORS = Pattern(
    r"\braises\(|\bassertRaises|\bstatus(?:_code)?\b[^\n]{0,40}\b4\d\d\b"
    r"|\b(?:BadRequest|NotFound|APIStatus|Authentication|PermissionDenied)Error\b"
    r"|invalid[-_ ]|[-_ ]invalid|nonexist|does[-_]not[-_]exist",
    re.IGNORECASE,
)
_COMMENT_OR_TEXT = Pattern(
    r"#[^\n]{0,262144}"
    r"|(?P<begins>^[ \t]{0,200}[rR]?)?(?P<quote>\"\"\"|'''|[\"'])"
    r"(?:\\.|(?!(?P=quote))[^\\]){0,262144}+(?P=quote)?",
    re.DOTALL | re.MULTILINE,
)
_WORD = Pattern(r"[\"'](?P<word>[A-Za-z][\w./:-]{0,80})[\"']")
_TOKENS = Pattern(
    r"(?:prompt|completion|input|output|total|cached|reasoning)_tokens[\"'\])]{0,3}\Z"
)
_PRICE = Pattern(
    r"(?:\b|_)(?:cost|price|billed)(?:_usd|_cents|_per_\w{1,20})?[\"'\])]{0,3}\Z", re.IGNORECASE
)
_RATE_LIMIT = Pattern(r"x-ratelimit|ratelimit-(?:limit|remaining|reset)", re.IGNORECASE)
_MILLISECONDS = Pattern(
    r"(?:elapsed|latency|duration|response_time)\w{0,20}_ms[\"'\])]{0,3}\Z", re.IGNORECASE
)
_SECONDS = Pattern(
    r"(?:elapsed|latency|duration|response_time)(?:_s|_sec|_seconds|\.total_seconds\(\))?[\"'\])]{0,3}\Z",
    re.IGNORECASE,
)
_GENERATED = Pattern(
    r"(?:message(?:\.content|\[[\"']content[\"']\])|output_text|\.content\[0\]\.text)"
    r"(?:\.(?:strip|lower|upper)\(\)){0,3}\Z"
)
# What the patterns that end in `\Z` can match of a value, which is read for each comparison with its name.
_LONGEST_END = 200
_UNITTEST = {
    "assertEqual": "==",
    "assertLess": "<",
    "assertLessEqual": "<=",
    "assertIn": "in",
}
_TRIMS = frozenset({"strip", "lower", "upper"})
_MIRRORED = {"==": "==", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_BOUNDS = ("==", "<", "<=")


def smoke_tests(names: Names, source: Source) -> Iterator[SmokeTest]:
    """The one fact of a smoke test that was read whole."""
    document = names.document
    text = document.region.text
    if not is_smoke_test(source.path) or document.problems or _MOCKS.search(text):
        return
    request = _first_request(document)
    if request is None or not _ASSERTS.search(_statements(text)):
        return
    reader = _Reader(names)
    yield SmokeTest(
        path=source.path,
        span=request.span,
        overassertions=tuple(reader.overassertions()),
        checks_errors=_ERRORS.search(_statements_and_values(text)) is not None,
        words=frozenset(match["word"] for match in _WORD.finditer(text)),
    )


def _statements(text: str) -> str:
    """A program without its comments and strings: what it does, not what it says."""
    return _COMMENT_OR_TEXT.sub(" ", text)


def _statements_and_values(text: str) -> str:
    """A program without its comments and docstrings."""
    return _COMMENT_OR_TEXT.sub(lambda said: said[0] if _is_value(said) else " ", text)


def _is_value(said: re.Match[str]) -> bool:
    return said["quote"] is not None and (said["begins"] is None or len(said["quote"]) == 1)


def _first_request(document: CodeDocument) -> Call | None:
    """The first call that sends a model something to answer; what a client's method is called tells
    it, or the path of an endpoint, in the call itself or under a name that it may be given by."""
    text = document.region.text
    calls = [placed.call for placed in document.calls]
    for call in calls:
        if _is_method(call.function.names) or _names_endpoint(call, text):
            return call
    values = (value for bound in document.bindings for value in (bound.value, bound.default))
    if any(value and _is_endpoint(value, text) for value in values):
        return next(filter(_is_sender, calls), calls[0] if calls else None)
    return None


def _is_sender(call: Call) -> bool:
    return call.function.last in _SENDERS


def _is_method(names: tuple[str, ...]) -> bool:
    *owners, last = names or ("",)
    return last in _COMPLETIONS or (last in _METHODS and not _RESOURCES.isdisjoint(owners))


def _names_endpoint(call: Call, text: str) -> bool:
    """Whether a call is given an endpoint, and does not only tell a person of it."""
    if call.function.last in _TELLERS:
        return False
    return any(_is_endpoint(argument.value, text) for argument in call.arguments)


def _is_endpoint(value: Expression, text: str) -> bool:
    """Whether an expression is such a method, or holds the path of an endpoint; a call within it is
    judged by itself."""
    match value:
        case Call():
            return False
        case Path(names=names, base=base):
            return base is None and _is_method(names)
        case _:
            return _ENDPOINT.search(text, value.span.start, value.span.end) is not None


class _Reader(Struct, frozen=True):
    names: Names

    def overassertions(self) -> Iterator[Overassertion]:
        for comparison in (*self.names.document.comparisons, *self._unittest()):
            demand = self._demand(comparison)
            if demand:
                yield Overassertion(demand, comparison.span)

    def _unittest(self) -> Iterator[Comparison]:
        for placed in self.names.document.calls:
            call = placed.call
            operator = _UNITTEST.get(call.function.last)
            left, right = call.positional(0), call.positional(1)
            if operator and left and right:
                yield Comparison(left, operator, right, placed.scope, call.span)

    def _demand(self, comparison: Comparison) -> Demand | None:
        left, right, operator = comparison.left, comparison.right, comparison.operator
        texts = [self._text(side, comparison.scope) for side in (left, right)]
        if any(_RATE_LIMIT.search(text) for text in texts):
            return Demand.RATE_LIMIT
        if isinstance(left, Scalar) and operator in _MIRRORED:
            left, right, operator = right, left, _MIRRORED[operator]
            texts.reverse()
        if not isinstance(right, Scalar):
            return None
        if right.kind is ScalarKind.STRING:
            exact = operator == "==" and right.text and _GENERATED.search(texts[0])
            return Demand.TEXT if exact else None
        return _numeric(texts[0], operator, right.text)

    def _text(self, expression: Expression, scope: int) -> str:
        """What a side of a comparison says; for a name it is what the name stands for."""
        bound = self._bound(_trimmed(expression), scope)
        if bound and (_GENERATED.search(bound) or _TOKENS.search(bound)):
            return bound
        return self.names.document.written(expression.span)

    def _bound(self, expression: Expression, scope: int) -> str | None:
        """The end of the text that a name of the same function is bound to, once."""
        if not isinstance(expression, Path) or expression.base or len(expression.names) != 1:
            return None
        found = only(self.names.table.in_scopes.get((expression.names, scope), []))
        if found is None or found.value is None:
            return None
        start, end = found.value.span.start, found.value.span.end
        return self.names.document.written(Span(max(start, end - _LONGEST_END), end))


def _trimmed(expression: Expression) -> Expression:
    """What a text was taken from before its blanks or letter case were changed."""
    match expression:
        case Call(function=Path(names=(*names, last), span=span, base=None)) if last in _TRIMS:
            return Path(tuple(names), span) if names else expression
    return expression


def _numeric(text: str, operator: str, number: str) -> Demand | None:
    try:
        value = float(number.replace("_", ""))
    except ValueError:
        return None
    if operator == "==" and value > 0 and _TOKENS.search(text):
        return Demand.TOKENS
    if operator in _BOUNDS and value > 0 and _PRICE.search(text):
        return Demand.PRICE
    if operator in _BOUNDS and value < _TIGHT_MILLISECONDS and _MILLISECONDS.search(text):
        return Demand.LATENCY
    if operator in _BOUNDS and value < _TIGHT_SECONDS and _SECONDS.search(text):
        return Demand.LATENCY
    return None
