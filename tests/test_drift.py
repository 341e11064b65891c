"""Drift: what a corpus has that was not declared, or not recorded earlier."""

import json
import os
from pathlib import Path

import attrs
import pytest
from conftest import filled
from invented import BASE, HERE, OLD, changed, invented_texts

from esr_parser import Parser, SectionHandler, parse_document
from esr_parser.aliases import load_aliases
from esr_parser.drift import (
    BaselineError,
    Drift,
    DriftKind,
    FilePlace,
    Fingerprint,
    Key,
    Occurrences,
    Thresholds,
    aliases_for,
    compare,
    dump_aliases,
    fingerprint,
    fingerprint_files,
    fingerprint_texts,
)
from esr_parser.drift.report import github_lines, json_report, markdown_report, text_report
from esr_parser.grammar import Field, Fields, Section
from esr_parser.values import PERIOD, TEXT

CODE = ("Hankekoodi:", "Hankkeen tunnus:")
SUMMARY = "3 Suunnitelman mukainen tiivistelmä toteutuksesta"
FUNDING = "5 Projektin julkinen rahoitus, euroa"
FUNDING_BLOCK = BASE[BASE.index(FUNDING) : BASE.index("6 Maantieteellinen")]
GRANTED = "Myönnetty EU- ja valtion rahoitus"
AUTHORITY = "Vastuuviranomainen: Pohjois-Karjalan elinkeino-, liikenne- ja ympäristökeskus\n\n"
PLANNED = "Alkaa 1.3.2020 ja päättyy 31.8.2022"

