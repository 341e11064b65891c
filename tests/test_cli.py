"""The command line: what it prints, how it ends, and that nothing ends with a traceback.

Most tests are rows of ``RUNS``: a command line, its exit status, and what is in its output.
"""

import errno
import importlib
import io
import json
import os
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import threading
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

pytest.importorskip("click")
pytest.importorskip("rich")

import conftest
from click.testing import CliRunner
from conftest import filled

from esr_parser import DIAGNOSTIC_CODES, Parser, __version__, parse_document, render_description
from esr_parser.cli import main, streams
from esr_parser.cli.program import COMMANDS, program

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "tests" / "corpus"
EXAMPLE = (ROOT / "examples" / "hanke.txt").read_bytes()
TITLE = "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus"
SHORT = f"{TITLE}\n\n1 Hanke\n\nHankekoodi: S29998"
NOISY = "\ufeff# 1. HANKE\r\n\r\n  Hankekoodi :S29997  \r\n"
CANONICAL = render_description(parse_document(NOISY).description)
FRAGMENT = "<div class='description'><h2>1 Hanke</h2><p>Hankekoodi: S29996</p></div>"
PAGE = f"<!DOCTYPE html><html><body>{FRAGMENT}</body></html>"
BIG = "9" * 40
EMPTY = '{"fund": "ESR", "programme_period": "2014-2020"}'
HALF = EMPTY.replace("{", r'{"project": {"name": "a\ud800b"}, ')
posix = pytest.mark.skipif(os.name == "nt", reason="needs a POSIX system")

