"""Which values of a pipeline are made up for its run."""

from __future__ import annotations

import re
from random import Random

import pytest

from agentlint.documents import parse
from agentlint.facts.credentials.made_up import made_up_for_run, set_for_tests
from agentlint.text import Region, Span

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


@pytest.mark.parametrize(
    ("pipeline", "is_made_up"),
    [
        (f"jobs: {{a: {{services: {{db: {{env: {{DB_PASSWORD: {KEY}}}}}}}}}}}\n", True),
        (f"a: {{services: [{{name: db, variables: {{DB_PASSWORD: {KEY}}}}}]}}\n", True),
        (
            (
                f"jobs: {{a: {{steps: [{{env: {{PGPASSWORD: {KEY}}}}}], "
                f"services: {{db: {{env: {{DB_PASSWORD: {KEY}}}}}}}}}}}\n"
            ),
            True,
        ),
        (f"jobs: {{a: {{env: {{AUTH: ci-{KEY}}}}}}}\n", True),
        (f"jobs: {{a: {{env: {{AUTH: stress_test_{KEY}}}}}}}\n", True),
        (f"jobs: {{a: {{env: {{AUTH: '{KEY}'}}}}}} # dummy key for CI only\n", True),
        (f"a:\n  AUTH: {KEY} # not a real secret\n", True),
        (f"a:\n  AUTH: {KEY} # of the staging gateway\n", False),
        (f"a:\n  AUTH: {KEY}\n  # only for CI\n", False),
        (f"a:\n  AUTH: {KEY} # testing\n", False),
        (f"jobs: {{a: {{env: {{AUTH: {KEY}}}}}}}\n", False),
        (f"jobs: {{a: {{env: {{AUTH: citest{KEY}}}}}}}\n", False),
        (f"jobs: {{a: {{with: {{services: {{auth: {KEY}}}}}}}}}\n", False),
        (f"services: {KEY}\n", False),
        (f"variables: {{services: {KEY}}}\n", False),
        (f"jobs: {{a: {{steps: [{{uses: x/y@v1, with: {{auth: {KEY}}}}}]}}}}\n", False),
    ],
)
def test_what_a_run_makes_up_says_so_or_starts_its_services(
    pipeline: str, is_made_up: bool
) -> None:
    document = parse("yaml", Region.whole(pipeline))
    found = re.search(rf"[\w-]*{KEY}", pipeline)
    assert found
    assert made_up_for_run(document).holds(pipeline, Span(*found.span())) is is_made_up