CHANGES = {
    "renamed label": [
        [CODE],
        "renamed label: section 1: 'Hankekoodi' is now 'Hankkeen tunnus' (0.40 alike)",
    ],
    "renamed label, last of its section": [
        [("Kunnat:", "Paikat:")],
        "renamed label: section 6: 'Kunnat' is now 'Paikat' (0.50 alike)",
    ],
    "renamed label in another place": [
        [("Hankekoodi: S2", "Alku: S2"), ("2 Hakijan", "Hankekoodit: 1\n\n2 Hakijan")],
        "new label: section 1: 'Alku'",
        "renamed label: section 1: 'Hankekoodi' is now 'Hankekoodit' (0.95 alike)",
    ],
    "new label": [
        [("Hankkeen nimi:", "Tunnuslause: alku\n\nHankkeen nimi:")],
        "new label: section 1: 'Tunnuslause'",
    ],
    "a new label beside a missing one": [
        [("Hankekoodi: ", "Tunnuslause: "), (AUTHORITY, "")],
        "missing label: section 1: 'Vastuuviranomainen'",
        "renamed label: section 1: 'Hankekoodi' is now 'Tunnuslause' (0.19 alike)",
    ],
    "a missing label of another section": [
        [("Hankekoodi: ", "Tunnuslause: "), ("Y-tunnus: 9812376-1\n\n", "")],
        "missing label: section 2: 'Y-tunnus'",
        "renamed label: section 1: 'Hankekoodi' is now 'Tunnuslause' (0.19 alike)",
    ],
    "missing label": [[(AUTHORITY, "")], "missing label: section 1: 'Vastuuviranomainen'"],
    "missing aspect": [
        [("Natura 2000 -ohjelman kohteet", "Natura-kohteet")],
        "missing label: section 8.2: 'Natura 2000 -ohjelman kohteet'",
    ],
    "fields in another order": [
        [(AUTHORITY, ""), ("Hankkeen nimi:", f"{AUTHORITY}Hankkeen nimi:")],
        "moved label: section 1",
    ],
    "new section": [
        [("\n9 Loppuraportin", "\n8.3 Viestintä\n\nAlku.\n\n9 Loppuraportin")],
        "new section: '8.3 Viestintä'",
    ],
    "renamed section of prose": [
        [(SUMMARY, "3 Kuvaus")],
        f"renamed section: '{SUMMARY}' is now '3 Kuvaus' (0.04 alike)",
    ],
    "renamed section of fields": [
        [("6 Maantieteellinen kohdealue", "6 Alueet")],
        "renamed section: '6 Maantieteellinen kohdealue' is now '6 Alueet'",
    ],
    "section under another number": [
        [(FUNDING, f"7{FUNDING[1:]}")],
        f"moved section: '{FUNDING}' is now '7{FUNDING[1:]}'",
    ],
    "moved section": [
        [(FUNDING_BLOCK, ""), ("\n7 Hakemus", f"\n{FUNDING_BLOCK}7 Hakemus")],
        "moved section: '6 Maantieteellinen kohdealue'",
    ],
    "missing heading": [[(f"{FUNDING}\n\n", "")], f"missing heading: '{FUNDING}'"],
    "text beside the fields": [
        [("Hankkeen nimi:", "jotakin muuta\n\nHankkeen nimi:")],
        "new text beside the fields: section 1",
    ],
    "missing title": [
        [("Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus\n\n", "")],
        "missing title",
    ],
    "new word": [
        [("Hakijoita on useampi kuin yksi (yhteishanke)", "Hakijoita on kaksi")],
        "new word: section 2: 'Hakijoita on kaksi' of"
        " 'Hakijoiden lukumäärä tai tuen siirto -menettely'",
    ],
    "a sentence in the place of a word": [
        [("Hakijoita on useampi kuin yksi (yhteishanke)", "Alku " * 20 + "loppu")],
        "new word: section 2: '…' of 'Hakijoiden lukumäärä tai tuen siirto -menettely'",
    ],
    "cents of zero": [
        [("186 400", "186 400,00")],
        f"changed shape: section 5: values of '{GRANTED}' look like '999 999,99'",
    ],
    "cents": [
        [("186 400", "194 744,50")],
        f"changed shape: section 5: values of '{GRANTED}' look like '999 999,99'",
    ],
    "no separator": [
        [("186 400", "186400")],
        f"changed shape: section 5: values of '{GRANTED}' look like '9999'",
    ],
    "padded dates": [
        [(PLANNED, "Alkaa 01.03.2020 ja päättyy 31.12.2022")],
        "changed shape: section 1: values of 'Suunnitelman mukainen toteutusaika' look like"
        " 'Alkaa dd.mm.yyyy ja päättyy dd.mm.yyyy'",
    ],
    "the year first": [
        [(PLANNED, "Alkaa 2020-03-01 ja päättyy 2022-08-31"), ("186 400", "noin sata")],
        "changed shape: section 1: values of 'Suunnitelman mukainen toteutusaika' look like"
        " 'Alkaa yyyy-mm-dd ja päättyy yyyy-mm-dd'",
        f"unreadable value: section 5: '{GRANTED}'",
    ],
    "odd value": [[("9812376-1", "9812376-2")], "odd value: section 2: 'Y-tunnus'"],
    "a diagnostic without words of its own": [
        [("Hankkeen nimi:", "Hankekoodi: S29990\n\nHankkeen nimi:")],
        "label repeated: section 1: 'Hankekoodi'",
    ],
}


def taken(pages, parser=None):
    """The fingerprint of texts, as if they were files."""
    parse = (parser or Parser()).parse_document
    return Fingerprint.sum(
        fingerprint(parse(page), file=f"{k:02}.txt") for k, page in enumerate(pages)
    )


def said(drifts):
    return sorted(": ".join(filter(None, (drift.kind, drift.detail))) for drift in drifts)


