"""The benchmark's own parts: its clockwork, its texts, and that every contestant is right.

Nothing here looks at how long anything takes.
"""

import sys
from itertools import count
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import __main__ as program
from benchmarks import (
    corpus,
    fiction,
    judging,
    memory,
    noise,
    processes,
    reading,
    scaling,
    table,
    timing,
)
from benchmarks.generators import GENERATORS

EVERYBODY, _MISSING = reading.contestants()
CONTESTANTS = [who for who in EVERYBODY if who.name != reading.SPLIT]
GROUPS = corpus.canonical()


class FakeTime:
    """A clock that moves only when a call sets its duration."""

    def __init__(self):
        self.now = 0
        self.called = []

    def __call__(self):
        return self.now

    def call(self, name, nanoseconds):
        def run():
            self.called.append(name)
            self.now += nanoseconds

        return run


def test_every_round_calls_every_callable_and_starts_with_another_one():
    clock = FakeTime()
    calls = {name: clock.call(name, 100) for name in "abc"}
    samples = timing.measure(calls, 3, target=0, clock=clock)
    assert samples == {"a": [100, 100, 100], "b": [100, 100, 100], "c": [100, 100, 100]}
    assert "".join(clock.called) == "abcbcacab"


def test_short_calls_are_repeated_until_they_fill_a_sample():
    clock = FakeTime()
    assert 100 <= timing.loops_for(clock.call("a", 10), target=1000, clock=clock) <= 200
    assert timing.loops_for(clock.call("a", 5000), target=1000, clock=clock) == 1
    steps = count()
    assert timing.loops_for(lambda: None, 10, clock=lambda: next(steps) // 20) > 1


def test_ratios_are_taken_within_rounds():
    assert timing.ratios([2.0, 20.0, 200.0], [1.0, 10.0, 100.0]) == timing.Spread(2, 2, 2)
    assert timing.spread([5.0]) == (5, 5, 5)


@pytest.mark.parametrize("name", GENERATORS)
def test_generators_grow_as_asked(name):
    generator = GENERATORS[name]
    assert generator.__doc__
    sizes = {asked: len(generator(asked)) for asked in (1 << 15, 1 << 16, 1 << 17)}
    assert all(abs(length - asked) < 64 for asked, length in sizes.items())
    assert generator(1 << 15) == generator(1 << 15)


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("who", CONTESTANTS, ids=lambda who: who.name)
def test_contestants_are_right_on_canonical_texts(who, group):
    values, wrong = reading.judged(who, GROUPS[group])
    assert wrong == []
    assert values > 30 * len(GROUPS[group])


def test_contestants_are_right_on_more_invented_texts():
    texts = [corpus.Text(f"page {n}", *fiction.description(n)) for n in range(4, 24)]
    assert all(corpus.is_canonical(text.text) for text in texts)
    assert len({text.text for text in texts}) == len(texts)
    assert [line for who in CONTESTANTS for line in reading.judged(who, texts)[1]] == []


def test_invented_texts_are_as_long_as_those_of_the_register():
    lengths = [len(fiction.text(number)) for number in range(12)]
    assert 12_000 < min(lengths) <= max(lengths) < 24_000
    assert len(fiction.old_description(0)) > 8_000


def test_the_floor_gives_nothing():
    assert EVERYBODY[0].name == reading.SPLIT
    assert EVERYBODY[0].values("a\nb") == {}


def test_judging_names_what_is_wrong():
    expected = {"fund": "ESR", "project": {"code": "S29001", "name": None}, "area": {"regions": []}}
    right = {"fund": "ESR", "project": {"code": "S29001"}}
    assert judging.judge(right, expected) == (3, [])
    assert judging.judge({"fund": "EAKR", "summary": "x"}, expected) == (
        1,
        ["fund", "project.code", "summary"],
    )


def test_judging_knows_no_rows_from_no_heading():
    expected = {"applicant": {"co_implementers": []}}
    assert judging.judge({}, expected)[1] == ["applicant.co_implementers"]
    assert judging.judge(expected, expected)[1] == []


def test_unknown_labels_and_sections_do_not_count_against_other_parsers():
    expected = {"summary": "a", "other_sections": [{"number": "10", "title": "Uusi", "text": "b"}]}
    found = {"summary": "a\n\n10 Uusi\n\nb"}
    assert judging.judge(found, expected)[1] == []
    assert "summary" in judging.judge(found, expected, uncovered=())[1]


def test_noisy_versions_differ_from_the_text():
    text = fiction.text(0)
    made = [change(text) for change in noise.VERSIONS.values()]
    assert len({text, *made}) == len(made) + 1


def test_noisy_versions_keep_the_values():
    text, expected = fiction.description(0)
    for name in memory.VERSIONS:
        found = reading.our_values(noise.VERSIONS[name](text))
        assert judging.judge(found, expected, ())[1] == [], name


def test_there_are_texts_of_several_tools():
    tools = corpus.extracted()
    assert len(tools) >= 6
    assert all(text.strip() for texts in tools.values() for text in texts)


def test_tables_are_aligned_markdown():
    rows = [{"who": "a", "x": timing.Spread(1.234, 1, 2)}, {"who": "bcd", "x": None}]
    assert table.Table("T", rows, ["note"]).as_text() == (
        "### T\n\n"
        "| who |          x |\n"
        "| --- | ---------: |\n"
        "| a   | 1.23 (1-2) |\n"
        "| bcd |          - |\n\n"
        "- note"
    )
    assert table.some(list("abcdef")) == "a, b, c, d, and 2 more"


def test_goals_are_reached_or_not():
    most, least = table.Goal("m", 2, 2.5), table.Goal("n", 2, 2.5, at_least=True)
    assert (most.as_row()["goal"], most.as_row()["reached"]) == ("at most 2 x", "no")
    assert (least.as_row()["goal"], least.as_row()["reached"]) == ("at least 2 x", "yes")


def test_every_part_gives_a_table_and_its_goals(monkeypatch, capsys):
    pytest.importorskip("pyarrow")
    steps = count(0, 10_000_000)
    monkeypatch.setitem(timing.CLOCKS, "cpu", lambda: next(steps))
    page = GROUPS["invented"][:1]
    monkeypatch.setattr(corpus, "canonical", lambda: {"invented": page})
    monkeypatch.setattr(corpus, "extracted", lambda: {"tool": [page[0].text]})
    monkeypatch.setattr(scaling, "MIDDLE", 1 << 15)
    monkeypatch.setattr(program, "QUICK", program.Plan(1, 1, 1 << 16, 2, 1 << 14, 2))
    monkeypatch.setattr(processes, "_run", lambda *_: None)
    program.main(["--quick", "--clock", "cpu", "--generator", "known_labels"])
    shown = capsys.readouterr().out
    assert shown.count("\n### ") + shown.startswith("### ") == len(program.PARTS) + 1
    goals = shown.partition("### Goals")[2]
    assert goals.count("| at most ") + goals.count("| at least ") == 17
