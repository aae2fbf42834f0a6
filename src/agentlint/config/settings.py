"""The settings of one run, checked and ready to use."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from agentlint.findings import Notice, Severity

EVERY_RULE = "ALL"


class Profile(StrEnum):
    DEFAULT = "default"
    STRICT = "strict"


class PerFileIgnore(Struct, frozen=True):
    """Rules that stay silent in the files that a gitignore-style pattern matches."""

    pattern: str
    rules: tuple[str, ...]


class Gateway(Struct, frozen=True):
    """The gateway that hand-written route tables are read by.

    `base_url_env` names the environment variable with its address. `bridges` says whether it turns
    chat calls for Responses-only models into Responses calls; None means that nobody said.
    """

    base_url_env: str | None = None
    bridges: bool | None = None


class Models(Struct, frozen=True):
    """`catalogue` is the path of newer model facts, relative to the root. An approval older than
    `approval_days` is stale."""

    approved: tuple[str, ...] = ()
    catalogue: str | None = None
    approval_days: int = 180


class Roles(Struct, frozen=True):
    """`shared_model_reason` accepts that one model writes and reviews; empty where nobody said why."""

    shared_model_reason: str = ""


class AcceptedSecret(Struct, frozen=True):
    """One finding about a credential that is known and accepted.

    The fingerprint is made of the rule, the path and the name of the credential, never of its value,
    so it also accepts the value that replaces it. `until` is the last day on which it counts.
    """

    fingerprint: str
    reason: str = ""
    until: date | None = None


class Secrets(Struct, frozen=True):
    allow: tuple[AcceptedSecret, ...] = ()


class Settings(Struct, frozen=True):
    """`select` is empty where the profile decides. `baseline` is a path relative to the root, None
    for no baseline. `source` is the file read, None for defaults. `unused` tells of what somebody wrote
    there, or asked for beside it, that nothing comes of."""

    profile: Profile = Profile.DEFAULT
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    baseline: str | None = None
    per_file_ignores: tuple[PerFileIgnore, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))
    gateway: Gateway = Gateway()
    models: Models = Models()
    roles: Roles = Roles()
    secrets: Secrets = Secrets()
    source: Path | None = None
    unused: tuple[Notice, ...] = ()

    def enabled(self, rule: str, *, strict_only: bool) -> bool:
        """Whether a rule runs: `ignore` wins over `select`, which wins over the profile."""
        if rule in self.ignore or EVERY_RULE in self.ignore:
            return False
        if {rule, EVERY_RULE} & {*self.select, *self.extend_select}:
            return True
        if self.select:
            return False
        return not strict_only or self.profile is Profile.STRICT
