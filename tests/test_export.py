"""Many texts to a table or database: what is read, what is written, and how it fails."""

import csv
import errno
import gzip
import io
import json
import os
import signal
import sqlite3
import sys
import time
import zipfile
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from multiprocessing import Pipe
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")
pytest.importorskip("xlsxwriter")
pytest.importorskip("openpyxl")
pytest.importorskip("click")

import conftest
import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
from invented import BASE as EXAMPLE
from invented import Communication, CommunicationHandler, Post, Reach

from esr_parser import Parser
from esr_parser.arrow import schema
from esr_parser.cli.program import program
from esr_parser.export import FORMATS, ExportError, export, outputs, work
from esr_parser.export import inputs as inputs_module
from esr_parser.export.inputs import Inputs
from esr_parser.rows import Shape

NAMES = {"folder": "tables"} | {name: f"out.{name}" for name in FORMATS if name != "folder"}
AMOUNT = "funding_granted_eu_and_state"
RELATIONAL = ("sqlite", "duckdb", "xlsx", "folder")
posix = pytest.mark.skipif(os.name == "nt", reason="needs a POSIX system")


LABELS = {
    "name": "Hankkeen nimi",
    "granted": "Myönnetty EU- ja valtion rahoitus",
    "places": "Kunnat",
    "website": "WWW-osoite",
}


def page(code, **values):
    """The example under another code, with other values behind its labels."""
    lines = EXAMPLE.replace("S29999", code).split("\n")
    for name, value in values.items():
        [k] = [k for k, line in enumerate(lines) if line.startswith(f"{LABELS[name]}:")]
        lines[k] = f"{LABELS[name]}: {value}"
    return "\n".join(lines)


@pytest.fixture
def pages(tmp_path):
    """A folder with a few pages, some of them odd."""
    files = {
        "a.txt": page("S29001", granted="66 166,42", places="Oulu, Koski, Tl"),
        "b.md": page("S29002", name="=1+1", granted="123 456 789 012 345 678"),
        "c.TXT": f"{page('S29003')}\n\n{page('S29003')}",
        "empty.txt": "",
        "note.log": "is not read",
        "sub/d.txt": page("S29004", website="https://www.tarhaajat.example"),
        "sub/unknown.txt": "1 Hanke\n\nHankekodi: S29005",
        "binary.txt": b"\x00\x01\x02",
    }
    return conftest.filled(tmp_path / "pages", files)


# -- reading the outputs back, each with its own library -----------------------------------------


def read_csv(path, **options):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, **options))


def read_xlsx(path, sheet):
    rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    names = next(rows)
    return [dict(zip(names, row, strict=True)) for row in rows]


def read_back(form, path, name="projects"):
    """The rows of a table as they come out of a format."""
    if form == "csv":
        return read_csv(path)
    if form == "folder":
        return read_csv(path / f"{name}.csv")
    if form == "jsonl":
        lines = path.read_text(encoding="utf-8").splitlines()
        return [json.loads(line, parse_float=Decimal, parse_int=Decimal) for line in lines]
    if form == "parquet":
        return pq.read_table(path).to_pylist()
    if form == "xlsx":
        return read_xlsx(path, name)
    if form == "sqlite":
        db = sqlite3.connect(path)
        db.row_factory = sqlite3.Row
        rows = [dict(row) for row in db.execute(f"SELECT * FROM {name}")]
        db.close()
        return rows
    with duckdb.connect(str(path)) as db:
        return db.sql(f"FROM {name}").to_arrow_table().to_pylist()


def uniform(value, kind):
    """A value as any format gives it back, as the model has it."""
    if value is None or value == "":
        return [] if kind is list else None
    if kind is bool:
        return value in (True, 1, "true")
    if kind in (int, Decimal):
        return Decimal(str(value))
    if kind is date:
        value = value.date() if isinstance(value, datetime) else value
        return value if isinstance(value, date) else date.fromisoformat(value)
    if kind is list and isinstance(value, str):
        return json.loads(value) if value.startswith("[") else value.split("; ")
    return value


TYPES = {"source": str} | {column.name: column.type for column in Shape.of().columns}


