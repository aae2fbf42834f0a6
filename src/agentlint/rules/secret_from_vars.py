from __future__ import annotations

import re
from collections.abc import Iterator

from agentlint.facts.detectors.secrets.names import credential_name, is_telling, split_words
from agentlint.facts.project import Project
from agentlint.facts.setting import Setting
from agentlint.facts.workflow import WorkflowStep
from agentlint.findings import Finding
from agentlint.knowledge.providers import provider_named
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.text import Pattern, Span

# https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#about-contexts: both syntaxes
_FROM_VARS = Pattern(
    r"(?:Bearer\s{1,4})?\$\{\{\s{0,20}(?i:vars)\s{0,4}(?:\.|\[\s{0,4}')(?P<name>[\w-]{1,128})(?:'\s{0,4}\])?\s{0,20}\}\}"
)
# Of what `vars` holds, a key may be that of a project, and a secret the name of one in a cluster: those
# that a program signs in or encrypts with.
_KEY_OR_SECRET = Pattern(
    r"(?:.{0,80}[_-])?(?:API[_-]?KEY|(?:API|AUTH|ACCESS|OAUTH|BEARER|REFRESH|DEPLOY|BOT)[_-]TOKEN"
    r"|(?:API|APP|AUTH|CLIENT|JWT|WEBHOOK)[_-]SECRET|SECRET[_-](?:ACCESS[_-])?KEY"
    r"|(?:PRIVATE|MASTER|ENCRYPTION|GATEWAY)[_-]KEY|PAT)",
    re.IGNORECASE,
)
_PASSWORD = Pattern(r"(?:.{0,80}[_-])?(?:PASSWORD|PASSWD|PASSPHRASE)", re.IGNORECASE)
# A switch, or what a run makes up for itself.
_NO_PASSWORD = Pattern(
    r"(?:^|[_-])(?:ALLOW|CI|DEMO|DISABLE|E2E|ENABLE|FORCE|HAS|IS|LOCAL|REQUIRE|SKIP|TEST|USE|WITH)(?:[_-])",
    re.IGNORECASE,
)
# Keys that are made to be published: they ship in the pages and apps that use them.
_PUBLIC = Pattern(
    r"(?:^|[_-])(?:PUBLIC|PUBLISHABLE|ANON|VITE|REACT|NUXT|EXPO|FIREBASE|POSTHOG|SEGMENT|ALGOLIA"
    r"|MAPS|MAPBOX|SITE|BEACON|CLIENT[_-](?:KEY|TOKEN))(?:[_-]|$)",
    re.IGNORECASE,
)
# In a header of this name the credential is all there is.
_HEADER = "authorization"


@rule(on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    judged: set[tuple[str, Span]] = set()
    for step in project.all(WorkflowStep):
        for setting in (*step.env, *step.inputs, *step.handed_on, *step.filled_in):
            variable = _variable(setting)
            span = setting.value.span
            if step.in_test or variable is None or span is None or (step.path, span) in judged:
                continue
            judged.add((step.path, span))
            yield ctx.finding(
                step.path,
                span,
                f"`{setting.name.value}` is a credential, but `vars.{variable}` is stored and "
                "printed in the clear",
                help=f"keep it as a secret and write `${{{{ secrets.{variable} }}}}`, then replace "
                "the key",
                subject=f"{setting.name.value}: {variable}",
            )


def _variable(setting: Setting) -> str | None:
    """The configuration variable that a credential is read from."""
    match = _FROM_VARS.fullmatch(setting.value.raw.strip())
    if match is None:
        return None
    names = (setting.name.value, match["name"])
    if any(_PUBLIC.search(name) for name in names):
        return None
    return match["name"] if all(map(_is_credential, names)) else None


def _is_credential(name: str) -> bool:
    if _KEY_OR_SECRET.fullmatch(name):
        return True
    if _PASSWORD.fullmatch(name):
        return credential_name(name) is not None and _NO_PASSWORD.search(name) is None
    match split_words(name):
        case [*issuer, "token"]:
            # Alone it may be a coin or a place in a text.
            return any(map(is_telling, issuer))
        case [*_, owner, "key"]:
            return provider_named(owner) is not None
    return name.lower() == _HEADER
