"""Drift: fingerprints add up, what drifted is found and placed, and nothing else is reported."""

import json
import random
import re
from itertools import combinations
from pathlib import Path

import attrs
import pytest

pytest.importorskip("hypothesis")

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import invented_descriptions, invented_texts

from esr_parser import Parser, SectionHandler
from esr_parser.aliases import load_aliases
from esr_parser.drift import (
    Change,
    Drift,
    Fingerprint,
    Key,
    Place,
    Tally,
    Thresholds,
    What,
    aliases_for,
    compare,
    dump_aliases,
    fingerprint,
)
from esr_parser.drift import corpus as corpus_module
from esr_parser.drift.corpus import Trouble, fingerprint_files, read_batches, text_files
from esr_parser.drift.report import github_lines, json_report, markdown_report, text_report
from esr_parser.drift.shapes import canonical_shape, shape_of
from esr_parser.drift.tallies import Together
from esr_parser.grammar import Field, Fields, Rows, Section
from esr_parser.layouts import LAYOUT_2007_2013, LAYOUT_2014_2020, LAYOUTS
from esr_parser.model import Partner, ProgrammePeriod
from esr_parser.parser import default_parser
from esr_parser.testing import NOISES, texts
from esr_parser.testing.drifts import (
    DRIFT_KINDS,
    amounts_with_cents,
    drifts,
    moved_label,
    moved_section,
    new_field,
    new_section,
    removed_label,
    renamed_aspect,
    renamed_dimension,
    renamed_heading,
    renamed_label,
    renamed_question,
    renamed_word,
)
from esr_parser.values import (
    AMOUNT,
    BUSINESS_ID,
    CODE,
    COUNT,
    EMAIL,
    NAME_LIST,
    NUMBERED_ITEM,
    PARTNER,
    PERIOD,
    STATUS,
    TEXT,
)

PARSER = default_parser()
COUNT_OF_TEXTS = 50
P2014 = "2014-2020"


def file_name(k):
    return f"{k:02}.txt"


def taken(pages, parser=PARSER):
    """The fingerprint of texts, as if they were files."""
    return Fingerprint.sum(
        fingerprint(parser.parse_document(page), file=file_name(k)) for k, page in enumerate(pages)
    )


class Corpus:
    """Texts and their fingerprints, so that only changed ones are read again."""

    def __init__(self, period=ProgrammePeriod.P2014_2020, count=COUNT_OF_TEXTS):
        self.texts = invented_texts(count, 1, period)
        self.prints = [
            fingerprint(PARSER.parse_document(text), file=file_name(k))
            for k, text in enumerate(self.texts)
        ]
        self.whole = Fingerprint.sum(self.prints)

    def changed(self, *changes, most=COUNT_OF_TEXTS):
        """The fingerprint of the corpus with the first ``most`` texts changed, and those texts."""
        prints, pages = list(self.prints), {}
        for k, text in enumerate(self.texts):
            if len(pages) == most:
                break
            page = text
            for change in changes:
                page = change.apply(page)
            if page != text:
                pages[file_name(k)] = page
                prints[k] = fingerprint(PARSER.parse_document(page), file=file_name(k))
        return Fingerprint.sum(prints), pages


@pytest.fixture(scope="module")
def corpora():
    return {layout.period: Corpus(layout.period) for layout in LAYOUTS}


@pytest.fixture(scope="module")
def corpus(corpora):
    return corpora[ProgrammePeriod.P2014_2020]


@pytest.fixture(scope="module")
def few():
    return Corpus(count=8)


# -- shapes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "kind", "shape", "canonical"),
    [
        ("", TEXT, "empty", None),
        ("  ", AMOUNT, "empty", None),
        ("S20001", CODE, "S99999", "S99999"),
        ("A600000001", CODE, "A999999999", "A999999999"),
        ("X-1", CODE, "text", None),
        ("9812345-4", BUSINESS_ID, "9999999-9", "9999999-9"),
        ("FI98123454", BUSINESS_ID, "FI99999999", None),
        ("3. Osaaminen, 2 vuotta", NUMBERED_ITEM, "9. text", "9. text"),
        ("12.3. Osaaminen", NUMBERED_ITEM, "9.9. text", "9.9. text"),
        ("3: Osaaminen", NUMBERED_ITEM, "9: text", "9. text"),
        (
            "Alkaa 1.12.2020 ja päättyy 31.12.2021",
            PERIOD,
            "Alkaa d.m.yyyy ja päättyy d.m.yyyy",
            "Alkaa d.m.yyyy ja päättyy d.m.yyyy",
        ),
        (
            "Alkaa 01.12.2020 ja päättyy 31.12.2021",
            PERIOD,
            "Alkaa dd.mm.yyyy ja päättyy dd.mm.yyyy",
            "Alkaa d.m.yyyy ja päättyy d.m.yyyy",
        ),
        (
            "Alkaa 2020-12-01 ja päättyy 2021-12-31",
            PERIOD,
            "Alkaa yyyy-mm-dd ja päättyy yyyy-mm-dd",
            "Alkaa d.m.yyyy ja päättyy d.m.yyyy",
        ),
        ("Sovitaan, kun kaikki ovat koolla.", PERIOD, "text", None),
        ("1/2020 alkaen", PERIOD, "9/9999 text", None),
        ("-744", AMOUNT, "999 999", "999 999"),
        ("2 345 678", AMOUNT, "999 999", "999 999"),
        ("51 274,36", AMOUNT, "999 999,99", "999 999"),
        ("128450", AMOUNT, "999999", "999 999"),
        ("128.450", AMOUNT, "999.999", "999 999"),
        ("128 450 €", AMOUNT, "999 999 €", "999 999"),
        ("noin 5 000", AMOUNT, "text", None),
        ("1234", COUNT, "999", "999"),
        ("1 234", COUNT, "999 999", "999"),
        ("alku(at)kuvitelma.example", EMAIL, "name(at)host", "name(at)host"),
        ("alku@kuvitelma.example", EMAIL, "name@host", "name(at)host"),
        ("Mallila, Koski, Tl", NAME_LIST, "text", "text"),
        ("Alku Oy, 9812345-4", PARTNER, "text, 9999999-9", "text, 9999999-9"),
        ("Alku Oy (9812345-4)", PARTNER, "text", None),
        ("000-000 0001", TEXT, "9-9 9999", "9-9 9999"),
        ("00001", TEXT, "99999", "99999"),
        ("Alku 3", TEXT, "text", "text"),
        ("https://www.alku.example/a", TEXT, "url", "url"),
        ("x" * 300, NAME_LIST, "text", "text"),
        ("1" * 300, TEXT, "text", "text"),
        ("Toiminnassa", STATUS, "text", "text"),
    ],
)
def test_shape(value, kind, shape, canonical):
    assert shape_of(value, kind) == shape
    if shape != "empty":
        assert canonical_shape(value, kind) == canonical


