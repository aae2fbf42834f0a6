"""A key without effect is told with what to write instead, as this very file has room for it."""

from __future__ import annotations

import pytest

STEP = """\
on: push
jobs:
  review:
    runs-on: ubuntu-latest
    steps:
      - uses: anthropics/claude-code-action@v1
        with:
          prompt: Review.
"""


@pytest.mark.parametrize(
    ("inputs", "advice", "fixed"),
    [
        ("model: claude-opus-4-8", "write `claude_args: --model claude-opus-4-8`", True),
        ("model: ${{ vars.MODEL }}", "write `claude_args: --model ${{ vars.MODEL }}`", False),
        (
            "model: claude-opus-4-8\n          claude_args: --max-turns 5",
            "add `--model claude-opus-4-8` to `claude_args` instead",
            False,
        ),
        ("model: opus\n          claude_args: --model sonnet", "remove it", True),
        ('model: opus\n          settings: \'{"model": "sonnet"}\'', "remove it", True),
        ('model: "a\\nb"', "write `claude_args: --model <model>`", False),
    ],
)
def test_the_model_of_an_action_that_no_longer_takes_one(
    check, inputs: str, advice: str, *, fixed: bool
) -> None:
    report = check({".github/workflows/review.yml": f"{STEP}          {inputs}\n"})
    (found,) = [finding for finding in report.findings if finding.rule == "dead-route"]
    assert found.help == advice
    assert (found.fix is not None) is fixed
