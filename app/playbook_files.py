"""Playbooks from a folder, with the packs over them: loaded whole or not at all."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from assist.errors import PlaybookProblems, Problem
from assist.playbook.parse import Found, parse, read_file
from assist.playbook.schema import Playbooks

PACKS = "packs"


def read_folder(folder: Path, prefix: str = "") -> dict[str, str]:
    """File name -> text of every playbook in a folder and its folders by language, as `de`; names begin with *prefix*.

    Raises `PlaybookProblems` for what cannot be read.
    """
    if not folder.is_dir():
        raise PlaybookProblems([Problem(str(folder), 1, "there is no such folder")])
    files: dict[str, str] = {}
    problems = []
    for path in paths_in(folder):
        name = prefix + path.relative_to(folder).as_posix()
        try:
            files[name] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            line, byte = error.object.count(b"\n", 0, error.start) + 1, error.object[error.start]
            problems.append(Problem(name, line, f"the byte 0x{byte:02x} is not UTF-8; save the file as UTF-8"))
        except OSError as error:
            problems.append(Problem(name, 1, f"cannot be read: {error.strerror}"))
    if problems:
        raise PlaybookProblems(problems)
    return files


def paths_in(folder: Path) -> list[Path]:
    """The playbooks of a folder and of its languages, a folder each by their codes; in each, folders of parts too."""
    places = {folder, *folder.glob("[a-z][a-z]/"), *folder.glob("[a-z][a-z][a-z]/")}
    places |= {inner for place in places for inner in place.glob("[a-z]*/") if inner.name != PACKS}
    return sorted(path for place in places for path in (*place.glob("*.yaml"), *place.glob("*.yml")))


def packs_in(folder: Path) -> tuple[str, ...]:
    """The names of the packs that lie in a folder of playbooks."""
    return tuple(sorted(path.name for path in (folder / PACKS).glob("*/")))


def place_of(folder: Path, pack: str) -> Path:
    """Where a pack lies: by its name in the folder of playbooks, or by a path of its own."""
    named = folder / PACKS / pack
    own = Path(pack)
    if named.is_dir():
        return named
    if own.is_dir():
        return own
    there = ", ".join(packs_in(folder)) or "none"
    raise PlaybookProblems([Problem(f"{PACKS}/{pack}", 1, f"there is no such pack; there are: {there}")])


def load(folder: Path, packs: Sequence[str] = (), *, read_one: Callable[[str, str], Found] = read_file) -> Playbooks:
    """The playbooks of a folder with packs over them, in their order. Raises `PlaybookProblems` with every mistake."""
    base = read_folder(folder)
    places = [place_of(folder, pack) for pack in packs]
    names = [place.relative_to(folder) if place.is_relative_to(folder) else place for place in places]
    laid = [read_folder(place, f"{name.as_posix()}/") for place, name in zip(places, names, strict=True)]
    return parse(base, *laid, read_one=read_one)


def load_all(folder: Path) -> tuple[Playbooks, tuple[str, ...]]:
    """The playbooks of a folder and the names of its packs, each of which has been laid over them to be checked.

    Raises `PlaybookProblems` with every mistake of all.
    """
    problems: set[Problem] = set()
    packs = packs_in(folder)
    sets: list[Playbooks] = []
    for laid in ((), *((pack,) for pack in packs)):
        try:
            sets.append(load(folder, laid))
        except PlaybookProblems as error:
            problems |= {_of_pack(problem, *laid) for problem in error.problems if problem not in problems}
    if problems:
        raise PlaybookProblems(list(problems))
    return sets[0], packs


def _of_pack(problem: Problem, pack: str = "") -> Problem:
    """A problem that a pack makes in a file below it names the pack."""
    below = pack and not problem.file.startswith(f"{PACKS}/")
    return replace(problem, what=f"{problem.what}, with the pack '{pack}'") if below else problem