# -- fingerprints are plain data that add up ------------------------------------------------------


def some_prints():
    pages = invented_texts(4, seed=8) + invented_texts(2, 8, ProgrammePeriod.P2007_2013)
    pages += [renamed_label("1", "Hankekoodi", "Tunnus").apply(page) for page in pages[:2]]
    pages += [moved_section("2", "6").apply(pages[0]), "", "ei mitään"]
    prints = [
        fingerprint(PARSER.parse_document(page), file=file_name(k)) for k, page in enumerate(pages)
    ]
    sums = st.lists(st.sampled_from(prints), max_size=4)
    return sums.map(Fingerprint.sum)


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(some_prints(), some_prints(), some_prints())
def test_fingerprints_add_up_in_any_order_and_grouping(a, b, c):
    assert (a + b) + c == a + (b + c) == Fingerprint.sum([c, a, b])
    assert a + b == b + a
    assert a + Fingerprint() == a == Fingerprint() + a
    assert Fingerprint.from_json((a + b).to_json()) == a + b
    assert (a + b).to_json() == (b + a).to_json()


def test_a_tally_keeps_the_first_three_places():
    tallies = [Tally(1, (Place(file, line),)) for file, line in [("b", 1), ("a", 9), ("a", 10)]]
    whole = sum([*tallies, Tally(2, (Place("a", 2), Place("c", 1)), known=True)], Tally(0))
    assert whole == Tally(5, (Place("a", 2), Place("a", 9), Place("a", 10)), known=True)
    assert [str(place) for place in whole.places] == ["a:2", "a:9", "a:10"]
    assert str(Place("", 3)) == "<text>:3"


def test_the_recording_has_one_thing_a_line_and_no_values():
    text = taken(invented_texts(3)).to_json()
    lines = text.splitlines()
    row = next(line for line in lines if '"Hankekoodi"' in line and '"label"' in line)
    assert json.loads(row.rstrip(",")) == {
        "what": "label",
        "period": P2014,
        "section": "1",
        "name": "Hankekoodi",
        "of": "",
        "count": 3,
        "known": True,
        "places": [["00.txt", 7], ["01.txt", 7], ["02.txt", 7]],
    }
    assert "Kuvitelma" not in text
    assert json.loads(Fingerprint().to_json())["seen"] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "3",
        '{"format": 2}',
        '{"format": 1}',
        '{"format": 1, "documents": 1, "seen": [3], "absent": [], "together": []}',
        '{"format": 1, "documents": "x", "seen": [], "absent": [], "together": []}',
        "[" * 100_000,
    ],
    ids=["empty", "array", "object", "number", "later", "part", "rows", "value", "deep"],
)
def test_what_is_no_recording_is_refused(text):
    with pytest.raises(ValueError, match=r"fingerprint|Expecting"):
        Fingerprint.from_json(text)


def test_the_rarest_unknown_things_are_forgotten():
    common, rare = (
        Key("label", P2014, "1", "common"),
        [Key("label", P2014, "1", f"rare {k}") for k in range(9)],
    )
    known = Key("label", P2014, "1", "Hankekoodi")
    prints = [
        Fingerprint(
            1,
            {common: Tally(1), key: Tally(1), known: Tally(1, known=True)},
            {},
            {(key, known): Together(1, 1)},
        )
        for key in rare
    ]
    whole = Fingerprint.sum(prints, most_unknown=2)
    assert whole.documents == 9
    assert whole.count(*common) == 9
    assert whole.count(*known) == 9
    unknown = [key for key, tally in whole.seen.items() if not tally.known]
    assert len(unknown) <= 4
    assert {pair[0] for pair in whole.together} <= set(unknown)
    assert len([k for k, t in whole.trimmed(1).seen.items() if not t.known]) == 1
    assert whole.trimmed() is whole


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text() | texts())
def test_any_text_has_a_fingerprint(text):
    found = fingerprint(PARSER.parse_document(text))
    assert found.documents == 1
    assert Fingerprint.from_json(found.to_json()) == found
    assert found.to_json().encode()


# -- no drift, no report --------------------------------------------------------------------------


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.period)
def test_nothing_is_reported_of_an_undrifted_corpus(corpora, layout):
    assert compare(corpora[layout.period].whole) == []


def test_halves_of_a_corpus_do_not_differ():
    for seed in range(3):
        assert compare(taken(invented_texts(30, seed)), taken(invented_texts(30, seed + 10))) == []


def fixtures():
    return sorted((Path(__file__).parent / "corpus").glob("*.txt"))


def test_nothing_is_reported_of_the_fixtures():
    # A few of them have a label or a section that nobody knows: odd pages, no drift.
    found, troubles = fingerprint_files(map(str, fixtures()))
    assert troubles == []
    assert found.documents == len(fixtures())
    assert [drift.message for drift in compare(found)] == []


CHANGES_CONTENT = re.compile(
    r"order|moved|missing|repeated|new |cut off|dates|ISO|amounts|several", re.IGNORECASE
)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.period)
@pytest.mark.parametrize("name", [name for name in NOISES if not CHANGES_CONTENT.search(name)])
def test_noise_is_no_drift(name, layout):
    pages = invented_texts(3, seed=3, period=layout.period)
    noise = NOISES[name]
    assert [d.message for d in compare(taken(noise.apply(page) for page in pages))] == []


# -- every kind of drift is found, named and placed ----------------------------------------------


WORDS = {"Toiminta päättynyt", "Toiminnassa", "Kunta", "Säätiö", "Yritys", "Vain yksi hakija"}


def is_invented(change):
    """Whether the invented descriptions have the word that changes."""
    return change.kind != "renamed word" or change.old in WORDS


