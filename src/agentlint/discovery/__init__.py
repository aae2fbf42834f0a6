"""Which files are read, and what kind each is."""

from agentlint.discovery.candidate import Candidate, Discovered, FileKind, Keeping
from agentlint.discovery.classify import (
    classify,
    classify_or_guess,
    is_dockerfile,
    is_markdown_page,
    kind_by_suffix,
)
from agentlint.discovery.definitions import recognise_definition
from agentlint.discovery.glob import Glob, pattern_from_root, read_glob, why_never
from agentlint.discovery.ignore import IgnoreRules
from agentlint.discovery.listing import (
    Listing,
    State,
    is_plain,
    state_of,
    trusted_state_of,
    with_plain,
)
from agentlint.discovery.places import (
    is_copy_of_home,
    is_for_development,
    is_in_docs,
    is_in_docs_or_samples,
    is_pruned,
    is_put_away,
    is_run_as_test,
    is_test_path,
    one_persons,
)
from agentlint.discovery.reading import (
    MAX_BYTES,
    FileError,
    decode,
    most_bytes,
    read_bytes,
    source_of,
)
from agentlint.discovery.root import ROOT_MARKS, find_root, is_repository, may_be_project
from agentlint.discovery.signatures import (
    Signature,
    is_generated,
    recognise_content,
    searched_as,
    weak_formats,
)
from agentlint.discovery.walk import (
    candidate_at,
    discover,
    is_excluded,
    named_candidate,
    readable,
)

__all__ = [
    "MAX_BYTES",
    "ROOT_MARKS",
    "Candidate",
    "Discovered",
    "FileError",
    "FileKind",
    "Glob",
    "IgnoreRules",
    "Keeping",
    "Listing",
    "Signature",
    "State",
    "candidate_at",
    "classify",
    "classify_or_guess",
    "decode",
    "discover",
    "find_root",
    "is_copy_of_home",
    "is_dockerfile",
    "is_excluded",
    "is_for_development",
    "is_generated",
    "is_in_docs",
    "is_in_docs_or_samples",
    "is_markdown_page",
    "is_plain",
    "is_pruned",
    "is_put_away",
    "is_repository",
    "is_run_as_test",
    "is_test_path",
    "kind_by_suffix",
    "may_be_project",
    "most_bytes",
    "named_candidate",
    "one_persons",
    "pattern_from_root",
    "read_bytes",
    "read_glob",
    "readable",
    "recognise_content",
    "recognise_definition",
    "searched_as",
    "source_of",
    "state_of",
    "trusted_state_of",
    "weak_formats",
    "why_never",
    "with_plain",
]
