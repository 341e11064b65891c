"""The command line: what it prints, how it ends, and that nothing ends with a traceback."""

import errno
import importlib
import io
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

pytest.importorskip("click")
pytest.importorskip("rich")

from click.testing import CliRunner

from esr_parser import CODES, Parser, __version__, parse_document, render_description
from esr_parser.aliases import AliasesError, load_aliases, undeclared_targets
from esr_parser.cli import main, progress, streams
from esr_parser.cli.check import github_line, text_line
from esr_parser.cli.fmt import difference, replace
from esr_parser.cli.program import program
from esr_parser.cli.run import reason
from esr_parser.diagnostics import Diagnostic, Severity, Span
from esr_parser.layouts import LAYOUTS

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "tests" / "corpus"
EXAMPLE = ROOT / "examples" / "hanke.txt"
UNKNOWN_LABEL = CORPUS / "unknown-label.txt"
TITLE = "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus"
SEVERAL = f"{TITLE}\n\n1 Hanke\n\nHankekoodi: S29001\n\n{TITLE}\n\n1 Hanke\n\nHankekodi: S29002"
posix = pytest.mark.skipif(os.name == "nt", reason="POSIX only")


def run(*arguments, stdin=b""):
    result = CliRunner().invoke(program, list(map(str, arguments)), input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    for line in result.stderr.splitlines():
        assert line.startswith("esr-parser: ")
    return result


def write(path, text):
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def pairs():
    return [pytest.param(path, id=path.stem) for path in sorted(CORPUS.glob("*.txt"))]


def expected(path):
    """Plain data of a fixture: where its file leaves a key out, the value is absent."""
    data = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    parser = Parser()
    return parser.to_dict(parser.from_dict(data))


# -- the program --------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [[], ["-h"], ["--help"]])
def test_the_program_alone_explains_itself(arguments):
    result = run(*arguments)
    assert result.exit_code == 0
    commands = result.stdout.partition("Commands:")[2].split("\n  ")
    assert [line.split()[0] for line in commands[1:6]] == [
        "parse",
        "check",
        "fmt",
        "render",
        "schema",
    ]


def test_the_version():
    assert run("--version").stdout == f"esr-parser {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["pars"], "No such command 'pars'"),
        (["parse"], "Missing argument 'FILE...'. See 'esr-parser parse --help'."),
        (["parse", EXAMPLE, "--format", "xml"], "Invalid value for '--format'"),
        (["parse", EXAMPLE, "--max-bytes", "-1"], "Invalid value for '--max-bytes'"),
        (["fmt", EXAMPLE, "--write", "--check"], "--write goes with neither --check nor --diff"),
        (["fmt", EXAMPLE, EXAMPLE], "several files need --check, --diff or --write"),
        (["fmt", "-", "--write"], "standard input cannot be rewritten in place"),
    ],
)
def test_a_wrong_call_is_one_line(arguments, message):
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_main_returns_the_exit_status(capsys, monkeypatch):
    assert main(["check", str(EXAMPLE)]) == 0
    assert main(["check", "no such file"]) == 2
    monkeypatch.setattr(sys, "argv", ["esr-parser", "--version"])
    assert main() == 0
    captured = capsys.readouterr()
    assert captured.out == f"esr-parser {__version__}\n"
    assert captured.err == "esr-parser: no such file: No such file or directory\n"


def test_without_the_extra_it_says_what_to_install(capsys, monkeypatch):
    monkeypatch.delitem(sys.modules, "esr_parser.cli.program")
    monkeypatch.setitem(sys.modules, "click", None)
    assert main(["parse", str(EXAMPLE)]) == 2
    message = 'esr-parser: the command line needs its extra: pip install "esr-parser[cli]"\n'
    assert capsys.readouterr().err == message


def test_a_table_needs_rich(capsys, monkeypatch):
    monkeypatch.delitem(sys.modules, "esr_parser.cli.table", raising=False)
    monkeypatch.setitem(sys.modules, "rich.console", None)
    assert main(["parse", str(EXAMPLE), "--format", "table"]) == 2
    assert "pip install" in capsys.readouterr().err