# -- what is found ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_found(name):
    changes, *expected = CHANGES[name]
    found = taken(changed(invented_texts(6), *changes, most=3))
    comparison = compare(found)
    assert said(comparison.drifts) == expected
    assert comparison.below == ()
    assert {(d.count, d.of) for d in comparison.drifts} == {(3, 6)}
    for drift in comparison.drifts:
        assert [place.file for place in drift.places] == ["00.txt", "01.txt", "02.txt"]


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_on_one_page_of_six_is_reported_below_the_threshold(name):
    changes, *expected = CHANGES[name]
    comparison = compare(taken(changed(invented_texts(6), *changes, most=1)))
    assert comparison.drifts == ()
    assert said(comparison.below) == expected
    for drift in comparison.below:
        assert drift.below.startswith("1 of 6 pages has ")
        assert drift.below.endswith("; below the threshold of 3 pages")


def test_the_line_below_the_threshold():
    one = compare(taken(changed(invented_texts(6), CODE, most=1))).below
    assert [drift.below for drift in one] == [
        "1 of 6 pages has a renamed label: section 1: 'Hankekoodi' is now 'Hankkeen tunnus'"
        " (0.40 alike); below the threshold of 3 pages"
    ]
    changes, _ = CHANGES["a diagnostic without words of its own"]
    two = compare(taken(changed(invented_texts(6), *changes, most=2))).below
    assert [drift.below for drift in two] == [
        "2 of 6 pages have ESR303 label repeated: section 1: 'Hankekoodi'; below the threshold of"
        " 3 pages"
    ]
    alone = compare(taken(changed(invented_texts(1), ("186 400", "noin sata")))).below
    assert [drift.below for drift in alone] == [
        f"1 of 1 page has an unreadable value: section 5: '{GRANTED}'; below the threshold of"
        " 3 pages"
    ]


@pytest.mark.parametrize(
    ("pages", "least"),
    [(1, 1), (2, 2), (3, 3), (6, 3), (38, 3), (50, 4), (200, 10), (2_000, 57), (100_000, 2_115)],
)
def test_how_many_pages_are_drift(pages, least):
    assert Thresholds().least(pages) == least
    assert Thresholds(share=1).least(pages) == pages + 1


def test_names_may_drift_on_a_single_page_and_values_may_not():
    both = compare(taken(changed(invented_texts(1), CODE, ("186 400", "186400"))))
    assert [drift.kind for drift in both.drifts] == ["renamed label"]
    assert [drift.kind for drift in both.below] == ["changed shape"]


def test_thresholds_can_be_set():
    found = taken(changed(invented_texts(6), CODE, most=2))
    assert compare(found).drifts == ()
    assert len(compare(found, thresholds=Thresholds(pages=2)).drifts) == 1
    assert compare(found, thresholds=Thresholds(pages=1, share=0.2)).drifts == ()
    strict = Thresholds(pages=2, similarity=0.9, overlap=1.1)
    assert said(compare(found, thresholds=strict).drifts) == [
        "missing label: section 1: 'Hankekoodi'",
        "new label: section 1: 'Hankkeen tunnus'",
    ]


def test_pages_as_printed_have_no_drift():
    pages = [*invented_texts(9), *invented_texts(3, OLD), parse_document(BASE).text]
    comparison = compare(fingerprint_texts(pages))
    assert (comparison.documents, comparison.drifts, comparison.below) == (13, (), ())


NOISE = {
    "indented": lambda page: page.replace("\n", "\n   "),
    "headings marked": lambda page: page.replace("\n1 Hanke", "\n## 1 Hanke"),
    "carriage returns": lambda page: page.replace("\n", "\r\n"),
    "other letters": lambda page: page.replace("Hankekoodi:", "HANKEKOODI :"),
}


@pytest.mark.parametrize("noise", NOISE)
def test_noise_is_drift_only_against_a_baseline(noise):
    pages = invented_texts(12)
    found = taken(map(NOISE[noise], pages))
    comparison = compare(found)
    assert (comparison.drifts, comparison.below) == ((), ())
    drifts = compare(found, taken(pages)).drifts
    assert {drift.change for drift in drifts} == {DriftKind.RATE}
    assert all(drift.kind.startswith("more common: ") for drift in drifts)
    assert compare(found, found).drifts == ()


