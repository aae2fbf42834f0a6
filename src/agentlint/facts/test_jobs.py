"""The jobs of a pipeline that say of themselves that they test: what they set up is made for the run."""

from __future__ import annotations

from agentlint.documents import DataDocument, Document, Mapping, Node, Scalar, Sequence
from agentlint.text import Span, Spans

_VARIABLES = ("env", "variables")
# NODE_ENV: https://expressjs.com/en/advanced/best-practice-performance.html#set-node_env-to-production
# RAILS_ENV, RACK_ENV: https://guides.rubyonrails.org/configuring.html#rails-environment-settings
# APP_ENV: https://symfony.com/doc/current/configuration.html#configuration-environments
# No ENVIRONMENT: it is also what a team calls one of the places that it deploys to.
_ENVIRONMENTS = ("NODE_ENV", "APP_ENV", "RAILS_ENV", "RACK_ENV")
_ANCHOR = "_ENV"
_TEST = "test"


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
                told = _environments(node)
                is_here = all(text == _TEST for text in told) if told else is_test
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