def uniform_rows(rows):
    return [{name: uniform(row[name], kind) for name, kind in TYPES.items()} for row in rows]


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_the_same_values(form, pages, tmp_path):
    out = tmp_path / NAMES[form]
    tally = export([pages], out)
    assert (tally.texts, tally.descriptions, tally.unreadable, tally.skipped) == (7, 7, 1, 0)
    assert tally.with_errors >= 1
    assert tally.codes["ESR301"] == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([NAMES[form], "pages"])
    rows = uniform_rows(read_back(form, out))
    names = ["a.txt", "b.md", "binary.txt", "c.TXT", "c.TXT", "empty.txt"]
    names += ["sub/d.txt", "sub/unknown.txt"]
    assert [row["source"] for row in rows] == [str(pages / name) for name in names]
    codes = ["S29001", "S29002", None, "S29003", "S29003", None, "S29004", None]
    assert [row["project_code"] for row in rows] == codes
    first, second, binary = rows[:3]
    assert first[AMOUNT] == Decimal("66166.42")
    assert first["area_municipalities"] == ["Oulu", "Koski Tl"]
    assert first["project_planned_period_start"] == date(2020, 3, 1)
    assert first["estimates_persons_realised"] == 86
    assert first["horizontal_principles_gender_equality_main_objective_answer"] is False
    assert first["project_responsible_authority"].endswith("ja ympäristökeskus")
    assert "\n\n" in first["summary"]
    assert second["project_name"] == "=1+1"
    assert second[AMOUNT] == 123456789012345678
    assert {name for name, value in binary.items() if value not in (None, [])} == {"source"}


@pytest.mark.parametrize("form", ["parquet", "duckdb"])
def test_more_than_is_written_at_once(form, pages, tmp_path, monkeypatch):
    monkeypatch.setattr(outputs, "_BUFFER", 0)
    monkeypatch.setattr(work, "_ITEMS", 3)
    out = tmp_path / NAMES[form]
    export([pages], out)
    assert len(read_back(form, out)) == 8


@pytest.mark.parametrize("form", RELATIONAL)
def test_tables_of_relational_formats(form, pages, tmp_path):
    out = tmp_path / NAMES[form]
    export([pages], out)
    tables = ["partners", "places", "impacts", "other_fields", "other_sections", "diagnostics"]
    found = {name: read_back(form, out, name) for name in ["projects", *tables]}
    for name in tables:
        for row in found[name]:
            assert list(row)[:3] == ["source", "part", "project_code"]
    keys = {(row["source"], str(row["part"]), row["project_code"]) for row in found["impacts"]}
    twice = [key for key in keys if key[2] == "S29003"]
    assert sorted(part for _, part, _ in twice) == ["1", "2"]
    assert len(found["impacts"]) == 5 * 15
    places = [row["name"] for row in found["places"] if row["project_code"] == "S29001"]
    assert "Koski Tl" in places
    trouble = [row for row in found["diagnostics"] if row["code"] == "ESR602"]
    assert [(row["source"], row["message"]) for row in trouble] == [
        (str(pages / "binary.txt"), "a binary file")
    ]
    [unknown] = [row for row in found["diagnostics"] if row["code"] == "ESR301"]
    assert (unknown["severity"], str(unknown["line"])) == ("error", "3")


def test_amounts_in_sqlite_as_integers(pages, tmp_path):
    (pages / "e.txt").write_text(page("S29005").replace("181 295", "-0,50"), encoding="utf-8")
    export([pages], tmp_path / "out.sqlite")
    realised = AMOUNT.replace("granted", "realised")
    found = {
        row["source"][len(str(pages)) + 1 :]: (row[f"{AMOUNT}_cents"], row[f"{realised}_cents"])
        for row in read_back("sqlite", tmp_path / "out.sqlite", "projects_cents")
    }
    assert found["a.txt"] == (6_616_642, 18_129_500)
    assert found["b.md"] == (None, 18_129_500)  # too long for an integer of SQLite
    assert found["e.txt"] == (18_640_000, -50)
    assert found["binary.txt"] == (None, None)


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_to_read(form, tmp_path):
    (tmp_path / "pages").mkdir()
    out = tmp_path / NAMES[form]
    assert export([tmp_path / "pages"], out).texts == 0
    assert read_back(form, out) == []


