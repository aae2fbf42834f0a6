"""Walking the tree: pruned folders, ignore rules, each real file once, nothing outside the root."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cached_property
from itertools import accumulate, islice
from pathlib import Path
from time import time_ns

from msgspec import Struct, field
from msgspec.structs import replace

from agentlint.discovery.candidate import Candidate, Discovered, FileKind, Keeping
from agentlint.discovery.classify import (
    classify,
    classify_or_guess,
    kind_and_format,
    kind_by_suffix,
)
from agentlint.discovery.definitions import definition_below
from agentlint.discovery.ignore import IGNORE_FILE, IgnoreRules
from agentlint.discovery.listing import Listing, Named, state_of, trusted_state_of
from agentlint.discovery.places import is_pruned, one_persons
from agentlint.discovery.root import is_out_of_place
from agentlint.findings import Notice, NoticeKind
from agentlint.knowledge.data import word_set

MAX_DEPTH = 64
_ENVIRONMENT_MARK = "pyvenv.cfg"
_REPOSITORY_MARK = ".git"
_ANY_PAGE = "page.md"


def discover(
    root: Path,
    paths: Iterable[Path],
    exclude: Iterable[str] = (),
    *,
    force_exclude: bool = False,
    listings: Mapping[str, Listing] | None = None,
    most: int | None = None,
) -> Discovered:
    """Every file below `paths` that may be read, each once, in order of its path.

    A file that is named is read whatever ignore rules say, unless `force_exclude`, with which hooks name
    what they are given. `listings` are those
    of an earlier walk over the root as a whole, which this one must be too; without them none are made,
    and with them files are left out that are as they were when they were of no interest.
    Of more than `most` names in folders, those nearest to the root are looked at, and `is_cut` says so.
    A missing path raises FileNotFoundError with the path as its `filename`.
    """
    walk = _Walk(root, IgnoreRules().plus(exclude), known=listings, left=most)
    for path in paths:
        absolute = Path(os.path.abspath(path))
        if not os.path.lexists(absolute):
            raise FileNotFoundError(None, "no such file or folder", str(path))
        if force_exclude and walk.is_excluded(absolute):
            continue
        if os.path.isdir(absolute):
            walk.folder(absolute)
        else:
            walk.named_file(absolute)
    walk.take_tracked()
    walk.follow_links()
    if not force_exclude:
        walk.take_named()
    found = sorted(walk.found.values(), key=lambda candidate: candidate.path)
    notices = tuple(sorted(set(walk.notices)))
    is_cut = walk.left is not None and walk.left < 0
    return Discovered(tuple(found), notices, walk.listings, is_cut, walk.passed_over)


def is_excluded(root: Path, path: Path, exclude: Iterable[str]) -> bool:
    """Whether `exclude` or an ignore file holds for a path, or for a folder above it."""
    return _Walk(root, IgnoreRules().plus(exclude)).is_excluded(path)


def candidate_at(root: Path, path: str, exclude: Iterable[str]) -> Candidate | None:
    """What a walk over `root` makes of a file at `path`, which need not exist; None where it reads none."""
    kind, format_id = kind_and_format(path)
    if kind is None or is_excluded(root, root / path, exclude):
        return None
    return candidate_of(root, path, kind, format_id)


def candidate_of(
    root: Path, path: str, kind: FileKind, format_id: str, *, asked_for: bool = False
) -> Candidate:
    """A file of which its kind and format are known, with what the folders above it tell."""
    is_page = kind is FileKind.DOCUMENT and not format_id
    definition = definition_below(path) if is_page else format_id
    shown = bool(definition) and is_out_of_place(root, path, definition)
    return Candidate(path, str(root), kind, format_id, asked_for, shown)


def named_candidate(root: Path, path: str) -> Candidate:
    """A file that somebody named one by one, which need not exist."""
    return _Walk(root, IgnoreRules()).named_candidate(path, path)


def readable(root: Path, paths: Iterable[str], exclude: Iterable[str]) -> Iterator[str]:
    """Those of `paths` that a walk over `root` would look at, if it knew what they are."""
    walk = _Walk(root, IgnoreRules().plus(exclude))
    for path in paths:
        if not walk.is_excluded(root / path) and not walk.is_foreign(path):
            yield path


class _Walk(Struct, dict=True):
    root: Path
    excluded: IgnoreRules
    known: Mapping[str, Listing] | None = None
    left: int | None = None
    started: int = field(default_factory=time_ns)
    listings: dict[str, Listing] = field(default_factory=dict)
    found: dict[str, Candidate] = field(default_factory=dict)
    links: list[Named] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    linked: set[str] = field(default_factory=set)
    passed_over: int = 0

    def named_file(self, file: Path) -> None:
        real = self._inside(file)
        if real is None:
            return
        path = self._relative(real)
        self.named.add(path)
        self.found[path] = self.named_candidate(path, self._relative(file))

    def named_candidate(self, path: str, named: str) -> Candidate:
        """A file that somebody named one by one, at `path` and by what may be a link to it."""
        kind, format_id = classify(path) or classify_or_guess(named)
        asked_for = kind_by_suffix(path) in (None, FileKind.DOCUMENT)
        found = candidate_of(self.root, path, kind, format_id, asked_for=asked_for)
        return replace(found, keeping=self._keeping(path))

    def take_named(self) -> None:
        """Note of the files found that they were named one by one, also where a folder above one was."""
        for path in self.named:
            self.found[path] = replace(self.found[path], named=True)

    def folder(self, folder: Path) -> None:
        real = self._inside(folder)
        if real is None:
            return
        stack = deque([(self._folder_path(real), self._rules_above(real), 0)])
        while stack and (self.left is None or self.left >= 0):
            # The nearest folders first where not all are looked at.
            base, above, depth = stack.pop() if self.left is None else stack.popleft()
            if depth > MAX_DEPTH:
                self._notice(base, NoticeKind.LIMIT, f"more than {MAX_DEPTH} folders deep")
                continue
            listing, rules = self._listing(base, above, depth)
            self._take(base, listing)
            self.links += [
                (base + name, kind, format_id) for name, kind, format_id in listing.links
            ]
            self.hidden += [base + name for name in listing.hidden]
            stack += [(f"{base}{name}/", rules, depth + 1) for name in listing.folders]

    def _take(self, base: str, listing: Listing) -> None:
        """Find the files of a folder, but for those that are as they were when they were of no interest."""
        root, plain = str(self.root), listing.plain
        for name, kind, format_id in listing.files:
            path = base + name
            if name in plain and plain[name] == state_of(f"{root}/{path}"):
                self.passed_over += 1
            else:
                self.found[path] = candidate_of(self.root, path, kind, format_id)

    def take_tracked(self) -> None:
        """Find what git tracks of what its ignore rules hide, where the settings do not exclude it."""
        hidden = [path for path in self.hidden if not self.excluded.covers(path)]
        if not hidden:
            return
        for path in self._tracked_of(hidden):
            kind, format_id = kind_and_format(path)
            if kind and self._is_taken(path):
                found = candidate_of(self.root, path, kind, format_id)
                keeping = Keeping.TRACKED if one_persons(path) else Keeping.NOTHING
                self.found[path] = replace(found, keeping=keeping)

    def _is_taken(self, path: str) -> bool:
        """Whether a tracked file is where the index says, and hidden by nothing but ignore files."""
        *folders, _ = path.split("/")
        if any(map(is_pruned, folders)) or self.excluded.covers(path):
            return False
        file = self.root / path
        there = os.path.isfile(file) and Path(os.path.realpath(file)) == file
        return there and len(folders) <= MAX_DEPTH

    def follow_links(self) -> None:
        """Find what links lead to; of several to a file that only they name, the first one tells, and one
        to the file itself before any to its folder."""
        folders: list[str] = []
        for path, kind, format_id in sorted(self.links):
            if kind_and_format(path)[0] is None:
                folders.append(path)
            else:
                self._link(path, kind, format_id)
        for path in folders:
            self._link_of_folder(path)

    def is_excluded(self, path: Path) -> bool:
        """Whether ignore rules hold for a path or a folder above it."""
        relative = self._relative(Path(os.path.realpath(path)))
        if not self._is_hidden(relative, is_folder=os.path.isdir(path)):
            return False
        return not (relative in self._tracked and self._is_taken(relative))

    def is_foreign(self, path: str) -> bool:
        """Whether a file lies in a folder that git takes no file of."""
        folders = accumulate(f"{folder}/" for folder in path.split("/")[:-1])
        marks = (_ENVIRONMENT_MARK, _REPOSITORY_MARK)
        return any(
            self._is_foreign({mark for mark in marks if os.path.lexists(self.root / base / mark)})
            for base in folders
        )

    @cached_property
    def _tracked(self) -> frozenset[str]:
        return frozenset(self._tracked_of([""]))

    def _tracked_of(self, hidden: Iterable[str]) -> Iterable[str]:
        """What git tracks of some paths; nothing, with a notice, where that cannot be told."""
        from agentlint.discovery.tracked import UnknownIndexError, tracked

        try:
            return list(tracked(self.root, hidden))
        except UnknownIndexError as error:
            left = "a tracked file that an ignore file names is left out"
            message = f"what git tracks is not known, since {error}: {left}"
            self._notice(_REPOSITORY_MARK, NoticeKind.LIMIT, message)
            return []

    def _is_hidden(self, relative: str, *, is_folder: bool) -> bool:
        rules, base = self.excluded, ""
        for part in relative.split("/")[:-1]:
            rules = self._rules_down_to(base, rules)
            base = f"{base}{part}/"
            if is_pruned(part) or rules.ignores(base):
                return True
        rules = self._rules_down_to(base, rules)
        return rules.ignores(f"{relative}/" if is_folder else relative)

    def _keeping(self, path: str) -> Keeping:
        """What keeps a file that was named out of the repository; what the settings exclude, git takes."""
        if one_persons(path) is None or not _Walk(self.root, IgnoreRules()).hides(path):
            return Keeping.NOTHING
        return Keeping.TRACKED if path in self._tracked else Keeping.IGNORED

    def hides(self, path: str) -> bool:
        """Whether ignore rules hold for a file, tracked or not."""
        return self._is_hidden(path, is_folder=False)

    def _rules_down_to(self, base: str, above: IgnoreRules) -> IgnoreRules:
        """The rules that hold in a folder on the way to a path; each is read once."""
        if base not in self._read_rules:
            self._read_rules[base] = above.within(f"{self.root}/{base}", base)
        return self._read_rules[base]

    @cached_property
    def _read_rules(self) -> dict[str, IgnoreRules]:
        return {}

    def _rules_above(self, folder: Path) -> IgnoreRules:
        """The rules of the folders above; those that hide `folder` itself do not count, since it was
        asked for by name."""
        rules = self.excluded
        here, base = str(self.root), ""
        for part in [part for part in self._folder_path(folder).split("/") if part]:
            rules = rules.within(here, base)
            here, base = os.path.join(here, part), f"{base}{part}/"
            if rules.ignores(base):
                rules = IgnoreRules()
        return rules

    def _listing(self, base: str, above: IgnoreRules, depth: int) -> tuple[Listing, IgnoreRules]:
        """What of a folder the walk goes on with, and the rules that hold in it."""
        state = (
            None if self.known is None else trusted_state_of(f"{self.root}/{base}", self.started)
        )
        before = self.known.get(base) if self.known else None
        if before and before.state == state:
            rules = self._rules_in(base, above) if before.has_ignore_file else above
            if before.rules == self._rules_key(rules):
                self.listings[base] = before
                return before, rules
        notices = len(self.notices)
        entries = self._entries(base)
        names = {entry.name for entry in entries}
        if depth and self._is_foreign(names):
            entries, names = [], set()
        has_ignore_file = not base or IGNORE_FILE in names
        rules = self._rules_in(base, above) if has_ignore_file else above
        listing = self._listed(entries, base, rules)
        if before:
            plain = {n: before.plain[n] for n, _, _ in listing.files if n in before.plain}
            listing = replace(listing, plain=plain)
        # What there is to tell of a folder the next walk has to tell too.
        if state and len(self.notices) == notices:
            self.listings[base] = replace(
                listing, state=state, rules=self._rules_key(rules), has_ignore_file=has_ignore_file
            )
        elif listing.plain:
            self.listings[base] = listing
        return listing, rules

    def _listed(
        self, entries: Iterable[os.DirEntry[str]], base: str, rules: IgnoreRules
    ) -> Listing:
        folders: list[str] = []
        files: list[Named] = []
        links: list[Named] = []
        hidden: list[str] = []
        for entry in entries:
            name = entry.name
            if entry.is_dir(follow_symlinks=False):
                if is_pruned(name):
                    continue
                if rules.ignores(f"{base}{name}/"):
                    hidden.append(f"{name}/")
                else:
                    folders.append(name)
                continue
            kind, format_id = _kind_of_entry(entry, base + name)
            if kind is None:
                continue
            if rules.ignores(base + name):
                hidden.append(name)
            elif not entry.is_symlink():
                if format_id or entry.is_file(follow_symlinks=False):
                    files.append((name, kind, format_id))
            elif format_id:
                links.append((name, kind, format_id))
        return Listing(
            folders=tuple(folders),
            files=tuple(files),
            links=tuple(links),
            hidden=tuple(hidden),
        )

    def _rules_key(self, rules: IgnoreRules) -> bytes:
        """What a listing depends on besides the folder."""
        return rules.digest + (_REPOSITORY_MARK.encode() if self._is_repository else b"")

    def _is_foreign(self, names: Set[str]) -> bool:
        """Whether a folder with these entries is a virtual environment, or the checkout of another
        repository, a submodule or a further worktree in one, of all of which git takes no file."""
        return _ENVIRONMENT_MARK in names or (_REPOSITORY_MARK in names and self._is_repository)

    @cached_property
    def _is_repository(self) -> bool:
        return os.path.lexists(self.root / _REPOSITORY_MARK)

    def _rules_in(self, base: str, above: IgnoreRules) -> IgnoreRules:
        """The rules above a folder together with those of its own ignore file."""
        rules = above.within(f"{self.root}/{base}", base)
        for file, why in rules.unread[len(above.unread) :]:
            self._notice(file, NoticeKind.LIMIT, why)
        return rules

    def _link(self, link: str, kind: FileKind, format_id: str) -> None:
        file = self.root / link
        if format_id in word_set("files", "made_by_each", "formats") and not os.path.exists(file):
            return  # nobody has made it yet
        real = self._inside(file)
        if real is None or os.path.isdir(real):
            return
        self._take_by_link(self._relative(real), kind, format_id)

    def _take_by_link(self, path: str, kind: FileKind, format_id: str) -> None:
        before = self.found.get(path)
        if before is None or not before.known:
            # Where its own name says nothing, whoever follows the link reads it as what that says.
            classified = classify(path) or (kind, format_id)
            self.found[path] = candidate_of(self.root, path, *classified)

    def _link_of_folder(self, link: str) -> None:
        """Find what a folder of the repository holds that a link has another name for (`.claude/rules`)."""
        real = Path(os.path.realpath(self.root / link))
        base = self._folder_path(real)
        is_inside = self.root in real.parents and not f"{link}/".startswith(base)
        if not is_inside or base in self.linked or not os.path.isdir(real):
            return
        if is_pruned(real.name) or self.is_foreign(base) or self.is_excluded(real):
            return
        self.linked.add(base)
        for path in self._files_below(base):
            kind, format_id = kind_and_format(f"{link}/{path.removeprefix(base)}")
            if kind and format_id and not self.is_excluded(self.root / path):
                self._take_by_link(path, kind, format_id)

    def _files_below(self, base: str) -> Iterator[str]:
        """The regular files below a folder that a walk would come to."""
        stack = [base]
        while stack and (self.left is None or self.left >= 0):
            folder = stack.pop()
            entries = self._entries(folder)
            if folder.count("/") > MAX_DEPTH or self._is_foreign({entry.name for entry in entries}):
                continue
            for entry in entries:
                if entry.is_file(follow_symlinks=False):
                    yield folder + entry.name
                elif entry.is_dir(follow_symlinks=False) and not is_pruned(entry.name):
                    stack.append(f"{folder}{entry.name}/")

    def _inside(self, path: Path) -> Path | None:
        """The real path, or None with a notice for one that leads out of the root or nowhere."""
        try:
            real = Path(os.path.realpath(path, strict=True))
        except (OSError, ValueError):
            self._notice(self._relative(path), NoticeKind.UNREADABLE, "a link that leads nowhere")
            return None
        if real == self.root or self.root in real.parents:
            return real
        self._notice(self._relative(path), NoticeKind.OUTSIDE_ROOT, "a link out of the root")
        return None

    def _entries(self, base: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(f"{self.root}/{base}") as entries:
                if self.left is None:
                    return list(entries)
                found = list(islice(entries, self.left + 1))
                self.left -= len(found)
                return found
        except OSError as error:
            reason = os.strerror(error.errno).lower() if error.errno else "cannot be opened"
            self._notice(base, NoticeKind.UNREADABLE, reason)
            return []

    def _notice(self, path: str, kind: NoticeKind, message: str) -> None:
        self.notices.append(Notice(path, 0, kind, message))

    def _relative(self, path: Path) -> str:
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.name

    def _folder_path(self, folder: Path) -> str:
        relative = self._relative(folder)
        return "" if relative == "." else f"{relative}/"


def _kind_of_entry(entry: os.DirEntry[str], path: str) -> tuple[FileKind | None, str]:
    """What a file is by its name, and of a link to a folder what the pages right below that name are."""
    kind, format_id = kind_and_format(path)
    if kind is None and entry.is_symlink():
        kind, format_id = kind_and_format(f"{path}/{_ANY_PAGE}")
        return (kind, format_id) if format_id else (None, "")
    return kind, format_id
