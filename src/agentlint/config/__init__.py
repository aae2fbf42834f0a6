"""`agentlint.toml` or `[tool.agentlint]` as settings, and the schema that describes them."""

from agentlint.config.errors import ConfigError, access_failure, did_you_mean, not_found
from agentlint.config.loading import (
    PYPROJECT,
    SETTINGS_FILE,
    check_rules,
    find_settings,
    hides_a_table,
    load_settings,
    read_settings,
    settings_error,
    settings_name,
)
from agentlint.config.schema import json_schema
from agentlint.config.settings import (
    EVERY_RULE,
    AcceptedSecret,
    Gateway,
    Models,
    PerFileIgnore,
    Profile,
    Roles,
    Secrets,
    Settings,
)

__all__ = [
    "EVERY_RULE",
    "PYPROJECT",
    "SETTINGS_FILE",
    "AcceptedSecret",
    "ConfigError",
    "Gateway",
    "Models",
    "PerFileIgnore",
    "Profile",
    "Roles",
    "Secrets",
    "Settings",
    "access_failure",
    "check_rules",
    "did_you_mean",
    "find_settings",
    "hides_a_table",
    "json_schema",
    "load_settings",
    "not_found",
    "read_settings",
    "settings_error",
    "settings_name",
]