FILES = {
    "good.txt": EXAMPLE,
    "two.txt": f"{SHORT}\n\n{SHORT.replace('Hankekoodi: S29998', 'Hankekodi: S29999')}",
    "cat.txt": EXAMPLE + EXAMPLE.replace(b"Kunnat:", b"Kuntia:"),
    "broken.txt": "1 Hanke\n\nHankekodi: S29999\n\nToiminnan tila: Toiminnasa",
    "noisy.txt": NOISY,
    "old.txt": SHORT.replace("1 Hanke", "1 Hanke\n\nHankkeen nimi: Kärki").encode("cp1252"),
    "wide.txt": SHORT.encode("utf-16"),
    "same.txt": CANONICAL.encode("utf-16"),
    "bare.txt": "Postinumero: 00017",
    "long.txt": f"{SHORT}\n\nHankekodi: {'sana ' * 99}\n\n{'ä ' * 150}Hankekodi: 1",
    "screen.txt": f"{SHORT}\n\nHankekodi: \x1b[31m大文字a\u0308\x07",
    "empty.txt": "",
    "other.txt": "Lorem ipsum",
    "page.html": PAGE,
    "page.txt": PAGE,
    "fragment.txt": FRAGMENT,
    "plain.html": "Lorem ipsum",
    "pages/b.md": SHORT,
    "pages/a.HTML": PAGE,
    "pages/.git/c.txt": SHORT,
    "pages/more/d.text": SHORT,
    "pages/more/e.csv": SHORT,
    "nothing/a.csv": "",
    "renamed.txt": SHORT.replace("Hankekoodi", "Hankkeen tunnus"),
    "aliases.toml": '[aliases]\n"Hankkeen tunnus" = "Hankekoodi"',
    "wrong.toml": '[aliases]\n"Hankkeen tunnus" = "Hankekodi"',
    "broken.toml": "[aliases",
    "one.json": "\ufeff" + EMPTY.replace("{", '{"project": {"code": "S29995"}, '),
    "big.json": f'{{"funding": {{"granted_eu_and_state": {BIG}}}}}',
    "lines.jsonl": EMPTY.replace("{", '{"file": "a", "part": 1, ')
    + f"\n{EMPTY.replace('ESR', 'EAKR')}\n",
    "mixed.json": f"[{EMPTY}, 7, {EMPTY}]",
    "half.json": f"[{HALF}, {EMPTY}]",
    "array.json": "[]",
    "cut.json": '\n{"fund": ',
    "twice.json": '{"fund": "ESR", "fund": "ESR"}',
    "deep.json": "[" * 100_000,
    "latin.json": b'{"summary": "\xe4"}',
    "many.json": json.dumps({"other_fields": [5] * 50}),
    "json/a.json": EMPTY,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return filled(tmp_path_factory.mktemp("files"), FILES)


@pytest.fixture
def files(made, tmp_path, monkeypatch):
    """The files, in a working folder of the test's own."""
    folder = tmp_path / "work"
    shutil.copytree(made, folder)
    monkeypatch.chdir(folder)
    return folder


def run(line, stdin=b""):
    return conftest.run(*(shlex.split(line) if isinstance(line, str) else line), stdin=stdin)


NOT_FOUND = os.strerror(errno.ENOENT)
LEFT = "esr-parser: {}: left alone: "
HTML = "HTML is never rewritten"

# The command line, its exit status, words of standard output, words of standard error. A list is
# the whole, line by line; "" is nothing.
RUNS = [
    # -- the program
    ("", 0, "esr-parser check pages/", ""),
    ("-h", 0, "explain  Explain a diagnostic code", ""),
    ("--version", 0, [f"esr-parser {__version__}"], ""),
    ("pars", 2, "", "No such command 'pars'"),
    ("--nothing", 2, "", "No such option"),
    ("parse", 2, "", "Missing argument 'PATH...'. See 'esr-parser parse --help'."),
    ("parse good.txt --format xml", 2, "", "Invalid value for '--format'"),
    ("parse good.txt --max-bytes -1", 2, "", "Invalid value for '--max-bytes'"),
    # -- parse
    ("parse good.txt", 0, '{\n  "fund": "ESR",\n  "programme_period": ', ""),
    ("parse --format ndjson good.txt", 0, '{"file": "good.txt", "fund": "ESR", ', ""),
    ("parse good.txt noisy.txt", 0, '[\n  {\n    "file": "good.txt",\n    "fund": "ESR",', ""),
    ("parse pages", 0, '"file": "pages/a.HTML"', ""),
    ("parse nothing", 2, ["[]"], "nothing: no file in this folder ends in .htm, .html, .md"),
    ("parse no.txt good.txt", 2, '"S29999"', [f"esr-parser: no.txt: {NOT_FOUND}"]),
    ("parse broken.txt", 0, '"code": null', "broken.txt: 1 error, first 3:1: ESR301 unknown"),
    ("parse --strict broken.txt", 1, "", "esr-parser: broken.txt:3:1: ESR301 unknown label"),
    ("parse --strict empty.txt", 1, "", ["esr-parser: empty.txt:1:1: ESR101 the text is empty; check that it was extracted"]),
    ("parse --strict broken.txt good.txt", 1, '[\n  {\n    "file": "good.txt"', "ESR301"),
    ("parse old.txt", 0, "Kärki", ""),
    ("parse page.html", 0, '"code": "S29996"', ""),
    ("parse page.txt", 0, '"code": "S29996"', ""),
    ("parse --split two.txt", 0, '"file": "two.txt",\n    "part": 2,', "11:1: ESR301 unknown"),
    ("parse --split --format ndjson noisy.txt", 0, '{"file": "noisy.txt", "part": 1, ', ""),
    ("parse --format table good.txt", 0, "│ project.planned_period.end ", ""),
    ("parse --format table good.txt", 0, "│ applicant.co_implementers ", ""),
    ("parse --format table good.txt", 0, " characters) ", ""),
    ("parse --format table good.txt", 0, "186 400", ""),
    ("parse --format table good.txt", 0, "│ no ", ""),
    ("parse --format table --split two.txt", 0, "two.txt (2)", "ESR301"),
    ("parse --format table screen.txt", 0, "\\x1b[31m", "ESR301"),
    # -- check
    ("check good.txt", 0, ["Nothing found in 1 file."], ""),
    ("check -q good.txt", 0, "", ""),
    ("check no.txt", 2, "", [f"esr-parser: no.txt: {NOT_FOUND}"]),
    ("check empty.txt", 1, ["empty.txt:1:1: ESR101 the text is empty; check that it was extracted", "", "Found 1 error in 1 of 1 file."], ""),
    ("check --level error broken.txt good.txt", 1, [
        "broken.txt:3:1: ESR301 unknown label 'Hankekodi'; did you mean 'Hankekoodi'?",
        "3 | Hankekodi: S29999",
        "  | ^^^^^^^^^^^^^^^^^",
        "",
        "Found 1 error in 1 of 2 files.",
    ], ""),
    ("check --level info broken.txt", 1, "Found 1 error, 3 warnings, 2 infos in 1 of 1 file.", ""),
    ("check --select esr305 -q broken.txt", 0, "5 | Toiminnan tila: Toiminnasa\n", ""),
    ("check --select ESR3 --fail-on warning --ignore ESR301,ESR304 broken.txt", 1, "1 warning in 1 of", ""),
    ("check --select ESR304 --statistics broken.txt", 0, ["      1  ESR304  label missing"], ""),
    ("check --select ESR9 broken.txt", 2, "", "no code begins with 'ESR9'"),
    ("check --ignore '' broken.txt", 2, "", "no code begins with ''"),
    ("check --level error --fail-on info noisy.txt", 1, ["Nothing found in 1 file."], ""),
    ("check --statistics --level error broken.txt two.txt", 1, [
        "      1  ESR301  unknown label",
        "      1  ESR103  several descriptions",
    ], ""),
    ("check --format json good.txt", 0, ["[]"], ""),
    ("check --format github --level error broken.txt", 1, [
        "::error file=broken.txt,line=3,col=1,title=ESR301 unknown label::"
        "unknown label 'Hankekodi'; did you mean 'Hankekoodi'?",
    ], ""),
    ("check --split --select ESR3 --level error two.txt", 1, "two.txt:11:1: ESR301 unknown label", ""),
    ("check --split --level error cat.txt", 1, "| Kuntia: ", ""),
    ("check --split --level info --select ESR106 old.txt", 0, "old.txt:1:1: ESR106 ", ""),
    ("check --level error long.txt", 1, "7 | Hankekodi: sana sana sana", ""),
    ("check --level error screen.txt", 1, f"7 | Hankekodi: \\x1b[31m大文字a\u0308\\x07\n  | {'^' * 30}\n", ""),
    ("check pages nothing/a.csv", 1, "nothing/a.csv:1:1: ESR101", ""),
    # -- explain
    ("explain ESR301 esr402", 0, "ESR402 lines that end in white space (info)\n", ""),
    ("explain ESR301", 0, [
        "ESR301 unknown label (error)",
        "",
        f"Cause: {DIAGNOSTIC_CODES['ESR301'].cause}",
        f"Remedy: {DIAGNOSTIC_CODES['ESR301'].remedy}",
        "Example:",
        "",
        *(f"    {line}".rstrip() for line in DIAGNOSTIC_CODES["ESR301"].example.split("\n")),
    ], ""),
    ("explain ESR106", 0, "ESR106 ", ""),
    ("explain ESR310", 0, "ESR310 numbers without a place (error)", ""),
    ("explain", 0, "\nESR104  warning  title missing\n", ""),
    ("explain ESR999", 2, "", ["esr-parser: unknown code 'ESR999'. See 'esr-parser explain --help'."]),
    ("explain ESR31", 2, "", "unknown code 'ESR31'; did you mean 'ESR"),
    # -- fmt
    ("fmt good.txt", 0, EXAMPLE.decode(), ""),
    ("fmt noisy.txt", 0, CANONICAL, ""),
    ("fmt page.html", 0, "Hankekoodi: S29996\n", ""),
    ("fmt bare.txt", 0, "Postinumero: 00017\n", ""),
    ("fmt other.txt", 1, "", f"{LEFT.format('other.txt')}not a project description: "),
    ("fmt --force other.txt", 0, "Lorem ipsum", ""),
    ("fmt --check good.txt pages/b.md", 1, "", ["esr-parser: pages/b.md: would be rewritten"]),
    ("fmt --check good.txt", 0, "", ""),
    ("fmt --check bare.txt", 1, "", f"{LEFT.format('bare.txt')}the text has neither a title nor a"),
    ("fmt --check page.html", 1, "", f"{LEFT.format('page.html')}{HTML}"),
    ("fmt --check --force page.txt plain.html", 1, "", f"{LEFT.format('plain.html')}{HTML}"),
    ("fmt --check pages", 1, "", "pages/more/d.text: would be rewritten"),
    ("fmt --diff good.txt", 0, "", ""),
    ("fmt --diff noisy.txt", 0, "--- noisy.txt\n+++ noisy.txt\n@@ -1,3 ", ""),
    ("fmt --diff --check noisy.txt", 1, "\n\\ No newline at end of file\n", "would be rewritten"),
    ("fmt --diff same.txt", 0, "", ["esr-parser: same.txt: would be rewritten, to UTF-8 alone"]),
    ("fmt --write --check good.txt", 2, "", "--write cannot be used with --check or --diff"),
    ("fmt --write -", 2, "", "standard input cannot be rewritten in place"),
    ("fmt good.txt noisy.txt", 2, "", "several files need --check, --diff or --write"),
    ("fmt pages", 2, "", "several files need --check, --diff or --write"),
    ("fmt no.txt", 2, "", [f"esr-parser: no.txt: {NOT_FOUND}"]),
    # -- render
    ("render one.json", 0, "Hankekoodi: S29995\n", ""),
    ("render lines.jsonl", 0, "\n\nEuroopan unioni Vipuvoimaa EU:lta\n\nEuroopan aluekehitys", ""),
    ("render json", 0, "Euroopan unioni Vipuvoimaa EU:lta", ""),
    ("render big.json", 2, "", "big.json: funding.granted_eu_and_state: "),
    ("render mixed.json", 2, "Euroopan unioni", ["esr-parser: mixed.json (2): expected an object, got 7"]),
    ("render half.json", 2, "Euroopan unioni", "half.json (1): 'utf-8' codec can't encode"),
    ("render array.json empty.txt", 2, "", [
        "esr-parser: array.json: no description in it",
        "esr-parser: empty.txt: no description in it",
    ]),
    ("render cut.json", 2, "", "cut.json: not JSON: Expecting value in line 2, column "),
    ("render twice.json", 2, "", ["esr-parser: twice.json: fund: the key is repeated"]),
    ("render deep.json", 2, "", ["esr-parser: deep.json: nested too deeply"]),
    ("render latin.json", 2, "", "latin.json: the file is not UTF-8 (byte 0xe4 "),
    ("render many.json", 2, "", "\nesr-parser: many.json: 30 more\n"),
    ("render nothing", 2, "", "no file in this folder ends in .json, .jsonl, .ndjson"),
    # -- options of every command
    ("parse renamed.txt --aliases aliases.toml", 0, '"code": "S29998"', ""),
    ("check good.txt --aliases no.toml", 2, "", [f"esr-parser: no.toml: {NOT_FOUND}"]),
    ("check good.txt --aliases broken.toml", 2, "", "esr-parser: broken.toml: not TOML: "),
    ("check good.txt --aliases wrong.toml", 2, "", "esr-parser: wrong.toml: the alias 'Hankkeen tunnus'"),
    ("check good.txt --aliases wrong.toml --plugins", 2, "", "wrong.toml with --plugins: the alias"),
    ("check good.txt --max-bytes 9", 2, "", [
        "esr-parser: good.txt: larger than 9 bytes; --max-bytes sets the limit",
    ]),
    (f"check good.txt --max-bytes {10**18}", 0, ["Nothing found in 1 file."], ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "status", "out", "err"), RUNS, ids=[f"{n} {row[0]}" for n, row in enumerate(RUNS)]
)
def test_run(made, monkeypatch, line, status, out, err):
    monkeypatch.chdir(made)
    result = run(line)
    assert result.exit_code == status, result.output
    for found, wanted in ((result.stdout, out), (result.stderr, err)):
        found = found.replace("\\", "/") if os.name == "nt" else found
        if isinstance(wanted, list):
            assert found.splitlines() == wanted
        else:
            assert wanted in found
            assert wanted or not found


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command(name):
    result = run([name, "--help"])
    assert result.exit_code == 0
    assert f"Usage: esr-parser {name} " in result.stdout
    assert "Exit status: 0, " in result.stdout


def test_a_command_whose_extra_is_missing(monkeypatch):
    monkeypatch.delitem(sys.modules, "esr_parser.cli.table", raising=False)
    monkeypatch.setitem(sys.modules, "rich.console", None)
    result = run(["parse", "--format", "table", CORPUS / "erdf.txt"])
    wanted = 'esr-parser: rich is not installed: pip install "esr-parser[cli]"\n'
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", wanted)


def test_html_without_its_extra(files, monkeypatch):
    monkeypatch.setitem(sys.modules, "lxml", None)
    monkeypatch.setitem(sys.modules, "lxml.etree", None)
    result = run("check page.html good.txt")
    assert result.exit_code == 2
    assert result.stdout == "Nothing found in 1 file.\n"
    assert "page.html: reading HTML needs more packages: pip install" in result.stderr


# -- whole folders ------------------------------------------------------------------------------


def test_parse_and_render_are_inverse(tmp_path):
    """The project's own texts, one behind the other."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt"))]
    for form in ("json", "ndjson"):
        parsed = run(["parse", "--format", form, CORPUS]).stdout_bytes
        assert run("render -", parsed).stdout == "\n\n".join(texts)
    assert run(["fmt", "--check", CORPUS]).exit_code == 0


def test_parts_of_a_file_become_parts_of_a_file(files):
    Path("both.txt").write_bytes(EXAMPLE + EXAMPLE)
    texts = [run(line).stdout_bytes for line in ("parse --split both.txt", "fmt both.txt")]
    whole = b"\n\n".join([EXAMPLE, EXAMPLE])
    assert [run("render -", texts[0]).stdout_bytes, texts[1]] == [whole, whole]


def test_numbers_keep_their_digits(files):
    wanted = "1234567890123456.78"
    text = EXAMPLE.decode().replace("186 400", "1 234 567 890 123 456,78", 1)
    Path("a.txt").write_text(text, encoding="utf-8")
    data = run("parse a.txt").stdout
    assert f'"granted_eu_and_state": {wanted}' in data
    assert run("render -", data.encode()).stdout == text


def test_places_are_those_of_the_whole_file(files):
    found = json.loads(run("check --split --format json --level error cat.txt").stdout)
    text = Path("cat.txt").read_text(encoding="utf-8")
    assert {d["code"] for d in found} == {"ESR301"}
    for d in found:
        lines = text[: d["start"]].split("\n")
        assert (d["line"], d["column"]) == (len(lines), len(lines[-1]) + 1)
        assert text[d["start"] : d["end"]].startswith("Kuntia")
        assert d["file"] == "cat.txt"
        assert d["severity"] == "error"
    seam = json.loads(run("check --format json --select ESR103 cat.txt").stdout)
    assert seam[0]["column"] > 1


def test_the_encoding_is_reported_once(files):
    data = FILES["old.txt"] + b"\n\n" + SHORT.encode()
    for line in (
        "check --select ESR106 --format json -",
        "check --select ESR106 --format json --split -",
    ):
        assert [d["line"] for d in json.loads(run(line, data).stdout)] == [1]


@pytest.mark.parametrize("name", ["good.txt", "old.txt", "wide.txt", "page.txt"])
def test_standard_input_is_read_like_a_file(files, name):
    assert run("parse -", Path(name).read_bytes()).stdout == run(f"parse {name}").stdout


def test_statistics_as_json(files):
    found = json.loads(run("check --statistics --level error --format json two.txt").stdout)
    code = {"code": "ESR103", "severity": "error", "name": "several descriptions", "count": 1}
    assert found == [code]


def test_annotations_are_escaped(files):
    Path("50 %,a.txt").write_text(
        f"{SHORT}\n\nSuunnitelman mukainen toteutusaika: 5 %, a:b", encoding="utf-8"
    )
    line = run("check --format github --level error '50 %,a.txt'").stdout
    assert line.startswith("::error file=50 %25%2Ca.txt,line=7,col=")
    assert ",title=ESR302 unreadable value::cannot read " in line
    assert "'5 %25, a:b'" in line


def test_schema():
    assert json.loads(run("schema").stdout) == Parser().json_schema()


# -- files --------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("command", ["parse", "check", "fmt --check"])
def test_what_is_not_a_file_is_passed_over(files, command):
    os.mkfifo("pages/pipe.txt")
    Path("pages/gone.md").symlink_to("nowhere")
    result = run(f"{command} pages")
    assert result.exit_code == 2
    wanted = [
        f"esr-parser: pages/{name}: not a regular file, passed over"
        for name in ("gone.md", "pipe.txt")
    ]
    assert [line for line in result.stderr.splitlines() if "regular" in line] == wanted
    result = run(f"{command} pages/pipe.txt")
    assert (
        result.stderr
        == "esr-parser: pages/pipe.txt: not a regular file; for standard input write -\n"
    )


@posix
def test_the_output_of_a_command_is_read():
    read, write = os.pipe()
    threading.Thread(target=lambda: (os.write(write, EXAMPLE), os.close(write))).start()
    assert run(f"check /dev/fd/{read}").exit_code == 0
    os.close(read)


def test_a_folder_that_cannot_be_read(files, monkeypatch):
    real = os.scandir

    def guarded(path):
        if str(path).endswith("more"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", guarded)
    result = run("check pages")
    assert result.exit_code == 2
    assert result.stderr.replace("\\", "/") == "esr-parser: pages/more: Permission denied\n"
    assert "2 files" in result.stdout


def test_a_folder_is_not_read_as_a_file(files):
    old = run("view pages")
    assert (old.exit_code, old.stderr) == (2, f"esr-parser: pages: {os.strerror(errno.EISDIR)}\n")


# -- fmt --write --------------------------------------------------------------------------------


def test_write_rewrites_what_is_not_canonical(files):
    before = Path("good.txt").stat().st_ino
    result = run("fmt --write noisy.txt good.txt same.txt")
    assert (result.exit_code, result.output) == (0, "")
    assert Path("noisy.txt").read_bytes() == Path("same.txt").read_bytes() == CANONICAL.encode()
    assert Path("good.txt").stat().st_ino == before
    assert {path.name for path in files.iterdir()} == {name.split("/")[0] for name in FILES}


@pytest.mark.parametrize(
    "name",
    ["page.html", "page.txt", "fragment.txt", "plain.html", "empty.txt", "other.txt", "bare.txt"],
)
def test_write_leaves_alone_what_is_not_a_description(files, name):
    before = Path(name).read_bytes()
    result = run(f"fmt --write {name}")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(LEFT.format(name))
    assert Path(name).read_bytes() == before
    is_html = name.startswith(("page", "plain", "fragment"))
    assert run(f"fmt --write --force {name}").exit_code == is_html
    assert (Path(name).read_bytes() == before) == is_html


@posix
def test_write_keeps_permissions_and_links(files):
    noisy, link = Path("noisy.txt"), Path("link.txt")
    noisy.chmod(0o640)
    link.symlink_to(noisy)
    assert run("fmt --write link.txt").exit_code == 0
    assert link.is_symlink()
    assert stat.S_IMODE(noisy.stat().st_mode) == 0o640
    assert noisy.read_text(encoding="utf-8") == CANONICAL


@posix
def test_only_files_are_replaced():
    result = run("fmt --write --force /dev/null")
    assert result.exit_code == 2
    assert result.stderr == "esr-parser: /dev/null: not a regular file, so it cannot be replaced\n"


def test_a_full_disk_leaves_the_file_as_it_is(files, monkeypatch):
    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = run("fmt --write noisy.txt")
    assert result.exit_code == 2
    assert result.stderr == "esr-parser: noisy.txt: No space left on device\n"
    assert {path.name for path in files.iterdir()} == {name.split("/")[0] for name in FILES}
    assert Path("noisy.txt").read_bytes() == NOISY.encode()


@posix
@pytest.mark.skipif(shutil.which("patch") is None, reason="needs the program patch")
@pytest.mark.parametrize("end", ["", "\n"])
def test_patch_takes_the_diff(files, end):
    old = NOISY.replace("\r\n", "\n").rstrip() + end
    Path("a.txt").write_text(old, encoding="utf-8")
    diff = run("fmt --diff a.txt").stdout_bytes
    subprocess.run(["patch", "-p0", "-s"], input=diff, check=True)
    assert Path("a.txt").read_text(encoding="utf-8") == CANONICAL


# -- plugins ------------------------------------------------------------------------------------


def plugin(monkeypatch, value):
    entry = EntryPoint("communication", value, "esr_parser.sections")
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [entry])


def test_plugins_are_loaded_when_asked_for(files, monkeypatch):
    plugin(monkeypatch, "nowhere.to_be_found:Handler")
    assert run("check good.txt").exit_code == 0
    result = run("check good.txt --plugins")
    assert result.exit_code == 2
    assert result.stderr == "esr-parser: --plugins: No module named 'nowhere'\n"


# -- terminals ----------------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def terminal(monkeypatch):
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "50")


def on_a_terminal(monkeypatch, *lines):
    """What a terminal shows of command lines."""
    screen = Terminal()
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", screen)
        for line in lines:
            main(line.split())
    return screen.getvalue()


def test_a_terminal_has_colours_and_wrapped_lines(files, terminal, monkeypatch):
    assert on_a_terminal(monkeypatch, "check --level error broken.txt") == (
        "\x1b[1mbroken.txt:3:1:\x1b[0m \x1b[1;31mESR301\x1b[0m unknown label 'Hankekodi';\n"
        "    did you mean 'Hankekoodi'?\n"
        "3 \x1b[2m|\x1b[0m Hankekodi: S29999\n"
        "  \x1b[2m|\x1b[0m \x1b[1;31m^^^^^^^^^^^^^^^^^\x1b[0m\n"
        "\n"
        "Found 1 error in 1 of 1 file.\n"
    )


def test_a_terminal_shows_changes_in_colours(files, terminal, monkeypatch):
    old, new = Path("good.txt"), Path("new.txt")
    text = old.read_text(encoding="utf-8")
    new.write_text(text.replace("Mehiläisestä mestariksi", "Kehäkukasta mestariksi"), "utf-8")
    line = "Hankkeen nimi\x1b[0m (project.name)\n"
    shown = on_a_terminal(monkeypatch, "diff good.txt new.txt")
    old_and_new = "\x1b[31m[-Mehiläisestä-]\x1b[0m \x1b[32m{+Kehäkukasta+}\x1b[0m mestariksi"
    assert shown == f"\x1b[1m{line}  {old_and_new}\n"
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in on_a_terminal(monkeypatch, "diff good.txt new.txt")


@pytest.mark.parametrize("variable", [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_a_terminal_without_colours(files, terminal, monkeypatch, variable):
    monkeypatch.setenv(*variable)
    found = on_a_terminal(monkeypatch, "check broken.txt long.txt", "explain ESR301")
    assert "\x1b" not in found
    assert max(map(len, found.splitlines())) <= 50


def test_long_lines_are_cut_around_what_is_meant(files, terminal, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    lines = on_a_terminal(monkeypatch, "check --select ESR103 cat.txt").splitlines()
    marks = next(line for line in lines if "^" in line)
    line = lines[lines.index(marks) - 1]
    assert line.startswith("158 | …")
    assert line[marks.index("^") :] == "Euroopan unioni Vipuvoimaa EU:lta"
    found = on_a_terminal(monkeypatch, "check --level error long.txt")
    assert "7 | Hankekodi: sana" in found
    assert "…\n  | ^^^" in found


def test_a_terminal_gets_a_line_end(files, terminal, monkeypatch):
    assert on_a_terminal(monkeypatch, "fmt noisy.txt") == CANONICAL + "\n"


def test_errors_are_wrapped_on_a_terminal(files, capsys, monkeypatch):
    screen = Terminal()
    monkeypatch.setenv("COLUMNS", "50")
    monkeypatch.setattr(sys, "stderr", screen)
    main(["parse", "broken.txt"])
    assert screen.getvalue().splitlines()[1].startswith("    ")
    assert max(map(len, screen.getvalue().splitlines())) <= 50


def test_a_bar_for_many_files_leaves_the_output_alone(files, capsys, monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    assert main(["check", *["bare.txt"] * 60]) == 0
    assert "60/60" in screen.getvalue()
    found = capsys.readouterr().out
    assert found.endswith("in 60 of 60 files.\n")
    assert "60/60" not in found


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("esr-parser p", ["parse"]),
        ("esr-parser check --st", ["--statistics"]),
        ("esr-parser explain esr11", [f"ESR11{n}" for n in range(1, 4)]),
        ("esr-parser nothing --", []),
    ],
)
def test_completion(capsys, monkeypatch, words, wanted):
    monkeypatch.setenv("_ESR_PARSER_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(words.count(" ")))
    with pytest.raises(SystemExit):
        main([])
    found = [line.partition(",")[2] for line in capsys.readouterr().out.splitlines()]
    assert [word for word in found if word in wanted] == wanted
    assert wanted or "--help" in found or not found


# -- endings ------------------------------------------------------------------------------------


def ending(monkeypatch, error, name="parse_document"):
    def raise_it(self, *arguments, **kw):
        raise error

    monkeypatch.setattr(Parser, name, raise_it)


def test_an_interrupt_ends_quietly(files, monkeypatch):
    ending(monkeypatch, KeyboardInterrupt())
    result = run("parse good.txt")
    assert (result.exit_code, result.output) == (130, "")


def test_an_interrupt_while_starting(monkeypatch):
    def interrupted(*arguments, **kw):
        raise KeyboardInterrupt

    monkeypatch.setattr(program, "main", interrupted)
    assert main([]) == 130


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (OSError("odd"), "odd"),
        (TypeError("a\rb"), "unexpected TypeError: a\\rb; ESR_PARSER_TRACEBACK=1 shows where"),
    ],
)
def test_what_is_unexpected_is_one_line_too(files, monkeypatch, error, message):
    for method, command in (("parse_document", "check"), ("to_json", "parse")):
        with monkeypatch.context() as patched:
            ending(patched, error, method)
            result = run(f"{command} good.txt")
            assert result.exit_code == 2
            assert result.stderr == f"esr-parser: good.txt: {message}\n"


def test_what_is_unexpected_outside_of_a_file_is_one_line_too(monkeypatch):
    ending(monkeypatch, TypeError("a"), "json_schema")
    result = run("schema")
    assert result.exit_code == 2
    assert result.stderr.startswith("esr-parser: unexpected TypeError: a; ESR_PARSER_TRACEBACK=1")


def test_writers_of_handlers_can_see_the_traceback(files, monkeypatch):
    monkeypatch.setenv("ESR_PARSER_TRACEBACK", "1")
    ending(monkeypatch, KeyError("a"))
    result = CliRunner().invoke(program, ["check", "good.txt"])
    assert isinstance(result.exception, KeyError)


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), 141, ""),
        (OSError(errno.ENOSPC, "No space"), 2, "esr-parser: standard output: No space\n"),
    ],
)
@pytest.mark.parametrize("command", ["check", "parse", "redact --dry-run"])
def test_an_output_that_cannot_be_written(files, monkeypatch, error, status, message, command):
    def raise_it(text):
        raise error

    monkeypatch.setattr(streams, "write", raise_it)
    result = run(f"{command} good.txt")
    assert result.exit_code == status
    if not (command.startswith("redact") and message):
        assert result.stderr == message


class Broken(io.StringIO):
    """A stream whose reader has gone away."""

    def __init__(self, handle):
        super().__init__()
        self.handle = handle

    def flush(self):
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    def fileno(self):
        return self.handle


def test_what_is_still_buffered_goes_nowhere(tmp_path, monkeypatch):
    with (tmp_path / "out").open("wb") as file:
        monkeypatch.setattr(sys, "stdout", Broken(file.fileno()))
        assert main(["schema", "--nothing"]) == 141
        os.write(file.fileno(), b"gone")
    assert (tmp_path / "out").read_bytes() == b""


def test_closed_streams(files, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["check", "-"]) == 2
    bad = os.strerror(errno.EBADF)
    assert capsys.readouterr().err == f"esr-parser: -: {bad}\n"
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["check", "good.txt"]) == 0
    assert main(["check", "no.txt"]) == 2


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-16"])
def test_output_outside_a_terminal_is_utf_8(files, monkeypatch, encoding):
    stream = io.TextIOWrapper(io.BytesIO(), encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    assert main(["fmt", "good.txt"]) == 0
    assert stream.buffer.getvalue() == EXAMPLE


def test_a_terminal_keeps_its_encoding(files, monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(), "ascii")
    monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdout", stream)
    assert main(["fmt", "good.txt"]) == 0
    assert b"Mehil\\xe4isest\\xe4 mestariksi" in stream.buffer.getvalue()


# -- processes ----------------------------------------------------------------------------------


def start(*arguments, code=None, **kw):
    command = [sys.executable, *(["-c", code] if code else ["-m", "esr_parser"])]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **kw.pop("env", {})}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **kw}
    return subprocess.Popen([*command, *map(str, arguments)], env=environment, **pipes)


def test_the_module_runs(files):
    assert importlib.import_module("esr_parser.__main__").main is main
    process = start("check", "broken.txt")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out.count(b"ESR301"), err) == (1, 1, b"")


@posix
def test_a_closed_pipe_ends_quietly(files):
    process = start("parse", "--format", "ndjson", *["good.txt"] * 500)
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(timeout=60) == 141
    assert process.stderr.read() == b""
    process.stderr.close()


@posix
def test_control_c_ends_quietly(files):
    # The test may itself run where interrupts are ignored, which processes inherit.
    code = """
import signal, sys
from esr_parser.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(main())
"""
    arguments = ["parse", "--format", "ndjson", "good.txt", "-"]
    process = start(*arguments, code=code, stdin=subprocess.PIPE)
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 130
    assert process.communicate() == (b"", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_line(files):
    with Path("/dev/full").open("wb") as full:
        process = start("parse", "good.txt", stdout=full)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert err == b"esr-parser: standard output: No space left on device\n"


def test_a_process_without_the_extra():
    code = """
import sys
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("click", "rich"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Blocker())
from esr_parser.cli import main
sys.exit(main())
"""
    process = start("schema", code=code)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (2, b"")
    assert (
        err.decode().strip() == 'esr-parser: click is not installed: pip install "esr-parser[cli]"'
    )


def test_main_without_the_extra(capsys, monkeypatch):
    monkeypatch.delitem(sys.modules, "esr_parser.cli.program")
    monkeypatch.setitem(sys.modules, "click", None)
    assert main(["schema"]) == 2
    assert "pip install" in capsys.readouterr().err


def test_a_module_of_no_extra(capsys, monkeypatch):
    monkeypatch.delitem(sys.modules, "esr_parser.cli.schema", raising=False)
    monkeypatch.setitem(sys.modules, "esr_parser.cli.schema", None)
    assert main(["schema"]) == 2
    assert "esr_parser.cli.schema" in capsys.readouterr().err


def test_commands_are_imported_when_they_are_called():
    code = """
import sys
from esr_parser.cli import main
main(["explain", "ESR301"])
heavy = ("rich", "pyarrow", "duckdb", "lxml", "esr_parser.view", "esr_parser.drift", "cattrs")
sys.exit(any(name in sys.modules for name in heavy))
"""
    process = start(code=code)
    process.communicate(timeout=60)
    assert process.returncode == 0
