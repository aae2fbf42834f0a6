"""Running the rules over a tree or one text, and containing whatever goes wrong."""

from agentlint.engine.run import Collected, Run, Stdin, collect, run

__all__ = ["Collected", "Run", "Stdin", "collect", "run"]