def test_another_missing_module_is_named(capsys, monkeypatch):
    monkeypatch.delitem(sys.modules, "esr_parser.cli.program")
    monkeypatch.setitem(sys.modules, "esr_parser.cli.fmt", None)
    assert main(["parse", str(EXAMPLE)]) == 2
    assert "esr_parser.cli.fmt" in capsys.readouterr().err


def test_an_interrupt_while_starting(monkeypatch):
    def interrupted(*arguments, **kw):
        raise KeyboardInterrupt

    monkeypatch.setattr(program, "main", interrupted)
    assert main([]) == 130


# -- parse --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", pairs())
def test_parse_prints_the_description(path):
    result = run("parse", path)
    assert result.exit_code == 0
    assert json.loads(result.stdout) == expected(path)


def test_parse_reads_standard_input():
    result = run("parse", "-", stdin=EXAMPLE.read_bytes())
    assert result.stdout == run("parse", EXAMPLE).stdout
    assert json.loads(result.stdout)["project"]["code"] == "S29999"


def test_several_files_are_an_array_of_objects_with_their_names():
    paths = [CORPUS / "erdf.txt", CORPUS / "amounts.txt"]
    result = run("parse", *paths)
    wanted = [{"file": str(path), **expected(path)} for path in paths]
    assert json.loads(result.stdout) == wanted
    assert result.stdout.startswith("[\n  {\n    ")


def test_an_array_of_nothing_is_an_array():
    result = run("parse", "no such file", "nor such")
    assert json.loads(result.stdout) == []
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 2


def test_ndjson_is_one_object_a_line():
    paths = sorted(CORPUS.glob("*.txt"))
    result = run("parse", "--format", "ndjson", *paths)
    lines = result.stdout.splitlines()
    assert [json.loads(line) for line in lines] == [
        {"file": str(path), **expected(path)} for path in paths
    ]


def test_split_numbers_the_parts(tmp_path):
    path = write(tmp_path / "two.txt", SEVERAL)
    result = run("parse", path, "--split")
    found = [
        (one["file"], one["part"], one["project"]["code"]) for one in json.loads(result.stdout)
    ]
    assert found == [(str(path), 1, "S29001"), (str(path), 2, None)]
    assert result.stderr.startswith(
        f"esr-parser: {path}: 1 error, first 11:1: ESR301 unknown label"
    )
    lines = run("parse", path, "--split", "--format", "ndjson").stdout.splitlines()
    assert [json.loads(line)["part"] for line in lines] == [1, 2]


def test_errors_are_said_but_do_not_stop_it():
    result = run("parse", UNKNOWN_LABEL)
    assert result.exit_code == 0
    assert result.stdout
    assert f"{UNKNOWN_LABEL}: 2 errors, first 21:1: ESR301 " in result.stderr


def test_strict_leaves_out_what_has_errors():
    result = run("parse", "--strict", "--format", "ndjson", UNKNOWN_LABEL, EXAMPLE)
    assert result.exit_code == 1
    assert [json.loads(line)["file"] for line in result.stdout.splitlines()] == [str(EXAMPLE)]
    assert [line.split(": ")[2] for line in result.stderr.splitlines()] == ["21:1", "75:1"]


def test_a_value_that_is_no_data_is_trouble(monkeypatch):
    def refuse(self, description):
        raise KeyError("colour")

    monkeypatch.setattr(Parser, "to_dict", refuse)
    result = run("parse", EXAMPLE)
    assert result.exit_code == 2
    message = "unexpected KeyError: 'colour'; ESR_PARSER_TRACEBACK=1 shows where"
    assert result.stderr == f"esr-parser: {EXAMPLE}: {message}\n"


def test_a_table_is_for_reading(monkeypatch):
    monkeypatch.setenv("COLUMNS", "90")
    result = run("parse", "--format", "table", CORPUS / "co-implementers.txt", UNKNOWN_LABEL)
    assert result.exit_code == 0
    assert "priority_axis.number" in result.stdout
    assert "0 errors, 0 warnings" in result.stdout
    assert "2 errors, 0 warnings" in result.stdout
    assert " characters)" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 90