def test_extracted_pages_have_no_drift():
    found, troubles = fingerprint_files([HERE / "extracted"])
    comparison = compare(found)
    assert (troubles, comparison.drifts) == ([], ())
    assert found.documents > 10


def test_texts_that_are_not_a_description():
    pages = invented_texts(4)
    one = compare(taken([*pages, ""]))
    assert (one.documents, one.drifts) == (5, ())
    assert [drift.below for drift in one.below] == [
        "1 of 5 pages has a missing description; below the threshold of 3 pages"
    ]
    three = compare(taken([*pages, "", "<html><body><p>x</p></body></html>", "%PDF-1.7"]))
    assert [drift.message for drift in three.drifts] == ["in 3 of 7 (43 %)"]
    assert fingerprint(parse_document("")).pages == {}


# -- what was renamed ------------------------------------------------------------------------------


def test_a_label_with_two_new_names():
    pages = invented_texts(8)
    pages = changed(pages, CODE, most=4)[:4] + changed(pages, ("Hankekoodi:", "Tunnus:"))[4:]
    assert said(compare(taken(pages)).drifts) == [
        "renamed label: section 1: 'Hankekoodi' is now 'Hankkeen tunnus' (0.40 alike)",
        "renamed label: section 1: 'Hankekoodi' is now 'Tunnus' (0.12 alike)",
    ]


def test_a_label_renamed_on_some_pages_and_missing_on_more():
    pages = invented_texts(9)
    pages[:3] = changed(pages[:3], CODE)
    pages[3:6] = [
        page.replace(f"Hankekoodi: S2000{k}\n\n", "") for k, page in enumerate(pages[3:6], 3)
    ]
    drifts = compare(taken(pages)).drifts
    assert [(drift.kind, drift.count) for drift in drifts] == [
        ("missing label", 3),
        ("renamed label", 3),
    ]


def test_a_new_label_between_two_missing_ones():
    changes = [("Organisaatiotyyppi:", "Muoto:"), ("Y-tunnus: 9812376-1\n\n", "")]
    assert said(compare(taken(changed(invented_texts(3), *changes))).drifts) == [
        "missing label: section 2: 'Y-tunnus'",
        "renamed label: section 2: 'Organisaatiotyyppi' is now 'Muoto' (0.17 alike)",
    ]


def test_a_section_with_another_title_and_number():
    pages = changed(invented_texts(3), (SUMMARY, "3.1 Tiivistelmä toteutuksesta"))
    comparison = compare(taken(pages))
    assert [drift.kind for drift in comparison.drifts] == ["renamed section"]
    assert aliases_for(comparison.drifts) == {}


@pytest.mark.parametrize(
    "change",
    [
        CODE,
        ("Kunnat:", "Paikat:"),
        (SUMMARY, "3 Kuvaus"),
        ("6 Maantieteellinen kohdealue", "6 Alueet"),
    ],
)
def test_renamed_found_adapted_read(change, tmp_path):
    pages = changed(invented_texts(3), change)
    file = tmp_path / "aliases.toml"
    file.write_text(dump_aliases(aliases_for(compare(taken(pages)).drifts)), encoding="utf-8")
    parser = Parser(aliases=load_aliases(file))
    assert compare(taken(pages, parser)).drifts == ()
    assert parser.parse_description(pages[0]) == Parser().parse_description(invented_texts(1)[0])


def test_aliases_are_quoted_and_the_more_common_name_counts(tmp_path):
    def renamed(old, count):
        key = Key("ESR301", "2014-2020", "1", 'a "b" \\ \x7f')
        return Drift(key, DriftKind.RENAMED, count, 9, 3, old=old)

    aliases = aliases_for([renamed("Hankekoodi", 3), renamed("Hankkeen nimi", 4)])
    file = tmp_path / "aliases.toml"
    file.write_text(dump_aliases(aliases), encoding="utf-8")
    assert load_aliases(file) == aliases == {'a "b" \\ \x7f': "Hankkeen nimi"}


