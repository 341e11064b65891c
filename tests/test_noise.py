"""Law 9: a page and its noisy versions give the same values, for each kind of noise and each pair."""

from __future__ import annotations

import zlib

import pytest
from conftest import fixtures, runs_long, samples
from invented import BASE as EXAMPLE

from esr_parser import Parser
from esr_parser.testing import NOISES, check_same_values, noise_pairs
from esr_parser.testing.noises import page_from

PARSER = Parser()
SAMPLES = samples()
PAGES = {
    name: page_from(text)
    for name, text in {"hanke": EXAMPLE, **fixtures(), **SAMPLES}.items()
    if PARSER.render_description(PARSER.parse_description(text)) == text
}


def test_there_are_canonical_texts():
    assert len(PAGES) >= 12
    assert {page.layout.period for page in PAGES.values()} == {"2007-2013", "2014-2020"}


@pytest.mark.parametrize("kind", NOISES)
def test_kind(kind):
    _check(PAGES, [NOISES[kind]])


@pytest.mark.parametrize("first", NOISES)
def test_pairs(first):
    """Each pair: in a short run on one page, another for each pair; in a long run on all."""
    names = [name for name in PAGES if name not in SAMPLES]
    for pair in noise_pairs():
        name = " + ".join(noise.name for noise in pair)
        if pair[0].name == first:
            one = names[zlib.crc32(name.encode()) % len(names)]
            _check(names if runs_long() else [one], pair)


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("english-unknown-sections", "numbers before labels", "blocks as CSV"),
        ("odd-values-unknown-words", "doubled spaces in labels", "numbers in a block above"),
        ("odd-values-unknown-words", "doubled spaces in labels", "two fields without a space"),
    ],
)
def test_pairs_that_long_runs_found(name, first, second):
    _check([name], [NOISES[first], NOISES[second]])


def _check(names, noises):
    failed = []
    for name in names:
        try:
            check_same_values(PARSER, PAGES[name], *noises)
        except AssertionError as error:
            failed.append(f"{name}: {error}")
    assert not failed, "\n".join(failed)
