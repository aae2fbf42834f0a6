"""Which values of a pipeline are set up for a test, by what its own variables say."""

from __future__ import annotations

from random import Random

import pytest

from agentlint.documents import parse
from agentlint.facts.test_jobs import set_for_tests
from agentlint.text import Region

KEY = "".join(Random(7).choices("abcdefghijkmnpqrstuvwxyz", k=24))


@pytest.mark.parametrize(
    ("pipeline", "is_for_tests"),
    [
        (f"env: {{NODE_ENV: test}}\njobs: {{a: {{env: {{AUTH: {KEY}}}}}}}\n", True),
        (f"jobs: {{a: {{env: {{RAILS_ENV: 'TEST', AUTH: {KEY}}}}}}}\n", True),
        (f"a: {{variables: {{APP_ENV: test, AUTH: {KEY}}}}}\n", True),
        (f"jobs: {{a: {{env: {{NODE_ENV: test}}, steps: [{{run: X={KEY}}}]}}}}\n", True),
        (f"jobs: {{a: {{env: {{NODE_ENV: production, AUTH: {KEY}}}}}}}\n", False),
        (f"jobs: {{a: {{env: {{NODE_ENV: test, APP_ENV: staging, AUTH: {KEY}}}}}}}\n", False),
        (f"jobs: {{a: {{env: {{ENVIRONMENT: test, AUTH: {KEY}}}}}}}\n", False),
        (f"jobs: {{a: {{env: {{NODE_ENV: test}}}}, b: {{env: {{AUTH: {KEY}}}}}}}\n", False),
        (
            (
                "env: {NODE_ENV: test}\n"
                f"jobs: {{a: {{env: {{NODE_ENV: production}}, steps: [{{env: {{AUTH: {KEY}}}}}]}}}}\n"
            ),
            False,
        ),
        (
            (
                f"a: {{variables: {{NODE_ENV: test, AUTH: &key {KEY}}}}}\n"
                "b: {variables: {AUTH: *key}}\n"
            ),
            False,
        ),
    ],
)
def test_the_innermost_that_names_an_environment_counts(pipeline: str, is_for_tests: bool) -> None:
    found = set_for_tests(parse("yaml", Region.whole(pipeline)))
    at = pipeline.index(KEY)
    assert found.any_contains(Region.whole(pipeline).span(at, at + len(KEY))) is is_for_tests
