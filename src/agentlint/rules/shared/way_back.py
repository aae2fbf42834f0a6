"""Where the way back from a migration is told: what the rules about rollback notes share."""

from __future__ import annotations

import posixpath
from collections import defaultdict

from agentlint.discovery import is_markdown_page
from agentlint.facts.file_facts import FileFacts
from agentlint.facts.project import Project
from agentlint.facts.section import Link, Section, WayBackKey

_NAMES = ("rollback", "roll-back", "roll_back")


def has_way_back(file: FileFacts, project: Project) -> bool:
    """Whether the way back stands in a file or beside it: in what it links to, or in a neighbour
    whose name or heading says rollback."""
    if tells_way_back(file) or any(_leads_back(link, project) for link in file.of(Link)):
        return True
    beside = project.once(_notes_by_folder)[posixpath.dirname(file.path)]
    return any(note != file.path for note in beside)


def has_note(file: FileFacts, project: Project) -> bool:
    """As `has_way_back`, for a record that promises a note: one anywhere in the repository will do."""
    return has_way_back(file, project) or project.once(_has_any_note)


def dangling_notes(file: FileFacts, project: Project) -> tuple[Link, ...]:
    """The links that promise a rollback note and lead to no file, whichever way they are read."""
    links = (link for link in file.of(Link) if link.says_rollback)
    promised = [link for link in links if is_markdown_page(link.target)]
    found = {link.span for link in promised if _exists(link, project)}
    missing = {link.span: link for link in reversed(promised) if link.span not in found}
    return tuple(missing[span] for span in sorted(missing))


def tells_way_back(file: FileFacts) -> bool:
    """Whether a file itself says how to go back."""
    return bool(file.of(WayBackKey)) or any(section.way_back for section in file.of(Section))


def is_rollback_note(file: FileFacts) -> bool:
    """Whether a file's own name, or one of its headings, says rollback."""
    if names_note(file.path):
        return True
    return any(section.way_back and "roll" in section.title.lower() for section in file.of(Section))


def _telling(project: Project) -> frozenset[str]:
    files = (*project.files, *project.context)
    return frozenset(file.path for file in files if tells_way_back(file))


def names_note(path: str) -> bool:
    """Whether the name of a file says rollback."""
    name = posixpath.basename(path).lower()
    return any(word in name for word in _NAMES)


def _notes_by_folder(project: Project) -> defaultdict[str, list[str]]:
    notes: defaultdict[str, list[str]] = defaultdict(list)
    for file in (*project.files, *project.context):
        if is_rollback_note(file):
            notes[posixpath.dirname(file.path)].append(file.path)
    return notes


def _has_any_note(project: Project) -> bool:
    files = (*project.files, *project.context)
    return any(is_rollback_note(file) or file.of(WayBackKey) for file in files)


def _leads_back(link: Link, project: Project) -> bool:
    """Whether a link leads to the way back; of a script or folder only its name can tell."""
    target = project.file(link.target)
    if target is None:
        return link.says_rollback and not is_markdown_page(link.target)
    return link.says_rollback or target.path in project.once(_telling)


def _exists(link: Link, project: Project) -> bool:
    """Whether a target is there, told from the root or from a folder above: a project may lie below
    the root of the checkout."""
    folders = link.path.split("/")[:-1]
    above = ["/".join((*folders[:depth], link.target)) for depth in range(len(folders) + 1)]
    return any(project.file(path) for path in above)
