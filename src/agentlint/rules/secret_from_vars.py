from __future__ import annotations

import re
from collections.abc import Iterator

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
_CREDENTIAL = Pattern(
    r"(?:.{0,80}[_-])?(?:API[_-]?KEY|(?:API|AUTH|ACCESS|OAUTH|BEARER|REFRESH|DEPLOY|BOT)[_-]TOKEN"
    r"|(?:API|APP|AUTH|CLIENT|JWT|WEBHOOK)[_-]SECRET|SECRET[_-](?:ACCESS[_-])?KEY|PRIVATE[_-]KEY|PAT)",
    re.IGNORECASE,
)
# A token alone may be a coin or a place in a text, so its name has to tell who issued it.
_TOKEN = Pattern(r"(?P<issuer>.{1,80})[_-]TOKEN", re.IGNORECASE)
_ISSUERS = frozenset(
    {
        "cloudflare", "codecov", "discord", "docker", "dockerhub", "gateway", "gh", "github",
        "gitlab", "heroku", "hf", "llm", "netlify", "npm", "pypi", "sentry", "slack", "sonar",
        "telegram", "vercel",
    }
)  # fmt: skip
# Keys that are made to be published: they ship in the pages and apps that use them.
_PUBLIC = Pattern(
    r"(?:^|[_-])(?:PUBLIC|PUBLISHABLE|ANON|VITE|REACT|NUXT|EXPO|FIREBASE|POSTHOG|SEGMENT|ALGOLIA"
    r"|MAPS|MAPBOX|SITE|BEACON|CLIENT[_-](?:KEY|TOKEN))(?:[_-]|$)",
    re.IGNORECASE,
)


@rule("secret-from-vars", on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    judged: set[tuple[str, Span]] = set()
    for step in project.all(WorkflowStep):
        for setting in (*step.env, *step.inputs):
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
    if _CREDENTIAL.fullmatch(name):
        return True
    token = _TOKEN.fullmatch(name)
    words = token["issuer"].lower().replace("-", "_").split("_") if token else ()
    return any(word in _ISSUERS or provider_named(word) for word in words)