# -- layouts and handlers --------------------------------------------------------------------------


def test_each_layout_is_counted_by_itself():
    english = "1 Project\n\nProject code: S29999\n\nName of project: Alku\n\nPolicy: 1. Alku"
    new = ("\n2. Projektin", "\nTunnuslause: alku\n\n2. Projektin")
    found = taken([*invented_texts(8), *changed(invented_texts(3, OLD), new), english])
    assert found.pages == {"2014-2020": 8, "2007-2013": 3, "2014-2020 (en)": 1}
    drifts = [drift for drift in compare(found).drifts if drift.key.layout == "2007-2013"]
    assert [drift.message for drift in drifts] == ["section 1: 'Tunnuslause', in 3 of 3 (100 %)"]


def test_a_section_behind_the_known_ones_of_a_layout():
    pages = [f"{page}\n\n7. Uusi osio\n\nAlku." for page in invented_texts(3, OLD)]
    assert said(compare(taken(pages)).drifts) == ["new section: '7. Uusi osio'"]


@attrs.frozen
class Network:
    state: str | None = None
    time: object = None


class NetworkHandler(SectionHandler[Network]):
    key = "network"
    model = Network
    sections = (
        Section(
            "10",
            "Verkosto",
            "network",
            Fields(
                Field("Verkoston tila", "state", attrs.evolve(TEXT, words=("avoin",))),
                Field("Verkoston aika", "time", PERIOD),
            ),
            optional=True,
        ),
    )


def test_what_a_handler_declares_is_known():
    pages = [
        f"{p}\n\n10 Verkosto\n\nVerkoston tila: suljettu\n\nVerkoston nimi: x"
        for p in invented_texts(3)
    ]
    found = taken(pages, Parser(handlers=[NetworkHandler()]))
    assert said(compare(found).drifts) == [
        "new word: section 10: 'suljettu' of 'Verkoston tila'",
        "renamed label: section 10: 'Verkoston aika' is now 'Verkoston nimi' (0.79 alike)",
    ]
    assert said(compare(taken(pages)).drifts) == ["new section: '10 Verkosto'"]


# -- against a baseline ----------------------------------------------------------------------------


def test_five_of_five_against_a_baseline_of_six():
    drifts = compare(taken(changed(invented_texts(5), CODE)), taken(invented_texts(6))).drifts
    assert [drift.message for drift in drifts] == [
        "section 1: 'Hankekoodi' is now 'Hankkeen tunnus' (0.40 alike), in 5 of 5 (100 %; 0 %"
        " before)"
    ]


def test_what_the_baseline_has_is_not_reported():
    found = taken(changed(invented_texts(6), CODE, (FUNDING, f"7{FUNDING[1:]}")))
    comparison = compare(found, found)
    assert (comparison.drifts, comparison.below) == ((), ())


def test_rarer_than_before():
    drifts = compare(taken(invented_texts(6)), taken(changed(invented_texts(5), CODE))).drifts
    assert [f"{drift.kind}: {drift.message}" for drift in drifts] == [
        "rarer: missing label: section 1: 'Hankekoodi', in 0 of 6 (0 %; 100 % before)",
        "rarer: new label: section 1: 'Hankkeen tunnus', in 0 of 6 (0 %; 100 % before)",
    ]


def test_more_than_before_by_chance():
    changes, _ = CHANGES["missing label"]
    now = taken(changed(invented_texts(6), *changes, most=3))
    comparison = compare(now, taken(changed(invented_texts(6), *changes, most=1)))
    assert comparison.drifts == ()
    assert [drift.below for drift in comparison.below] == [
        "more common: missing label: section 1: 'Vastuuviranomainen', in 3 of 6 pages, 1 of 6"
        " before; it may be chance"
    ]
    assert compare(now, now).below == ()