def some(every, most):
    """Some of the changes, evenly, so that each section has its turn."""
    every = list(every)
    step = max(len(every) // most, 1)
    return every[::step]


CASES = [
    pytest.param(layout, change, most, id=f"{layout.period}-{change.kind}-{k}-of-{most}")
    for layout in LAYOUTS
    for make in DRIFT_KINDS.values()
    for k, change in enumerate(
        some(filter(is_invented, make(layout)), 8 if layout is LAYOUT_2014_2020 else 3)
    )
    for most in ((3, COUNT_OF_TEXTS) if k < 2 else (3,))
]


@pytest.mark.parametrize(("layout", "change", "most"), CASES)
def test_drift_is_found_named_and_placed(corpora, layout, change, most):
    whole, pages = corpora[layout.period].changed(change, most=most)
    found = compare(whole)
    assert [drift.message for drift in found if not change.matches(drift)] == []
    (drift,) = found
    assert drift.count == len(pages)
    assert drift.share == len(pages) / drift.of
    assert len(drift.places) == 3
    assert drift.name
    for place in drift.places:
        check_place(drift, pages[place.file].split("\n")[place.line - 1])


def check_place(drift, line):
    """The line is the changed one; where something is gone, the one before it."""
    if drift.change is Change.MISSING:
        assert drift.old not in line
    elif drift.change is Change.MOVED:
        assert line.startswith(drift.old)
    else:
        assert line.startswith(drift.label or drift.new)


KIND_PAIRS = list(combinations(DRIFT_KINDS, 2))


def are_apart(first, second):
    """Whether the one is no part of what the other changes."""
    kinds = {first.kind, second.kind}
    if {first.old, first.new} & {second.old, second.new} - {None, ""}:
        return False
    if any("heading" in kind for kind in kinds):
        tops = [change.section.partition(".")[0] for change in (first, second)]
        if kinds == {"renamed heading", "moved heading"}:
            # A new title right behind a section with another number is hard to tell from prose.
            moved = next(change for change in (first, second) if change.kind == "moved heading")
            near = {int(moved.section), int((moved.new or "0").split()[0])}
            return near.isdisjoint(
                int(top) + k for top in tops for k in (-1, 0, 1) if top != moved.section
            )
        return tops[0] != tops[1]
    return first.section != second.section or kinds == {"renamed aspect", "renamed dimension"}


def effects(corpus, change):
    return sum(change.apply(page) != page for page in corpus.texts)


@pytest.mark.parametrize(("first", "second"), KIND_PAIRS, ids=lambda kind: kind)
def test_two_kinds_at_once_are_two(few, first, second):
    chance = random.Random(f"{first} {second}")
    makers = [list(DRIFT_KINDS[kind](LAYOUT_2014_2020)) for kind in (first, second)]
    for _ in range(200):
        changes = [chance.choice(every) for every in makers]
        if are_apart(*changes) and min(effects(few, change) for change in changes) >= 3:
            break
    # A page with a new heading is not so easily changed any more.
    changes.sort(key=lambda change: ("heading" in change.kind, change.kind == "renamed heading"))
    found = compare(few.changed(*changes)[0])
    assert len(found) == 2
    assert all(any(change.matches(drift) for drift in found) for change in changes)


def test_drift_in_a_single_description_is_reported_of_that_one():
    page = renamed_label("1", "Hankekoodi", "Tunnus").apply(invented_texts(1)[0])
    assert [drift.kind for drift in compare(taken([page]))] == ["renamed label"]
    pages = [page, *invented_texts(20, seed=2)]
    assert compare(taken(pages)) == []


def test_values_take_two_descriptions():
    page = invented_texts(1)[0]
    changes = (
        amounts_with_cents("5", "Myönnetty EU- ja valtion rahoitus"),
        renamed_word("1", "Toiminnan tila", "Toiminta päättynyt", "Toiminta päätetty"),
    )
    for change in changes:
        assert compare(taken([change.apply(page)])) == []


def test_a_label_of_both_periods_may_drift_in_one_description_of_each():
    pages = invented_texts(10) + invented_texts(10, 0, ProgrammePeriod.P2007_2013)
    pages[0] = pages[0].replace("Toiminnan tila:", "Hankkeen tila:")
    assert compare(taken(pages)) == []
    pages[10] = pages[10].replace("Toiminnan tila:", "Hankkeen tila:")
    found = compare(taken(pages))
    assert [(d.period, d.kind, d.count) for d in found] == [
        ("2007-2013", "renamed label", 1),
        ("2014-2020", "renamed label", 1),
    ]


def test_thresholds_can_be_set(corpus):
    whole, _ = corpus.changed(removed_label("1", "Vastuuviranomainen"), most=3)
    assert len(compare(whole)) == 1
    assert compare(whole, thresholds=Thresholds(share=0.1)) == []
    assert compare(whole, thresholds=Thresholds(documents=4)) == []


# -- new or renamed -------------------------------------------------------------------------------


def test_a_new_label_beside_all_the_known_ones_is_new(corpus):
    change = new_field("1", "Hankkeen lyhytnimi", "ALKU", "Hankkeen nimi")
    (drift,) = compare(corpus.changed(change)[0])
    assert drift.kind == "new label"
    assert drift.closest == "Hankkeen nimi"
    assert drift.similarity == pytest.approx(0.839)


def test_another_place_and_another_name_is_no_renaming(corpus):
    whole, _ = corpus.changed(
        removed_label("1", "Vastuuviranomainen"), new_field("1", "Hanke", "ALKU", "Hankekoodi")
    )
    assert [drift.kind for drift in compare(whole)] == ["missing label", "new label"]


def test_a_label_with_two_new_names(corpus):
    # Fifteen descriptions have the one name, the others the other.
    pages = list(corpus.texts)
    for k, page in enumerate(pages):
        pages[k] = page.replace("Hankekoodi:", "Hankekodi:" if k < 15 else "Hankkeen koodi:")
    found = compare(taken(pages))
    assert [(drift.kind, drift.new, drift.count) for drift in found] == [
        ("renamed label", "Hankkeen koodi", 35),
        ("renamed label", "Hankekodi", 15),
    ]


def test_a_label_renamed_in_some_and_missing_in_more():
    pages = invented_texts(20)
    for k, page in enumerate(pages):
        if k < 4:
            pages[k] = renamed_label("1", "Hankekoodi", "Hankekodi").apply(page)
        elif k < 14:
            pages[k] = removed_label("1", "Hankekoodi").apply(page)
    found = compare(taken(pages))
    assert [(drift.kind, drift.count) for drift in found] == [
        ("missing label", 10),
        ("renamed label", 4),
    ]


def test_what_the_format_leaves_open_is_not_renamed_by_chance():
    # The realised number of persons is often absent, and its place is free.
    field = "Suunniteltu: 5\n\nToteutunut seurantatietojen mukaan: 4\n\n8 H"
    pages = [
        re.sub(r"(?s)Suunniteltu: \d+\n\n(?:Tot[^\n]*\n\n)?8 H", "Suunniteltu: 5\n\n8 H", p)
        for p in invented_texts(20)
    ]
    fresh = [
        page.replace("Suunniteltu: 5\n\n8 H", "Suunniteltu: 5\n\nVarasijat: 4\n\n8 H")
        for page in pages
    ]
    (drift,) = compare(taken(fresh))
    assert (drift.kind, drift.new) == ("new label", "Varasijat")
    # In a baseline it was there: then something has taken its place.
    before = [page.replace("Suunniteltu: 5\n\n8 H", field) for page in pages]
    (drift,) = compare(taken(fresh), taken(before))
    assert (drift.kind, drift.old) == ("renamed label", "Toteutunut seurantatietojen mukaan")
    # It never was there: then nothing can have.
    (drift,) = compare(taken(fresh), taken(pages))
    assert (drift.kind, drift.share_before) == ("new label", 0.0)


def test_a_section_put_in_before_the_others():
    pages = []
    for page in invented_texts(10):
        for number in range(9, 2, -1):
            page = re.sub(rf"(?m)^{number}(\.\d)? (?=[A-ZÄ])", rf"{number + 1}\1 ", page)
        pages.append(page.replace("\n\n4 Suun", "\n\n3 Uusi osio\n\nAlku.\n\n4 Suun"))
    found = compare(taken(pages))
    renamed = {d.old: d.new for d in found if d.kind == "renamed heading"}
    assert renamed["6 Maantieteellinen kohdealue"] == "7 Maantieteellinen kohdealue"
    assert [d.new for d in found if d.kind == "new heading"] == ["3 Uusi osio"]
    # An alias cannot say that a number has changed.
    assert aliases_for(found) == {}


def test_neighbours_renamed_at_once(corpus):
    names = {"Jakeluosoite": "Katu", "Puhelinnumero": "Soitto", "Postinumero": "Koodi"}
    changes = [renamed_label("2", old, new) for old, new in names.items()]
    found = compare(corpus.changed(*changes)[0])
    assert {drift.old: drift.new for drift in found} == names


def test_a_bare_label_read_as_the_value_above_it_is_no_new_word():
    pages = [
        page.replace("\n\nOsatoteuttajat\n", "\n\nYhteistyökumppanit\n").replace(
            "menettely:\n\nO", "menettely:\n\nO"
        )
        for page in invented_texts(50, seed=4)
    ]
    found = compare(taken(pages))
    assert [(d.kind, d.new) for d in found] == [("new label", "Yhteistyökumppanit")]


# -- odd texts ------------------------------------------------------------------------------------


def whole_text(**changes):
    description = invented_descriptions(1, seed=5)[0]
    return PARSER.render_description(attrs.evolve(description, **changes))


def seen(page, what, parser=PARSER):
    found = fingerprint(parser.parse_document(page))
    return {key.name: tally for key, tally in found.seen.items() if key.what == what}


def lacks(page, parser=PARSER):
    found = fingerprint(parser.parse_document(page))
    return {key.name for key in found.absent if key.what != "heading"}


@pytest.mark.parametrize("page", ["", " \n\n", "\ufeff", "Lorem ipsum", "<html><body><h2>1 Hanke"])
def test_a_text_that_is_no_description(page):
    (drift,) = compare(taken([page, page]))
    assert drift.kind == "new text"
    assert drift.message == "no project description was recognised, in 2 of 2 (100 %)"
    assert [str(place) for place in drift.places] == ["00.txt:1", "01.txt:1"]


def test_one_foreign_text_is_no_drift():
    assert compare(taken(["Lorem ipsum", *invented_texts(9)])) == []


def test_texts_that_end_early():
    pages = invented_texts(10)
    cut = [page.split("\n\n7 Hake")[0] for page in pages]
    assert compare(taken(cut[:1] + pages[1:])) == []
    found = compare(taken(cut))
    assert {drift.kind for drift in found} == {"missing heading"}
    assert [drift.section for drift in found] == ["7", "7.1", "7.2", "8", "8.1", "8.2"]
    # The label that the cut goes through is neither new nor missing.
    through = [page.split("tulot")[0].split(" ja valtion rahoitus: ")[0] for page in pages]
    assert {drift.kind for drift in compare(taken(through))} == {"missing heading"}


def test_a_line_at_the_end_that_is_no_part_of_a_label():
    page = whole_text().split("\n\n7 Hake")[0]
    assert "Aivan muuta" in seen(f"{page}\n\nAivan muuta", "label")
    assert "Postitoimipa" not in seen(f"{page}\n\nPostitoimipa", "label")


def test_a_text_without_any_section_is_cut_before_the_first():
    page = "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus\n\nteksti"
    assert compare(taken([page])) == []


def test_a_text_without_headings_lacks_none():
    pages = [
        "\n\n".join(
            block for block in page.split("\n\n") if not re.match(r"\d(\.\d)?\.? [A-ZÄ]", block)
        )
        for page in invented_texts(6)
    ]
    assert compare(taken(pages)) == []


def test_a_section_in_pieces():
    page = "Hankekoodi: S20001\n\nHakijan virallinen nimi: Alku ry\n\nHankkeen nimi: Alku"
    assert {"Hankekoodi", "Hankkeen nimi"} <= seen(page, "label").keys()
    assert {"Toiminnan tila", "Y-tunnus"} <= lacks(page)


def test_title():
    pages = invented_texts(4)
    title = pages[0].split("\n\n")[1]
    (drift,) = compare(taken(re.sub(r"Euroopan .* kuvaus\n\n", "", page) for page in pages))
    assert (drift.kind, drift.old) == ("missing title", "Hankkeen kuvaus")
    fund = [
        page.replace(page.split("\n\n")[1], "Koheesiorahaston (KR) rahoittaman hankkeen kuvaus")
        for page in pages
    ]
    assert title not in fund[0]
    (drift,) = compare(taken(fund))
    assert drift.new == "Koheesiorahaston (KR) rahoittaman hankkeen kuvaus"
    assert drift.places[0].line == 3
    assert drift.message.startswith("new title 'Koheesiorahaston")


def test_a_repeated_section_and_label():
    page = whole_text()
    again = f"{page}\n\n1 Hanke\n\nHankekoodi: S20001"
    assert "1 Hanke (2)" in seen(again, "heading")
    twice = page.replace("Toiminnan tila:", "Hankekoodi: S20001\n\nToiminnan tila:")
    assert "Hankekoodi (2)" in seen(twice, "label")
    caption = "Toteutuspaikan osoite, jos hanke toteutetaan yhdessä paikassa"
    twice = page.replace(caption, f"{caption}\n\n{caption}")
    assert f"{caption} (2)" not in seen(twice, "label")


def test_labels_that_are_declared_twice():
    page = invented_texts(1, 0, ProgrammePeriod.P2007_2013)[0]
    phones = re.findall(r"\n\nPuhelinnumero: .*", page)
    assert {"Puhelinnumero", "Puhelinnumero (2)"} <= seen(page, "label").keys()
    assert lacks(page.replace(phones[0], "", 1)) >= {"Puhelinnumero"}
    second = page[::-1].replace(phones[1][::-1], "", 1)[::-1]
    assert lacks(second) >= {"Puhelinnumero (2)"}
    third = page.replace(phones[0], phones[0] + phones[0], 1)
    assert "Puhelinnumero (2) (2)" in seen(third, "label")


def test_flags():
    national = """Euroopan sosiaalirahaston (ESR) rahoittaman projektin kuvaus

3. Projektin toteutusalue ja kohderyhmän kuvaus

3.1 Maantieteellinen kohdealue

Valtakunnallinen projekti

4. Projektin julkinen rahoitus, euroa"""
    assert "Valtakunnallinen projekti" in seen(national, "label")
    assert "Kunnat" not in lacks(national)


def test_scores_written_another_way():
    pages = [
        re.sub(r"(?m)^(Liikkuminen ja logistiikka \d+ \d+)$", r"\1 3", page)
        for page in invented_texts(5)
    ]
    (drift,) = compare(taken(pages))
    assert drift.message == (
        "section 8.2: values of 'Liikkuminen ja logistiikka' look like '9 9 9' instead of '9 9',"
        " in 5 of 5 (100 %)"
    )
    one = [
        re.sub(r"(?m)^(Liikkuminen ja logistiikka \d+) \d+$", r"\1", p) for p in invented_texts(5)
    ]
    (drift,) = compare(taken(one))
    assert (drift.kind, drift.new) == ("changed shape", "9")
    none = [
        re.sub(r"(?m)^(Liikkuminen ja logistiikka) \d+ \d+$", r"\1", p) for p in invented_texts(5)
    ]
    assert compare(taken(none)) == []


def test_rows_in_cells_of_their_own():
    pages = [
        re.sub(r"(?m)^Liikkuminen ja logistiikka (\d+) (\d+)$", r"Uusi liikkuminen\n\1\n\2", page)
        for page in invented_texts(5)
    ]
    (drift,) = compare(taken(pages))
    assert (drift.kind, drift.new) == ("renamed aspect", "Uusi liikkuminen")


def test_dimensions():
    pages = invented_texts(5)
    gone = [page.replace("\nTaloudellinen kestävyys\n", "\n") for page in pages]
    assert [d.kind for d in compare(taken(gone))] == ["missing dimension"]
    lines = "\nTaloudellinen kestävyys\n"
    sentence = [page.replace(lines, "\nTaloudesta on kyse.\n") for page in pages]
    assert [d.kind for d in compare(taken(sentence))] == ["missing dimension"]
    first = renamed_dimension("8.2", "Ekologinen kestävyys", "Ympäristön kestävyys")
    (drift,) = compare(taken(first.apply(page) for page in pages))
    assert first.matches(drift)
    only = "\n".join(pages[0].split("Taloudellinen kestävyys\n")[0].split("\n"))
    assert "Sosiaalinen ja kulttuurinen kestävyys sekä yhdenvertaisuus" in lacks(
        f"{only}\n\n9 Loppuraportin tiivistelmä"
    )


def test_an_empty_block_of_scores_lacks_nothing():
    description = invented_descriptions(1)[0]
    principles = attrs.evolve(description.horizontal_principles, sustainable_development=())
    page = whole_text(horizontal_principles=principles, final_report_summary="Alku.")
    assert "Materiaalit ja jätteet" not in lacks(page)
    assert compare(taken([page])) == []


def test_values_in_words():
    pages = [
        re.sub(r"(?m)^(Suunniteltu julkinen rahoitus yhteensä:).*", r"\1 Ei tiedossa", page)
        for page in invented_texts(20)
    ]
    (drift,) = compare(taken(pages))
    assert (drift.kind, drift.old, drift.new) == ("changed shape", None, "text")
    assert compare(taken(pages[:1] + invented_texts(19, seed=3))) == []
    (drift,) = compare(taken(pages[:10] + invented_texts(10, seed=3)))
    assert drift.old == "999 999"


def test_rows_of_partners():
    partners = (Partner("Alku ry", "9812345-4"), Partner("Mallilan kunta", "9812345-4"))
    description = invented_descriptions(1)[0]
    applicant = attrs.evolve(description.applicant, co_implementers=partners)
    page = whole_text(applicant=applicant)
    assert compare(taken([page] * 3)) == []
    odd = page.replace("Alku ry, 9812345-4", "Alku ry (9812345-4)")
    odd = odd.replace("Mallilan kunta, 9812345-4", "Mallilan kunta (9812345-4)")
    (drift,) = compare(taken([odd] * 3))
    assert (drift.kind, drift.label, drift.new) == ("changed shape", "Osatoteuttajat", "text")


def test_more_unknown_things_than_are_counted():
    fields = "\n\n".join(f"Kenttä {'x' * k}: 1" for k in range(1, 60))
    page = whole_text().replace("\n\n2 Hakijan", f"\n\n{fields}\n\n2 Hakijan")
    lines = "\n\n".join(f"Rivi {'y' * k} alku" for k in range(1, 70))
    page = page.replace(
        "\n\n2 Hakijan",
        f"\n\n{lines}\n\n{lines.replace('Rivi', 'Toinen')}\n\n{lines.replace('Rivi', 'Kolmas')}\n\n2 Hakijan",
        1,
    )
    assert len(seen(page, "label")) < 260


def test_carriage_returns_and_a_further_description():
    page = whole_text().replace("\n", "\r")
    assert seen(page, "label")["Hankekoodi"].places[0].line == 7
    later = fingerprint(PARSER.parse_document(whole_text()), file="a", line=101)
    assert later.seen[Key("label", P2014, "1", "Hankekoodi")].places == (Place("a", 107),)
    both = f"{whole_text()}\n\n{whole_text()}"
    assert seen(both, "label")["Hankekoodi"].count == 1


# -- a user's handlers ----------------------------------------------------------------------------


@attrs.frozen
class Networks:
    channel: str | None = None
    members: tuple[Partner, ...] | None = None


class NetworksHandler(SectionHandler):
    key = "networks"
    model = Networks
    sections = (
        Section(
            "10",
            "Verkostot",
            "networks",
            Fields(Field("Kanava", "channel"), Rows("Jäsenet", "members", PARTNER)),
        ),
    )


BROKEN = "rikki"


class BrokenHandler(NetworksHandler):
    def build(self, values):
        if values.get("channel") == BROKEN:
            raise ArithmeticError("a handler's own mistake")
        return super().build(values)


def test_what_a_handler_declares_is_known():
    parser = Parser(handlers=[NetworksHandler()])
    section = "10 Verkostot\n\nKanava: lehti\n\nJäsenet\n\nAlku ry, 9812345-4"
    pages = [f"{page}\n\n{section}" for page in invented_texts(4)]
    assert compare(taken(pages, parser), layouts=parser.layouts) == []
    assert compare(taken(invented_texts(4), parser), layouts=parser.layouts) == []
    assert [drift.kind for drift in compare(taken(pages))] == ["new heading"]
    renamed = [page.replace("Kanava:", "Väylä:") for page in pages]
    (drift,) = compare(taken(renamed, parser), layouts=parser.layouts)
    assert (drift.kind, drift.old) == ("renamed label", "Kanava")
    # Without the layouts nobody knows what is optional, and nothing is missing.
    (drift,) = compare(taken(renamed, parser))
    assert (drift.kind, drift.closest) == ("new label", None)
    (drift,) = compare(taken(renamed, parser), layouts=[LAYOUT_2007_2013])
    assert (drift.kind, drift.closest) == ("new label", None)


def test_drifts_of_a_handler():
    parser = Parser(handlers=[NetworksHandler()])
    page = f"{invented_texts(1)[0]}\n\n10 Verkostot\n\nKanava: lehti"
    own = renamed_label("10", "Kanava", "Väylä", parser.layouts[0])
    assert own.apply(page, parser.layouts).endswith("Väylä: lehti")
    every = {change.key for change in DRIFT_KINDS["renamed label"](parser.layouts[0])}
    assert any(key[2] == "10" for key in every)


# -- against a baseline ---------------------------------------------------------------------------


def test_what_was_recorded_is_no_news(corpus):
    changes = [
        new_field("1", "Hankkeen lyhytnimi", "ALKU", "Hankkeen nimi"),
        removed_label("2", "WWW-osoite"),
        amounts_with_cents("5", "Toteutunut EU- ja valtion rahoitus"),
        moved_section("2", "6"),
    ]
    whole, _ = corpus.changed(*changes)
    assert len(compare(whole)) == 4
    assert compare(whole, whole) == []
    found = compare(whole, corpus.whole)
    assert len(found) == 4
    assert {drift.share_before for drift in found} == {0.0}
    # Back again, what was recorded is rarer, or gone.
    back = {drift.kind: drift for drift in compare(corpus.whole, whole)}
    assert back["rate of label"].message


def test_the_grammar_is_the_measure_of_a_period_that_the_baseline_has_not(corpora):
    old = corpora[ProgrammePeriod.P2007_2013]
    whole, _ = old.changed(removed_label("1", "Osio", LAYOUT_2007_2013))
    (drift,) = compare(whole, corpora[ProgrammePeriod.P2014_2020].whole)
    assert (drift.kind, drift.share_before) == ("missing label", None)


def test_rates(corpus):
    change = removed_label("2", "WWW-osoite")
    nearly_all, _ = corpus.changed(change, most=48)
    one, _ = corpus.changed(change, most=1)
    (drift,) = compare(nearly_all, one)
    assert (drift.kind, drift.count, drift.of) == ("rate of label", 2, 50)
    assert drift.message == (
        "section 2: label 'WWW-osoite' is rarer, in 2 of 50 (4 %; 98 % before)"
    )
    assert len(drift.places) == 3
    (drift,) = compare(one, nearly_all)
    assert drift.message == (
        "section 2: label 'WWW-osoite' is more common, in 49 of 50 (98 %; 4 % before)"
    )
    every, _ = corpus.changed(change)
    (drift,) = compare(every, one)
    assert (drift.kind, drift.count, drift.share_before) == ("missing label", 50, 0.02)
    (drift,) = compare(one, every)
    assert (drift.kind, drift.share_before) == ("rate of label", 0)
    few, _ = corpus.changed(change, most=3)
    assert compare(few, one) == []


def test_rates_of_unknown_things_and_of_order(corpus):
    field = new_field("1", "Hankkeen lyhytnimi", "ALKU", "Hankkeen nimi")
    moved = moved_label("1", "Vastuuviranomainen", "Hankekoodi")
    one, _ = corpus.changed(field, moved, most=1)
    every, _ = corpus.changed(field, moved)
    found = {drift.kind: drift for drift in compare(every, one)}
    assert found["rate of label"].name == "Hankkeen lyhytnimi"
    assert found["moved label"].share_before == 0.02
    (drift,) = compare(one, every)
    assert drift.message.endswith("is rarer, in 1 of 50 (2 %; 100 % before)")


def test_words_against_a_baseline(corpus):
    known = "Toiminta päättynyt"
    whole, _ = corpus.changed(renamed_word("1", "Toiminnan tila", known, "Valmis"))
    (drift,) = compare(whole)
    assert (drift.kind, drift.closest) == ("new word", "Toiminnassa")
    (drift,) = compare(whole, corpus.whole)
    assert (drift.kind, drift.old, drift.new) == ("renamed word", known, "Valmis")
    (drift,) = compare(corpus.whole, whole)
    assert (drift.kind, drift.old, drift.label) == ("missing word", "Valmis", "Toiminnan tila")
    assert drift.message.startswith("section 1: word 'Valmis' of 'Toiminnan tila' is missing, in")
    assert compare(whole, whole) == []


def test_a_word_of_a_label_that_is_no_enumeration_any_more(corpus):
    whole, _ = corpus.changed(renamed_word("1", "Toiminnan tila", "Toiminta päättynyt", "Valmis"))
    (drift,) = compare(whole, layouts=[LAYOUT_2007_2013])
    assert (drift.kind, drift.closest) == ("new word", None)


def test_shapes_against_a_baseline(corpus):
    pages = [re.sub(r"(?m)^Postinumero: (\d{5})$", r"Postinumero: FI-\1", p) for p in corpus.texts]
    found = compare(taken(pages), corpus.whole)
    assert [(d.kind, d.label, d.new) for d in found][:1] == [
        ("rate of shape", "Postinumero", "text")
    ]
    assert compare(taken(pages)) == []
    cents = amounts_with_cents("5", "Myönnetty EU- ja valtion rahoitus")
    one, every = corpus.changed(cents, most=1)[0], corpus.changed(cents)[0]
    (drift,) = compare(every, one)
    assert (drift.kind, drift.new) == ("rate of shape", "999 999,99")
    assert drift.message == (
        "section 5: shape '999 999,99' of 'Myönnetty EU- ja valtion rahoitus' is more common,"
        " in 50 of 50 (100 %; 2 % before)"
    )
    empty = [re.sub(r"(?m)^(WWW-osoite:).*", r"\1", page) for page in corpus.texts]
    (drift,) = compare(taken(empty), corpus.whole)
    assert (drift.kind, drift.new, drift.label) == ("rate of shape", "empty", "WWW-osoite")


def test_the_usual_shape_may_be_known_from_the_baseline(corpus):
    pages = [re.sub(r"(?m)^(Y-tunnus:) .*", r"\1 puuttuu", page) for page in corpus.texts]
    (drift,) = compare(taken(pages), corpus.whole)
    assert (drift.old, drift.new) == ("9999999-9", "text")


# -- adapting -------------------------------------------------------------------------------------

RENAMINGS = [kind for kind in DRIFT_KINDS if kind.startswith("renamed") and "word" not in kind]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.period)
@pytest.mark.parametrize("kind", RENAMINGS)
def test_renamed_found_adapted_read(kind, layout, tmp_path):
    pages = invented_texts(3, seed=6, period=layout.period)
    wanted = [PARSER.parse_description(page) for page in pages]
    for change in some(DRIFT_KINDS[kind](layout), 5):
        drifted = [change.apply(page) for page in pages]
        file = tmp_path / "aliases.toml"
        file.write_text(dump_aliases(aliases_for(compare(taken(drifted)))), encoding="utf-8")
        parser = Parser(aliases=load_aliases(file))
        assert [parser.parse_description(page) for page in drifted] == wanted
        adapted = taken(drifted, parser)
        assert compare(adapted) == []
        assert compare(adapted, taken(pages)) == []