def test_lines_of_diagnostics_count_from_the_beginning_of_the_file(tmp_path):
    first = page("S29001")
    second = page("S29002").replace("Hankekoodi", "Hankekodi")
    (tmp_path / "a.txt").write_text(f"{first}\n\n{second}", encoding="utf-8")
    export([tmp_path / "a.txt"], tmp_path / "out.parquet")
    rows = pq.read_table(tmp_path / "out.parquet").to_pylist()
    [line] = [d["line"] for d in rows[1]["diagnostics"] if d["code"] == "ESR301"]
    lines = f"{first}\n\n{second}".split("\n")
    assert lines[line - 1] == "Hankekodi: S29002"


# -- what is read -------------------------------------------------------------------------------


def items(*paths, **options):
    return list(Inputs(list(map(str, paths)), **options))


def troubles(*paths, **options):
    return {item.source: item.trouble for item in items(*paths, **options) if item.trouble}


@posix
def test_links_pipes_and_files_that_are_not_there(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text("x", encoding="utf-8")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "broken.txt").symlink_to(folder / "nothing")
    os.mkfifo(folder / "pipe.txt")
    (folder / "sub").mkdir()
    (folder / "sub" / "b.txt").symlink_to(folder / "a.txt")
    (folder / "sub" / os.fsdecode(b"\xff")).mkdir()
    (folder / "sub" / os.fsdecode(b"\xff") / "c.txt").write_text("y", encoding="utf-8")
    found = items(folder, tmp_path / "gone.txt")
    names = [item.source.removeprefix(f"{tmp_path}/") for item in found if not item.trouble]
    assert names == ["pages/a.txt", "pages/sub/b.txt", "pages/sub/\ufffd/c.txt"]
    assert Path(found[-2].path).read_text(encoding="utf-8") == "y"
    assert {
        Path(name).name: why for name, why in troubles(folder, tmp_path / "gone.txt").items()
    } == {
        "pipe.txt": "not a regular file",
        "broken.txt": os.strerror(errno.ENOENT),
        "self.txt": os.strerror(errno.ELOOP),
        "gone.txt": os.strerror(errno.ENOENT),
    }


def test_a_folder_that_cannot_be_listed(tmp_path, monkeypatch):
    def refuse(path):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert troubles(tmp_path) == {str(tmp_path): os.strerror(errno.EACCES)}


def test_patterns(pages):
    assert [Path(i.source).name for i in items(pages, patterns=["*.log", "d.*"])] == [
        "note.log",
        "d.txt",
    ]


def test_a_file_that_is_too_large_or_grew(tmp_path):
    (tmp_path / "a.txt").write_text("x" * 20, encoding="utf-8")
    assert troubles(tmp_path, max_bytes=10) == {str(tmp_path / "a.txt"): "larger than 10 bytes"}
    found = items(tmp_path)
    batch, tally = work.Reader(Parser(), max_bytes=10).read(found)
    assert tally.unreadable == 1
    assert "10 bytes" in batch.to_pylist()[0]["diagnostics"][0]["message"]


def test_zip(tmp_path):
    path = tmp_path / "pages.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("sub/", "")
        archive.writestr("sub/a.txt", EXAMPLE)
        archive.writestr("b.log", "is not read")
        archive.writestr("inner.zip", b"")
        archive.writestr("large.txt", "x" * 6000)
        archive.writestr("spoilt.txt", "SPOILT" * 10)
    path.write_bytes(path.read_bytes().replace(b"SPOILT", b"spoilt", 1))
    (tmp_path / "no.zip").write_bytes(b"PK")
    assert troubles(path, tmp_path / "no.zip", max_bytes=5500) == {
        f"{path}/inner.zip": "an archive inside an archive is not opened",
        f"{path}/large.txt": "larger than 5,500 bytes",
        f"{path}/spoilt.txt": "Bad CRC-32 for file 'spoilt.txt'",
        str(tmp_path / "no.zip"): "File is not a zip file",
    }
    export([path], tmp_path / "out.parquet")
    row = pq.read_table(tmp_path / "out.parquet").to_pylist()[0]
    assert (row["source"], row["project_code"]) == (f"{path}/sub/a.txt", "S29999")


