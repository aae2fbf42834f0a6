"""The spellings by which configs refer to a value elsewhere, and the marks of a value not yet filled in.

The spellings and who reads them are from the tools' own documentation: LiteLLM (`os.environ/X`),
shells and compose files (`$X`, `${X:-default}`), opencode (`{env:X}`, `{file:path}`), Bifrost
(`env.X`), TensorZero (`env::X`, `dynamic::x`, `file::path`, `path::path`, `none`), GitHub Actions and
Continue (`${{ secrets.X }}`), decK (`${{ env "DECK_X" }}`), Kong (`{vault://x/y}`), Traefik
(`urn:k8s:secret:…`), promptfoo and Helm (`{{ env.X }}`), LibreChat (`user_provided`), crush (`$(command)`).
"""

from __future__ import annotations

import re

from msgspec import Struct

from agentlint.text import Pattern


class ReferenceForm(Struct, frozen=True):
    """`dialect` names the spelling; `kind` is a value kind; `target` is what is pointed at."""

    dialect: str
    kind: str
    target: str
    default: str | None = None


_NAME = r"[A-Za-z_][\w.-]{0,127}"
_FORMS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (dialect, kind, re.compile(pattern, re.DOTALL))
    for dialect, kind, pattern in (
        ("litellm", "env_ref", rf"os\.environ/(?P<target>{_NAME})"),
        ("actions", "secret_ref", r"\$\{\{\s{0,20}secrets\.(?P<target>[\w.-]{1,128})\s{0,20}\}\}"),
        (
            "actions",
            "env_ref",
            r"\$\{\{\s{0,20}(?:vars|env|inputs)\.(?P<target>[\w.-]{1,128})\s{0,20}\}\}",
        ),
        (
            "deck",
            "env_ref",
            rf"\$\{{\{{\s{{0,20}}env\s{{1,20}}[\"'](?P<target>{_NAME})[\"']\s{{0,20}}\}}\}}",
        ),
        ("actions", "template", r"\$\{\{(?P<target>.{0,400}?)\}\}"),
        (
            "shell",
            "env_ref",
            rf"\$\{{(?P<target>{_NAME})(?::?[-=](?P<default>[^{{}}]{{0,400}}))?(?::?[?+][^{{}}]{{0,400}})?\}}",
        ),
        ("shell", "env_ref", r"\$(?P<target>[A-Za-z_]\w{0,127})"),
        ("windows", "env_ref", r"%(?P<target>[A-Z_][A-Z0-9_]{1,127})%"),
        ("opencode", "env_ref", rf"\{{env:(?P<target>{_NAME})\}}"),
        ("opencode", "file_ref", r"\{file:(?P<target>[^{}]{1,400})\}"),
        ("vault", "secret_ref", r"\{?vault://(?P<target>[^{}]{1,400})\}?"),
        ("kubernetes", "secret_ref", r"urn:k8s:secret:(?P<target>.{1,400})"),
        ("bifrost", "env_ref", r"env\.(?P<target>[A-Z_][A-Z0-9_]{0,127})"),
        ("tensorzero", "env_ref", r"(?:env|dynamic)::(?P<target>[\w.-]{1,128})"),
        ("tensorzero", "file_ref", r"(?:file|path)::(?P<target>.{1,400})"),
        (
            "secret-manager",
            "secret_ref",
            r"(?:aws_secret|google_kms|op|sops|secretref|ssm)(?:/|:/{0,2})(?P<target>.{1,400})",
        ),
        ("template", "template", r"\{\{(?P<target>.{0,400}?)\}\}"),
        ("command", "command", r"\$\((?P<target>.{0,400})\)"),
        ("command", "command", r"`(?P<target>[^`]{1,400})`"),
        (
            "code",
            "env_ref",
            r"(?:process\.env\.|ENV\[\"?|os\.environ\[\"?|os\.getenv\(\"?)(?P<target>[A-Za-z_]\w{0,127})\"?[\])]?",
        ),
        ("librechat", "secret_ref", r"(?P<target>user_provided)"),
    )
)
_SCHEME_AND_REFERENCE = Pattern(r"(?:Bearer|Basic|Token)\s{1,4}(?P<rest>\S.{0,400})", re.DOTALL)
_PLACEHOLDER = Pattern(
    r"""
    <[^<>]{0,200}> | \[[^\[\]]{1,200}\]            # <model>, [verify current model id]
    | (?:VERIFY|REPLACE|YOUR|INSERT|CHANGE|FILL|SET|PUT|TODO|TBD|FIXME|PLACEHOLDER|XXX+)
      (?:[_\W][\w\W]{0,200})?
    | (?:your|replace|insert|change|fill|put)[-_ ](?:me|in|with|here|this|your|\w{1,40}[-_ ]).{0,200}
    | your[-_ ]?(?:api[-_ ]?)?(?:key|token|model|secret|url|gateway|deployment|endpoint|resource).{0,80}
    | .{0,100}(?:[-_ ]placeholder|placeholder[-_ ]).{0,100} | placeholder
    | .{0,100}_(?:HERE|GOES_HERE|PLACEHOLDER|IN_DOCS|IN_GATEWAY_DOCS)
    | (?:\.{3,20}|…|[xX]{3,80}|\*{3,80}|_{3,80}|-{3,80}|\?{2,20})
    | (?:changeme|change-me|replaceme|replace-me|todo|tbd|fixme|redacted|example)
    """,
    re.VERBOSE | re.DOTALL,
)


def classify_reference(text: str) -> ReferenceForm | None:
    """The reference that the whole of `text` is, with or without an auth scheme before it."""
    scheme = _SCHEME_AND_REFERENCE.fullmatch(text)
    if scheme:
        text = scheme["rest"]
    for dialect, kind, pattern in _FORMS:
        match = pattern.fullmatch(text)
        if match:
            groups = match.groupdict()
            return ReferenceForm(dialect, kind, groups["target"].strip(), groups.get("default"))
    if any(mark in text for mark in ("${", "{{", "$(")):
        return ReferenceForm("mixed", "template", text[:400])
    return None


def is_placeholder(text: str) -> bool:
    """Whether `text` stands for a value that someone is still to fill in."""
    return _PLACEHOLDER.fullmatch(text) is not None
