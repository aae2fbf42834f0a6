"""A static linter for the instructions and model routes of repositories that coding agents work in."""

__version__ = "0.1.0"