def test_what_was_odd_and_is_common_now():
    odd = Key("ESR301", "2014-2020", "1", "Tunnuslause")

    def counted(count, of):
        return Fingerprint(of, {"2014-2020": of}, {odd: Occurrences(count)})

    [drift] = compare(counted(100, 1_000), counted(2, 1_000)).drifts
    assert f"{drift.kind}: {drift.message}" == (
        "more common: new label: section 1: 'Tunnuslause', in 100 of 1000 (10 %; 0.2 % before)"
    )
    once = compare(counted(30, 1_000), counted(20, 1_000))
    assert (once.drifts, once.below) == ((), ())
    grown = compare(counted(3, 6), counted(2, 6))
    assert grown.drifts == ()
    assert [drift.below for drift in grown.below] == [
        "more common: new label: section 1: 'Tunnuslause', in 3 of 6 pages, 2 of 6 before; it may"
        " be chance"
    ]


def test_words_against_a_baseline():
    then = taken(invented_texts(40))
    ended = [page.replace("Toiminnassa", "Keskeytynyt") for page in invented_texts(40)]
    drifts = compare(taken(ended), then).drifts
    assert said(drifts) == [
        "more common: word: section 1: 'Keskeytynyt' of 'Toiminnan tila'",
        "rarer: word: section 1: 'Toiminnassa' of 'Toiminnan tila'",
    ]
    assert compare(taken(ended[:4]), then).below == ()


def test_a_layout_that_the_baseline_does_not_have():
    new = ("\n2. Projektin", "\nTunnuslause: alku\n\n2. Projektin")
    old = taken(changed(invented_texts(3, OLD), new))
    [drift] = compare(old, taken(invented_texts(6))).drifts
    assert (drift.kind, drift.before) == ("new label", None)
    assert compare(taken(invented_texts(6)), old).drifts == ()


# -- fingerprints are plain data that add up -------------------------------------------------------


def some_prints():
    changes = [CHANGES[name][0] for name in ("renamed label", "new section", "new word", "cents")]
    pages = [page for change in changes for page in changed(invented_texts(2), *change)]
    return [taken([page]) for page in [*pages, *invented_texts(2, OLD), ""]]


def test_fingerprints_add_up_in_any_order_and_grouping():
    prints = some_prints()
    whole = Fingerprint.sum(prints)
    assert Fingerprint.sum(reversed(prints)).to_json() == whole.to_json()
    assert sum(prints[1:], prints[0]) == whole + Fingerprint() == whole
    assert Fingerprint.from_json(whole.to_json()) == whole
    assert Fingerprint.from_json(whole.to_json().encode()) == whole


def test_the_recording_has_one_thing_a_line_and_no_values():
    text = taken(changed(invented_texts(4), CODE)).to_json()
    row = next(line for line in text.splitlines() if '"Hankkeen tunnus"' in line)
    assert json.loads(row.rstrip(",")) == {
        "code": "ESR301",
        "layout": "2014-2020",
        "section": "1",
        "name": "Hankkeen tunnus",
        "of": "",
        "pages": 4,
        "places": [["00.txt", 7], ["01.txt", 7], ["02.txt", 7]],
    }
    assert "S20000" not in text
    assert "Mesitarha" not in text
    assert json.loads(Fingerprint().to_json())["seen"] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not a recorded fingerprint: JSONDecodeError.*Expecting value"),
        ("[" * 100_000, "not a recorded fingerprint: RecursionError"),
        ("[]", "not a recorded fingerprint: TypeError"),
        ("{}", r"not a recorded fingerprint: KeyError\('format'\)"),
        ('{"format": 1}', "a baseline of format 1, not 2: record the corpus again"),
        ('{"format": 2, "documents": "x"}', "not a recorded fingerprint: ValueError"),
        ('{"format": 2, "documents": 1, "pages": []}', "not a recorded fingerprint: Attribute"),
        (
            '{"format": 2, "documents": 1, "pages": {}, "seen": [3], "pairs": []}',
            "not a recorded fingerprint: TypeError",
        ),
    ],
    ids=["empty", "deep", "array", "object", "earlier", "value", "pages", "rows"],
)
def test_what_is_not_a_baseline_is_refused(text, message):
    with pytest.raises(BaselineError, match=message):
        Fingerprint.from_json(text)


