"""``esr-parser drift``: what it prints, how it ends, what it records."""

import json
import sys

import pytest

pytest.importorskip("click")
pytest.importorskip("rich")

from click.testing import CliRunner
from invented import invented_texts

from esr_parser.cli import drift as command
from esr_parser.cli.program import program
from esr_parser.drift import Fingerprint
from esr_parser.testing.drifts import new_field, renamed_label

RENAMED = renamed_label("1", "Hankekoodi", "Hankkeen tunnus")


def run(*arguments):
    result = CliRunner().invoke(program, ["drift", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    return result


def written(folder, pages):
    folder.mkdir()
    for k, page in enumerate(pages):
        (folder / f"{k:02}.txt").write_text(page, encoding="utf-8", newline="")
    return folder


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """The same descriptions then and now: a label has another name."""
    base = tmp_path_factory.mktemp("corpora")
    pages = invented_texts(8)
    written(base / "then", pages)
    written(base / "now", [RENAMED.apply(page) for page in pages])
    return base


def test_no_drift(folders):
    result = run(folders / "then")
    assert (result.exit_code, result.stdout, result.stderr) == (
        0,
        "no drift in 8 descriptions\n",
        "",
    )


def test_drift(folders):
    result = run(folders / "now")
    assert result.exit_code == 1
    assert result.stdout == (
        "1 drift in 8 descriptions\n"
        "\n"
        "renamed label: section 1: label 'Hankekoodi' is now 'Hankkeen tunnus' (0.40 alike),"
        " in 8 of 8 (100 %)\n"
        f"  {folders / 'now' / '00.txt'}:7\n"
        f"  {folders / 'now' / '01.txt'}:7\n"
        f"  {folders / 'now' / '02.txt'}:7\n"
        "\n"
        "With these aliases the new names are read:\n"
        "\n"
        "# New spellings of what the format declares. Read them before you use them.\n"
        "[aliases]\n"
        '"Hankkeen tunnus" = "Hankekoodi"\n'
    )


def test_the_end_of_the_report_is_a_file_of_aliases(folders, tmp_path):
    report = run(folders / "now").stdout
    file = tmp_path / "aliases.toml"
    file.write_text(report[report.index("# New") :], encoding="utf-8")
    assert run(folders / "now", "--aliases", file).exit_code == 0


def test_forms(folders):
    data = json.loads(run(folders / "now", "--format", "json").stdout)
    assert data["documents"] == 8
    assert [drift["kind"] for drift in data["drifts"]] == ["renamed label"]
    assert data["aliases"] == {"Hankkeen tunnus": "Hankekoodi"}
    lines = run(folders / "now", "--format", "github").stdout.splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["::warning"] * 3 + ["::notice"]
    assert run(folders / "then", "--format", "github").stdout == ""
    assert "| renamed label | 1 |" in run(folders / "now", "--format", "markdown").stdout


def test_a_baseline(folders, tmp_path):
    file = tmp_path / "baseline.json"
    assert run(folders / "then", "--record", file).exit_code == 0
    recorded = Fingerprint.from_json(file.read_bytes())
    assert recorded.documents == 8
    assert [path.name for path in tmp_path.iterdir()] == ["baseline.json"]
    assert run(folders / "then", "--baseline", file).exit_code == 0
    result = run(folders / "now", "--baseline", file, "--record", file)
    assert result.exit_code == 1
    assert "in 8 of 8 (100 %; 0 % before)" in result.stdout
    assert run(folders / "now", "--baseline", file).exit_code == 0


@pytest.mark.parametrize(
    ("kinds", "status"),
    [
        (["any"], 1),
        (["nothing"], 0),
        (["renamed"], 1),
        (["new"], 0),
        (["new", "renamed"], 1),
        (["missing", "moved", "changed", "rate"], 0),
    ],
)
def test_fail_on(folders, kinds, status):
    options = [part for kind in kinds for part in ("--fail-on", kind)]
    assert run(folders / "now", *options).exit_code == status


def test_thresholds(folders):
    few = ["--threshold", "documents=9"]
    assert run(folders / "now", *few).exit_code == 1
    assert run(folders / "now", folders / "then", *few).exit_code == 0
    assert run(folders / "now", folders / "then", "--threshold", "share=0.6").exit_code == 0
    assert run(folders / "now", folders / "then").exit_code == 1


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("few=2", "'few' is none of documents, share, sentences,"),
        ("share", "'share' does not end in a number"),
        ("documents=0.5", "'documents=0.5' does not end in a number"),
    ],
)
def test_wrong_thresholds(folders, value, message):
    result = run(folders / "then", "--threshold", value)
    assert result.exit_code == 2
    assert message in result.stderr


def test_trouble(folders, tmp_path):
    result = run(tmp_path / "none", folders / "now")
    assert result.exit_code == 2
    assert result.stderr == f"esr-parser: {tmp_path / 'none'}: No such file or directory\n"
    assert "renamed label" in result.stdout
    result = run(tmp_path)
    assert result.exit_code == 2
    assert result.stderr == f"esr-parser: {tmp_path}: no *.txt in it\n"
    assert result.stdout == "no drift in 0 descriptions\n"


def test_a_baseline_that_cannot_be_read(folders, tmp_path):
    file = tmp_path / "baseline.json"
    result = run(folders / "then", "--baseline", file)
    assert (result.exit_code, result.stderr) == (
        2,
        f"esr-parser: {file}: No such file or directory\n",
    )
    file.write_text("{}", encoding="utf-8")
    result = run(folders / "then", "--baseline", file)
    assert (result.exit_code, result.stderr) == (
        2,
        f"esr-parser: {file}: no recorded fingerprint: KeyError('format')\n",
    )


def test_a_recording_that_cannot_be_written(folders, tmp_path):
    result = run(folders / "then", "--record", tmp_path / "none" / "baseline.json")
    assert result.exit_code == 2
    assert "No such file or directory" in result.stderr
    (tmp_path / "folder").mkdir()
    result = run(folders / "then", "--record", tmp_path / "folder")
    assert result.exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_files_of_other_names(folders, tmp_path):
    folder = written(tmp_path / "pages", invented_texts(1))
    (folder / "00.txt").rename(folder / "00.page")
    assert run(folder, "--glob", "*.page").stdout == "no drift in 1 description\n"


def test_all_cores(tmp_path):
    pages = invented_texts(70)
    change = new_field("1", "Tunnuslause", "alku", "Hankekoodi")
    folder = written(tmp_path / "many", [*pages[:60], *map(change.apply, pages[60:])])
    alone = run(folder, "--jobs", 1)
    assert alone.exit_code == 1
    assert "new label 'Tunnuslause'" in alone.stdout
    assert run(folder, "--jobs", 2).stdout == alone.stdout


def test_a_progress_bar_on_a_terminal(folders, monkeypatch):
    without = run(folders / "now")
    watched = command._watched

    def on_a_terminal(*arguments):
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
        return watched(*arguments)

    monkeypatch.setattr(command, "_watched", on_a_terminal)
    result = run(folders / "now")
    assert (result.exit_code, result.stdout) == (without.exit_code, without.stdout)
    assert "8/8" in result.stderr