def test_a_table_of_parts_with_terminal_controls_in_them(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    path = write(tmp_path / "two.txt", SEVERAL.replace("Hankekodi: ", "Hankkeen nimi: \x1b[31m"))
    result = run("parse", "--format", "table", "--split", path)
    assert f"{path.name} (2)" in result.stdout.replace("\n", "")
    assert "\\x1b[31mS29002" in result.stdout
    assert "\x1b" not in result.stdout


# -- check --------------------------------------------------------------------------------------


def test_check_is_silent_where_all_is_well():
    result = run("check", EXAMPLE)
    assert (result.exit_code, result.output) == (0, "")


def test_check_prints_one_line_a_diagnostic():
    result = run("check", UNKNOWN_LABEL)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert len(lines) == 2
    assert lines[0] == (
        f"{UNKNOWN_LABEL}:21:1: ESR301 unknown label 'Hankkeen lyhytnimi'; "
        "did you mean 'Hankkeen nimi'?"
    )


@pytest.mark.parametrize(
    ("level", "fail_on", "severities", "status"),
    [
        ("error", "error", {"error"}, 1),
        ("warning", "error", {"error", "warning"}, 1),
        ("info", "error", {"error", "warning", "info"}, 1),
    ],
)
def test_levels(tmp_path, level, fail_on, severities, status):
    path = write(tmp_path / "a.txt", "1 Hanke\n\nHankekodi: S29001")
    result = run("check", "--format", "json", "--level", level, "--fail-on", fail_on, path)
    assert {d["severity"] for d in json.loads(result.stdout)} == severities
    assert result.exit_code == status


@pytest.mark.parametrize(("fail_on", "status"), [("error", 0), ("warning", 1), ("info", 1)])
def test_failing_is_apart_from_showing(fail_on, status):
    path = CORPUS / "unknown-section.txt"
    result = run("check", "--level", "error", "--fail-on", fail_on, path)
    assert (result.exit_code, result.output) == (status, "")


def test_check_as_json():
    found = json.loads(run("check", "--format", "json", UNKNOWN_LABEL, EXAMPLE).stdout)
    text = UNKNOWN_LABEL.read_text(encoding="utf-8")
    assert [d["line"] for d in found] == [21, 75]
    first = found[0]
    assert text[first["start"] : first["end"]].startswith("Hankkeen lyhytnimi")
    del first["start"], first["end"], first["message"]
    assert first == {
        "file": str(UNKNOWN_LABEL),
        "line": 21,
        "column": 1,
        "code": "ESR301",
        "severity": "error",
        "section": "1",
        "label": "Hankkeen lyhytnimi",
    }
    assert json.loads(run("check", "--format", "json", EXAMPLE).stdout) == []


def test_check_as_annotations():
    result = run("check", "--format", "github", UNKNOWN_LABEL)
    assert result.stdout.splitlines()[0] == (
        f"::error file={str(UNKNOWN_LABEL).replace(':', '%3A')},line=21,col=1,title=ESR301 unknown label::"
        "unknown label 'Hankkeen lyhytnimi'; did you mean 'Hankkeen nimi'?"
    )


def test_annotations_are_escaped():
    code = next(code for code in CODES if CODES[code].severity is Severity.INFO)
    found = Diagnostic(code, Severity.INFO, "50 %: a, b\r\nc", 1, 2, Span(0, 1))
    line = github_line("a:b,c%\n.txt", found)
    title = CODES[code].name
    assert line == (
        f"::notice file=a%3Ab%2Cc%25%0A.txt,line=1,col=2,title={code} {title}::50 %25: a, b%0D%0Ac"
    )


def test_a_line_of_text_stays_one_line():
    found = Diagnostic("ESR301", Severity.ERROR, "a\nb\u2028c\x9bd", 1, 2, Span(0, 1))
    assert text_line("x\r.txt", found) == "x\\r.txt:1:2: ESR301 a\\nb\\u2028c\\x9bd"


def test_split_gives_lines_of_the_file(tmp_path):
    path = write(tmp_path / "two.txt", SEVERAL.replace("\n", "\r\n"))
    assert "ESR103" in run("check", path).stdout
    found = json.loads(run("check", "--split", "--format", "json", path).stdout)
    error = next(d for d in found if d["code"] == "ESR301")
    text = SEVERAL.replace("\n", "\r\n")
    assert error["line"] == 11
    assert text[error["start"] : error["end"]].startswith("Hankekodi")
    assert not [d for d in found if d["code"] == "ESR103"]


@pytest.mark.parametrize("split", [[], ["--split"]])
def test_the_encoding_is_said_once(tmp_path, split):
    data = SEVERAL.replace("S29001", "S29001\n\nHankkeen nimi: Kärki").encode("cp1252")
    path = write(tmp_path / "old.txt", data)
    for arguments, stdin in ([path], b""), (["-"], data):
        found = json.loads(run("check", "--format", "json", *split, *arguments, stdin=stdin).stdout)
        assert [(d["line"], d["column"]) for d in found if d["code"] == "ESR106"] == [(1, 1)]
    assert json.loads(run("parse", path).stdout)["project"]["name"] == "Kärki"


def test_standard_input_is_decoded_like_a_file():
    data = "\ufeff1 Hanke\n\nHankekoodi: S29001".encode("utf-16-le")
    assert json.loads(run("parse", "-", stdin=data).stdout)["project"]["code"] == "S29001"


# -- fmt ----------------------------------------------------------------------------------------

NOISY = b"\xef\xbb\xbf# 1. HANKE\r\n\r\n  Hankekoodi :S29001  \r\n"


@pytest.fixture
def noisy(tmp_path):
    return write(tmp_path / "noisy.txt", NOISY)


@pytest.fixture
def canonical():
    document = parse_document(NOISY.decode("utf-8"))
    return render_description(document.description)


@pytest.mark.parametrize("path", pairs())
def test_fmt_leaves_the_canonical_text(path):
    assert run("fmt", path).stdout == path.read_text(encoding="utf-8")
    assert run("fmt", "--check", "--diff", path).output == ""


def test_fmt_prints_the_canonical_text(noisy, canonical):
    result = run("fmt", noisy)
    assert (result.exit_code, result.stdout, result.stderr) == (0, canonical, "")
    assert run("fmt", "-", stdin=NOISY).stdout == canonical
    assert noisy.read_bytes() == NOISY


def test_a_terminal_gets_a_line_end(noisy, canonical, capsys, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert main(["fmt", str(noisy)]) == 0
    assert capsys.readouterr().out == canonical + "\n"


def test_check_says_what_would_change(noisy):
    result = run("fmt", "--check", noisy, EXAMPLE)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == f"esr-parser: {noisy}: would be rewritten\n"
    assert noisy.read_bytes() == NOISY


def test_diff_alone_is_no_failure(noisy, canonical):
    result = run("fmt", "--diff", noisy)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[:2] == [f"--- {noisy}", f"+++ {noisy}"]
    assert run("fmt", "--diff", "--check", noisy).exit_code == 1


@posix
@pytest.mark.skipif(shutil.which("patch") is None, reason="no patch program")
@pytest.mark.parametrize("end", ["", "\n"])
def test_patch_takes_the_diff(tmp_path, canonical, end):
    old = NOISY.decode("utf-8").replace("\r\n", "\n").rstrip() + end
    path = write(tmp_path / "a.txt", old)
    diff = difference("a.txt", old, canonical)
    subprocess.run(["patch", "-p0", "-s"], input=diff.encode(), cwd=tmp_path, check=True)
    assert path.read_bytes().decode() == canonical


def test_a_change_of_nothing_but_the_encoding(tmp_path):
    text = EXAMPLE.read_text(encoding="utf-8")
    path = write(tmp_path / "wide.txt", text.encode("utf-16"))
    result = run("fmt", "--diff", path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"esr-parser: {path}: would be rewritten, to UTF-8 alone\n"
    assert run("fmt", "--write", path).exit_code == 0
    assert path.read_text(encoding="utf-8") == text


def test_write_rewrites_what_is_not_canonical(noisy, canonical, tmp_path):
    same = write(tmp_path / "same.txt", EXAMPLE.read_bytes())
    before = same.stat()
    result = run("fmt", "--write", noisy, same)
    assert (result.exit_code, result.output) == (0, "")
    assert noisy.read_bytes().decode() == canonical
    assert same.stat() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["noisy.txt", "same.txt"]


@posix
def test_write_keeps_permissions_and_links(noisy, tmp_path):
    noisy.chmod(0o640)
    link = tmp_path / "link.txt"
    link.symlink_to(noisy)
    assert run("fmt", "--write", link).exit_code == 0
    assert link.is_symlink()
    assert stat.S_IMODE(noisy.stat().st_mode) == 0o640
    assert noisy.read_bytes() != NOISY


@pytest.mark.parametrize(
    "text", ["", " \n", "Lorem ipsum\n", "<html><body><h2>1</h2>", b"\x00\xff\x00PK"]
)
def test_what_is_no_description_is_left_alone(tmp_path, text):
    path = write(tmp_path / "other.txt", text)
    before = path.read_bytes()
    result = run("fmt", "--write", path)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"esr-parser: {path}: no project description, left alone")
    assert path.read_bytes() == before


def test_a_file_that_cannot_be_written_stays_as_it_is(noisy, tmp_path, monkeypatch):
    real = Path.open

    def refuse(self, mode="r", *arguments, **kw):
        if "+" in mode:
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(self, mode, *arguments, **kw)

    monkeypatch.setattr(Path, "open", refuse)
    other = write(tmp_path / "other.txt", EXAMPLE.read_bytes())
    result = run("fmt", "--write", noisy, other)
    assert result.exit_code == 2
    assert result.stderr == f"esr-parser: {noisy}: Permission denied\n"
    assert noisy.read_bytes() == NOISY


def test_a_full_disk_leaves_the_file_as_it_is(noisy, monkeypatch):
    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = run("fmt", "--write", noisy)
    assert result.exit_code == 2
    assert result.stderr == f"esr-parser: {noisy}: No space left on device\n"
    assert [path.name for path in noisy.parent.iterdir()] == ["noisy.txt"]
    assert noisy.read_bytes() == NOISY


@posix
def test_only_regular_files_are_replaced():
    with pytest.raises(OSError, match="not a regular file"):
        replace(os.devnull, b"")


# -- render and schema --------------------------------------------------------------------------


@pytest.mark.parametrize("path", pairs())
def test_render_is_the_inverse_of_parse(path):
    text = path.read_text(encoding="utf-8")
    assert run("render", path.with_suffix(".json")).stdout == text
    assert run("render", "-", stdin=run("parse", path).stdout_bytes).stdout == text


def test_a_line_of_ndjson_can_be_rendered(tmp_path):
    line = run("parse", "--format", "ndjson", "--split", EXAMPLE).stdout_bytes
    assert run("render", "-", stdin=line).stdout == EXAMPLE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "7", '{"project": 7}', '{"projekt": {}}', b"\xff", "[" * 100_000],
    ids=["empty", "cut", "array", "number", "shape", "key", "bytes", "deep"],
)
def test_render_says_what_is_wrong_with_the_json(tmp_path, text):
    path = write(tmp_path / "a.json", text)
    result = run("render", path)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"esr-parser: {path}: ")
    assert "unexpected" not in result.stderr
    assert result.stderr.count("\n") == 1
    assert len(result.stderr) < 500


