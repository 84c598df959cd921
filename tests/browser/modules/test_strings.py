"""The catalogues of the interface: whole in every language, and nothing in them that nobody says."""

import re

import pytest

from assist.coach_rules import REASONS
from tests.conftest import ROOT

STATIC = ROOT / "static"
LANGUAGES = ("en", "de", "es", "fr")


def catalogue(language):
    """Its keys and values, in the order of the file."""
    source = (STATIC / f"live/strings/{language}.js").read_text("utf-8")
    return dict(re.findall(r'^  "([\w.-]+)": "(.*)",$', source, re.MULTILINE))


def slots(text):
    """The names in braces."""
    return set(re.findall(r"\{(\w+)\}", text))


def asked_as(keys):
    """The keys as a module says them: of `x.one` and `x.other` it says `x`."""
    pairs = {key.removesuffix(".one") for key in keys if key.endswith(".one")}
    return {key for key in keys if key.rpartition(".")[0] not in pairs} | pairs


def sources():
    """What every module says, but for the catalogues and what reads them."""
    files = [*STATIC.glob("*.js"), *STATIC.glob("elements/*.js"), *STATIC.glob("live/*.js")]
    return "\n".join(path.read_text("utf-8") for path in files if path.name != "strings.js")


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_language_has_the_keys_of_english_in_its_order(language):
    """None is missing, none is left over, and every line of the file is one of them."""
    lines = (STATIC / f"live/strings/{language}.js").read_text("utf-8").count('\n  "')
    assert list(catalogue(language)) == list(catalogue("en"))
    assert lines == len(catalogue(language))


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_language_has_the_placeholders_of_english(language):
    """A number or a name that English gives is given in every language."""
    theirs = catalogue(language)
    other = [key for key, value in catalogue("en").items() if slots(value) != slots(theirs[key])]
    assert other == []


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_long_texts_are_translated(language):
    """No sentence of English is left as it was."""
    theirs = catalogue(language)
    assert [key for key, value in catalogue("en").items() if value.count(" ") > 2 and theirs[key] == value] == []


def test_no_module_asks_for_a_key_that_is_missing():
    """What is said by its whole key stands in the catalogue."""
    asked = set(re.findall(r'\bt(?:\.or)?\("([\w.-]+)"', sources()))
    assert sorted(asked - asked_as(catalogue("en"))) == []


def test_no_key_is_unused():
    """Each key stands in a module, by itself or by its group."""
    text, keys = sources(), asked_as(catalogue("en"))
    said = set(re.findall(r'"([a-z_]+\.[a-z_.-]+)"', text))
    groups = tuple(re.findall(r"`([a-z_]+\.(?:[a-z_]+\.)*)\$\{", text))
    assert sorted(key for key in keys if key not in said and not key.startswith(groups)) == []


def test_every_kind_of_remark_has_its_reason_in_the_catalogue():
    """In English word for word as the coach says it."""
    said = {key.removeprefix("remark."): value for key, value in catalogue("en").items() if key.startswith("remark.")}
    assert said == REASONS


@pytest.mark.browser
def test_plurals_slots_and_unknown_words(page):
    """One and many, a slot, a word of the wire without a translation, and a language that nobody has written."""
    said = page.evaluate(
        """async () => {
          const { fetchWords, words, nearest } = await import('/static/live/strings.js');
          const t = await fetchWords('de-CH');
          return {
            one: t('held.waiting', { n: 1 }), many: t('held.waiting', { n: 3 }),
            slot: t('status.offline', { time: '12:00' }),
            unknown: t.or('cause.weather', 'weather'), number: t.number(1.25), again: words('de').language,
            other: (await fetchWords('ja')).language, near: [nearest('FR_fr'), nearest(null)],
          };
        }"""
    )
    assert said == {
        "one": "1 neuerer Vorschlag",
        "many": "3 neuere Vorschläge",
        "slot": "Offline seit 12:00",
        "unknown": "weather",
        "number": "1,3",
        "again": "de",
        "other": "en",
        "near": ["fr", "en"],
    }
