"""No personal data is left, and nothing else changes."""

from __future__ import annotations

import re
import time
from pathlib import Path

import attrs
import pytest
from conftest import extracted, fixtures, samples
from invented import BASE as PAGE

from esr_parser import ProjectDescription, parse_document
from esr_parser.cli import main
from esr_parser.redaction import findings, redact

PROSE = "9 Loppuraportin tiivistelmä"


def prose(text: str) -> str:
    """What a sentence becomes in the final report of the invented page."""
    page = f"{PAGE}\n\n{text}"
    return redact(parse_document(page)).text.rpartition("\n\n")[2]


def with_field(label: str, value: str) -> str:
    return re.sub(f"(?m)^{label}:.*", f"{label}: {value}", PAGE, count=1)


# -- fields -------------------------------------------------------------------------------------


def test_fields_are_emptied_and_every_other_line_stays() -> None:
    old, new = PAGE.split("\n"), redact(parse_document(PAGE)).text.split("\n")
    assert [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]] == [
        ("Puhelinnumero: 000-000 0037", "Puhelinnumero:"),
        ("Hankkeen yhteyshenkilön nimi: Mesitarha Aune Lyydia", "Hankkeen yhteyshenkilön nimi:"),
        (
            "Yhteyshenkilön sähköpostisoite: aune.mesitarha(at)tarhaajat.example",
            "Yhteyshenkilön sähköpostisoite:",
        ),
        ("Yhteyshenkilön puhelinnumero: 000-000 0038", "Yhteyshenkilön puhelinnumero:"),
    ]


def test_findings_name_place_and_kind_but_not_the_datum() -> None:
    document = parse_document(f"{PAGE} Soita: 050 123 4567.")
    found = findings(document)
    assert [(f.kind, f.line, f.column, f.label) for f in found] == [
        ("telephone number", 31, 15, "Puhelinnumero"),
        ("name", 39, 30, "Hankkeen yhteyshenkilön nimi"),
        ("e-mail address", 43, 32, "Yhteyshenkilön sähköpostisoite"),
        ("telephone number", 45, 30, "Yhteyshenkilön puhelinnumero"),
        ("telephone number", 158, 223, None),
    ]
    assert "123" not in repr(found)


@pytest.mark.parametrize("value", ["**000-000 0037**", "_000-000 0037_", "\t 000-000 0037"])
def test_emphasis_and_spaces_go_with_the_value(value: str) -> None:
    page = with_field("Puhelinnumero", value).replace("Hankekoodi: ", "Hankekoodi: **S**: ")
    text = redact(parse_document(page)).text
    assert "Puhelinnumero:\n" in text


def test_a_value_below_its_label_and_a_wrapped_value() -> None:
    page = PAGE.replace("nimi: Mesitarha Aune Lyydia", "nimi:\nMesitarha Aune Lyydia")
    assert "yhteyshenkilön nimi:\n\n\nYhteyshenkilön asema" in redact(parse_document(page)).text


def test_every_description_of_a_text_is_redacted() -> None:
    other = PAGE.replace("Mesitarha Aune Lyydia", "Karhu Kalle").replace("S29999", "S29998")
    text = redact(parse_document(f"{PAGE}\n\n{other}\n\nKalle Karhu ja Karhu Kalle")).text
    assert not re.search("Karhu|Mesitarha", text)
    assert text.endswith("[poistettu] ja [poistettu]")
    assert text.count("Hankkeen yhteyshenkilön nimi:\n") == 2


def test_a_name_in_a_section_that_is_unknown() -> None:
    text = f"{PAGE}\n\n10 Viestintä\n\nHankkeen yhteyshenkilön nimi: Pellava Iina\n\nIina Pellava kertoo."
    end = redact(parse_document(text)).text.partition("10 Viestintä")[2]
    assert "Hankkeen yhteyshenkilön nimi:" in end
    assert "Pellava" not in end


@pytest.mark.parametrize(
    "label",
    [
        "Hankkeen yhteyshenkilön nimi (Project contact person's name): ",
        "2 Hakijan perustiedot\tHankkeen yhteyshenkilön nimi\t",
        "ok; Hankkeen yhteyshenkilön nimi;",
    ],
)
def test_a_name_behind_its_label_in_another_language_and_in_the_next_cell(label: str) -> None:
    page = PAGE.replace("Hankkeen yhteyshenkilön nimi: ", label)
    assert page != PAGE
    assert "Mesitarha" not in redact(parse_document(page)).text


