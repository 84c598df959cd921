"""The look as numbers: contrast of the tokens, the ramp as colour-blind eyes see it, and the vendored files."""

import hashlib
import itertools
import math
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[3] / "static"
BANDS = ("calm", "uneasy", "tense", "critical")


def test_vendored_files_are_the_recorded_ones():
    """Every sum in vendor/README.md is the sum of its file."""
    table = (STATIC / "vendor/README.md").read_text("utf-8")
    listed = dict(re.findall(r"^\| `([\w.]+)` \|.*`([0-9a-f]{64})` \|$", table, re.MULTILINE))
    assert set(listed) == {"lit.js", "icons.js"}
    assert {name: hashlib.sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() for name in listed} == listed


def colours(theme):
    """Every colour token of one theme (0 light, 1 dark)."""
    tokens = (STATIC / "style/tokens.css").read_text("utf-8")
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", tokens)
    return {name: (light, dark)[theme] for name, light, dark in pairs}


def linear(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def contrast(one, other):
    """The contrast ratio of WCAG 2, 1..21."""
    dark, light = sorted(weighed((0.2126, 0.7152, 0.0722), linear(colour)) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def weighed(weights, channels):
    return sum(weight * channel for weight, channel in zip(weights, channels, strict=True))


@pytest.mark.parametrize("theme", [0, 1])
def test_text_and_marks_have_contrast_on_every_surface(theme):
    """AA: 4.5 for text, 3 for borders and marks, in light and dark, and on each band's own tint."""
    look = colours(theme)
    grounds = [look[name] for name in ("page", "surface", "raised")]
    texts = ["ink", "quiet", "accent", *(f"{band}-ink" for band in BANDS)]
    marks = ["edge", *(f"{band}-solid" for band in BANDS)]
    weak = [(name, ground) for name in texts for ground in grounds if contrast(look[name], ground) < 4.5]
    weak += [(name, ground) for name in marks for ground in grounds if contrast(look[name], ground) < 3]
    for band, name in itertools.product(BANDS, ("ink", "quiet", "own")):
        text = look[f"{band}-ink" if name == "own" else name]
        weak += [(name, band)] if contrast(text, look[f"{band}-soft"]) < 4.5 else []
    assert weak == []


# Machado, Oliveira & Fernandes 2009, severity 1.0
BLINDNESS = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def lab(rgb):
    x, y, z = (
        weighed(row, rgb) / white
        for row, white in (
            ((0.4124, 0.3576, 0.1805), 0.95047),
            ((0.2126, 0.7152, 0.0722), 1.0),
            ((0.0193, 0.1192, 0.9505), 1.08883),
        )
    )
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("theme", [0, 1])
@pytest.mark.parametrize("eye", BLINDNESS)
def test_the_ramp_survives_colour_blindness(theme, eye):
    """Any two bands' marks differ by 12 or more (CIE 1976) as every kind of eye sees them."""
    look = colours(theme)
    seen = {}
    for band in BANDS:
        light = linear(look[f"{band}-solid"])
        seen[band] = lab([min(1, max(0, weighed(row, light))) for row in BLINDNESS[eye]])
    close = [pair for pair in itertools.combinations(BANDS, 2) if math.dist(seen[pair[0]], seen[pair[1]]) < 12]
    assert close == []
