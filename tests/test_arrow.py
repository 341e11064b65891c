"""Arrow tables: their schema, what columns cannot store, and the function for engines."""

import importlib
import pickle
import sys
import unicodedata
from datetime import date
from decimal import Decimal
from functools import partial

import pytest

pytest.importorskip("pyarrow")

import pyarrow as pa
from conftest import extracted, fixtures
from invented import BASE as EXAMPLE
from invented import CommunicationHandler

import esr_parser.arrow
from esr_parser import EsrParserError, Parser, ProjectDescription, parse_description
from esr_parser.arrow import SCHEMA, TableError, matches, parse_batches, patterns_of, schema, table
from esr_parser.model import (
    Estimate,
    GeographicArea,
    MonitoringEstimates,
    OtherField,
    Project,
    PublicFunding,
)
from esr_parser.rows import Shape, to_row
from esr_parser.testing import NOISES, noisy
from esr_parser.testing.noises import page_from
from esr_parser.testing.page import Kind

SECOND = EXAMPLE.replace("S29999", "S29998")


def batch(**columns):
    return pa.RecordBatch.from_pydict(columns)


def read(*batches, **options):
    return [row for found in parse_batches(batches, **options) for row in found.to_pylist()]


def test_the_schema():
    names = SCHEMA.names
    columns = [column.name for column in Shape.of().columns]
    assert names[: len(columns) + 1] == ["source", *columns]
    tables = ["partners", "places", "impacts", "other_fields", "other_sections", "diagnostics"]
    assert names[len(columns) + 1 :] == tables
    assert SCHEMA.field("funding_granted_eu_and_state").type == pa.decimal128(38, 2)
    assert SCHEMA.field("project_planned_period_end").type == pa.date32()
    assert SCHEMA.field("area_regions").type == pa.list_(pa.string())
    assert SCHEMA.field("impacts").type.value_type.field("direct").type == pa.int64()


def test_a_table_has_the_values_of_the_rows():
    description = parse_description(EXAMPLE)
    found = table([description, ProjectDescription()])
    assert found.schema == SCHEMA
    first, second = found.to_pylist()
    row = to_row(description)
    assert {name: first[name] for name in row} == row
    assert {name: second[name] for name in row} == to_row(ProjectDescription())
    assert len(first["impacts"]) == 15
    assert first["partners"][0]["kind"] == "co_implementers"
    assert second["partners"] == second["diagnostics"] == []
    assert table([]).schema == SCHEMA


@pytest.mark.parametrize(
    ("value", "held"),
    [
        (Decimal("66166.42"), Decimal("66166.42")),
        (Decimal(-744), Decimal(-744)),
        (Decimal("1.10000"), Decimal("1.1")),
        (Decimal(10**35), Decimal(10**35)),
        (Decimal("0.125"), None),
        (Decimal("1E+36"), None),
        (Decimal("1E+40000"), None),
        (Decimal("NaN"), None),
        ("x", None),
    ],
)
def test_amounts_are_exact_or_null(value, held):
    funding = PublicFunding(granted_eu_and_state=value, realised_eu_and_state=Decimal(5))
    _, row = table([ProjectDescription(), ProjectDescription(funding=funding)]).to_pylist()
    assert row["funding_granted_eu_and_state"] == held
    assert row["funding_realised_eu_and_state"] == 5
    found = [(d["code"], d["severity"]) for d in row["diagnostics"]]
    assert found == ([] if held is not None else [("ESR601", "error")])


def test_what_a_column_cannot_hold_is_reported_for_its_row():
    description = ProjectDescription(
        project=Project(name="a\ud800b"),
        area=GeographicArea(regions=("Lappi", "\udfff")),
        estimates=MonitoringEstimates(Estimate(1 << 64, 3)),
        other_fields=(OtherField(None, "a", "b"), OtherField(None, "c", "\ud800")),
    )
    rows = table([ProjectDescription(), description]).to_pylist()
    assert rows[0]["diagnostics"] == []
    assert rows[1]["project_name"] == "a\ufffdb"
    assert rows[1]["area_regions"] == ["Lappi", "\ufffd"]
    assert rows[1]["estimates_companies_planned"] is None
    assert [field["value"] for field in rows[1]["other_fields"]] == ["b", "\ufffd"]
    names = [d["message"].partition(":")[0] for d in rows[1]["diagnostics"]]
    assert names == [
        "project_name",
        "area_regions",
        "estimates_companies_planned",
        "places.name",
        "other_fields.value",
    ]


def test_values_of_other_types_are_text():
    row = table([ProjectDescription(summary=5)]).to_pylist()[0]  # type: ignore[arg-type]
    assert row["summary"] == "5"


def test_texts_become_rows():
    rows = read(batch(path=["a", "b"], text=[EXAMPLE, "1 Hanke\n\nHankekodi: S29998"]))
    assert [row["source"] for row in rows] == ["a", "b"]
    assert rows[0]["project_code"] == "S29999"
    assert [d["code"] for d in rows[1]["diagnostics"] if d["severity"] == "error"] == ["ESR301"]
    assert rows[1]["diagnostics"][0]["line"] >= 1


@pytest.mark.parametrize(
    "kind",
    [
        pa.string(),
        pa.large_string(),
        pa.string_view(),
        pa.binary(),
        pa.large_binary(),
        pa.dictionary(pa.int32(), pa.string()),
    ],
    ids=str,
)
@pytest.mark.parametrize("foreign", ["keep", "skip"])
def test_every_kind_of_text_column(kind, foreign):
    texts = pa.array([EXAMPLE, None], pa.binary() if "binary" in str(kind) else pa.string())
    found = read(batch(text=texts.cast(kind)), foreign=foreign)
    assert [row["project_code"] for row in found] == ["S29999", None][: len(found)]
    assert len(found) == (2 if foreign == "keep" else 1)


