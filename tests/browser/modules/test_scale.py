"""The ramp of the heat-map over time, as numbers: its order survives colour blindness and a grey print."""

import itertools
import math

import pytest

from tests.browser.modules.test_look import BLINDNESS, lab, weighed

pytestmark = pytest.mark.browser
LEVELS = range(0, 101, 5)


def asked(page, script, given):
    """What a script gives that has the module at hand."""
    return page.evaluate(
        f"async (given) => {{ const scale = await import('/static/live/scale.js'); {script} }}",
        given,
    )


def ramp(page, theme):
    """The colour of each level."""
    script = "return given.levels.map((level) => scale.colourOf(level, given.theme));"
    return asked(page, script, {"levels": list(LEVELS), "theme": theme})


def linear(colour):
    """Channels 0..255 to linear light 0..1."""
    shares = [channel / 255 for channel in colour]
    return [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]


@pytest.mark.parametrize("kind", BLINDNESS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_hotter_is_always_further_along_the_same_way(page, theme, kind):
    """Lightness falls (or rises, in the dark) from each level to the next, and bands stay well apart."""
    eyes = BLINDNESS[kind]
    seen = [[min(1.0, max(0.0, weighed(row, linear(colour)))) for row in eyes] for colour in ramp(page, theme)]
    labs = [lab(colour) for colour in seen]
    way = -1 if theme == "light" else 1
    assert all(way * (after[0] - before[0]) > 0 for before, after in itertools.pairwise(labs))
    middles = [labs[LEVELS.index(level)] for level in (10, 35, 60, 90)]
    assert min(math.dist(*pair) for pair in itertools.combinations(middles, 2)) > 15


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_numbers_can_be_read_on_every_level(page, theme):
    """4.5 to 1 or better, in the ink that is chosen."""
    for colour in ramp(page, theme):
        ink = asked(page, "return scale.inkOn(given);", colour)
        rgb = [int(ink[at : at + 2], 16) for at in (1, 3, 5)]
        dark, light = sorted(weighed((0.2126, 0.7152, 0.0722), linear(one)) for one in (colour, rgb))
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (colour, ink)


def test_what_is_out_of_range_has_the_colour_of_the_end(page):
    """Nothing beyond the ramp."""
    script = "return given.map((level) => scale.colourOf(level, 'dark'));"
    low, zero, high, top = asked(page, script, [-5, 0, 140, 100])
    assert (low, high) == (zero, top)
