"""Sets in other languages: their own words, the English order of steps, and never less safety."""

import pytest

from app.playbook_files import read_folder
from app.settings import resource
from assist.errors import PlaybookProblems
from assist.playbook.parse import parse

Files = dict[str, str]


@pytest.fixture
def files() -> Files:
    """The playbooks that ship."""
    return read_folder(resource("playbooks"))


def test_folders_of_languages_are_read(files: Files) -> None:
    """By their codes; a pack's folder is none."""
    assert {file.split("/")[0] for file in files if "/" in file} >= {"de", "es", "fr"}
    assert set(parse(files).by_language) == {"de", "es", "fr"}


def test_the_flow_is_the_english_one_but_for_lines_about_foreign_languages(files: Files) -> None:
    """Who is answered in German is not asked for a language."""
    playbooks = parse(files)
    kept = [turn for turn in playbooks.house.flow if "foreign" not in turn.when.signals]
    assert 0 < len(kept) < len(playbooks.house.flow)
    assert list(playbooks.speaking("de").house.flow) == kept


def test_a_language_that_nobody_wrote_is_spoken_for_in_english(files: Files) -> None:
    """Better English lines than none."""
    playbooks = parse(files)
    assert playbooks.speaking("pl") is playbooks
    assert playbooks.speaking("en") is playbooks


def test_a_protocol_that_a_language_has_not_is_lent_and_a_cause_is_not(files: Files) -> None:
    """Safety comes before language; an order in English words does not."""
    del files["de/distress.yaml"]
    german = parse(files).speaking("de")
    assert [protocol.name for protocol in german.protocols] == ["threat", "distress", "abuse"]
    assert {entry.playbook for entry in german.protocols[1].entries} == {"distress"}
    assert set(german.by_cause) == {"delivery", "delay", "billing"}


def test_a_language_without_a_house_is_refused(files: Files) -> None:
    """With the file that is missing."""
    files = {file: text for file, text in files.items() if not file.startswith("fr/house/")}
    with pytest.raises(PlaybookProblems, match=r"fr/house\.yaml"):
        parse(files)


def test_every_rule_of_a_language_names_it(files: Files) -> None:
    """So that a line that stands is not taken for the English one of the same step."""
    for code, own in parse(files).by_language.items():
        assert {entry.rule.split("/")[0] for book in own.all for entry in book.entries} == {code}
