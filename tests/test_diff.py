"""What differs between descriptions: by value, in words, and on the command line."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from conftest import filled
from hypothesis import given, settings
from invented import BASE as PAGE
from invented import CommunicationHandler, with_value

from esr_parser import (
    GeographicArea,
    Parser,
    Partner,
    Period,
    ProjectDescription,
    SustainabilityImpact,
    parse_description,
)
from esr_parser.cli import main
from esr_parser.differences import FORMS, Change, compare, diff, format_changes, shown
from esr_parser.testing import descriptions

BASE = parse_description(PAGE)


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if attrs.has(type(value)):
        for a in attrs.fields(type(value)):
            if a.name != "extensions":
                yield from leaves(getattr(value, a.name), f"{path}.{a.name}".strip("."))
    else:
        yield path, value


def other(value: Any) -> Any:
    return (*value, "jokin muu") if isinstance(value, tuple) else "jokin muu"


# -- values -------------------------------------------------------------------------------------


@settings(max_examples=25)
@given(descriptions())
def test_one_value_changed_at_a_time_is_named_and_no_other(d: ProjectDescription) -> None:
    for path, value in leaves(d):
        new = with_value(d, path, other(value))
        (change,) = diff(d, new)
        assert (change.path, change.old, change.new) == (path, value, other(value))
        assert change.label
        assert diff(d, d) == ()


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("project.code", "Hankekoodi"),
        ("project.planned_period.end", "Suunnitelman mukainen toteutusaika"),
        ("project.priority_axis.number", "Toimintalinja"),
        ("project.project_type", "project_type"),
        ("applicant.contact.phone", "Yhteyshenkilön puhelinnumero"),
        ("applicant.co_implementers", "Osatoteuttajat"),
        ("summary", "Suunnitelman mukainen tiivistelmä toteutuksesta"),
        ("target_groups.secondary", "Välilliset kohderyhmät"),
        (
            "horizontal_principles.gender_equality.main_objective.explanation",
            "Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen",
        ),
        ("horizontal_principles.sustainable_development", "Kestävä kehitys"),
        ("fund", "fund"),
        ("other_fields", "other_fields"),
    ],
)
def test_labels_are_those_of_the_page(path: str, label: str) -> None:
    assert diff(BASE, with_value(BASE, path, "x"))[0].label == label


def test_labels_are_those_of_the_new_description() -> None:
    old = ProjectDescription(programme_period="2007-2013")
    new = with_value(old, "outcomes.jobs.planned_women", 3)
    assert [c.label for c in diff(old, new)] == ["Suunniteltu"]
    unknown = ProjectDescription(programme_period="2049-2055", language="sv")
    assert diff(unknown, with_value(unknown, "project.code", "S29999"))[0].label == "Hankekoodi"


def test_extensions_are_compared_by_key_with_the_labels_of_their_handler() -> None:
    parser = Parser(handlers=[CommunicationHandler()])
    old = parser.parse_document(f"{PAGE}\n\n10 Viestintä\n\nKanava: uutiskirje")
    new = parser.parse_document(f"{PAGE}\n\n10 Viestintä\n\nKanava: radio")
    path = "extensions['communication'].channel"
    assert diff(old.description, new.description, layout=new.layout) == (
        Change(path, "Kanava", "uutiskirje", "radio"),
    )
    assert diff(old.description, new.description)[0].label == "channel"
    none = attrs.evolve(old.description, extensions={})
    (gone,) = diff(old.description, none)
    assert (gone.path, gone.new) == ("extensions['communication']", None)


def test_collections_are_compared_by_code() -> None:
    ended = with_value(BASE, "project.status", "Keskeytynyt")
    both = compare(
        {"S29997": BASE, "S29998": BASE, "S29999": BASE},
        {"S29996": BASE, "S29998": BASE, "S29999": ended},
    )
    assert (both.new, both.gone, list(both.changed)) == (("S29996",), ("S29997",), ["S29999"])
    assert both.fields == {("project.status", "Toiminnan tila"): 1}


# -- forms --------------------------------------------------------------------------------------


def written(old: Any, new: Any, form: str = "text") -> str:
    return format_changes([Change("a_b", "L", old, new)], form)


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        (None, "S29999", ["+ S29999"]),
        ("S29998", "S29999", ["- S29998", "+ S29999"]),
        (Decimal("1E+5"), None, ["- 100000"]),
        (True, False, ["- yes", "+ no"]),
        (date(2020, 3, 1), 5, ["- 2020-03-01", "+ 5"]),
        (("Kitee", "Oulu", "Oulu"), ("Oulu", "Raahe"), ["- Kitee", "- Oulu", "+ Raahe"]),
        (("Kitee", "Oulu"), ("Oulu", "Kitee"), ["- Kitee; Oulu", "+ Oulu; Kitee"]),
        (None, (Partner("Kettu Oy", None),), ["+ Kettu Oy"]),
        ((Partner("Kettu Oy", "9812340-3"),), (), ["- Kettu Oy, 9812340-3"]),
        ("a\x1b[31m b\nc", None, ["- a\\x1b[31m b", "c"]),
    ],
)
def test_values_and_lists_are_removed_and_added(old: Any, new: Any, lines: list[str]) -> None:
    assert written(old, new) == "L (a_b)\n" + "".join(f"  {line}\n" for line in lines)


def test_a_period_is_shown_with_a_dash() -> None:
    assert shown(Period(date(2020, 3, 1), date(2022, 8, 31))) == "2020-03-01 – 2022-08-31"
    assert shown(SustainabilityImpact("A", "B", 1, 0)) == "A, B, 1, 0"


def test_prose_is_compared_by_words_with_some_words_around() -> None:
    words = [f"sana{n}" for n in range(60)]
    new = " ".join([*words[:30], "uusi", "ja", "tuore", *words[31:]])
    text = written(" ".join(words), new)
    assert "[-sana30-] {+uusi ja tuore+}" in text
    assert text.splitlines()[1].startswith("  … sana22 sana23")
    assert text.splitlines()[1].endswith("sana38 …")
    assert written("yksi kaksi", "yksi kolme") == "L (a_b)\n  yksi [-kaksi-]{+kolme+}\n"
    both_ends = written(f"a {' '.join(words)} b", f"c {' '.join(words)} d")
    assert "{+c+} sana0" in both_ends
    assert "sana7 … sana52" in both_ends
    assert written("a  b", "a  b c d") == "L (a_b)\n  a  [-b-]{+b c d+}\n"
    assert written("yksi \n kaksi", "yksi \n\n kaksi", "html").count("<td>") == 1


def test_long_prose_is_compared_by_sentences_and_very_long_prose_as_a_whole() -> None:
    sentences = [f"{'sana ' * 30}{n}." for n in range(100)]
    other_ends = ["Alku on uusi.", *sentences[1:-1], "Loppu on uusi."]
    text = written(" ".join(sentences), " ".join(other_ends))
    assert "{+Alku on uusi.+}" in text
    assert len(text) < 2_000
    start = time.perf_counter()
    long = written("a b " * 50_000 + "c.", "d. " + "b a. " * 50_000)
    assert long.count("[-") == long.count("{+") == 1
    assert time.perf_counter() - start < 20


def test_markdown_and_html_escape_what_they_show() -> None:
    assert written("*a* <b>", "*a* [c](d)", "markdown") == (
        "- L (a\\_b)\n  - \\*a\\* ~~\\<b\\>~~**\\[c\\](d)**\n"
    )
    html = written("<script>", "\u202eoh", "html")
    assert html == (
        '<table>\n<tr><th scope="row">L<br><code>a_b</code></th>'
        "<td><del>&lt;script&gt;</del><br><ins>\\u202eoh</ins></td></tr>\n</table>\n"
    )


def test_json_is_plain_data() -> None:
    old = GeographicArea(regions=("Kainuu",))
    data = json.loads(written(old, {"a": [Decimal("1.5"), date(2020, 3, 1)]}, "json"))
    assert data[0]["old"]["regions"] == ["Kainuu"]
    assert data[0]["new"] == {"a": [1.5, "2020-03-01"]}
    assert data[0]["path"] == "a_b"


@pytest.mark.parametrize("form", FORMS)
def test_no_change_gives_an_empty_text(form: str) -> None:
    assert format_changes([], form) == ("[]\n" if form == "json" else "")


# -- the command ----------------------------------------------------------------------------------


@pytest.fixture
def folders(tmp_path: Path) -> tuple[str, str]:
    new = PAGE.replace("Toiminta päättynyt", "Toiminnassa")
    texts = {
        "old/a.txt": PAGE,
        "old/sub/b.txt": PAGE.replace("S29999", "S29998"),
        "old/notes.pdf": "no",
        "old/c.md": "Kuvitelma",
        "new/a.txt": new,
        "new/b.txt": PAGE.replace("S29999", "S29997"),
        "new/c.md": "Kuvitelma",
    }
    filled(tmp_path, texts)
    (tmp_path / "old" / "folder.txt").mkdir()
    return str(tmp_path / "old"), str(tmp_path / "new")


def test_files_differ(folders: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    old, new = (f"{folder}/a.txt" for folder in folders)
    assert main(["diff", old, old]) == 0
    assert capsys.readouterr().out == ""
    assert main(["diff", old, new]) == 1
    assert capsys.readouterr().out == (
        "Toiminnan tila (project.status)\n  - Toiminta päättynyt\n  + Toiminnassa\n"
    )
    assert main(["diff", old, new, "--format", "html"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("<!DOCTYPE html>")
    assert "<ins>Toiminnassa</ins>" in out


def test_folders_are_matched_by_project_code(
    folders: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", *folders]) == 1
    assert capsys.readouterr().out == (
        "S29999\n"
        "Toiminnan tila (project.status)\n  - Toiminta päättynyt\n  + Toiminnassa\n\n"
        "1 new: S29997\n1 gone: S29998\n1 changed\n1 changed in Toiminnan tila (project.status)\n"
    )
    assert main(["diff", folders[0], folders[0], "--format", "markdown"]) == 0
    assert capsys.readouterr().out == "- 0 new\n- 0 gone\n- 0 changed\n"
    assert main(["diff", *folders, "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["new"] == ["S29997"]
    assert data["changed"]["S29999"][0]["path"] == "project.status"


def test_trouble_of_diff_is_exit_status_2(
    folders: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = folders
    assert main(["diff", old, f"{new}/a.txt"]) == 2
    assert "two files or two folders" in capsys.readouterr().err
    assert main(["diff", f"{old}/a.txt", f"{old}/gone.txt"]) == 2
    (Path(new) / "d.txt").write_text(PAGE, encoding="utf-8")
    (Path(new) / "e.txt").write_text(PAGE, encoding="utf-8")
    assert main(["diff", old, new, "--max-bytes", "20"]) == 2
    assert main(["diff", old, new]) == 2
    assert "d.txt: a second description of S29999, left out" in capsys.readouterr().err
