"""What a detector reports: where a secret stands and what it is, never the secret."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from agentlint.findings import Confidence
from agentlint.knowledge.secret_shapes import secret_shapes


class Tier(StrEnum):
    """What gave the secret away: its own shape, the structure around it, or the name before it."""

    TOKEN = "token"  # noqa: S105 (a word, not a token)
    STRUCTURE = "structure"
    NAMED = "named"


class SecretMatch(Struct, frozen=True):
    """A literal secret at `text[start:end]`, in code points.

    `kind` is the id of a row of `rules/data/secrets.toml`; `provider` is "" where nothing tells.
    """

    start: int
    end: int
    kind: str
    provider: str
    tier: Tier
    confidence: Confidence

    @property
    def length(self) -> int:
        return self.end - self.start

    @property
    def title(self) -> str:
        return secret_shapes()[self.kind].title

    def describe(self) -> str:
        """Title, length and, where the provider's documented prefix is known, that prefix."""
        prefix = secret_shapes()[self.kind].documented_prefix
        begins = f", begins with {prefix}" if prefix else ""
        return f"{self.title} ({self.length} characters{begins})"


class Verdict(Struct, frozen=True):
    """What one detector says of one place: a secret, or (`match` is None) a look-alike that is none.

    Look-alikes are kept because no other detector may make a secret of them: a GitHub token with wrong
    check digits stays wrong under a key-like name.
    """

    start: int
    end: int
    match: SecretMatch | None = None

    def moved(self, offset: int) -> Verdict:
        """The same verdict in a text that begins `offset` code points earlier."""
        match = self.match and replace(self.match, start=self.start + offset, end=self.end + offset)
        return Verdict(self.start + offset, self.end + offset, match)

    def up_to(self, end: int) -> Verdict:
        """The same verdict on a place that ends at `end`."""
        return Verdict(self.start, end, self.match and replace(self.match, end=end))

    @classmethod
    def secret(
        cls, start: int, end: int, kind: str, tier: Tier, confidence: Confidence, provider: str = ""
    ) -> Verdict:
        known = provider or secret_shapes()[kind].provider
        return cls(start, end, SecretMatch(start, end, kind, known, tier, confidence))
