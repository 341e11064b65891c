"""The few odd cases that no text, and no generated description, comes by."""

from __future__ import annotations

import importlib

import attrs
import pytest
from hypothesis import find

import esr_parser
import esr_parser.testing
from esr_parser import (
    OtherField,
    OtherSection,
    Parser,
    ProgrammePeriod,
    ProjectDescription,
    SectionHandler,
    UnrepresentableError,
    parse_description,
    parse_document,
    render_description,
)
from esr_parser.contents import Body, ProseReader
from esr_parser.diagnostics import Notes
from esr_parser.grammar import Caption, Field, Fields, Prose, Questions, Section
from esr_parser.noise import Style
from esr_parser.pages import link_list, without_page_furniture
from esr_parser.testing import NOISES, raw_descriptions
from esr_parser.values import NAME_LIST, TEXT


def test_names_are_listed_before_they_are_loaded():
    assert {*esr_parser.__all__} <= {*dir(esr_parser)}


def test_contents_show_their_items():
    field = Field("Nimi", "name", TEXT)
    assert repr(Fields(field)) == f"Fields({field!r},)"
    assert repr(Questions(field)) == f"Questions({field!r},)"


def test_prose_of_lines():
    lines = "\n\nEka.\n\nToka.\n\n"
    reader = ProseReader(Prose("plan"))
    for text, values in ((lines, {"plan": "Eka.\n\nToka."}), ("\n", {})):
        body = Body(text, 0, "3", Style(), Notes(), width=lambda: 80)
        assert reader.read(body).values == values


def test_commas_alone_are_no_names():
    with pytest.raises(ValueError, match="holds no name"):
        NAME_LIST.parse(", ,")


def test_links_alone_are_a_list_of_links():
    assert link_list("[1]: http://www.example.com/") == 0


def test_page_numbers_that_do_not_go_up_are_text():
    text = "Alku\nPage 1/2\nLoppu\nPage 1/2\n"
    assert without_page_furniture(text) == (text, 0)


# -- handlers ---------------------------------------------------------------------------------------


@attrs.frozen
class Shoe:
    size: str | None = None


def shoes(path: str) -> SectionHandler:
    class ShoeHandler(SectionHandler):
        key = "shoe"
        model = Shoe
        sections = (Section("10", "Kenkä", "shoe", Fields(Field("Koko", path, TEXT))),)

    return ShoeHandler()


@pytest.mark.parametrize(
    ("path", "message"),
    [("colour", "Shoe has no attribute 'colour'"), ("size.width", "is no attrs class")],
)
def test_paths_that_the_model_does_not_have(path, message):
    with pytest.raises(ValueError, match=message):
        Parser(handlers=[shoes(path)]).parse_description("10 Kenkä\n\nKoko: 45")


@attrs.frozen
class Shelf:
    bag: bytes = b""


class ShelfHandler(SectionHandler):
    """Holds what a text cannot, and nothing where there is no text."""

    key = "shelf"
    model = Shelf
    sections = (Section("10", "Hylly", "shelf", Fields(Field("Laukku", "bag", TEXT))),)

    def build(self, values):
        return None

    def take_apart(self, value):
        return {}


def test_a_handler_that_makes_nothing_of_its_values_gives_no_extension():
    document = Parser(handlers=[ShelfHandler()]).parse_document("10 Hylly\n\nLaukku: reppu")
    assert [field.value for field in document.sections[0].fields] == ["reppu"]
    assert document.description.extensions == {}


class CaptionHandler(ShelfHandler):
    sections = (
        Section(
            "10",
            "Hylly",
            "shelf",
            Fields(Caption("Yläosa", variants=("Ylähylly",)), Field("Laukku", "bag", TEXT)),
        ),
    )


def test_other_spellings_of_a_caption_are_noise():
    parser = Parser(handlers=[CaptionHandler()])
    text = "10 Hylly\n\nYläosa\n\nLaukku: reppu"
    noisy = NOISES["typos corrected"].apply(text, parser.layouts)
    assert noisy == "10 Hylly\n\nYlähylly\n\nLaukku: reppu"