def packed(data, suffix):
    if suffix == ".gz":
        return gzip.compress(data[:50]) + gzip.compress(data[50:])
    if suffix == ".zst":
        return pa.compress(data, codec="zstd", asbytes=True)
    return data


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_json_lines(suffix, tmp_path):
    lines = [
        json.dumps({"body": EXAMPLE, "url": "x"}),
        "",
        json.dumps({"body": "x" * 9000}),
        json.dumps({"body": 5}),
        json.dumps(["body"]),
        "{" * 20,
        json.dumps({"body": page("S29002", name="a\ud800b")}),
    ]
    path = tmp_path / f"pages.jsonl{suffix}"
    path.write_bytes(packed("\n".join(lines).encode(), suffix))
    assert troubles(path, text_key="body", max_bytes=8000) == {
        f"{path}:3": "larger than 8,000 bytes",
        f"{path}:4": "no text with the key 'body': it is int",
        f"{path}:5": "no text with the key 'body': there is none",
        f"{path}:6": "the line is not JSON",
    }
    export([path], tmp_path / "out.parquet", text_key="body", max_bytes=8000)
    rows = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert (rows[0]["source"], rows[0]["project_code"]) == (f"{path}:1", "S29999")
    assert (rows[-1]["source"], rows[-1]["project_name"]) == (f"{path}:7", "a\ufffdb")
    assert "ESR601" in [d["code"] for d in rows[-1]["diagnostics"]]


def test_a_long_last_line(tmp_path):
    path = tmp_path / "pages.jsonl"
    path.write_bytes(b"x" * 35)
    assert troubles(path, max_bytes=10) == {f"{path}:1": "larger than 10 bytes"}