@pytest.mark.parametrize("cell", ["asema", "Kunnat"])
def test_the_name_of_the_next_column_is_no_name(cell: str) -> None:
    row = f"Hankkeen yhteyshenkilön nimi | {cell} | puhelin"
    text = redact(parse_document(f"{PAGE.rstrip()}\n\n{row}\n")).text
    assert row in text
    assert "Kunnat: " in text


def test_a_name_behind_its_label_inside_a_line() -> None:
    label = "Hankkeen yhteyshenkilön nimi"
    page = re.sub(rf"(?m)^{label}: .*\n\n", "", PAGE)
    for words, rest in (
        (f"{label}: Mesitarha Aune Lyydia", f"{label}: [poistettu]"),
        (
            f"{label}: Mesitarha Aune Vastuuviranomainen: Kettu",
            f"{label}: [poistettu] Vastuuviranomainen: Kettu",
        ),
        (f"{label}: A. Mesitarha ja B. Kettu", f"{label}: A. [poistettu] ja B. Kettu"),
        (f"{label}: Se täytetään itse.", f"{label}: Se täytetään itse."),
        (f"{label}: JOENSUUN KAUPUNKI ON MUKANA", f"{label}: JOENSUUN KAUPUNKI ON MUKANA"),
    ):
        text = redact(parse_document(f"{page.rstrip()} Tiedot: {words}")).text
        assert text.endswith(f"Tiedot: {rest}")


def test_a_name_such_as_ei_ole_and_an_empty_name() -> None:
    page = with_field("Hankkeen yhteyshenkilön nimi", "Ei tiedossa")
    assert redact(parse_document(f"{page} Ei tiedossa.")).text.endswith("Ei tiedossa.")
    page = with_field("Hankkeen yhteyshenkilön nimi", "")
    assert redact(parse_document(page)).text.endswith("opas.")


# -- prose --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "m.malli@tarhaajat.example",
        "m.malli @tarhaajat.example",
        "m.malli(at)tarhaajat.example",
        "malli(ät)tarhaajat.example",
        "malli(a)tarhaajat.example",
        "malli (a) tarhaajat.example",
        "malli (at) tarhaajat.example",
        "malli[at]tarhaajat.example",
        "m.malli{at}tarhaajat[dot]example",
        "m.malli at tarhaajat.example",
        "m.malli ät tarhaajat.example",
        "m.malli at tarhaajat dot example",
        "m.malli(at)tarhaajat(dot)example",
        "m.malli(at)(at)tarhaajat.example",
        "m.malli @ tarhaajat.example",
        "m.malli&#64;tarhaajat.example",
        "m.malli(at)",
        "m-malli_2+x@pohjois-tarhaajat.example",
        "ma\u0308lli@tarhaajat.example",
        "m.mal\u00adli@tarhaajat.example",
    ],
)
def test_addresses_are_found_however_they_are_spelled(address: str) -> None:
    assert prose(f"Kysy: {address}, ja lue lisää.") == "Kysy: [poistettu], ja lue lisää."


def test_addresses_in_links_and_over_line_ends() -> None:
    assert prose("<m@x.example>") == "<[poistettu]>"
    assert prose("[m@x.example](mailto:m@x.example)") == "[[poistettu]](mailto:[poistettu])"
    assert prose("m.malli(at)\n  tarhaajat.example on osoite") == "[poistettu]\n on osoite"
    assert prose("aune-\nlyydia@pohjois-\r\n tarhaajat.example.") == "[poistettu]\n\r\n."


@pytest.mark.parametrize(
    "text",
    [
        "More at www.tarhaajat.example and look at tarhaajat.example.",
        "Seuraa: @tarhaajat - @tarhaajat",
        "Kohta (a) on tärkeä, hankkee(n) toimija(t) myös. Klo 12 @ Kuvitelma.",
        "10 Viestintä at 3.5 prosenttia",
    ],
)
def test_what_is_not_an_address_stays(text: str) -> None:
    assert prose(text) == text


