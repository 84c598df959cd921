"""Which packs speak for each team, read from a file: every mistake with its line, nothing taken by halves."""

from collections.abc import Mapping
from pathlib import Path

import yaml

from app.playbook_files import PACKS, packs_in
from assist.errors import PlaybookProblems, Problem
from assist.playbook.nodes import Reader

Teams = Mapping[str, tuple[str, ...]]  # team -> its packs, by name or as an absolute path, in their order


def read_teams(file: Path, folder: Path) -> Teams:
    """The packs of each team of a file: names of packs in the *folder* of playbooks, or folders beside the file.

    Raises `PlaybookProblems` with every mistake, an unknown pack among them.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise PlaybookProblems([Problem(str(file), 1, f"cannot be read: {why}")]) from None
    reader = Reader(file.name)
    root = reader.compose(text)
    found = _teams(reader, root, file.parent, folder) if root else {}
    if reader.problems:
        raise PlaybookProblems(reader.problems)
    return found


def _teams(reader: Reader, root: yaml.Node, beside: Path, folder: Path) -> Teams:
    teams: dict[str, tuple[str, ...]] = {}
    if not isinstance(root, yaml.MappingNode):
        reader.problem(root, "the file must be a mapping of teams, each with a list of packs, as `support: [retail]`")
        return teams
    for key, value in root.value:
        team = reader.text(key, "a team")
        if team in teams:
            reader.problem(key, f"team '{team}' stands here twice")
        listed = reader.items(value, f"team '{team}'")
        teams[team] = tuple(pack for item in listed if (pack := _pack(reader, item, beside, folder)))
    return teams


def _pack(reader: Reader, node: yaml.Node, beside: Path, folder: Path) -> str:
    name = reader.text(node, "a pack")
    if not name or (folder / PACKS / name).is_dir():
        return name
    if (own := beside / name).is_dir():
        return str(own.resolve())
    there = ", ".join(packs_in(folder)) or "none"
    reader.problem(node, f"there is no pack '{name}'; allowed: a folder beside this file, or one of {there}")
    return ""
