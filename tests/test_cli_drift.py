"""``esr-parser drift``: what it prints, how it ends, what it saves."""

import json
import os
from functools import partial

import pytest

pytest.importorskip("click")
pytest.importorskip("rich")

import conftest
from conftest import filled
from invented import changed, invented_texts

from esr_parser.drift import Fingerprint

run = partial(conftest.run, "drift")
RENAMED = ("Hankekoodi:", "Hankkeen tunnus:")


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """The same descriptions then and now: a label has another name."""
    base = tmp_path_factory.mktemp("corpora")
    pages = invented_texts(6)
    filled(base / "then", pages)
    filled(base / "now", changed(pages[:5], RENAMED))
    filled(base / "one", changed(pages, RENAMED, most=1))
    return base


def test_no_drift(folders):
    result = run(folders / "then")
    assert (result.exit_code, result.stdout, result.stderr) == (
        0,
        "no drift in 6 descriptions\n",
        "",
    )


def test_drift(folders):
    result = run(folders / "now")
    assert result.exit_code == 1
    assert result.stdout == (
        "1 drift in 5 descriptions\n"
        "\n"
        "renamed label: section 1: 'Hankekoodi' is now 'Hankkeen tunnus' (0.40 alike), in 5 of 5"
        " (100 %)\n"
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


def test_one_page_of_six_is_reported_and_is_not_drift(folders):
    result = run(folders / "one")
    assert result.exit_code == 0
    assert result.stdout == (
        "no drift in 6 descriptions\n"
        "\n"
        "1 of 6 pages has a renamed label: section 1: 'Hankekoodi' is now 'Hankkeen tunnus' (0.40"
        f" alike); below the threshold of 3 pages ({folders / 'one' / '00.txt'}:7)\n"
    )


def test_the_end_of_the_report_is_a_file_of_aliases(folders, tmp_path):
    report = run(folders / "now").stdout
    file = tmp_path / "aliases.toml"
    file.write_text(report[report.index("# New") :], encoding="utf-8")
    assert run(folders / "now", "--aliases", file).exit_code == 0


def test_forms(folders):
    data = json.loads(run(folders / "now", "--format", "json").stdout)
    assert data["documents"] == 5
    assert [drift["kind"] for drift in data["drifts"]] == ["renamed label"]
    assert data["aliases"] == {"Hankkeen tunnus": "Hankekoodi"}
    lines = run(folders / "now", "--format", "github").stdout.splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["::warning"] * 3 + ["::notice"]
    assert run(folders / "then", "--format", "github").stdout == ""
    assert "| renamed label | section 1:" in run(folders / "now", "--format", "markdown").stdout


def test_a_baseline(folders, tmp_path):
    file = tmp_path / "baseline.json"
    assert run(folders / "then", "--save", file).exit_code == 0
    assert Fingerprint.from_json(file.read_bytes()).documents == 6
    assert [path.name for path in tmp_path.iterdir()] == ["baseline.json"]
    assert run(folders / "then", "--baseline", file).exit_code == 0
    result = run(folders / "now", "--baseline", file, "--save", file)
    assert result.exit_code == 1
    assert "in 5 of 5 (100 %; 0 % before)" in result.stdout
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
    few = ["--threshold", "pages=1"]
    assert run(folders / "one", *few, "--threshold", "share=0.01").exit_code == 1
    assert run(folders / "one", *few, "--threshold", "share=0.1").exit_code == 0
    assert run(folders / "now", "--threshold", "share=0.6").exit_code == 0


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("few=2", "'few' is not one of pages, share, rate, similarity, overlap"),
        ("share", "'share' does not end in a number"),
        ("pages=0.5", "'pages=0.5' does not end in a number"),
    ],
)
def test_wrong_thresholds(folders, value, message):
    result = run(folders / "then", "--threshold", value)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_folder_that_is_not_there(tmp_path):
    result = run(tmp_path / "none")
    assert (result.exit_code, result.stdout, result.stderr) == (
        2,
        "",
        f"esr-parser: {tmp_path / 'none'}: No such file or directory\n",
    )


def test_a_folder_without_texts(tmp_path):
    result = run(tmp_path, "--save", tmp_path / "baseline.json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"esr-parser: {tmp_path}: no ")
    assert list(tmp_path.iterdir()) == []


def test_the_other_files_are_read(folders, tmp_path):
    result = run(tmp_path / "none", folders / "now", "--jobs", 1)
    assert result.exit_code == 2
    assert result.stderr == f"esr-parser: {tmp_path / 'none'}: No such file or directory\n"
    assert "renamed label" in result.stdout


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_is_passed_over(tmp_path):
    folder = filled(tmp_path / "pages", invented_texts(2))
    os.mkfifo(folder / "pipe.txt")
    for result in (run(folder), run(folder / "pipe.txt", folder / "00.txt", folder / "01.txt")):
        assert result.exit_code == 2
        assert result.stdout == "no drift in 2 descriptions\n"
        assert result.stderr == (
            f"esr-parser: {folder / 'pipe.txt'}: not a regular file, passed over\n"
        )


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
        f"esr-parser: {file}: not a recorded fingerprint: KeyError('format')\n",
    )


def test_a_baseline_that_cannot_be_written(folders, tmp_path):
    result = run(folders / "then", "--save", tmp_path / "none" / "baseline.json")
    assert result.exit_code == 2
    assert "No such file or directory" in result.stderr
    (tmp_path / "folder").mkdir()
    result = run(folders / "then", "--save", tmp_path / "folder")
    assert result.exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