@pytest.mark.parametrize(
    "number",
    [
        "050 123 4567",
        "0501234567",
        "050-1234567",
        "050 - 123 4567",
        "050.123.4567",
        "(013) 123 456",
        "013/123456",
        "(0)13 123 456",
        "09-000 000 00",
        "050 1 234 567",
        "O50 123 4567",
        "+358.50.123.4567",
        "+358 50 123 4567",
        "+358501234567",
        "+358 (0)50 123 4567",
        "+358(0)9 123 4567",
        "00358 50 123 4567",
        "358 50 123 4567",
        "+358\u00a050\u00a0123\u00a04567",
        "050\u2011123\u20114567",
        "+372 512 3456",
        "000-000 0037",
        "09 3101",
    ],
)
def test_telephone_numbers_are_found_however_they_are_written(number: str) -> None:
    assert prose(f"Soita: {number}, kiitos.") == "Soita: [poistettu], kiitos."
    assert prose(f"({number})") == "([poistettu])"
    assert prose(f"Apilaniitty 4 {number}") == "Apilaniitty 4 [poistettu]"


@pytest.mark.parametrize(
    "said",
    [
        "gsm 1234567",
        "GSM: 12 345",
        "p. 123 456",
        "puh. 123-4567",
        "puh.nro 1234567",
        "**Puhelin:** 1234567",
        "Mobile 123 4567",
        "tel.\u00a0123\u00a04567",
    ],
)
def test_short_numbers_are_found_behind_a_word_for_a_telephone(said: str) -> None:
    found = prose(f"Soita {said} tai mene, kiitos.")
    assert "[poistettu] tai mene, kiitos." in found
    assert not re.search("[0-9]", found)


def test_telephone_numbers_side_by_side_and_over_line_ends() -> None:
    assert prose("013 123 4567/050 123 4567") == "[poistettu]"
    assert prose("050 123\n4567 on numero") == "[poistettu]\n on numero"
    assert prose("050 123 4567\n2014-2020 jatkuu") == "[poistettu]\n2014-2020 jatkuu"
    assert prose("050 123 4567\n050 123 4568") == "[poistettu]\n[poistettu]"


@pytest.mark.parametrize(
    "text",
    [
        "1 000 000 euroa, 349 010 200 €, 0,5 milj. euroa, 0.25, 1.000.000, 12 000 000,50",
        "01.01.2022-31.12.2022, 1.3.2020, 2020-03-01, 01-03-2020, 01/2022, 01-2022, 05 2019",
        "+2.5 10 000 000, 09 2021 - 03 2022, 01012020-31122022, kello 0815-1600",
        "Y-tunnus 0187690-1, 0187690 - 1, 9812376-1, FI01876901",
        "Apilaniitty 4, 00017 Kuvitelma; FI-00017; 00017-00018",
        "S29999, A79999, klo 08.00-16.00, 2014-2020, 007, +744, +5 000 000",
        "https://www.tarhaajat.example/0501234567?id=0501234567",
        "p. 101-103, p. 12, p 123456, 10 p. 100 000, lp. 123456, gsmx 1234567, p. 100 000 euroa",
        "Puh. 9812376-1, mobile 2014-2020, puhelin 2022-01-15, gsm 1234567890123, tel. 12345,5",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert prose(text) == text


@pytest.mark.parametrize(
    "name",
    [
        "Aune Mesitarha",
        "Mesitarha Aune Lyydia",
        "AUNE LYYDIA MESITARHA",
        "Mesitarha, Aune",
        "A. Mesitarha",
        "A.L. Mesitarha",
        "Mesitarha A.",
        "Aune Mesitarhalle",
        "Aune Mesi\u00adtarhan",
        "aune.mesitarha",
    ],
)
def test_the_contacts_name_is_found_in_any_order(name: str) -> None:
    assert prose(f"Kysy: {name}; kiitos.") == "Kysy: [poistettu]; kiitos."


def test_the_contacts_name_over_line_ends() -> None:
    assert prose("Kysy: Aune\n   Mesitarha tietää") == "Kysy: [poistettu]\n tietää"
    assert prose("Kysy: Aune Mesi-\ntarha tietää") == "Kysy: [poistettu]\n tietää"


def test_a_part_of_the_name_and_other_names_stay() -> None:
    text = "Aune kertoi, Mesitarha kertoi, Aune Karhu ja M. Karhu kertoivat."
    assert prose(text) == text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Virtanen Pekka", "Pekka Virtasen"),
        ("Virtanen Pekka", "Pekka Virtaselle"),
        ("Äijälä Åke", "A\u030ake A\u0308ija\u0308la\u0308"),
        ("Kuusi-Karhu Outi ja Hirvi Jari", "Jari Hirvi"),
        ("Kuusi-Karhu Outi ja Hirvi Jari", "Outi Kuusi-Karhun"),
        ("Mesikko", "Mesikkoa"),
        ("Mäki Heikki", "Heikki Mäen"),
        ("Mäki Heikki", "Mäki Heikille"),
        ("Mäki Heikki", "Heikin Mäen"),
        ("Lahti Aune", "Aune Lahden"),
        ("Kangas Aune", "Aunen Kankaan"),
        ("Kunnas Aune", "Aune Kunnaksen"),
        ("Kallio Seppo", "Kallion Seppo"),
        ("O'Connor Aune", "Aune O\u2019Connorin"),
    ],
)
def test_other_names(name: str, said: str) -> None:
    page = with_field("Hankkeen yhteyshenkilön nimi", name)
    assert redact(parse_document(f"{page} Kysy: {said}!")).text.endswith(" Kysy: [poistettu]!")


