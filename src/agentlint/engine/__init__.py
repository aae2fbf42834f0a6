"""Running the rules over a tree or one text, and containing whatever goes wrong."""

from agentlint.engine.collected import Collected
from agentlint.engine.request import Run, Stdin
from agentlint.engine.run import collect, run

__all__ = ["Collected", "Run", "Stdin", "collect", "run"]
