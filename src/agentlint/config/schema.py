"""The JSON Schema of the settings, for editors and for `agentlint config schema`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agentlint.config.keys import KEYS, TABLES, Key, Shape
from agentlint.config.settings import EVERY_RULE, Profile
from agentlint.findings import Severity


def json_schema(rules: Sequence[str]) -> dict[str, Any]:
    """Draft 2020-12 schema of `agentlint.toml`; `rules` are the known rule ids."""
    top = {key.name: _property(key, rules) for key in KEYS if not key.table}
    tables = {
        table: _object({key.name: _property(key, rules) for key in KEYS if key.table == table})
        for table in TABLES
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "agentlint settings",
        **_object({**top, **tables}),
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _property(key: Key, rules: Sequence[str]) -> dict[str, Any]:
    return {"description": key.meaning, **_shape(key.shape, rules)}


def _shape(shape: Shape, rules: Sequence[str]) -> dict[str, Any]:
    strings = {"type": "array", "items": {"type": "string"}}
    rule_list = {"type": "array", "items": {"enum": [EVERY_RULE, *rules]}}
    severities = {"enum": [str(severity) for severity in Severity]}
    shapes: dict[Shape, dict[str, Any]] = {
        Shape.PROFILE: {"enum": [str(profile) for profile in Profile]},
        Shape.RULES: rule_list,
        Shape.GLOBS: strings,
        Shape.STRINGS: strings,
        Shape.STRING: {"type": "string"},
        Shape.BOOLEAN: {"type": "boolean"},
        Shape.DAYS: {"type": "integer", "minimum": 1},
        Shape.ACCEPTED_SECRETS: {"type": "array", "items": _accepted_secret()},
        Shape.RULES_BY_GLOB: {"type": "object", "additionalProperties": rule_list},
        Shape.SEVERITY_BY_RULE: {
            "type": "object",
            "additionalProperties": False,
            "properties": dict.fromkeys(rules, severities),
        },
    }
    return shapes[shape]


def _accepted_secret() -> dict[str, Any]:
    fingerprint = {"type": "string", "pattern": "^[0-9a-fA-F]{32}$"}
    # TOML dates reach a validator as text in one tool and as an object of its own in another.
    properties = {"fingerprint": fingerprint, "reason": {"type": "string"}, "until": {}}
    return {"anyOf": [fingerprint, {**_object(properties), "required": ["fingerprint"]}]}