def test_a_place():
    assert str(FilePlace("a.txt", 7)) == "a.txt:7"
    found = fingerprint(parse_document(BASE.replace(*CODE)), file="a.txt", line=101)
    assert [tally.places for key, tally in found.seen.items() if key.code == "ESR301"] == [
        (FilePlace("a.txt", 107),)
    ]


# -- reports ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def comparison():
    pages = changed(invented_texts(6), CODE, most=3)
    pages[5] = pages[5].replace("Hankkeen nimi:", "Alku | <b>: 1\n\nHankkeen nimi:")
    return compare(taken(pages))


def test_text_report(comparison):
    assert "\n".join(text_report(comparison)) == (
        "1 drift in 6 descriptions\n"
        "\n"
        "renamed label: section 1: 'Hankekoodi' is now 'Hankkeen tunnus' (0.40 alike), in 3 of 6"
        " (50 %)\n"
        "  00.txt:7\n"
        "  01.txt:7\n"
        "  02.txt:7\n"
        "\n"
        "1 of 6 pages has a new label: section 1: 'Alku | <b>'; below the threshold of 3 pages"
        " (05.txt:9)\n"
        "\n"
        "With these aliases the new names are read:\n"
        "\n"
        "# New spellings of what the format declares. Read them before you use them.\n"
        "[aliases]\n"
        '"Hankkeen tunnus" = "Hankekoodi"'
    )


def test_reports_of_no_drift():
    nothing = compare(taken(invented_texts(1)))
    assert list(text_report(nothing)) == ["no drift in 1 description"]
    assert list(markdown_report(nothing)) == ["**no drift in 1 description**"]
    assert list(github_lines(nothing)) == []
    assert json_report(nothing) == {"documents": 1, "drifts": [], "below": [], "aliases": {}}


def test_text_report_of_many_odd_pages():
    pages = [
        p.replace("Hankkeen nimi:", f"Alku {k}: 1\n\nHankkeen nimi:")
        for k, p in enumerate(invented_texts(12))
    ]
    lines = list(text_report(compare(taken(pages))))
    assert lines[0] == "no drift in 12 descriptions"
    assert len(lines) == 13
    assert lines[-1] == "2 more below the threshold; --format json lists them"


def test_markdown_report(comparison):
    assert "\n".join(markdown_report(comparison)) == (
        "**1 drift in 6 descriptions**\n"
        "\n"
        "| kind | what | pages | places |\n"
        "|---|---|---|---|\n"
        "| renamed label | section 1: 'Hankekoodi' is now 'Hankkeen tunnus' (0.40 alike) | 3 of 6"
        " (50 %) | `00.txt:7`<br>`01.txt:7`<br>`02.txt:7` |\n"
        "\n"
        "- 1 of 6 pages has a new label: section 1: 'Alku \\| &lt;b>'; below the threshold of 3"
        " pages (05.txt:9)\n"
        "\n"
        "With these aliases the new names are read:\n"
        "\n"
        "```toml\n"
        "# New spellings of what the format declares. Read them before you use them.\n"
        "[aliases]\n"
        '"Hankkeen tunnus" = "Hankekoodi"\n'
        "```"
    )


