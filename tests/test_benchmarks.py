"""The benchmark's own parts: its clockwork, its texts, and that every contestant is right.

Nothing here looks at how long anything takes.
"""

import json
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import check, corpus, fiction, noise, pages, peers, table, timing, words, work
from benchmarks.__main__ import arguments, size
from benchmarks.generators import GENERATORS

PEERS, _MISSING = peers.load()


class FakeTime:
    """A clock that moves only when a call says how long it took."""

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
    samples = timing.measure(calls, 3, target=100, clock=clock)
    assert samples == {"a": [100, 100, 100], "b": [100, 100, 100], "c": [100, 100, 100]}
    assert "".join(clock.called[3:]) == "abcbcacab"


def test_short_calls_are_repeated_until_they_fill_a_sample():
    clock = FakeTime()
    loops = timing.loops_for(clock.call("a", 10), target=1000, clock=clock)
    assert 100 <= loops <= 200
    assert timing.loops_for(clock.call("a", 5000), target=1000, clock=clock) == 1


def test_a_call_the_clock_cannot_see_does_not_loop_for_ever():
    steps = count()
    assert timing.loops_for(lambda: None, 10, clock=lambda: next(steps) // 20) > 1


def test_no_new_round_begins_after_the_budget():
    clock = FakeTime()
    calls = {"a": clock.call("a", 2_000_000_000)}
    assert len(timing.measure(calls, 50, budget=1, clock=clock)["a"]) == 3


def test_ratios_are_taken_within_rounds():
    samples = {"floor": [1.0, 10.0, 100.0], "twice": [2.0, 20.0, 200.0]}
    floor, twice = timing.summarise(samples, "floor")
    assert floor.ratio == (1, 1, 1)
    assert twice.ratio == timing.Spread(2, 2, 2)
    assert twice.nanoseconds.median == 20
    assert timing.spread([5.0]) == (5, 5, 5)


@pytest.mark.parametrize("name", GENERATORS)
def test_generators_give_about_as_much_as_asked(name):
    generator = GENERATORS[name]
    assert generator.__doc__
    for asked in (1 << 10, 1 << 14):
        text = generator(asked)
        assert text == generator(asked)
        if name == "canonical":
            asked = max(asked, len(fiction.text(0)))
        assert abs(len(text) - asked) < 512


@pytest.mark.parametrize("peer", PEERS[1:], ids=lambda peer: peer.NAME)
def test_peers_are_right_on_canonical_texts(peer):
    for text in corpus.canonical():
        verdict = check.judge(peer.parse(peer.prepare(text.text)), text.expected)
        assert verdict.wrong == [], text.name
        if text.group == "invented":
            assert verdict.not_covered == []


def test_peers_are_right_on_more_invented_texts():
    for number in range(40):
        text, expected = fiction.description(number)
        assert corpus.is_canonical(text)
        for peer in PEERS[1:4]:
            assert check.judge(peer.parse(peer.prepare(text)), expected).wrong == []


def test_the_floor_gives_nothing():
    assert PEERS[0].NAME == "split"
    assert PEERS[0].parse("a\nb") == {}


def test_judging_names_what_is_wrong():
    expected = {"fund": "ESR", "project": {"code": "S29001", "name": None}, "area": {"regions": []}}
    assert check.judge({"fund": "ESR", "project": {"code": "S29001"}}, expected).right
    verdict = check.judge({"fund": "EAKR", "summary": "x"}, expected)
    assert not verdict.right
    assert verdict.values == 0
    assert verdict.wrong == [
        check.Difference("fund", "ESR", "EAKR"),
        check.Difference("project.code", "S29001", None),
        check.Difference("summary", None, "x"),
    ]


def test_judging_tells_no_rows_from_no_heading():
    expected = {"applicant": {"co_implementers": []}}
    assert not check.judge({}, expected).right
    assert check.judge({"applicant": {"co_implementers": []}}, expected).right


def test_what_nobody_knows_is_not_covered():
    expected = {"summary": "a", "other_sections": [{"number": "10", "title": "Uusi", "text": "b"}]}
    verdict = check.judge({"summary": "a\n\n10 Uusi\n\nb"}, expected)
    assert verdict.right
    assert verdict.not_covered == ["other_sections", "summary"]


def test_pages_keep_the_text():
    text = f"{words.BANNER}\n\n{words.H_SUMMARY}\n\na < b & c\n1. d\n\n\ne"
    page = pages.page(text)
    assert f"<h2>{words.H_SUMMARY}</h2>" in page
    assert "<p>a &lt; b &amp; c<br>1. d</p>\n<p><br>e</p>" in page


def test_noisy_versions_differ_from_the_text():
    text = fiction.text(0)
    made = [change(text) for change in noise.VERSIONS.values()]
    assert len({text, *made}) == len(made) + 1
    assert not any(map(corpus.is_canonical, made))


def test_tables_are_aligned_and_plain():
    rows = [{"who": "a", "x": timing.Spread(1.234, 1, 2)}, {"who": "bcd", "x": None}]
    shown = table.Table("T", rows, ["note"])
    assert shown.as_text() == (
        "T\n=\nwho           x\n---------------\na    1.23 (1-2)\nbcd           -\n  * note"
    )
    data = shown.as_data()
    assert data["rows"][0]["x"] == {"median": 1.234, "low": 1, "high": 2}
    assert data["notes"] == ["note"]


def test_sizes_are_written_with_a_unit():
    assert size("64M") == 64 << 20
    assert size("100") == 100
    assert arguments(["--max-size", "16K"]).max_size == 16 << 10


# -- how much is done: counted, never timed -------------------------------------------------------


def counted_in_a_process_of_its_own():
    """Nothing else traces there, and nothing was imported or prepared before."""
    code = "import json, esr_parser; from benchmarks import work; print(json.dumps(work.counted(esr_parser)))"
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=True)
    return json.loads(done.stdout)


def test_the_library_does_no_more_than_was_recorded():
    found, most = counted_in_a_process_of_its_own(), work.bounds()
    assert found.keys() == most.keys()
    assert {name: (lines, most[name]) for name, lines in found.items() if lines > most[name]} == {}


def test_prose_costs_no_work_of_its_own():
    found = work.recorded()
    for of in found.values():
        more = of["parse_document, prose of 10 000 lines"] - of["parse_document, canonical"]
        assert more < 100


def test_lines_are_counted(tmp_path):
    source = tmp_path / "counted.py"
    source.write_text("def f(n):\n    for k in range(n):\n        k += 1\n", encoding="utf-8")
    names = {}
    exec(compile(source.read_text(encoding="utf-8"), str(source), "exec"), names)
    tracing = sys.gettrace()
    assert work.lines_of(lambda: names["f"](10), str(tmp_path)) == 21
    assert work.lines_of(lambda: names["f"](10), "elsewhere") == 0
    assert sys.gettrace() is tracing