def test_render_says_all_that_is_wrong_with_the_data():
    few = run("render", "-", stdin=b'{"project": {"code": 5, "name": 6}}').stderr.splitlines()
    assert [line.split(": ")[2] for line in few] == ["project.code", "project.name"]
    data = json.dumps({"other_fields": [5] * 50}).encode()
    many = run("render", "-", stdin=data).stderr.splitlines()
    assert many[20:] == ["esr-parser: -: 30 more"]


def test_render_names_the_value_that_has_no_text():
    data = json.dumps({"project": {"name": "two\nlines"}}).encode()
    result = run("render", "-", stdin=data)
    assert result.exit_code == 2
    assert result.stderr.startswith("esr-parser: -: project.name: ")


def test_a_lone_surrogate_is_written_as_an_escape_and_said():
    result = run("render", "-", stdin=b'{"project": {"name": "a\\ud800b"}}')
    assert result.exit_code == 2
    assert "Hankkeen nimi: a\\ud800b" in result.stdout
    message = "utf-8 has no '\\ud800', so a backslash escape stands in its place"
    assert result.stderr == f"esr-parser: -: {message}\n"


def test_the_schema():
    result = run("schema")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == Parser().json_schema()


# -- files --------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["parse", "check", "fmt", "render"])
def test_files_that_cannot_be_read(tmp_path, command):
    for path, message in (
        (tmp_path / "none.txt", "No such file or directory"),
        (tmp_path, "Is a directory"),
    ):
        result = run(command, path)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr == f"esr-parser: {path}: {message}\n"
    assert run(command, "a\0b").exit_code == 2


