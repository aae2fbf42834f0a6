"""Every settings key with its shape: the loader checks by this table, the schema is written from it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Shape(StrEnum):
    PROFILE = "profile"
    RULES = "rules"
    GLOBS = "globs"
    RULES_BY_GLOB = "rules by glob"
    SEVERITY_BY_RULE = "severity by rule"
    STRINGS = "strings"
    STRING = "string"
    BOOLEAN = "boolean"
    DAYS = "days"
    ACCEPTED_SECRETS = "accepted secrets"


class Key(Struct, frozen=True):
    """`table` is the TOML table that holds the key, "" for the top."""

    table: str
    name: str
    shape: Shape
    meaning: str

    @property
    def path(self) -> str:
        return f"{self.table}.{self.name}" if self.table else self.name


KEYS = (
    Key("", "profile", Shape.PROFILE, "Which rules run by default: `default` or `strict`."),
    Key(
        "", "select", Shape.RULES, "The rules to run instead of the profile's; `ALL` is every rule."
    ),
    Key("", "extend-select", Shape.RULES, "Rules to run beside the profile's or `select`'s."),
    Key("", "ignore", Shape.RULES, "Rules that never run."),
    Key("", "exclude", Shape.GLOBS, "Paths not to read, as gitignore patterns from this file on."),
    Key("", "baseline", Shape.STRING, "The baseline that checks use, a path from this file on."),
    Key(
        "",
        "per-file-ignores",
        Shape.RULES_BY_GLOB,
        "Rules to silence by gitignore pattern, as in `exclude`.",
    ),
    Key("", "severity", Shape.SEVERITY_BY_RULE, "Another severity for a rule."),
    Key("gateway", "base-url-env", Shape.STRING, "The variable with the gateway's base URL."),
    Key(
        "gateway",
        "bridges",
        Shape.BOOLEAN,
        "Whether the gateway turns chat calls for Responses-only models into Responses calls.",
    ),
    Key("models", "approved", Shape.STRINGS, "Model IDs or aliases that the team has approved."),
    Key("models", "approval-days", Shape.DAYS, "After how many days an approval is stale; 180."),
    Key(
        "models",
        "catalogue",
        Shape.STRING,
        "A file of `agentlint models update`, from this file on.",
    ),
    Key(
        "secrets",
        "allow",
        Shape.ACCEPTED_SECRETS,
        "Fingerprints of credentials that the team has accepted, each with a reason and a last day.",
    ),
    Key("roles", "shared-model-reason", Shape.STRING, "Why writer and reviewer may be one model."),
)

TABLES = tuple(dict.fromkeys(key.table for key in KEYS if key.table))