def test_all_renamed_at_once():
    changes = [
        renamed_label("1", "Hankekoodi", "Hankkeen tunnus"),
        renamed_label(
            "6", "Toteutuspaikan osoite, jos hanke toteutetaan yhdessä paikassa", "Toteutuspaikka"
        ),
        renamed_question(
            "8.1",
            "Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen",
            "Onko tasa-arvo päätavoite",
        ),
        renamed_aspect("8.2", "Ympäristöosaaminen", "Ympäristötaidot"),
        renamed_dimension("8.2", "Ekologinen kestävyys", "Ympäristön kestävyys"),
        renamed_heading("9", "Loppuraportti"),
        renamed_heading("5", "Julkinen rahoitus, euroa"),
    ]
    pages = invented_texts(8)
    wanted = [PARSER.parse_description(page) for page in pages]
    drifted = pages
    for change in changes:
        drifted = [change.apply(page) for page in drifted]
    found = compare(taken(drifted))
    assert len(found) == len(changes)
    assert all(any(change.matches(drift) for drift in found) for change in changes)
    aliases = aliases_for(found)
    assert aliases["Loppuraportti"] == "Loppuraportin tiivistelmä"
    assert aliases["Toteutuspaikka"].startswith("Toteutuspaikan osoite")
    parser = Parser(aliases=aliases)
    assert [parser.parse_description(page) for page in drifted] == wanted
    assert compare(taken(drifted, parser)) == []


