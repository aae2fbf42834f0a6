"""Values under the name of a credential that open nothing: what a pipeline sets up for its own run, which
nobody can use once the job is over, and what a service does not ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from agentlint.documents import DataDocument, Document, Mapping, Node, Scalar, Sequence, walk
from agentlint.knowledge.data import rows, word_set
from agentlint.text import Pattern, Span, Spans

PIPELINES = ("github-workflow", "github-action", "agentic-workflow", "gitlab-ci")
BUILD = "dockerfile"
"""What builds an image has to set variables that programs ask for while they are built."""
# https://docs.github.com/en/actions/tutorials/use-containerized-services/use-docker-service-containers
# https://docs.gitlab.com/ci/services/
_SERVICES = "services"
_SHORTEST_VALUE = 8
_PARTS = Pattern(r"[A-Za-z0-9]{1,400}")
_REST_OF_LINE = Pattern(r"[^\r\n#]{0,40}#(?P<comment>[^\r\n]{0,200})")
_SAYS_MADE_UP = Pattern(
    r"\b(?:dummy|fake|mock|throw-?away|made[ -]up|not[ -](?:a[ -])?(?:real|secret)"
    r"|(?:ci|tests?|testing)[ -]only|only[ -](?:for|in)[ -](?:ci|tests?|testing))\b",
    re.IGNORECASE,
)
# Of an OpenPGP key: https://www.rfc-editor.org/rfc/rfc9580.html#name-key-ids-and-fingerprints
_FINGERPRINT = Pattern(r"(?:0x)?(?:[0-9A-F]{40}|[0-9A-F]{64})")
_VARIABLES = ("env", "variables")
# NODE_ENV: https://expressjs.com/en/advanced/best-practice-performance.html#set-node_env-to-production
# RAILS_ENV, RACK_ENV: https://guides.rubyonrails.org/configuring.html#rails-environment-settings
# APP_ENV: https://symfony.com/doc/current/configuration.html#configuration-environments
# No ENVIRONMENT: it is also what a team calls one of the places that it deploys to.
_ENVIRONMENTS = ("NODE_ENV", "APP_ENV", "RAILS_ENV", "RACK_ENV")
_ANCHOR = "_ENV"
_TEST = "test"


class MadeUp(Struct, frozen=True):
    """What is made up: the passwords that are `unasked` for; of a run of a pipeline what is `for_tests` or
    `of_services`, the `values` that its service containers are started with, wherever they stand, and where
    `words_tell`, what says so. `of_build` tells that this is no run, but the build of an image."""

    unasked: Spans = Spans(())
    for_tests: Spans = Spans(())
    of_services: Spans = Spans(())
    values: frozenset[str] = frozenset()
    words_tell: bool = False
    of_build: bool = False

    def holds(self, text: str, span: Span) -> bool:
        value = span.cut(text)
        return (
            value in self.values
            or self.unasked.any_contains(span)
            or self.for_tests.any_contains(span)
            or self.of_services.any_contains(span)
            or (self.words_tell and (_says_made_up(value) or _is_said_made_up(text, span)))
            or (self.of_build and _is_of_build(value))
        )


def made_up_for_run(document: Document) -> MadeUp:
    """What a pipeline makes up for its own jobs."""
    services = tuple(_of_services(document))
    spans = Spans(value.outer for value in services)
    long = (value.text for value in services if len(value.text) >= _SHORTEST_VALUE)
    return MadeUp(
        for_tests=set_for_tests(document),
        of_services=spans,
        values=frozenset(long),
        words_tell=True,
    )


def made_up_for_build() -> MadeUp:
    """What a Dockerfile makes up for its own build, which only words tell."""
    return MadeUp(words_tell=True, of_build=True)


def made_up_beside_switches(document: Document) -> MadeUp:
    """The passwords of services that ask nobody for them, as a switch beside each says."""
    return MadeUp(unasked=Spans(value.outer for value in _unasked(document)))


def _unasked(document: Document) -> Iterator[Scalar]:
    if not isinstance(document, DataDocument):
        return
    known = [
        row for row in rows("secret-words", "unasked") if row["variable"] in document.region.text
    ]
    for root in document.roots if known else ():
        for _, node in walk(root):
            assigned = dict(_assigned(node))
            for row in known:
                switches = (assigned[name][0] for name in row["switches"] if name in assigned)
                is_off = any(text.strip().lower() == row["value"] for text in switches)
                if is_off and row["variable"] in assigned:
                    yield assigned[row["variable"]][1]


def _assigned(node: Node) -> Iterator[tuple[str, tuple[str, Scalar]]]:
    """The variables that a mapping or a list of assignments sets: each with its text, and where it is."""
    match node:
        case Mapping(entries=entries):
            for entry in entries:
                if isinstance(entry.value, Scalar):
                    yield entry.key.text, (entry.value.text, entry.value)
        case Sequence(items=items):
            for item in items:
                if isinstance(item, Scalar):
                    name, _, value = item.text.partition("=")
                    yield name, (value, item)


def _of_services(document: Document) -> Iterator[Scalar]:
    """The values that containers get which live as long as their job, on its own network."""
    for root in document.roots if isinstance(document, DataDocument) else ():
        for pointer, node in walk(root):
            of_github = pointer[:1] == ("jobs",) and pointer[2:3] == (_SERVICES,)
            of_gitlab = _SERVICES in pointer[:-2] and pointer[-2] in _VARIABLES
            if isinstance(node, Scalar) and (of_github or of_gitlab):
                yield node


def _says_made_up(value: str) -> bool:
    """Whether a value says that it is for a run: `ci-db-7f3a...`, `test_jwt_secret_12345`."""
    return _has_part(value, "of_runs")


def _is_of_build(value: str) -> bool:
    """Whether a value says that it is for a build, `build-only-7f3a`, or whose signature downloads have."""
    return _FINGERPRINT.fullmatch(value) is not None or _has_part(value, "of_builds")


def _has_part(value: str, words: str) -> bool:
    parts = (part.lower() for part in _PARTS.findall(value))
    return not word_set("secret-words", "placeholders", words).isdisjoint(parts)


def _is_said_made_up(text: str, span: Span) -> bool:
    """Whether the comment behind a value says so: `# dummy key for CI only`."""
    rest = _REST_OF_LINE.match(text, span.end)
    return rest is not None and _SAYS_MADE_UP.search(rest["comment"]) is not None


def set_for_tests(document: Document) -> Spans:
    """The values of a pipeline for which the environment is a test, by the innermost that names any: the
    step, the job or the whole. What an alias puts elsewhere too has to be for tests in each place."""
    if not isinstance(document, DataDocument) or _ANCHOR not in document.region.text:
        return Spans(())
    spans: dict[bool, set[Span]] = {True: set(), False: set()}
    left: list[tuple[Node, bool]] = [(root, False) for root in document.roots]
    while left:
        node, is_test = left.pop()
        match node:
            case Mapping(entries=entries):
                environments = _environments(node)
                is_here = all(text == _TEST for text in environments) if environments else is_test
                left.extend((entry.value, is_here) for entry in entries)
            case Sequence(items=items):
                left.extend((item, is_test) for item in items)
            case Scalar():
                spans[is_test].add(node.outer)
    return Spans(spans[True] - spans[False])


def _environments(part: Mapping) -> list[str]:
    """What the variables of a part of the pipeline call the environment that its programs run in."""
    variables = [part.get(key) for key in _VARIABLES]
    values = [v.get(name) for v in variables if isinstance(v, Mapping) for name in _ENVIRONMENTS]
    return [value.text.strip().lower() for value in values if isinstance(value, Scalar)]