def test_the_other_files_are_still_read(tmp_path, monkeypatch):
    secret = write(tmp_path / "secret.txt", "")
    real = Path.open

    def guarded(self, *arguments, **kw):
        if self == secret:
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(self, *arguments, **kw)

    monkeypatch.setattr(Path, "open", guarded)
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != secret)
    result = run("check", "no such file", secret, UNKNOWN_LABEL)
    assert result.exit_code == 2
    assert len(result.stdout.splitlines()) == 2
    assert [line.split(": ")[2] for line in result.stderr.splitlines()] == [
        "No such file or directory",
        "Permission denied",
    ]


@pytest.mark.parametrize("command", ["parse", "check", "fmt", "render"])
def test_a_file_past_the_limit(tmp_path, command):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(200 << 20)
    result = run(command, path)
    assert result.exit_code == 2
    message = "larger than 67,108,864 bytes; --max-bytes sets the limit"
    assert result.stderr == f"esr-parser: {path}: {message}\n"


def test_the_limit_holds_for_standard_input_too():
    data = EXAMPLE.read_bytes()
    assert run("parse", "-", "--max-bytes", len(data), stdin=data).exit_code == 0
    result = run("parse", "-", "--max-bytes", len(data) - 1, stdin=data)
    assert result.exit_code == 2
    assert f"esr-parser: -: larger than {len(data) - 1:,} bytes" in result.stderr
    assert run("check", "-", "--max-bytes", 10**18, stdin=data).exit_code == 0
    assert run("check", "-", "--max-bytes", 0, stdin=data).exit_code == 2