def renamed(what, old, new, count=1):
    return Drift(Change.RENAMED, what, P2014, "1", old, new, count=count)


def test_aliases_for():
    found = [
        renamed(What.LABEL, "Puhelinnumero (2)", "Puhelin"),
        renamed(What.LABEL, "Osoite", "Sama", count=1),
        renamed(What.LABEL, "Asema", "Sama", count=2),
        renamed(What.WORD, "Kunta", "Kuntaa"),
        renamed(What.HEADING, "1. Projekti", "1. Hanke"),
        renamed(What.HEADING, "4.1 Varsinaiset kohderyhmät", "4.2 Kohderyhmät"),
        renamed(What.HEADING, "4.1 Varsinaiset kohderyhmät", "4.1"),
        Drift(Change.NEW, What.LABEL, P2014, "1", new="Uusi"),
    ]
    assert aliases_for(found) == {"Sama": "Asema", "Puhelin": "Puhelinnumero", "Hanke": "Projekti"}


def test_any_alias_can_be_written(tmp_path):
    aliases = {'a "b" \\ c': "d", "\x7f\x9b\x01\t": "e", "ä = [x]": "f # g", "a.b": "c"}
    file = tmp_path / "aliases.toml"
    file.write_text(dump_aliases(aliases), encoding="utf-8")
    assert load_aliases(file) == aliases