def test_a_users_own_patterns_and_mark() -> None:
    page = parse_document(f"{PAGE} Kysy Kalle Karhulta, karhu@tarhaajat.example.")
    text = redact(page, mark="***", patterns=[r"Kalle \w+", re.compile("x*")]).text
    assert text.endswith("Kysy ***, ***.")
    overlapping = redact(page, patterns=[r"Karhulta, karhu"]).text
    assert overlapping.endswith("Kysy Kalle [poistettu].")
    with pytest.raises(re.error):
        redact(page, patterns=["("])


@pytest.mark.parametrize(
    "label",
    [
        "Hankkeen yhteyshenkilon nimi",
        "Yhteyshenkilö",
        "Yhteyshenkilön nimi",
        "HANKKEEN YHTEYSHENKILÖ",
    ],
)
def test_the_contact_behind_a_label_that_is_written_wrongly(label: str) -> None:
    page = PAGE.replace("Hankkeen yhteyshenkilön nimi", label)
    text = redact(parse_document(f"{page}\n\nKysy Aune Mesitarhalta.")).text
    assert f"{label}:\n" in text
    assert text.endswith("Kysy [poistettu].")


# -- whole pages ------------------------------------------------------------------------------------

TEXTS = [
    *(pytest.param(text, id=name) for name, text in fixtures().items()),
    *(
        pytest.param(text, id=name, marks=pytest.mark.shared)
        for name, text in {**samples(), **extracted()}.items()
    ),
]
LEFT = [
    re.compile(r"[\w.-]+\s?(?:@|\(\s?(?:at|ät|a)\s?\)|\[at\])\s?\w[\w-]*\.\w"),
    re.compile(r"\+\s?358[\s\d()-]{6,}|(?<![\w.,/=-])\(?0\d{1,3}\)?[\s-]\d{3,}[\s-]?\d+(?!-\d\b)"),
]


def without_contact(d: ProjectDescription) -> ProjectDescription:
    contact = attrs.evolve(d.applicant.contact, name=None, email=None, phone=None)
    return attrs.evolve(d, applicant=attrs.evolve(d.applicant, phone=None, contact=contact))


@pytest.mark.parametrize("text", TEXTS)
def test_whole_pages_lose_personal_data_and_nothing_else(text: str) -> None:
    document = parse_document(text)
    new = redact(document)
    for pattern in LEFT:
        assert not pattern.search(new.text)
    names = list(map(re.escape, (document.description.applicant.contact.name or "").split()))
    for word, surname in zip(names[1:2], names, strict=False):
        assert not re.search(rf"(?i){word}\W+{surname}|{surname}\W+{word}", new.text)
    expected = without_contact(document.description)
    if not any(found.label is None for found in findings(document)):
        assert new.description == expected
        touched = {found.line for found in findings(document)}
        pairs = zip(text.split("\n"), new.text.split("\n"), strict=False)
        if new.text.count("\n") == text.count("\n"):
            assert {n for n, (a, b) in enumerate(pairs, 1) if a != b} <= touched