def test_a_binary_file_is_read_and_said_to_be_none(tmp_path):
    path = write(tmp_path / "picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9)
    assert "ESR101" in run("check", path).stdout
    result = run("parse", path)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["project"]["code"] is None
    assert "ESR101" in result.stderr


# -- aliases and plugins ------------------------------------------------------------------------

RENAMED = "1 Hanke\n\nHankkeen tunnus: S29001"


def test_aliases_make_renamed_labels_parse(tmp_path):
    aliases = write(tmp_path / "a.toml", '[aliases]\n"Hankkeen tunnus" = "Hankekoodi"')
    text = write(tmp_path / "a.txt", RENAMED)
    assert json.loads(run("parse", text).stdout)["project"]["code"] is None
    result = run("parse", text, "--aliases", aliases)
    assert json.loads(result.stdout)["project"]["code"] == "S29001"
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[aliases", "not TOML: "),
        (b"\xff", "not UTF-8 at byte 0"),
        ("a = " + "[" * 100_000, "not TOML: nested too deeply"),
        ("", "has no table [aliases]"),
        ("aliases = 7", "has no table [aliases]"),
        ("[aliases]\na.b = 'c'", "'a' is a table: put a name with a dot in quotes"),
        ("[aliases]\na = 7", "'a' must be a string, not 7 (int)"),
        ("[aliases]\n'' = 'a'", "an empty spelling: '' = 'a'"),
        ("[aliases]\na = ' '", "an empty spelling: 'a' = ' '"),
        (" " * (1 << 20) + " ", "larger than 1,048,576 bytes"),
    ],
)
def test_a_wrong_aliases_file(tmp_path, text, message):
    path = write(tmp_path / "a.toml", text)
    with pytest.raises(AliasesError) as caught:
        load_aliases(path)
    assert caught.value.path == path
    assert caught.value.reason.startswith(message)
    constructor, arguments = caught.value.__reduce__()
    assert str(constructor(*arguments)) == str(caught.value) == f"{path}: {caught.value.reason}"
    result = run("check", EXAMPLE, "--aliases", path)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"esr-parser: {path}: {message}")