# -- the changes for tests ------------------------------------------------------------------------


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drifts())
def test_a_drawn_drift_is_found(change):
    layout = next(la for la in LAYOUTS if la.period == change.period)
    pages = invented_texts(5, seed=7, period=layout.period)
    drifted = [change.apply(page) for page in pages]
    if sum(a != b for a, b in zip(pages, drifted, strict=True)) >= 2:
        assert any(change.matches(drift) for drift in compare(taken(drifted)))


@given(drifts(kinds=["moved heading", "moved label"]))
def test_drifts_of_some_kinds(change):
    assert change.kind in ("moved heading", "moved label")


def test_a_change_leaves_other_pages_alone():
    page, old = whole_text(), invented_texts(1, 0, ProgrammePeriod.P2007_2013)[0]
    assert renamed_label("1", "Projektikoodi", "Tunnus").apply(page) == page
    assert renamed_label("1", "Hankekoodi", "Tunnus").apply(old) == old
    assert removed_label("1", "Olematon").apply(page) == page
    assert moved_label("1", "Olematon", "").apply(page) == page
    assert moved_label("1", "Hankekoodi", "Olematon").apply(page) == page
    assert renamed_word("1", "Toiminnan tila", "Olematon", "x").apply(page) == page
    short = page.partition("\n\n4 Hank")[0]
    assert moved_section("6", "1").apply(short) == short
    assert moved_section("1", "6").apply(short) == short
    assert new_section("8.3", "Saavutettavuus", "Alku.").apply(short) == short


