"""Law 9: a text and its noisy versions give the same values, for each kind of noise and each pair."""

from __future__ import annotations

import zlib

import pytest
from conftest import extracted, fixtures, runs_long, samples

from esr_parser import Parser
from esr_parser.testing import NOISES, assert_same_values, check_same_page, noise_pairs

PARSER = Parser()
SAMPLES = samples()
TEXTS = {
    name: text
    for name, text in {**fixtures(), **SAMPLES}.items()
    if PARSER.render_description(PARSER.parse_description(text)) == text
}
EXTRACTED = extracted()
PAIRS = {f"{first.name} + {second.name}": (first, second) for first, second in noise_pairs()}


def test_there_are_canonical_texts():
    assert len(TEXTS) >= 12


@pytest.mark.parametrize("kind", NOISES)
@pytest.mark.parametrize("name", TEXTS)
def test_kind(name, kind):
    check_same_page(PARSER, TEXTS[name], NOISES[kind])


@pytest.mark.parametrize("pair", PAIRS)
def test_pair(pair):
    """All texts in a long run; in a short one two of them, others for each pair."""
    names = list(TEXTS)
    if not runs_long():
        first = zlib.crc32(pair.encode())
        names = [names[first % len(names)], names[first // 97 % len(names)]]
    for name in dict.fromkeys(names):
        check_same_page(PARSER, TEXTS[name], *PAIRS[pair])


@pytest.mark.skipif(not EXTRACTED, reason="the extractors' texts are absent")
@pytest.mark.parametrize("name", EXTRACTED)
def test_extracted(name):
    """What real extractors made of a page, against the page."""
    code = name.rpartition("/")[2].partition(".")[0]
    expected = PARSER.parse_description(SAMPLES[code])
    assert_same_values(expected, PARSER.parse_description(EXTRACTED[name]))