def test_raw_values_of_any_type():
    parser = Parser(handlers=[ShelfHandler()])

    def has_bag(description: ProjectDescription) -> bool:
        return bool(getattr(description.extensions.get("shelf"), "bag", b""))

    found = find(raw_descriptions(parser), has_bag)
    assert isinstance(found.extensions["shelf"].bag, bytes)


def test_a_section_that_is_not_there_is_no_extension():
    parser = Parser(handlers=[ShelfHandler()])
    found = find(esr_parser.testing.descriptions(parser), lambda d: d.project.name is not None)
    assert found.extensions == {}


def test_without_hypothesis_the_extra_is_named(monkeypatch):
    def missing(name):
        raise ModuleNotFoundError("No module named 'hypothesis'", name="hypothesis")

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(ImportError, match=r"pip install 'esr-parser\[testing\]'"):
        esr_parser.testing.__getattr__("descriptions")


@attrs.frozen(eq=False)
class Boot:
    """Two of them are never the same."""

    size: str | None = None


class BootHandler(SectionHandler):
    key = "boot"
    model = Boot
    sections = (Section("10", "Saapas", "boot", Fields(Field("Koko", "size", TEXT))),)


def test_what_is_never_the_same_is_refused():
    parser = Parser(handlers=[BootHandler()])
    boot = ProjectDescription(extensions={"boot": Boot("45")})
    with pytest.raises(UnrepresentableError, match=r"extensions\['boot'\]: .* would read back"):
        parser.render_description(boot)


def test_an_extension_that_is_nothing_is_refused():
    with pytest.raises(UnrepresentableError, match=r"extensions: \{'boot': None\} would read back"):
        render_description(ProjectDescription(extensions={"boot": None}))


# -- subsections that may be left out ------------------------------------------------------------

AREA = "3. Projektin toteutusalue ja kohderyhmän kuvaus"
TEXT_INSTEAD = OtherSection("3", "Projektin toteutusalue ja kohderyhmän kuvaus", "Koko maa.")
OLD = ProjectDescription(programme_period=ProgrammePeriod.P2007_2013)


def test_text_in_the_place_of_subsections():
    text = render_description(attrs.evolve(OLD, other_sections=(TEXT_INSTEAD,)))
    assert f"{AREA}\n\nKoko maa.\n\n4. " in text


def test_a_subsection_under_another_title_keeps_the_others():
    others = (TEXT_INSTEAD, OtherSection("3.2", "Muut alueet", "Saaristo."))
    text = render_description(attrs.evolve(OLD, other_sections=others))
    assert "Koko maa.\n\n3.1 Maantieteellinen kohdealue\n\n" in text
    assert "3.2 Muut alueet\n\nSaaristo." in text


class PartsHandler(SectionHandler):
    """In the place of a built-in section: nothing but subsections, printed only where needed."""

    key = "summary"
    model = str
    sections = (
        Section("3", "Tiivistelmät", "summary", optional=True),
        Section("3.1", "Lyhyesti", "summary", Prose()),
    )


def test_a_section_of_subsections_has_no_value_of_its_own():
    parser = Parser(handlers=[PartsHandler()])
    description = ProjectDescription(summary="Lyhyt.")
    text = parser.render_description(description)
    assert "3 Tiivistelmät" not in text
    assert "\n\n3.1 Lyhyesti\n\nLyhyt.\n\n" in text
    assert parser.parse_description(text) == description


def test_a_field_nobody_knows_needs_its_subsection():
    other = OtherField("3.1", "Muu alue", "saaristo")
    text = render_description(
        attrs.evolve(OLD, other_sections=(TEXT_INSTEAD,), other_fields=(other,))
    )
    assert "Koko maa.\n\n3.1 Maantieteellinen kohdealue\n\n" in text
    assert "Muu alue: saaristo" in text


def test_a_value_of_another_type_in_a_subsection_is_refused():
    with pytest.raises(UnrepresentableError, match="area: cannot be written"):
        render_description(attrs.evolve(OLD, other_sections=(TEXT_INSTEAD,), area=5))