def test_changes_that_are_made_by_hand():
    page = whole_text(final_report_summary="Alku.")
    placed = new_section("8.3", "Saavutettavuus", "Alku.").apply(page)
    assert "\n\n8.3 Saavutettavuus\n\nAlku.\n\n9 Loppuraportin tiivistelmä\n\nAlku." in placed
    assert new_section("8.3", "Saavutettavuus", "").matches(compare(taken([placed]))[0])
    first = moved_section("6", "").apply(page)
    assert first.index("6 Maantieteellinen") < first.index("1 Hanke")
    before = PARSER.parse_description(page)
    assert PARSER.parse_description(first) == before
    assert PARSER.parse_description(moved_section("1", "9").apply(page)) == before
    empty = new_field("1", "Tunnuslause", "", "Hankekoodi").apply(page)
    assert "\n\nTunnuslause:\n\n" in empty
    assert (
        amounts_with_cents("5", "Myönnetty EU- ja valtion rahoitus")
        .apply(amounts_with_cents("5", "Myönnetty EU- ja valtion rahoitus").apply(page))
        .count(",50")
        == 1
    )


# -- reports --------------------------------------------------------------------------------------

FOUND = [
    Drift(
        Change.RENAMED,
        What.LABEL,
        P2014,
        "1",
        "Hankekoodi",
        "Tunnus | <b>",
        similarity=0.5,
        count=3,
        of=50,
        places=(Place("a,b:1.txt", 7), Place("c%.txt", 9)),
    ),
    Drift(
        Change.MOVED, What.HEADING, P2014, "6", "6 Maantieteellinen kohdealue", "", count=2, of=50
    ),
    Drift(Change.MISSING, What.WORD, P2014, "1", "Keskeytynyt", label="Toiminnan tila", of=0),
]


def test_text_report():
    assert list(text_report(FOUND, 50)) == [
        "3 drifts in 50 descriptions",
        "",
        "renamed label: section 1: label 'Hankekoodi' is now 'Tunnus | <b>' (0.50 alike),"
        " in 3 of 50 (6 %)",
        "  a,b:1.txt:7",
        "  c%.txt:9",
        "",
        "moved heading: heading '6 Maantieteellinen kohdealue' stands in the first place,"
        " in 2 of 50 (4 %)",
        "",
        "missing word: section 1: word 'Keskeytynyt' of 'Toiminnan tila' is missing,"
        " in 0 of 0 (0 %)",
        "",
        "With these aliases the new names are read:",
        "",
        "# New spellings of what the format declares. Read them before you use them.",
        "[aliases]",
        '"Tunnus | <b>" = "Hankekoodi"',
    ]
    assert next(text_report(FOUND[1:2], 1)) == "1 drift in 1 description"
    assert len(list(text_report(FOUND[1:2], 1))) == 3


