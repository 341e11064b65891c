"""The pairs that read and write values: one table each of what is read, written and refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esr_parser import values as v
from esr_parser.model import (
    ApplicantArrangement,
    OrganisationType,
    Partner,
    Period,
    ProgrammeItem,
    ProjectStatus,
)
from esr_parser.testing import values_of
from esr_parser.values import ValueType

TYPES = {name: getattr(v, name) for name in v.__all__ if isinstance(getattr(v, name), ValueType)}
CHECK_DIGITS = {
    "1234567-1": True,
    "0000000-0": True,
    "9812340-3": True,
    "0000001-9": True,  # 2 * 1: 11 - 2
    "0000010-7": True,  # 4 * 1
    "0000100-3": True,  # 8 * 1
    "0001000-6": True,  # 5 * 1
    "0010000-1": True,  # 10 * 1
    "0100000-2": True,  # 9 * 1
    "1000000-4": True,  # 7 * 1
    "1234567-2": False,
    "1234567-0": False,
    "0000006-0": False,  # a remainder of 1 is never given out: 2 * 6 = 12
    "0000006-1": False,
    "0000000-1": False,
}
START, END = date(2022, 1, 1), date(2023, 11, 30)
WHOLE = Period(START, END)


@pytest.mark.parametrize("name", TYPES)
@given(data=st.data())
def test_every_pair_is_a_pair(name, data):
    kind = TYPES[name]
    value = data.draw(values_of(kind))
    text = kind.format(value)
    assert kind.parse(text) == value
    assert kind.format(kind.parse(text)) == text
    assert kind.spelling is None or kind.spelling.fullmatch(text)


@pytest.mark.parametrize("name", TYPES)
@given(line=st.text("0123456789.,:- –−€()[]@abATKylläEiSjapättyy\t\xa0", min_size=1))
def test_what_is_read_is_settled(name, line):
    kind = TYPES[name]
    try:
        value = kind.parse(line)
    except ValueError:
        return
    text = kind.format(value)
    assert kind.format(kind.parse(text)) == text


def test_every_type_says_what_it_is():
    assert len({kind.name for kind in TYPES.values()}) == len(TYPES)
    assert {name: (kind.name, kind.shape) for name, kind in TYPES.items()} == {
        "AMOUNT": ("amount", "euros: `128 450` or `51 274,36`"),
        "ARRANGEMENT": ("applicant arrangement", "one of the known words"),
        "BUSINESS_ID": ("business id", "seven digits, hyphen, check digit"),
        "CODE": ("project code", "`S` or `A` and five digits"),
        "COUNT": ("count", "a whole number"),
        "EMAIL": ("e-mail", "`name(at)host`"),
        "NAME_LIST": ("list of names", "`Oulu, Raahe, Muhos`"),
        "NUMBERED_ITEM": ("numbered title", "`9. title` or `12.3. title`"),
        "NUMBERED_ITEM_2007": ("numbered title (2007-2013)", "`1: title`"),
        "ORGANISATION_TYPE": ("organisation type", "one of the known words"),
        "PARTNER": ("partner row", "`name, Y-tunnus`"),
        "PERIOD": ("period", "`Alkaa 1.1.2022 ja päättyy 30.11.2023`"),
        "STATUS": ("project status", "one of the known words"),
        "TEXT": ("text", "one line of any text"),
        "YES_NO": ("yes or no", "`Kyllä` or `Ei`"),
    }


@pytest.mark.parametrize("text", ["x", "  two  spaces", "S2:"])
@pytest.mark.parametrize("name", ["TEXT", "CODE", "BUSINESS_ID"])
def test_text_stays_as_it_is(name, text):
    assert TYPES[name].parse(text) == TYPES[name].format(text) == text


# -- what is odd ------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["S20001", "A79999", "S19999", "A30001", "A512345", "A612345678"])
def test_project_code(code):
    assert v.CODE.notice(code) is None


@pytest.mark.parametrize(
    "code",
    ["S2000", "S200012", "X20001", "S30001", "s20001", "A5123456", "A61234567", "", "S20001 "],
)
def test_odd_project_code(code):
    assert v.CODE.notice(code) == f"{code!r} is not a project code such as 'S20001'"


@pytest.mark.parametrize("business_id", CHECK_DIGITS)
def test_check_digit(business_id):
    is_valid = CHECK_DIGITS[business_id]
    assert v.business_id_is_valid(business_id) is is_valid
    notice = None if is_valid else f"the check digit of {business_id!r} is wrong"
    assert v.BUSINESS_ID.notice(business_id) == notice
    assert v.PARTNER.notice(Partner("Satulammi Oy", business_id)) == notice


@pytest.mark.parametrize(
    "text", ["12345671", "1234567-", "FI1234567-1", "123456-1", "x", "١٢٣٤٥٦٧-١"]
)
def test_no_business_id(text):
    assert not v.business_id_is_valid(text)
    message = f"{text!r} is not a Y-tunnus (seven digits, a hyphen, a check digit)"
    assert v.BUSINESS_ID.notice(text) == message


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("STATUS", ProjectStatus),
        ("ORGANISATION_TYPE", OrganisationType),
        ("ARRANGEMENT", ApplicantArrangement),
    ],
)
def test_words(name, known):
    kind = TYPES[name]
    assert kind.words == tuple(str(member) for member in known)
    for member in known:
        assert kind.parse(str(member)) is member
        assert kind.format(member) == str(member)
        assert kind.notice(member) is None
    assert kind.parse("muu") == kind.format("muu") == "muu"
    assert kind.notice("muu") == "unknown word 'muu'"


# -- numbered titles --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number", "title", "printed", "printed_2007"),
    [
        ("9. Alku", "9", "Alku", "9. Alku", "9: Alku"),
        ("9: Alku", "9", "Alku", "9. Alku", "9: Alku"),
        ("9 Alku", "9", "Alku", "9. Alku", "9: Alku"),
        ("9.Alku", "9", "Alku", "9. Alku", "9: Alku"),
        ("9 . Alku", "9", "Alku", "9. Alku", "9: Alku"),
        (
            "12.3. Alku: ja loppu",
            "12.3",
            "Alku: ja loppu",
            "12.3. Alku: ja loppu",
            "12.3: Alku: ja loppu",
        ),
        ("12.3 Alku", "12.3", "Alku", "12.3. Alku", "12.3: Alku"),
        ("9", "9", None, "9.", "9:"),
        ("9.", "9", None, "9.", "9:"),
        ("3D-tulostus", None, "3D-tulostus", "3D-tulostus", "3D-tulostus"),
        ("Alku", None, "Alku", "Alku", "Alku"),
        ("1234567890 x", None, "1234567890 x", "1234567890 x", "1234567890 x"),
    ],
)
def test_numbered_titles(text, number, title, printed, printed_2007):
    item = ProgrammeItem(number, title)
    assert v.NUMBERED_ITEM.parse(text) == v.NUMBERED_ITEM_2007.parse(text) == item
    assert v.NUMBERED_ITEM.format(item) == printed
    assert v.NUMBERED_ITEM_2007.format(item) == printed_2007


def test_a_title_of_nothing_is_written_as_nothing():
    assert v.NUMBERED_ITEM.format(ProgrammeItem()) == ""


# -- periods ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Alkaa 1.1.2022 ja päättyy 30.11.2023", WHOLE),
        ("Alkaa 01.01.2022 ja päättyy 30.11.2023", WHOLE),
        ("alkaa 1.1.2022 päättyy 30.11.2023", WHOLE),
        ("ALKAA 1. 1. 2022 JA PÄÄTTYY 30.11.2023", WHOLE),
        ("1.1.2022 - 30.11.2023", WHOLE),
        ("1.1.2022–30.11.2023", WHOLE),
        ("1.1.2022 — 30.11.2023", WHOLE),
        ("2022-01-01 – 2023-11-30", WHOLE),
        ("Alkaa 2022-1-1 ja päättyy 30.11.2023", WHOLE),
        ("Alkaa 1.1.2022 ja päättyy", Period(START, None)),
        ("Alkaa ja päättyy 30.11.2023", Period(None, END)),
        ("Alkaa ja päättyy", Period(None, None)),
        ("1.1.2022 -", Period(START, None)),
        ("Alkaa 29.2.2024 ja päättyy 1.12.0999", Period(date(2024, 2, 29), date(999, 12, 1))),
    ],
)
def test_periods(text, period):
    assert v.PERIOD.parse(text) == period


@pytest.mark.parametrize(
    ("period", "text"),
    [
        (WHOLE, "Alkaa 1.1.2022 ja päättyy 30.11.2023"),
        (Period(START, None), "Alkaa 1.1.2022 ja päättyy"),
        (Period(None, END), "Alkaa ja päättyy 30.11.2023"),
        (Period(), "Alkaa ja päättyy"),
        (Period(date(999, 2, 1)), "Alkaa 1.2.0999 ja päättyy"),
    ],
)
def test_periods_are_written(period, text):
    assert v.PERIOD.format(period) == text
    assert v.PERIOD.spelling.fullmatch(text)


@pytest.mark.parametrize(
    "text",
    [
        "Alkaa",
        "1.1.2022",
        "2022",
        "Alkaa 1.1.22 ja päättyy",
        "Alkaa 1.1.2022 ja päättyy 30.11.2023 x",
        "x 1.1.2022 - 30.11.2023",
        "1.1.2022 ja 30.11.2023",
        "Alkaa 1.1.2022" + " " * 90 + "ja päättyy 1.2.2023",
    ],
)
def test_no_periods(text):
    with pytest.raises(
        ValueError, match=r"is not a period such as 'Alkaa 1\.1\.2022 ja päättyy 30\.11\.2023'"
    ) as error:
        v.PERIOD.parse(text)
    assert str(error.value).startswith(repr(text))


def test_a_period_of_100_characters_is_read():
    start, end = "Alkaa 01.01.2022", "ja päättyy 30.11.2023"
    text = start + " " * (100 - len(start) - len(end)) + end
    assert v.PERIOD.parse(text) == WHOLE
    with pytest.raises(ValueError, match="is not a period"):
        v.PERIOD.parse(text.replace("2022", "2022 "))


@pytest.mark.parametrize(
    "text", ["Alkaa 31.2.2022 ja päättyy", "Alkaa 1.13.2022 ja päättyy 1.1.2023", "0.1.2022 -"]
)
def test_days_that_never_were(text):
    with pytest.raises(ValueError, match=r"day|month"):
        v.PERIOD.parse(text)
    assert v.PERIOD.printed(text) is None


@pytest.mark.parametrize(
    "text", ["Alkaa 01.1.2022 ja päättyy", "alkaa ja päättyy", "1.1.2022 - 2.1.2022"]
)
def test_other_spellings_of_periods_are_noticed(text):
    v.PERIOD.parse(text)
    assert not v.PERIOD.spelling.fullmatch(text)


# -- amounts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("128 450", "128450"),
        ("0", "0"),
        ("51 274,36", "51274.36"),
        ("-51 274,36", "-51274.36"),
        ("1 234 567 890,125", "1234567890.125"),
        ("128450", "128450"),
        ("007", "7"),
        ("128.450", "128450"),
        ("128.450,50", "128450.50"),
        ("128\xa0450", "128450"),
        ("128\u2009450 €", "128450"),
        ("128\u202f450,5 EUR", "128450.5"),
        ("128\u2007450 euroa", "128450"),
        ("128\t450", "128450"),
        ("128450.5", "128450.5"),
        ("128450.55", "128450.55"),
        ("12,-", "12"),
        ("12,- €", "12"),
        ("12€", "12"),
        ("−12", "-12"),
        ("– 12", "-12"),
        ("- 12,00", "-12"),
    ],
)
def test_amounts(text, amount):
    assert v.AMOUNT.parse(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    ["", "x", "12 34", "1 2345", "12,", ",5", "12 e", "1e5", "+5", "12 €€", "--1", "١", "1,2,3"],
)
def test_no_amounts(text):
    with pytest.raises(ValueError, match="is not an amount such as '128 450'") as error:
        v.AMOUNT.parse(text)
    assert str(error.value).startswith(repr(text))


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "0"),
        ("-0", "0"),
        ("0.00", "0"),
        ("128450", "128 450"),
        ("128450.00", "128 450"),
        ("1234567", "1 234 567"),
        ("51274.36", "51 274,36"),
        ("-51274.36", "-51 274,36"),
        ("-5", "-5"),
        ("0.5", "0,50"),
        ("1.125", "1,125"),
        ("1E+3", "1 000"),
        ("9" * 30, " ".join(["999"] * 10)),
        ("1E-30", "0," + "0" * 29 + "1"),
    ],
)
def test_amounts_are_written(amount, text):
    assert v.AMOUNT.format(Decimal(amount)) == text
    assert v.AMOUNT.parse(text) == Decimal(amount)
    assert v.AMOUNT.spelling.fullmatch(text)


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity", "1E+30", "1E-31"])
def test_amounts_that_cannot_be_written(amount):
    with pytest.raises(ValueError, match="is not an amount of euros that can be written") as error:
        v.AMOUNT.format(Decimal(amount))
    assert str(error.value).startswith(amount)


@pytest.mark.parametrize("text", ["128450", "128.450", "12,5", "12 €", "007", "−5"])
def test_other_spellings_of_amounts_are_noticed(text):
    v.AMOUNT.parse(text)
    assert not v.AMOUNT.spelling.fullmatch(text)


# -- counts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("0", 0),
        ("12", 12),
        ("-3", -3),
        ("1 200", 1200),
        ("-1\xa0200", -1200),
        ("007", 7),
        ("9" * 15, 10**15 - 1),
    ],
)
def test_counts(text, count):
    assert v.COUNT.parse(text) == count
    assert v.COUNT.parse(v.COUNT.format(count)) == count


@pytest.mark.parametrize("text", ["", "x", "1,5", "1.5", "12 34", "٣", "²", "1" * 16, "+1", "- 1"])
def test_no_counts(text):
    with pytest.raises(ValueError, match="is not a whole number") as error:
        v.COUNT.parse(text)
    assert str(error.value).startswith(repr(text))


def test_counts_are_written():
    assert [v.COUNT.format(count) for count in (0, 1200, -3)] == ["0", "1200", "-3"]
    assert v.COUNT.spelling.fullmatch("1200")
    assert not v.COUNT.spelling.fullmatch("1 200")
    assert not v.COUNT.spelling.fullmatch("01")


# -- the rest ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "a(at)b.example",
        "a[at]b.example",
        "a (at) b.example",
        "a( AT )b.example",
        "a@b.example",
        "a  @ b.example",
    ],
)
def test_email(text):
    assert v.EMAIL.parse(text) == "a@b.example"
    assert v.EMAIL.format("a@b.example") == "a(at)b.example"


def test_no_email_is_kept():
    assert v.EMAIL.parse("kat(at") == "kat(at"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Oulu", ("Oulu",)),
        ("Oulu, Raahe,Muhos", ("Oulu", "Raahe", "Muhos")),
        ("Oulu,, Raahe, ", ("Oulu", "Raahe")),
        (", Oulu", ("Oulu",)),
        ("Koski, Tl", ("Koski Tl",)),
        ("Oulu, Koski, Tl, Raahe", ("Oulu", "Koski Tl", "Raahe")),
        ("Koski Tl", ("Koski Tl",)),
        ("Tl, Koski", ("Tl", "Koski")),
        ("Koski", ("Koski",)),
        ("Oulu, Tl", ("Oulu", "Tl")),
    ],
)
def test_lists_of_names(text, names):
    assert v.NAME_LIST.parse(text) == names
    assert v.NAME_LIST.parse(v.NAME_LIST.format(names)) == names


def test_lists_of_names_are_written():
    assert v.NAME_LIST.format(("Oulu", "Koski Tl", "Raahe")) == "Oulu, Koski, Tl, Raahe"
    with pytest.raises(ValueError, match="', ,' holds no name"):
        v.NAME_LIST.parse(", ,")


@pytest.mark.parametrize(
    ("text", "name", "business_id"),
    [
        ("Satulammi Oy, 9812340-3", "Satulammi Oy", "9812340-3"),
        ("Satulammi Oy 9812340-3", "Satulammi Oy", "9812340-3"),
        ("Satulammi Oy\t9812340-3", "Satulammi Oy", "9812340-3"),
        ("Satulammi Oy , 9812340-3", "Satulammi Oy", "9812340-3"),
        ("Satulammi Oy,9812340-3", "Satulammi Oy", "9812340-3"),
        ("Satulammi, Tarula & Co, 9812340-3", "Satulammi, Tarula & Co", "9812340-3"),
        ("Satulammi,, 9812340-3", "Satulammi,", "9812340-3"),
        ("X, 9812340-3", "X", "9812340-3"),
        ("Satulammi Oy", "Satulammi Oy", None),
        ("Satulammi9812340-3", "Satulammi9812340-3", None),
        ("9812340-3", "9812340-3", None),
        (", 9812340-3", ", 9812340-3", None),
        ("Satulammi, 981234-03", "Satulammi, 981234-03", None),
    ],
)
def test_partners(text, name, business_id):
    partner = Partner(name, business_id)
    assert v.PARTNER.parse(text) == partner
    assert v.PARTNER.parse(v.PARTNER.format(partner)) == partner


def test_partners_are_written():
    assert v.PARTNER.format(Partner("Satulammi Oy", "9812340-3")) == "Satulammi Oy, 9812340-3"
    assert v.PARTNER.format(Partner("Satulammi Oy")) == "Satulammi Oy"
    assert v.PARTNER.notice(Partner("Satulammi Oy")) == "the row 'Satulammi Oy' has no Y-tunnus"


@pytest.mark.parametrize(
    ("text", "answer"), [("Kyllä", True), ("KYLLÄ", True), ("Ei", False), ("ei", False)]
)
def test_answers(text, answer):
    assert v.YES_NO.parse(text) is answer
    assert v.YES_NO.format(answer) == text.capitalize()


@pytest.mark.parametrize("text", ["", "Kyllä.", "Yes", "Ehkä"])
def test_no_answers(text):
    with pytest.raises(ValueError, match="is neither 'Kyllä' nor 'Ei'") as error:
        v.YES_NO.parse(text)
    assert str(error.value).startswith(repr(text))


def test_other_spellings_of_answers_are_noticed():
    assert v.YES_NO.spelling.fullmatch("Kyllä")
    assert not v.YES_NO.spelling.fullmatch("kyllä")