@pytest.mark.parametrize("number", ["²", "8.²", "1" * 5000, "8." + "1" * 5000, "a", "-1"])
def test_what_is_no_section_number_is_refused(number):
    other = OtherSection(number, "Muuta", "Teksti.")
    with pytest.raises(UnrepresentableError, match=r"other_sections\b"):
        render_description(ProjectDescription(other_sections=(other,)))


# -- text that is no value, in order ------------------------------------------------------------

QUESTION = "Hankkeessa on tehty toimintaympäristön analyysi sukupuolinäkökulmasta"


def test_other_sections_are_in_the_order_in_which_they_are_printed():
    blocks = (
        ("alku", "toinen"),
        ("1 Hanke", "Hankekoodi: S20001"),
        ("11 Muut", "kaksi"),
        ("10 Viestintä", "yksi"),
        ("8 Horisontaaliset periaatteet", "8.1 Sukupuolten tasa-arvo", f"{QUESTION}: Ei"),
        ("8.4 Toinen", "b"),
        ("8.3 Uusi", "a"),
        ("8.1 Sukupuolten tasa-arvo", "toistuva"),
        ("4 Hankkeen kohderyhmät", "ryhmistä"),
        ("1 Hanke", "taas"),
        ("Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus", "seuraava"),
    )
    text = "\n\n".join(line for block in blocks for line in block)
    description = parse_description(text)
    assert [attrs.astuple(other) for other in description.other_sections] == [
        (None, None, "alku\n\ntoinen"),
        ("4", "Hankkeen kohderyhmät", "ryhmistä"),
        ("8.1", "Sukupuolten tasa-arvo", "toistuva"),
        ("8.3", "Uusi", "a"),
        ("8.4", "Toinen", "b"),
        ("10", "Viestintä", "yksi"),
        ("11", "Muut", "kaksi"),
        ("1", "Hanke", "taas"),
        (None, blocks[-1][0], "seuraava"),
    ]
    assert parse_description(render_description(description)) == description


def test_a_section_under_another_title_stands_in_its_place():
    text = "1 Hanke\n\n8 Horisontaaliset periaatteet\n\n8.3 Uusi\n\na\n\n4 Hankkeen kohderyhmät\n\n4.2 Muut\n\nb"
    others = parse_description(text).other_sections
    assert [(other.number, other.text) for other in others] == [("4.2", "b"), ("8.3", "a")]


def test_sections_beyond_those_that_are_kept_are_text_of_the_last_one():
    pairs = [
        (heading, f"rivi {k}")
        for k in range(501)
        for heading in ("1 Hanke", "2 Hakijan perustiedot")
    ]
    text = "\n\n".join(f"{heading}\n\n{line}" for heading, line in pairs)
    document = parse_document(text)
    others = document.description.other_sections
    assert len(others) == 1000
    assert [f"{o.number} {o.title}\n\n{o.text}" for o in others[:-1]] == [
        f"{heading}\n\n{line}" for heading, line in pairs[:999]
    ]
    assert attrs.astuple(others[-1]) == (
        "2",
        "Hakijan perustiedot",
        "rivi 499\n\n1 Hanke\n\nrivi 500\n\n2 Hakijan perustiedot\n\nrivi 500",
    )
    (told,) = (d for d in document.diagnostics if d.code == "ESR110")
    assert (told.message, told.span.start) == ("more than 1000 other sections", len(text))
    assert parse_description(render_description(document.description)) == document.description


def test_as_many_sections_as_are_kept_stay_apart():
    text = "\n\n".join(["1 Hanke\n\nrivi\n\n2 Hakijan perustiedot\n\nrivi"] * 500)
    document = parse_document(text)
    assert {other.text for other in document.description.other_sections} == {"rivi"}
    assert len(document.description.other_sections) == 1000
    assert "ESR110" not in {d.code for d in document.diagnostics}


def test_headings_that_stand_once_more_are_counted_where_they_are_many():
    document = parse_document("1 Hanke\n2 Hakijan perustiedot\n" * 110 + "\nPuhelinnumero: 0")
    assert document.description.applicant.phone == "0"
    assert [section.kind for section in document.sections] == ["empty"] * 218 + ["section"] * 2
    told = [d for d in document.diagnostics if d.code == "ESR202"]
    assert len(told) == 101
    assert "section repeated: 118 more" in {d.message for d in told}