def test_json_report(comparison):
    data = json.loads(json.dumps(json_report(comparison)))
    assert data["aliases"] == {"Hankkeen tunnus": "Hankekoodi"}
    assert data["documents"] == 6
    assert data["drifts"] == [
        {
            "kind": "renamed label",
            "message": "section 1: 'Hankekoodi' is now 'Hankkeen tunnus' (0.40 alike), in 3 of 6"
            " (50 %)",
            "change": "renamed",
            "code": "ESR301",
            "layout": "2014-2020",
            "section": "1",
            "name": "Hankkeen tunnus",
            "old": "Hankekoodi",
            "similarity": 0.4,
            "count": 3,
            "pages": 6,
            "share": 0.5,
            "threshold": 3,
            "places": [{"file": f"0{k}.txt", "line": 7} for k in range(3)],
        }
    ]
    [below] = data["below"]
    assert below["message"].startswith("1 of 6 pages has a new label: section 1: ")
    [rarer, _] = compare(taken(invented_texts(6)), taken(changed(invented_texts(5), CODE))).drifts
    assert rarer.to_dict()["before"] == [5, 5]


def test_github_lines(comparison):
    lines = list(github_lines(comparison))
    assert lines[0] == (
        "::warning file=00.txt,line=7,title=Format drift%2C renamed label::section 1: 'Hankekoodi'"
        " is now 'Hankkeen tunnus' (0.40 alike), in 3 of 6 (50 %25)"
    )
    assert [line.partition(" ")[0] for line in lines] == ["::warning"] * 3 + ["::notice"] * 2
    rarer = compare(taken(invented_texts(6)), taken(changed(invented_texts(5), CODE)))
    assert [line.partition("::s")[0] for line in github_lines(rarer)] == [
        "::warning title=Format drift%2C rarer%3A missing label",
        "::warning title=Format drift%2C rarer%3A new label",
    ]


# -- files -----------------------------------------------------------------------------------------


def test_folders_and_files_are_read(tmp_path):
    pages = invented_texts(4)
    filled(tmp_path / "a" / "b", pages[:2])
    filled(tmp_path / "c", pages[2:])
    (tmp_path / "a" / "b" / "notes.rst").write_text("x", encoding="utf-8")
    found, troubles = fingerprint_files([tmp_path / "a", str(tmp_path / "c" / "00.txt")], Parser())
    assert (found.pages, troubles) == ({"2014-2020": 3}, [])
    assert found == fingerprint_texts(pages[:3])


class BrokenHandler(NetworkHandler):
    def build(self, values):
        raise LookupError("no network")


def test_files_that_cannot_be_read(tmp_path):
    folder = filled(
        tmp_path / "pages", [*invented_texts(1), "10 Verkosto\n\nVerkoston tila: avoin"]
    )
    (folder / "02.txt").write_text("x" * 100_000, encoding="utf-8")
    files = [folder, tmp_path / "none.txt"]
    found, troubles = fingerprint_files(files, Parser(handlers=[BrokenHandler()]), max_bytes=50_000)
    assert found.documents == 1
    assert [(Path(file).name, reason.rpartition(": ")[2]) for file, reason in troubles] == [
        ("01.txt", "no network"),
        ("02.txt", "larger than 50,000 bytes"),
        ("none.txt", "No such file or directory"),
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_is_passed_over(tmp_path):
    folder = filled(tmp_path / "pages", invented_texts(1))
    os.mkfifo(folder / "01.txt")
    found, [trouble] = fingerprint_files([folder])
    assert (found.documents, trouble.reason) == (1, "not a regular file, passed over")


def test_several_descriptions_in_a_file(tmp_path):
    pages = changed(invented_texts(3), CODE)
    folder = filled(tmp_path / "pages", ["\n\n".join(pages)])
    found, _ = fingerprint_files([folder])
    assert found.documents == 3
    lines = "\n\n".join(pages).split("\n")
    places = [place for key, t in found.seen.items() if key.code == "ESR301" for place in t.places]
    assert all(lines[place.line - 1].startswith("Hankkeen tunnus:") for place in places)
    assert len(places) == 3


def test_one_process_or_two(tmp_path):
    folder = filled(tmp_path / "pages", [*changed(invented_texts(3), CODE), *[""] * 600])
    alone, troubles = fingerprint_files([folder])
    assert (alone.documents, troubles) == (603, [])
    assert fingerprint_files([folder], processes=2) == (alone, [])