def test_several_descriptions_in_a_text_are_several_rows():
    texts = [f"{EXAMPLE}\n\n{SECOND}", SECOND]
    found = batch(url=["x", "y"], text=texts, lang=["fi", "sv"])
    rows = read(found, source="url", keep=["lang"])
    assert [(r["source"], r["project_code"], r["lang"]) for r in rows] == [
        ("x", "S29999", "fi"),
        ("x", "S29998", "fi"),
        ("y", "S29998", "sv"),
    ]
    [result] = parse_batches([found], source=None, keep=["lang"])
    assert result.schema == schema(keep=[pa.field("lang", pa.string())])
    assert result.column("source").null_count == 3
    assert read(batch(path=[7], text=[EXAMPLE]))[0]["source"] == "7"


def test_a_large_batch_gives_several():
    text = EXAMPLE + " " * (1 << 22)
    found = list(parse_batches([batch(text=[text] * 5, n=list(range(5)))], keep=["n"]))
    assert len(found) > 1
    assert [n for b in found for n in b.column("n").to_pylist()] == [0, 1, 2, 3, 4]


def test_texts_that_are_not_descriptions():
    texts = ["Aivan muuta.", EXAMPLE, "Kirje: hankekoodi on tärkeä.", "", None]
    found = batch(text=texts)
    assert len(read(found)) == 5
    assert [row["project_code"] for row in read(found, foreign="skip")] == ["S29999"]
    assert list(parse_batches([batch(text=["Aivan muuta."])], foreign="skip")) == []
    with pytest.raises(TableError, match="must be 'keep' or 'skip'"):
        read(found, foreign="drop")


def test_a_few_descriptions_among_many_texts():
    texts = pa.array([*["Aivan muuta."] * 70, EXAMPLE, None, *["Hankekoodi puuttuu."] * 2, SECOND])
    for kind in (pa.string(), pa.binary(), pa.large_string()):
        rows = batch(path=list(range(75)), text=texts.cast(kind))
        for size in (1, 7, 71, 75):
            parts = [rows.slice(start, size) for start in range(0, 75, size)]
            found = pa.Table.from_batches(parse_batches(parts, foreign="skip"))
            assert found.column("source").to_pylist() == ["70", "74"]


def test_what_can_be_a_description():
    parser = Parser(aliases={"Hankkeen tunnus": "Hankekoodi", "Päätöskoodi": "Hankekoodi"})
    texts = [
        "HANKEKOODI: S29999",
        "project\ncode",
        "hankkeen tunnus",
        "rahoittaman\nhankkeen  kuvaus",
        "Hankek\u00ad\noodi",
        "PÄÄTÖSKOODI",
        "Content-Transfer-Encoding: BASE64",
        unicodedata.normalize("NFD", "päätös-\nkoodi"),
    ]
    texts += ["Hankkeen kuvaus", "Projektikoodi", "Hanke", "Y-tunnus: 9812340-3", "", "kuvaus"]
    found = dict(zip(texts, matches(pa.array(texts), patterns_of(parser)).to_pylist(), strict=True))
    assert [text for text, can_be in found.items() if not can_be] == texts[10:]


PAGES = [
    page_from(text)
    for text in (EXAMPLE, *fixtures().values())
    if Parser().render_description(Parser().parse_description(text)) == text
]


def _without_title(page):
    copy = page_from(page)
    copy.lines = [line for line in copy.lines if line.kind is not Kind.TITLE]
    return copy


PAGES += [_without_title(page) for page in PAGES]


@pytest.mark.parametrize("kind", NOISES)
def test_noise_never_makes_a_page_another_text(kind):
    texts = [noisy(page, NOISES[kind]) for page in PAGES]
    assert matches(pa.array(texts), patterns_of(Parser())).to_pylist() == [True] * len(texts)


def test_extracted_texts_can_be_descriptions():
    texts = list(extracted().values())
    assert matches(pa.array(texts), patterns_of(Parser())).to_pylist() == [True] * len(texts)


def test_columns_that_are_not_there_or_twice():
    with pytest.raises(TableError, match="no column text; the columns are a"):
        read(batch(a=["x"]))
    with pytest.raises(TableError, match="no column b"):
        read(batch(text=["x"]), keep=["b"])
    with pytest.raises(EsrParserError, match="two columns with the name summary"):
        read(batch(text=["x"], summary=["y"]), keep=["summary"])


def test_a_parser_with_handlers():
    parser = Parser(handlers=[CommunicationHandler()])
    text = f"{EXAMPLE}\n\n10 Viestintä\n\nKanava: uutiskirje"
    function = pickle.loads(pickle.dumps(partial(parse_batches, parser=parser)))
    [found] = function([batch(text=[text])])
    assert found.schema == schema(parser)
    assert found.column("extensions_communication_channel").to_pylist() == ["uutiskirje"]
    description = parser.parse_description(text)
    assert table([description], parser).column("extensions_communication_channel")[0].as_py()


def test_without_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    module = sys.modules.pop("esr_parser.arrow")
    try:
        with pytest.raises(EsrParserError, match=r"esr-parser\[arrow\]"):
            importlib.import_module("esr_parser.arrow")
    finally:
        sys.modules["esr_parser.arrow"] = esr_parser.arrow = module


def test_dates_before_the_epoch():
    row = table([parse_description(EXAMPLE.replace("1.3.2020", "1.3.1900"))]).to_pylist()[0]
    assert row["project_planned_period_start"] == date(1900, 3, 1)
