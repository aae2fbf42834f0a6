"""Running the rules over a tree or one text, and containing whatever goes wrong."""

from agentlint.engine.request import Run, Stdin
from agentlint.engine.run import Collected, collect, run

__all__ = ["Collected", "Run", "Stdin", "collect", "run"]