def test_archives_that_are_spoilt(tmp_path):
    files = {
        "a.jsonl.gz": gzip.compress(b"x" * 100)[:-9],
        "b.jsonl.zst": b"zz",
        "c.parquet": b"PAR1",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    assert len(troubles(*(tmp_path / name for name in files))) == 3


def test_parquet(tmp_path):
    path = tmp_path / "pages.parquet"
    texts = [EXAMPLE, None, "x" * 20]
    pq.write_table(pa.table({"body": texts, "bytes": [t and t.encode() for t in texts]}), path)
    assert troubles(path) == {str(path): "no column 'text'; the columns are body, bytes"}
    for column in ("body", "bytes"):
        tally = export([path], tmp_path / "out.parquet", text_column=column)
        assert (tally.texts, tally.unreadable) == (3, 1)
        rows = pq.read_table(tmp_path / "out.parquet").to_pylist()
        assert (rows[0]["source"], rows[0]["project_code"]) == (f"{path}:1", "S29999")
        assert f"'{column}' has no text" in rows[1]["diagnostics"][0]["message"]
    assert len(troubles(path, text_column="bytes", max_bytes=10)) == 3


@pytest.mark.parametrize("name", ["bomb.zip", "bomb.jsonl.gz", "bomb.parquet"])
def test_bombs_are_bounded(name, tmp_path, monkeypatch):
    monkeypatch.setattr(inputs_module, "_FREE", 1 << 20)
    path = tmp_path / name
    texts = ["x" * 50_000] * 400
    if name.endswith(".zip"):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, text in enumerate(texts):
                archive.writestr(f"{number}.txt", text)
    elif name.endswith(".gz"):
        path.write_bytes(gzip.compress("\n".join(json.dumps({"text": t}) for t in texts).encode()))
    else:
        pq.write_table(pa.table({"text": texts}), path)
    found = items(path)
    assert found[-1].trouble == "it contains more than 200 times its size; the rest is not read"
    assert len(found) < 400


class Stdin:
    def __init__(self, data):
        self.buffer = io.BytesIO(data)


def test_standard_input(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", Stdin(EXAMPLE.encode()))
    export(["-"], tmp_path / "out.csv")
    assert read_csv(tmp_path / "out.csv")[0]["project_code"] == "S29999"
    monkeypatch.setattr(sys, "stdin", Stdin(b"x" * 20))
    assert troubles("-", max_bytes=10) == {"-": "larger than 10 bytes"}
    monkeypatch.setattr(sys, "stdin", None)
    assert troubles("-") == {"-": "standard input is closed"}


def test_encodings(tmp_path):
    (tmp_path / "a.txt").write_bytes(EXAMPLE.encode("cp1252"))
    (tmp_path / "b.txt").write_bytes(EXAMPLE.encode("utf-16"))
    export([tmp_path], tmp_path / "out.parquet")
    rows = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert {row["project_name"] for row in rows} == {"Mehiläisestä mestariksi"}
    assert "ESR106" in [d["code"] for d in rows[0]["diagnostics"]]
    assert "ESR106" not in [d["code"] for d in rows[1]["diagnostics"]]


MHTML = """\
MIME-Version: 1.0
Content-Type: multipart/related; boundary="x"

--x
Content-Type: text/html; charset="utf-8"

{}
--x--
"""


def test_web_pages(tmp_path):
    pytest.importorskip("esr_parser.html")
    html = "".join(f"<p>{block}</p>" for block in EXAMPLE.split("\n\n"))
    html = f"<html><body><div class='description'>{html}</div></body></html>"
    (tmp_path / "a.html").write_text(html, encoding="utf-8")
    (tmp_path / "b.txt").write_text(html, encoding="utf-8")
    (tmp_path / "c.mhtml").write_text(MHTML.format(html), encoding="utf-8")
    lines = [json.dumps({"text": html}), json.dumps({"text": MHTML.format(html)})]
    (tmp_path / "d.jsonl").write_text("\n".join(lines), encoding="utf-8")
    export([tmp_path, tmp_path / "d.jsonl"], tmp_path / "out.parquet", only_descriptions=True)
    rows = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert [row["source"][len(str(tmp_path)) + 1 :] for row in rows] == [
        "a.html",
        "b.txt",
        "c.mhtml",
        "d.jsonl:1",
        "d.jsonl:2",
    ]
    assert {row["project_name"] for row in rows} == {"Mehiläisestä mestariksi"}


# -- what is asked for --------------------------------------------------------------------------


def test_only_descriptions(pages, tmp_path):
    (pages / "letter.txt").write_text("Kirje: hankekoodi on tärkeä.", encoding="utf-8")
    tally = export([pages], tmp_path / "out.csv", only_descriptions=True)
    rows = read_csv(tmp_path / "out.csv")
    codes = [row["project_code"] for row in rows]
    assert codes == ["S29001", "S29002", "", "S29003", "S29003", "S29004"]
    assert (tally.skipped, tally.unreadable, tally.descriptions) == (3, 1, 5)


@pytest.mark.parametrize("jobs", [1, 2])
def test_only_descriptions_of_parquet(jobs, tmp_path, monkeypatch):
    monkeypatch.setattr(inputs_module, "_ROWS", 10)
    monkeypatch.setattr(work, "_ITEMS", 2)
    texts = ["Aivan muuta."] * 95
    texts[17], texts[40], texts[60], texts[61] = EXAMPLE, "Kirje: hankekoodi.", EXAMPLE, None
    path = tmp_path / "pages.parquet"
    pq.write_table(pa.table({"text": texts}), path)
    tally = export([path], tmp_path / "out.parquet", only_descriptions=True, jobs=jobs)
    sources = pq.read_table(tmp_path / "out.parquet").column("source").to_pylist()
    assert sources == [f"{path}:{number}" for number in (18, 61, 62)]
    counts = (tally.texts, tally.skipped, tally.unreadable, tally.descriptions)
    assert counts == (95, 92, 1, 2)


def test_redact(tmp_path):
    # An unknown label is in a report, and can be a name.
    text = EXAMPLE.replace("WWW-osoite:", "Aune Mesitarha: x\n\nWWW-osoite:", 1)
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    for form in FORMATS:
        out = tmp_path / NAMES[form]
        export([tmp_path / "a.txt"], out, redact=True)
        files = out.iterdir() if out.is_dir() else [out]
        words = [b"Mesitarha", b"aune.mesitarha", b"000-000 0038"]
        if form == "xlsx":
            archive = zipfile.ZipFile(out)
            data = b"".join(map(archive.read, archive.namelist()))
            archive.close()
        elif form == "parquet":
            data = json.dumps(pq.read_table(out).to_pylist(), default=str).encode()
        else:
            data = b"".join(path.read_bytes() for path in files)
        assert not [word for word in words if word in data]
        assert b"S29999" in data


def test_excel_csv(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    values = {"name": "=1+1; a", "granted": "66 166,42"}
    (folder / "a.txt").write_text(page("S29001", **values), encoding="utf-8")
    export([folder], tmp_path / "out.csv", excel=True)
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbfsource;")
    [row] = read_csv(tmp_path / "out.csv", delimiter=";")
    assert row["project_name"] == "'=1+1; a"
    assert row[AMOUNT] == "66166,42"
    assert row["project_planned_period_start"] == "2020-03-01"
    export([folder], tmp_path / "tables", excel=True)
    assert read_csv(tmp_path / "tables" / "places.csv", delimiter=";")[0]["kind"] == "regions"


def test_excel_cells(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    text = page("S29001", name="=cmd|'/c calc'!A1", website="https://www.tarhaajat.example")
    text = text.replace("Mehiläistarhaus sopii", "🐝" * 40_000, 1).replace("1.3.2020", "1.3.1812")
    (folder / "a.txt").write_text(text, encoding="utf-8")
    export([folder], tmp_path / "out.xlsx")
    sheets = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert sheets["projects"].freeze_panes == "A2"
    cells = {cell.value: sheets["projects"].cell(2, cell.column) for cell in sheets["projects"][1]}
    assert (cells["project_name"].data_type, cells["applicant_website"].data_type) == ("s", "s")
    assert cells["applicant_website"].hyperlink is None
    assert cells["project_planned_period_start"].value == "1812-03-01"
    assert cells["project_planned_period_end"].value.date() == date(2022, 8, 31)
    assert cells[AMOUNT].value == 186400
    summary = cells["summary"].value
    assert len(summary.encode("utf-16-le")) <= 2 * 32_767
    assert summary.startswith("🐝")
    assert summary.endswith(" characters]")
    [cut] = [r for r in read_xlsx(tmp_path / "out.xlsx", "diagnostics") if r["code"] == "ESR603"]
    assert cut["project_code"] == "S29001"
    assert cut["message"].startswith("projects.summary: 8")


def test_a_sheet_that_is_full(pages, tmp_path, monkeypatch):
    monkeypatch.setattr(outputs, "_MOST_ROWS", 4)
    with pytest.raises(ExportError, match="a sheet of Excel has 4 rows at most"):
        export([pages], tmp_path / "out.xlsx")
    assert not (tmp_path / "out.xlsx").exists()


class FullHandler(CommunicationHandler):
    def build(self, values):
        posts = (Post("a", date(2020, 1, 2)),)
        return Communication(values.get("channel"), Reach(share=0.5), posts)


@pytest.mark.parametrize("form", FORMATS)
def test_a_parser_with_handlers(form, tmp_path):
    (tmp_path / "a.txt").write_text(f"{EXAMPLE}\n\n10 Viestintä\n\nKanava: radio", encoding="utf-8")
    parser = Parser(handlers=[FullHandler()])
    out = tmp_path / NAMES[form]
    export([tmp_path / "a.txt"], out, parser=parser)
    [row] = read_back(form, out)
    assert row["extensions_communication_channel"] == "radio"
    assert str(row["extensions_communication_reach_share"]) == "0.5"
    if form in RELATIONAL:
        [post] = read_back(form, out, "extensions_communication_posts")
        assert str(post["day"])[:10] == "2020-01-02"


@pytest.mark.parametrize("form", ["sqlite", "duckdb"])
def test_append(form, tmp_path):
    folder, out = tmp_path / "pages", tmp_path / f"out.{form}"
    folder.mkdir()
    (folder / "a.txt").write_text(page("S29001"), encoding="utf-8")
    (folder / "b.txt").write_text(page("S29002"), encoding="utf-8")
    export([folder], out, append=True)
    (folder / "b.txt").write_text(f"{page('S29003')}\n\n{page('S29004')}", encoding="utf-8")
    (folder / "c.txt").write_text(page("S29005"), encoding="utf-8")
    export([folder / "b.txt", folder / "c.txt"], out, append=True)
    rows = read_back(form, out)
    assert [row["project_code"] for row in rows] == ["S29001", "S29003", "S29004", "S29005"]
    assert [row["part"] for row in rows] == [1, 1, 2, 1]
    assert len(read_back(form, out, "impacts")) == 4 * 15


def test_append_keeps_other_tables(tmp_path):
    (tmp_path / "a.txt").write_text(EXAMPLE, encoding="utf-8")
    out = tmp_path / "out.sqlite"
    db = sqlite3.connect(out)
    db.execute("CREATE TABLE notes (text)")
    db.close()
    export([tmp_path / "a.txt"], out, append=True)
    assert read_back("sqlite", out, "notes") == []
    db = sqlite3.connect(out)
    db.execute("ALTER TABLE projects RENAME COLUMN project_name TO title")
    db.close()
    with pytest.raises(ExportError, match="no column named project_name"):
        export([tmp_path / "a.txt"], out, append=True)


def test_formats_by_suffix(pages, tmp_path):
    for name, start in [("a.CSV", b"source,"), ("a.ndjson", b'{"source"'), ("a.db", b"SQLite")]:
        export([pages], tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(start)
    (tmp_path / "a.b").mkdir()
    export([pages], tmp_path / "a.b")
    assert (tmp_path / "a.b" / "projects.csv").exists()
    with pytest.raises(ExportError, match=r"unknown suffix '\.doc'; use \.csv"):
        export([pages], tmp_path / "a.doc")


# -- whole or not at all ------------------------------------------------------------------------


def test_outputs_that_are_refused(pages, tmp_path):
    (tmp_path / "out.csv").mkdir()
    for out, options, message in [
        (tmp_path / "out.csv", {"form": "csv"}, "is not a file"),
        (pages / "a.txt", {"form": "folder"}, "is not a folder"),
        (pages, {}, "the folder contains other files: a.txt"),
        (tmp_path / "a.csv", {"append": True}, "only a database"),
        (tmp_path / "gone" / "a.csv", {}, os.strerror(errno.ENOENT)),
    ]:
        with pytest.raises(ExportError, match=message):
            export([pages], out, **options)
    for name in ("out.sqlite-wal", "out.duckdb.wal"):
        (tmp_path / name).write_bytes(b"")
    for name in ("out.sqlite", "out.duckdb"):
        with pytest.raises(ExportError, match="another program has it open"):
            export([pages], tmp_path / name)


def test_an_output_is_replaced_and_a_link_stays(pages, tmp_path):
    (tmp_path / "real.csv").write_text("old", encoding="utf-8")
    (tmp_path / "out.csv").symlink_to(tmp_path / "real.csv")
    export([pages], tmp_path / "out.csv")
    assert (tmp_path / "out.csv").is_symlink()
    assert len(read_csv(tmp_path / "real.csv")) == 8
    for _ in range(2):
        export([pages], tmp_path / "tables")
    assert len(list((tmp_path / "tables").iterdir())) == 7
    assert not list(tmp_path.glob(".*"))


@posix
@pytest.mark.parametrize("form", FORMATS)
def test_a_full_disk_leaves_the_old_output(form, pages, tmp_path):
    import resource

    out = tmp_path / NAMES[form]
    export([pages / "a.txt"], out)
    before = read_back(form, out)
    for number in range(60):
        text = page(f"S29{number:03}") + f"\n{number:1000}\n{os.urandom(20_000).hex()}"
        (pages / f"{number}.txt").write_text(text, encoding="utf-8")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, limits[1]))
    try:
        with pytest.raises(ExportError, match=NAMES[form]):
            export([pages], out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert read_back(form, out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([NAMES[form], "pages"])


# -- several processes --------------------------------------------------------------------------


@pytest.fixture
def many(tmp_path, monkeypatch):
    monkeypatch.setattr(work, "_ITEMS", 20)
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(500):
        text = f"1 Hanke\n\nHankekoodi: S29{number:03}"
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return folder


def test_a_spreadsheet_that_cannot_be_written(pages, tmp_path):
    out = tmp_path / "out.xlsx"

    def spoil(_tally):
        out.with_name(f".{out.name}.{os.getpid()}.part").mkdir(exist_ok=True)

    with pytest.raises(ExportError, match="Is a directory"):
        export([pages], out, progress=spoil)
    assert list(tmp_path.glob("*.xlsx*")) == []


def test_worker_processes_give_the_same_in_the_same_order(many, tmp_path):
    tallies = []
    one = export([many], tmp_path / "one.parquet", progress=lambda t: tallies.append(t.texts))
    two = export([many], tmp_path / "two.parquet", jobs=2)
    assert one == two
    assert tallies == sorted(tallies)
    assert tallies[-1] == 500
    tables = [pq.read_table(tmp_path / name) for name in ("one.parquet", "two.parquet")]
    assert tables[0].equals(tables[1])
    assert tables[0].column("project_code").to_pylist() == [f"S29{n:03}" for n in range(500)]


class Deadly(CommunicationHandler):
    """Kills the process that it is used in, as the kernel does when memory runs out."""

    def build(self, values):
        os.kill(os.getpid(), signal.SIGKILL)


@posix
def test_a_killed_worker_leaves_the_old_output(many, tmp_path):
    (many / "444.txt").write_text(f"{EXAMPLE}\n\n10 Viestintä\n\nKanava: x", encoding="utf-8")
    out = tmp_path / "out.csv"
    out.write_text("old", encoding="utf-8")
    with pytest.raises(ExportError, match="a worker process was killed"):
        export([many], out, jobs=2, parser=Parser(handlers=[Deadly()]))
    assert out.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["many", "out.csv"]


def test_a_worker_ends_with_the_command(pages, monkeypatch):
    ended = []
    monkeypatch.setattr(work.os, "_exit", ended.append)
    before = signal.getsignal(signal.SIGINT)
    alive, held = Pipe(duplex=False)
    try:
        work.start_worker(work.Reader(Parser()), alive)
        buffer, tally = work.read_in_worker(items(pages))
        assert (pa.ipc.read_record_batch(buffer, schema()).num_rows, tally.texts) == (8, 7)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
        assert not ended
        held.close()
        deadline = time.monotonic() + 10
        while not ended and time.monotonic() < deadline:
            time.sleep(0.01)
        assert ended == [1]
    finally:
        signal.signal(signal.SIGINT, before)


# -- the command --------------------------------------------------------------------------------


run = partial(conftest.run, "export")


def test_the_command(pages, tmp_path):
    out = tmp_path / "out.csv"
    result = run(pages, "-o", out)
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert lines[0] == (
        f"esr-parser: {out}: 7 texts read, 7 descriptions, 2 of them with errors, 1 not readable"
    )
    assert "ESR301 in 1" in lines[1]
    assert run(pages / "a.txt", "-o", out, "--jobs", "1").exit_code == 0
    result = run(pages, "--only-descriptions", "--glob", "*.log", "-o", out)
    assert (result.exit_code, result.stderr.splitlines()) == (
        0,
        [
            f"esr-parser: {out}: 1 text read, 0 descriptions, 0 of them with errors,"
            " 0 not readable, 1 skipped"
        ],
    )


def test_the_command_with_nothing_to_read(tmp_path):
    result = run(tmp_path, "-o", tmp_path / "out.csv")
    assert (result.exit_code, "0 texts read" in result.stderr) == (1, True)


def test_many_codes_are_summed_up(tmp_path, monkeypatch):
    from esr_parser.cli import export as command

    monkeypatch.setattr(command, "_MOST_CODES", 1)
    (tmp_path / "a.txt").write_text("1 Hanke\n\nHankekodi: S29005", encoding="utf-8")
    assert " more codes" in run(tmp_path, "-o", tmp_path / "out.csv").stderr


def test_the_command_without_an_output(pages, tmp_path):
    result = run(pages, "-o", tmp_path / "out.doc")
    assert result.exit_code == 2
    assert result.stderr.endswith("or none; nothing was written\n")
    (tmp_path / "out.csv").write_text("old", encoding="utf-8")
    result = run(pages, "-o", tmp_path / "out.csv", "--append")
    assert result.stderr == (
        f"esr-parser: {tmp_path / 'out.csv'}: only a database (.sqlite, .duckdb) can be added to;"
        " the old output is unchanged\n"
    )


def test_ctrl_c(pages, tmp_path, monkeypatch):
    def interrupted(self, items):
        raise KeyboardInterrupt

    monkeypatch.setattr(work.Reader, "read", interrupted)
    result = run(pages, "-o", tmp_path / "out.sqlite")
    assert result.exit_code == 130
    assert result.stderr.endswith("interrupted; nothing was written\n")
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]


def test_progress_on_a_terminal(pages, tmp_path, monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    assert program.main(
        ["export", str(pages), "-o", str(tmp_path / "out.csv")], standalone_mode=False
    ) in (1, None)
    assert "7 texts" in terminal.getvalue()