@pytest.mark.parametrize(
    ("path", "message"), [("none.toml", "No such file or directory"), ("a\0b", "")]
)
def test_an_aliases_file_that_cannot_be_read(path, message):
    result = run("check", EXAMPLE, "--aliases", path)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_byte_order_mark_and_other_tables_are_fine(tmp_path):
    text = '\ufeff[drift]\na = 1\n[aliases]\n"Tunnus" = "Hankekoodi"\n'
    assert load_aliases(write(tmp_path / "a.toml", text)) == {"Tunnus": "Hankekoodi"}


def test_an_alias_for_what_is_not_declared(tmp_path):
    path = write(tmp_path / "a.toml", '[aliases]\n"Tunnus" = "Hankekodi"')
    result = run("check", EXAMPLE, "--aliases", path)
    assert result.exit_code == 2
    assert result.stderr == (
        f"esr-parser: {path}: 'Tunnus' stands for 'Hankekodi', which is not declared; "
        "did you mean 'Hankekoodi'?\n"
    )


def test_every_kind_of_word_can_be_stood_for():
    words = [
        "Hakijan perustiedot",
        "2 HAKIJAN perustiedot",
        "1. Projekti",
        "Hankekoodi",
        "Osatoteuttajat",
        "Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen",
        "Ekologinen kestävyys",
        "Kulttuuriympäristö",
    ]
    assert list(undeclared_targets({f"x{k}": w for k, w in enumerate(words)}, LAYOUTS)) == []


def plugin(monkeypatch, value):
    entry = EntryPoint("communication", value, "esr_parser.sections")
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [entry])


def test_plugins_are_loaded_when_asked_for(tmp_path, monkeypatch):
    plugin(monkeypatch, "nowhere.to_be_found:Handler")
    assert run("check", EXAMPLE).exit_code == 0
    result = run("check", EXAMPLE, "--plugins")
    assert result.exit_code == 2
    assert result.stderr == (
        "esr-parser: --plugins: ModuleNotFoundError: No module named 'nowhere'\n"
    )
    plugin(monkeypatch, "esr_parser:SectionHandler")
    monkeypatch.setattr("esr_parser.handlers.SectionHandler.key", "nothing", raising=False)
    monkeypatch.setattr("esr_parser.handlers.SectionHandler.model", str, raising=False)
    assert run("check", EXAMPLE, "--plugins").exit_code == 0


# -- endings ------------------------------------------------------------------------------------


def ending(monkeypatch, error):
    def raise_it(self, text):
        raise error

    monkeypatch.setattr(Parser, "parse_document", raise_it)


def test_an_interrupt_ends_quietly(monkeypatch):
    ending(monkeypatch, KeyboardInterrupt())
    result = run("parse", EXAMPLE)
    assert (result.exit_code, result.output) == (130, "")


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (MemoryError(), "not enough memory"),
        (OSError("odd"), "odd"),
        (TypeError("a\rb"), "unexpected TypeError: a\\rb; ESR_PARSER_TRACEBACK=1 shows where"),
    ],
)
def test_what_nobody_expected_is_one_line_too(monkeypatch, error, message):
    ending(monkeypatch, error)
    result = run("check", EXAMPLE)
    assert result.exit_code == 2
    assert result.stderr == f"esr-parser: {EXAMPLE}: {message}\n"


def test_writers_of_handlers_can_see_the_traceback(monkeypatch):
    monkeypatch.setenv("ESR_PARSER_TRACEBACK", "1")
    with pytest.raises(KeyError):
        reason(KeyError("a"))


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), 141, ""),
        (OSError(errno.ENOSPC, "No space"), 2, "esr-parser: standard output: No space\n"),
        (TypeError("a"), 2, "esr-parser: unexpected TypeError: a; ESR_PARSER_TRACEBACK=1 shows"),
    ],
)
def test_an_output_that_cannot_be_written(monkeypatch, error, status, message):
    def raise_it(text):
        raise error

    monkeypatch.setattr(streams, "write", raise_it)
    result = run("check", "--level", "info", UNKNOWN_LABEL)
    assert result.exit_code == status
    assert result.stderr.startswith(message)


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
        monkeypatch.setattr(sys, "stderr", None)
        assert main(["schema", "--nothing"]) == 141
        os.write(file.fileno(), b"gone")
    assert (tmp_path / "out").read_bytes() == b""