@pytest.mark.parametrize(
    "unit",
    [
        "a.b@",
        "0 50 123 4567 ",
        "a.b (at) ",
        "000 ",
        "(0",
        "Aune ",
        "A. ",
        "050-\n",
        "m-\n",
        "Aune" + "-" * 45,
    ],
)
def test_time_grows_with_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        document = parse_document(f"{PAGE}\n\n{unit * (size // len(unit))}")
        start = time.perf_counter()
        findings(document)
        return time.perf_counter() - start

    small, large = min(seconds(20_000) for _ in range(3)), seconds(320_000)
    assert large < 16 * 6 * small + 0.5


# -- the command ----------------------------------------------------------------------------------


def test_redact_prints_the_text_and_lists_what_was_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "S29999.txt"
    file.write_text(PAGE, encoding="utf-8")
    assert main(["redact", str(file)]) == 0
    out, err = capsys.readouterr()
    assert out == redact(parse_document(PAGE)).text
    assert err.splitlines()[0].endswith("S29999.txt:31:15: telephone number (Puhelinnumero)")
    assert main(["redact", "--dry-run", "--pattern", "Apilaniitty .", str(file)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.splitlines()[0].endswith("S29999.txt:29:15: pattern")
    assert len(out.splitlines()) == 6


def test_redact_writes_files_in_their_own_encoding(tmp_path: Path) -> None:
    out = tmp_path / "out"
    pages = {
        "a.txt": PAGE.encode("cp1252"),
        "b.txt": PAGE.replace("\n", "\r\n").encode("utf-8"),
        "c.txt": PAGE.encode("utf-8") + b"\xe4",
    }
    for name, data in pages.items():
        (tmp_path / name).write_bytes(data)
    files = [str(tmp_path / name) for name in pages]
    assert main(["redact", *files, "-o", str(out), "--mark", "X"]) == 0
    for name, data in pages.items():
        new = (out / name).read_bytes()
        assert new.startswith(data[:600])
        assert b"000-000" not in new
    assert main(["redact", files[0], "-o", str(tmp_path / "one.txt")]) == 0
    assert (tmp_path / "one.txt").read_bytes() == (out / "a.txt").read_bytes()


def test_redact_writes_the_text_of_web_pages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("lxml")
    blocks = "".join(f"<p>{block}</p>" for block in PAGE.split("\n\n"))
    (tmp_path / "page.html").write_text(f"<html><body>{blocks}</body></html>", encoding="utf-8")
    out = tmp_path / "out"
    assert main(["redact", str(tmp_path), "-o", str(out)]) == 0
    assert [path.name for path in out.iterdir()] == ["page.html.txt"]
    text = (out / "page.html.txt").read_text(encoding="utf-8")
    assert "Hankkeen yhteyshenkilön nimi:\n" in text
    assert not re.search("Mesitarha|000-000|<p>", text)


def test_labels_in_bold_stay_whole() -> None:
    label = "**Hankkeen yhteyshenkilön nimi:**"
    text = f"## 2 Hakijan perustiedot\n\n**Y-tunnus:** 9812376-1\n\n{label} Mesitarha Aune"
    assert redact(parse_document(text)).text.endswith(f"\n\n{label} ")


def test_redact_refuses_what_would_lose_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.txt"
    file.write_text(PAGE, encoding="utf-8")
    for arguments, message in [
        ([str(file), "-o", str(file)], "would be overwritten"),
        ([str(file), str(tmp_path / "b.txt")], "several files, or a folder, need"),
        ([str(file), str(tmp_path / "sub" / "a.txt"), "-o", "x"], "the same name"),
        ([str(file), "--pattern", "("], "--pattern '('"),
        ([str(tmp_path / "gone.txt")], "gone.txt"),
    ]:
        assert main(["redact", *arguments]) == 2
        assert message in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == PAGE
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


def test_a_file_that_was_not_read_is_not_redacted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "S29999.txt"
    lines = (f"{k}\t{line}\n" for k, line in enumerate(PAGE.split("\n"), 1))
    file.write_text("".join(lines), encoding="utf-8")
    assert main(["redact", str(file)]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert "not redacted, since it was not read: every line begins with its number" in err