def test_markdown_report():
    lines = list(markdown_report(FOUND, 50))
    assert lines[4] == (
        "| renamed label | 1 | label 'Hankekoodi' is now 'Tunnus \\| &lt;b>' (0.50 alike) |"
        " 3 of 50 (6 %) | `a,b:1.txt:7`<br>`c%.txt:9` |"
    )
    assert lines[-1] == "```"
    assert len(list(markdown_report(FOUND[1:], 50))) == 6


def test_json_report():
    data = json.loads(json.dumps(json_report(FOUND, 50)))
    assert data["documents"] == 50
    assert data["aliases"] == {"Tunnus | <b>": "Hankekoodi"}
    assert data["drifts"][0]["kind"] == "renamed label"
    assert data["drifts"][0]["share"] == 0.06
    assert data["drifts"][0]["places"][1] == {"file": "c%.txt", "line": 9}
    assert "closest" not in data["drifts"][0]


def test_github_lines():
    assert list(github_lines(FOUND)) == [
        "::warning file=a%2Cb%3A1.txt,line=7,title=Format drift%2C renamed label::section 1: label"
        " 'Hankekoodi' is now 'Tunnus | <b>' (0.50 alike), in 3 of 50 (6 %25)",
        "::warning file=c%25.txt,line=9,title=Format drift%2C renamed label::section 1: label"
        " 'Hankekoodi' is now 'Tunnus | <b>' (0.50 alike), in 3 of 50 (6 %25)",
        "::warning title=Format drift%2C moved heading::heading '6 Maantieteellinen kohdealue'"
        " stands in the first place, in 2 of 50 (4 %25)",
        "::warning title=Format drift%2C missing word::section 1: word 'Keskeytynyt' of"
        " 'Toiminnan tila' is missing, in 0 of 0 (0 %25)",
        "::notice title=Format drift%2C aliases::# New spellings of what the format declares. Read"
        ' them before you use them.%0A[aliases]%0A"Tunnus | <b>" = "Hankekoodi"%0A',
    ]
    assert len(list(github_lines(FOUND[1:]))) == 2


def test_other_messages():
    def said(*arguments, **more):
        return Drift(*arguments, count=1, of=300, **more).message

    assert said(Change.NEW, What.LABEL, P2014, "1", new="x") == (
        "section 1: new label 'x', in 1 of 300 (0.3 %)"
    )
    assert said(Change.CHANGED, What.SHAPE, P2014, "1", None, "x", "Y-tunnus").startswith(
        "section 1: values of 'Y-tunnus' look like 'x', in"
    )
    assert said(Change.MOVED, What.LABEL, P2014, "1", "a", "b").startswith(
        "section 1: label 'a' stands behind 'b', in"
    )
    assert Drift(Change.NEW, What.TEXT, "", "").name == ""


# -- files ----------------------------------------------------------------------------------------


def written(folder, pages):
    folder.mkdir(parents=True, exist_ok=True)
    for k, page in enumerate(pages):
        (folder / file_name(k)).write_text(page, encoding="utf-8", newline="")
    return folder


def test_folders_are_walked(tmp_path):
    written(tmp_path / "b", ["1 Hanke"])
    written(tmp_path / "a", ["1 Hanke"] * 2)
    (tmp_path / "b" / "c.md").write_text("1 Hanke", encoding="utf-8")
    names = [str(tmp_path / name) for name in ("a/00.txt", "a/01.txt", "b/00.txt")]
    assert list(text_files([str(tmp_path)])) == names
    assert list(text_files([str(tmp_path)], "*.md")) == [str(tmp_path / "b" / "c.md")]
    assert list(text_files(["x", str(tmp_path / "b")])) == ["x", names[2]]


def test_a_folder_that_cannot_be_listed(tmp_path, monkeypatch):
    def walk(path, onerror):
        onerror(PermissionError(13, "Permission denied", f"{path}/secret"))
        return iter(())

    monkeypatch.setattr(corpus_module.os, "walk", walk)
    found, troubles = fingerprint_files(text_files([str(tmp_path)]))
    assert found.documents == 0
    assert troubles == [Trouble(f"{tmp_path}/secret", "Permission denied")]


def test_files_that_cannot_be_read(tmp_path):
    pages = [*invented_texts(2), f"{whole_text()}\n\n10 Verkostot\n\nKanava: {BROKEN}"]
    folder = written(tmp_path, pages)
    files = [*text_files([str(folder)]), str(tmp_path / "none")]
    parser = Parser(handlers=[BrokenHandler()])
    found, troubles = fingerprint_files(files, parser, max_bytes=20_000)
    assert found.documents == 2
    assert troubles == [
        Trouble(str(folder / "02.txt"), "ArithmeticError: a handler's own mistake"),
        Trouble(str(tmp_path / "none"), "No such file or directory"),
    ]
    found, troubles = fingerprint_files(files[:1], max_bytes=10)
    assert troubles == [Trouble(files[0], "larger than 10 bytes")]


def test_several_descriptions_in_a_file(tmp_path):
    pages = invented_texts(3)
    file = tmp_path / "all.txt"
    file.write_text("\n\n".join(pages), encoding="utf-8", newline="")
    found, _ = fingerprint_files([str(file)])
    assert found.documents == 3
    lines = file.read_text(encoding="utf-8").split("\n")
    places = found.seen[Key("label", P2014, "1", "Hankekoodi")].places
    assert [lines[place.line - 1][:11] for place in places] == ["Hankekoodi:"] * 3


def test_one_process_or_two(tmp_path):
    pages = invented_texts(70, seed=9)
    pages[3] = renamed_label("1", "Hankekoodi", "Tunnus").apply(pages[3])
    files = list(text_files([str(written(tmp_path, pages))]))
    alone = fingerprint_files(files)
    assert fingerprint_files([*files, Trouble("x", "y")], processes=2) == (
        alone[0],
        [Trouble("x", "y")],
    )
    assert alone[0].documents == 70


def test_a_reader_that_goes_away_stops_the_others(tmp_path):
    files = list(text_files([str(written(tmp_path, invented_texts(4)))])) * 60
    batches = read_batches(files, PARSER, 1 << 20, 2)
    assert next(batches).files == 32
    batches.close()


def test_a_parser_that_cannot_be_sent_reads_here(tmp_path):
    class Local(NetworksHandler):
        pass

    files = list(text_files([str(written(tmp_path, invented_texts(1)))])) * 70
    found, _ = fingerprint_files(files, Parser(handlers=[Local()]), processes=2)
    assert found.documents == 70


def test_what_the_other_processes_run(tmp_path, monkeypatch):
    monkeypatch.setattr(corpus_module.signal, "signal", lambda *arguments: None)
    files = list(text_files([str(written(tmp_path, invented_texts(2)))]))
    corpus_module._start(PARSER, 1 << 20)
    assert corpus_module._read_here(files).fingerprint == fingerprint_files(files)[0]
