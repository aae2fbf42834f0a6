"""Which languages of fences hold what; a fence of no language has "" for its language."""

from __future__ import annotations

_SHELLS = frozenset({"bash", "sh", "shell", "zsh", "console", "shell-session"})
POSIX_SHELLS = _SHELLS | {"curl"}
"""Read as a shell of POSIX reads it: its quotes, its comments, its calls of `curl`."""
COMMANDS = _SHELLS | {"powershell"}
"""Run as commands, and shown with what a terminal answers."""
PLAIN_TEXT = frozenset({"text", "txt", "plaintext", "output"})
UNTYPED = COMMANDS | PLAIN_TEXT | {"", "http"}
"""Anything that a terminal shows: a key in it may as well stand in a log or an answer."""
ANSWERS = frozenset({"json", "jsonc", "json5", "jsonl", "text", "txt", "console"})
"""What a model or a command answers, if the text around says so."""
JSON = frozenset({"json", "jsonc", "json5"})
ROWS = frozenset({"jsonl", "ndjson"})
"""Objects line by line, as logs and batches of requests hold them."""
FORMS = UNTYPED | {"dotenv", "env", "ini", "properties"}
"""Settings line by line, which may be a form to fill in."""
SETTINGS = frozenset({"ini", "cfg", "conf", "properties"})
"""Settings that no parser of agentlint reads as data; nobody runs them where they stand."""
CONFIGS = frozenset({"yaml", "yml", "toml"})
"""Configs with levels: below the top level an ID stands in someone's route table, where IDs belong."""
QUERIES = frozenset({"sql", "mysql", "pgsql", "plsql", "postgres", "postgresql", "sqlite"})
SILENT = frozenset({"mermaid", "diff", "patch", "csv", "tsv", "log", "plantuml", "dot", "tree"})
"""Drawings, records and changes: nothing that they name is put to work by them."""
PROSE = frozenset({"", "markdown", "md", "mdx", "text", "txt"})
"""Text in which `#` and `//` begin no comment."""