def test_closed_streams(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["schema"]) == 2
    assert main(["check", "-"]) == 2
    assert main(["check", str(EXAMPLE)]) == 0
    with monkeypatch.context() as closed:
        closed.setattr(sys, "stderr", None)
        assert main(["check", "no such file"]) == 2
    monkeypatch.undo()
    out, err = capsys.readouterr()
    bad = os.strerror(errno.EBADF)
    assert (out, err) == ("", f"esr-parser: standard output: {bad}\nesr-parser: -: {bad}\n")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8", "utf-16"])
def test_json_stays_json_in_any_encoding(monkeypatch, encoding):
    value = {"é": "\U0001f41d \ud800 ä"}
    stream = io.TextIOWrapper(io.BytesIO(), encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    streams.prepare()
    streams.write(streams.json_text(value))
    stream.flush()
    assert json.loads(stream.buffer.getvalue().decode(encoding)) == value


def test_text_is_written_in_any_encoding(monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(), "ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    assert main(["check", "--level", "info", str(UNKNOWN_LABEL)]) == 1
    assert main(["fmt", str(EXAMPLE)]) == 2
    assert b"Mehil\\xe4isest\\xe4 mestariksi" in stream.buffer.getvalue()


# -- progress -----------------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_bar_is_for_many_files_on_a_terminal(monkeypatch):
    many = ["a"] * 1000
    assert not progress.is_wanted(many)
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert progress.is_wanted(many)
    assert not progress.is_wanted(many[:3])
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert not progress.is_wanted(many)
    monkeypatch.setattr(sys, "stdout", None)
    assert not progress.is_wanted(many)


def test_a_bar_leaves_the_output_alone(monkeypatch):
    monkeypatch.setattr(progress, "is_wanted", lambda files: True)
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    arguments = ["parse", "--format", "ndjson", str(EXAMPLE), str(CORPUS / "erdf.txt"), "none"]
    result = CliRunner().invoke(program, arguments)
    assert "esr-parser: none: No such file or directory" in result.stderr
    assert result.exit_code == 2
    assert [json.loads(line)["file"] for line in result.stdout.splitlines()] == [
        str(EXAMPLE),
        str(CORPUS / "erdf.txt"),
    ]


# -- processes ----------------------------------------------------------------------------------


def start(*arguments, code=None, **kw):
    command = [sys.executable, *(["-c", code] if code else ["-m", "esr_parser"])]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **kw.pop("env", {})}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **kw}
    return subprocess.Popen([*command, *map(str, arguments)], env=environment, **pipes)


def test_the_module_runs():
    assert importlib.import_module("esr_parser.__main__").main is main
    process = start("check", UNKNOWN_LABEL)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out.count(b"ESR301"), err) == (1, 2, b"")


@posix
def test_a_closed_pipe_ends_quietly():
    process = start("parse", "--format", "ndjson", *[EXAMPLE] * 500)
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(timeout=60) == 141
    assert process.stderr.read() == b""
    process.stderr.close()


@posix
def test_control_c_ends_quietly():
    # The test may itself run where interrupts are ignored, which processes inherit.
    code = """
import signal, sys
from esr_parser.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(main())
"""
    arguments = ["parse", "--format", "ndjson", EXAMPLE, "-"]
    process = start(*arguments, code=code, stdin=subprocess.PIPE)
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 130
    assert process.communicate() == (b"", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_is_one_line():
    with Path("/dev/full").open("wb") as full:
        process = start("parse", EXAMPLE, stdout=full)
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
    process = start("parse", EXAMPLE, code=code)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (2, b"")
    message = 'esr-parser: the command line needs its extra: pip install "esr-parser[cli]"'
    assert err.decode().splitlines() == [message]


def test_an_ascii_process():
    process = start("parse", EXAMPLE, env={"PYTHONIOENCODING": "ascii:strict", "PYTHONUTF8": "0"})
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
    assert json.loads(out.decode("ascii")) == json.loads(run("parse", EXAMPLE).stdout)
