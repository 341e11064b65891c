"""Value types: tables of what is read, noticed, refused and written, and the laws that bind them."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from time import perf_counter

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
from esr_parser.values import (
    AMOUNT,
    ARRANGEMENT,
    BUSINESS_ID,
    CODE,
    COMPANIES_WOMEN,
    COUNT,
    COUNT_WOMEN,
    EMAIL,
    JOBS_WOMEN,
    NAME_LIST,
    NUMBERED_ITEM,
    NUMBERED_ITEM_2007,
    ORGANISATION_TYPE,
    ORGANISATION_TYPE_EN,
    PARTNER,
    PERIOD,
    PERIOD_EN,
    POSTCODE,
    STATUS,
    STATUS_EN,
    TEXT,
    WEB_ADDRESS,
    YES_NO,
    ValueType,
)

TYPES = {name: kind for name, kind in vars(v).items() if isinstance(kind, ValueType)}
NOTHING = (None, None)


def euros(text):
    return Decimal(text)


def span(start, end):
    return Period(
        date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None
    )


MARKS = "a" + 120 * "\u0308"
WHOLE = span("2020-03-01", "2022-08-31")
TARULA = Partner("Tarulan kansanopisto ry", "9812340-3")

# The register's own spelling: written as it is read.
PRINTED = [
    (TEXT, "Kettu:  *ja*\xa0hanhi", "Kettu:  *ja*\xa0hanhi"),
    (CODE, "S29999", "S29999"),
    (CODE, "A79999", "A79999"),
    (CODE, "A599999", "A599999"),
    (CODE, "A612345678", "A612345678"),
    (POSTCODE, "00017", "00017"),
    (BUSINESS_ID, "9812376-1", "9812376-1"),
    (PARTNER, "Tarulan kansanopisto ry, 9812340-3", TARULA),
    (PARTNER, "Kettu, Hanhi & Co (Oy), 9812378-8", Partner("Kettu, Hanhi & Co (Oy)", "9812378-8")),
    (PARTNER, "3. sektori ry, 9812378-8", Partner("3. sektori ry", "9812378-8")),
    (STATUS, "Toiminta päättynyt", ProjectStatus.ENDED),
    (STATUS_EN, "Ended", ProjectStatus.ENDED),
    (STATUS_EN, "Toiminnassa", ProjectStatus.RUNNING),
    (ORGANISATION_TYPE, "Ammatillinen oppilaitos", OrganisationType.VOCATIONAL_SCHOOL),
    (ORGANISATION_TYPE_EN, "Municipality", OrganisationType.MUNICIPALITY),
    (ARRANGEMENT, "Vain yksi hakija", ApplicantArrangement.SINGLE),
    (YES_NO, "Kyllä", True),
    (YES_NO, "Ei", False),
    (NUMBERED_ITEM, "9. Alku", ProgrammeItem("9", "Alku")),
    (NUMBERED_ITEM, "12.3. Alku: ja, loppu – 5", ProgrammeItem("12.3", "Alku: ja, loppu – 5")),
    (NUMBERED_ITEM, "9. → Alku", ProgrammeItem("9", "→ Alku")),
    (NUMBERED_ITEM_2007, "1: Alku. Ja loppu", ProgrammeItem("1", "Alku. Ja loppu")),
    (PERIOD, "Alkaa 1.3.2020 ja päättyy 31.8.2022", WHOLE),
    (PERIOD, "Alkaa 1.3.2020 ja päättyy", span("2020-03-01", "")),
    (PERIOD, "Alkaa ja päättyy 31.8.2022", span("", "2022-08-31")),
    (PERIOD, "Alkaa 1.1.2000 ja päättyy 31.12.2050", span("2000-01-01", "2050-12-31")),
    (PERIOD, "Alkaa 1.3.2020 ja päättyy 1.3.2020", span("2020-03-01", "2020-03-01")),
    (PERIOD_EN, "Start 1.6.2018 and end 31.5.2021", span("2018-06-01", "2021-05-31")),
    (AMOUNT, "0", euros("0")),
    (AMOUNT, "128 450", euros("128450")),
    (AMOUNT, "-744", euros("-744")),
    (AMOUNT, "1 234 567,05", euros("1234567.05")),
    (AMOUNT, "0,50", euros("0.5")),
    (AMOUNT, "999 999 999", euros("999999999")),
    (COUNT, "0", 0),
    (COUNT, "1200", 1200),
    (COUNT, "9" * 15, 10**15 - 1),
    (COUNT_WOMEN, "62", (62, None)),
    (COUNT_WOMEN, "62, joista naisia 45", (62, 45)),
    (COUNT_WOMEN, "62, joista naisia 0", (62, 0)),
    (JOBS_WOMEN, "3, joista naisten työpaikkoja 2", (3, 2)),
    (COMPANIES_WOMEN, "1, joista naisten perustamia 0", (1, 0)),
    (EMAIL, "a.b(at)c.example", "a.b@c.example"),
    (EMAIL, "a(at)b.example, c(at)d.example", "a@b.example, c@d.example"),
    (EMAIL, "a(at)tarhä.example ja c(at)d.example", "a@tarhä.example ja c@d.example"),
    (WEB_ADDRESS, "http://www.kettu.example/?a=1&b=", "http://www.kettu.example/?a=1&b="),
    (WEB_ADDRESS, "www.a.example  ja www.b.example", "www.a.example  ja www.b.example"),
    (WEB_ADDRESS, "Ei ole (x < y).", "Ei ole (x < y)."),
    (NAME_LIST, "Oulu, Raahe, Muhos", ("Oulu", "Raahe", "Muhos")),
    (NAME_LIST, "Pohjois-Karjala, Etelä-Savo", ("Pohjois-Karjala", "Etelä-Savo")),
    (NAME_LIST, "Oulu, Koski, Tl, Raahe", ("Oulu", "Koski Tl", "Raahe")),
    (NAME_LIST, "Tl, Koski", ("Tl", "Koski")),
    (NAME_LIST, "Pielisen Karjalan, Joensuun", ("Pielisen Karjalan", "Joensuun")),
    (NAME_LIST, "Ahvenanmaa - Åland, Lappi", ("Ahvenanmaa - Åland", "Lappi")),
    (NAME_LIST, "Pedersören kunta, Luoto", ("Pedersören kunta", "Luoto")),
    (NAME_LIST, "Kuvitelman seutukunta, Joensuun", ("Kuvitelman seutukunta", "Joensuun")),
    (NAME_LIST, "Ålands skärgård, Raahen", ("Ålands skärgård", "Raahen")),
    (NAME_LIST, "Parainen (Nauvo, Korppoo), Turku", ("Parainen (Nauvo, Korppoo)", "Turku")),
]
# Of these, the ones that are not read in one look: rare shapes.
RARE = {
    "http://www.kettu.example/?a=1&b=",
    "www.a.example  ja www.b.example",
    "3. sektori ry, 9812378-8",
    "9. → Alku",
    "Alkaa 1.3.2020 ja päättyy",
    "Alkaa ja päättyy 31.8.2022",
    "0,50",
    "a(at)b.example, c(at)d.example",
    "a(at)tarhä.example ja c(at)d.example",
    "Ei ole (x < y).",
    "Oulu, Koski, Tl, Raahe",
    "Tl, Koski",
    "Ahvenanmaa - Åland, Lappi",
    "Pedersören kunta, Luoto",
    "Pielisen Karjalan, Joensuun",
    "Parainen (Nauvo, Korppoo), Turku",
}
# Other spellings of a value that is not odd: noise of tools and people.
READ = [
    (CODE, "\u2060S29999\u00ad", "S29999"),
    *[(POSTCODE, text, "00017") for text in ("FI-00017", "FIN 00017", "fi\u201300017")],
    *[
        (BUSINESS_ID, text, "9812376-1")
        for text in (
            "98123761",
            "FI98123761",
            "FI-98123761",
            "9812376\u20131",
            "9812376 \u2212 1",
            "9812376\u20111",
            "Y-tunnus: 9812376-1",
            "Y\u2011tunnus 9812376-1.",
        )
    ],
    *[
        (PARTNER, text, TARULA)
        for text in (
            "1. Tarulan kansanopisto ry, 9812340-3",
            "12) Tarulan kansanopisto ry, 9812340-3",
            "- Tarulan kansanopisto ry, 9812340-3",
            "• – Tarulan kansanopisto ry,9812340-3",
            "Tarulan kansanopisto ry; 9812340-3",
            "Tarulan kansanopisto ry\t9812340-3",
            "Tarulan\u00a0kansanopisto ry , 9812340-3.",
            "Tarulan kansanopisto ry, Y-tunnus 9812340-3",
            "Tarulan kansanopisto ry, Y-tunnus: 9812340-3",
            "Tarulan kansanopisto ry (Y-tunnus 9812340-3)",
            "Tarulan kansanopisto ry (9812340\u20133)",
            "Tarulan kansanopisto ry, FI98123403",
            "Tarulan kansanopisto ry – 98123403",
        )
    ],
    *[
        (STATUS, text, ProjectStatus.ENDED)
        for text in ("Toiminta\u00a0päättynyt", "TOIMINTA PÄÄTTYNYT", "Toiminta päättynyt.")
    ],
    (STATUS, unicodedata.normalize("NFD", "Toiminta päättynyt"), ProjectStatus.ENDED),
    (STATUS_EN, "Toiminta päättynyt", ProjectStatus.ENDED),
    (STATUS_EN, "ended", ProjectStatus.ENDED),
    *[(YES_NO, text, True) for text in ("KYLLÄ", "Kyllä.", "Kylla\u0308")],
    (YES_NO, "ei", False),
    *[
        (NUMBERED_ITEM, text, ProgrammeItem("9", "Alku"))
        for text in ("9: Alku", "9 Alku", "9.Alku", "9 . Alku", "9.\u2003Alku")
    ],
    (NUMBERED_ITEM_2007, "9.3. Alku: loppu", ProgrammeItem("9.3", "Alku: loppu")),
    *[
        (PERIOD, text, WHOLE)
        for text in (
            "Alkaa 01.03.2020 ja päättyy 31.08.2022",
            "ALKAA 1. 3. 2020 JA PÄÄTTYY 31.8.2022.",
            "alkaa: 1.3.2020, päättyy: 31.8.2022",
            "Alkaa\u00a01.3.2020 ja pa\u0308a\u0308ttyy\u205f31.8.2022",
            "1.3.2020 - 31.8.2022",
            "1.3.2020\u201131.8.2022",
            "1.3.2020\u201331.8.2022",
            "1.3.2020 \u2014 31.8.2022",
            "1.3.2020 \u2212 31.8.2022",
            "1.3.2020 -- 31.8.2022",
            "2020-03-01/2022-08-31",
            "2020-03-01 – 2022-08-31",
            "2020-03-01-2022-08-31",
            "Alkaa 2020-3-1 ja päättyy 31.8.2022",
            "Alkaa 1. maaliskuuta 2020 ja päättyy 31. elokuuta 2022",
            "1 maaliskuuta 2020 – 31.8.2022",
            "1.maaliskuu 2020 - 31 elokuuta 2022",
        )
    ],
    *[
        (PERIOD, text, span("2022-03-01", "2022-08-31"))
        for text in ("1.3.–31.8.2022", "1.3-31.8.2022")
    ],
    (PERIOD, "1.–31.8.2022", span("2022-08-01", "2022-08-31")),
    *[(PERIOD, text, span("2020-03-01", "")) for text in ("Alkaa 1.3.2020", "1.3.2020 -")],
    *[(PERIOD, text, span("", "2022-08-31")) for text in ("Päättyy 31.8.2022", "– 31.8.2022")],
    (PERIOD, "Alkaa ja päättyy", Period()),
    (PERIOD_EN, "start 2018-06-01, end 31.5.2021", span("2018-06-01", "2021-05-31")),
    *[
        (AMOUNT, text, euros("186400"))
        for text in (
            "186400",
            "186.400",
            "186 400,00",
            "186 400,-",
            "186 400,\u2013",
            "186\u00a0400\u00a0€",
            "186\u202f400\u202f€",
            "186\u2009400",
            "186\u3000400",
            "186 400\u00a0euroa",
            "186 400 EUR",
            "186 400 e",
            "€ 186 400",
            "+186 400",
            "186 400.",
            "186 400 €.",
            "0,1864 milj. euroa",
            "186,4 tuhatta",
        )
    ],
    *[(AMOUNT, text, euros("-744")) for text in ("(744)", "(744 €)", "744-", "744 -", "\u2212744")],
    *[(AMOUNT, text, euros("-12.5")) for text in ("- 12,50", "-12,5", "–12.50")],
    *[
        (AMOUNT, text, euros("1500000"))
        for text in ("1,5 milj. euroa", "1.5 miljoonaa", "1,500 milj €")
    ],
    (AMOUNT, f"1{' ' * 98}€", euros("1")),  # as long as a number can be
    (AMOUNT, "181300.5", euros("181300.5")),
    (AMOUNT, "186.400,55", euros("186400.55")),
    (AMOUNT, "-0", euros("0")),
    *[(COUNT, text, 1200) for text in ("1.200", "1 200", "1\u00a0200", "01200", "+1200", "1200.")],
    *[
        (COUNT_WOMEN, text, (62, 45))
        for text in ("62 joista naisia 45", "62 , JOISTA NAISIA: 45", "62,\u00a0joista naisia 45.")
    ],
    *[
        (EMAIL, text, "m.malli@x.example")
        for text in (
            "m.malli@x.example",
            "m.malli at x.example",
            "m.malli(at)x(dot)example",
            "m.malli at x dot example",
            "m.malli[at]x[piste]example",
            "mailto:m.malli@x.example",
            "<m.malli@x.example>",
            "m.malli(a)x.example",
            "m.malli(ät)x.example",
            "m.malli (at) x.example",
            "m.malli(AT)x.example.",
            "m.malli @ x.example",
            "[m.malli@x.example](mailto:m.malli@x.example)",
            "[m.malli(at)x.example](mailto:m.malli@x.example)",
            "m.malli(at)x.example <mailto:m.malli@x.example>",
            "m.malli\u00ad(at)\u200bx.example",
        )
    ],
    (EMAIL, "a@b.example; c@d.example", "a@b.example; c@d.example"),
    (WEB_ADDRESS, "[1]http://x.example", "http://x.example"),
    (WEB_ADDRESS, 'HYPERLINK "http://x.example"', "http://x.example"),
    (WEB_ADDRESS, '{ HYPERLINK "http://x.example/a" \\h } www.x.example', "www.x.example"),
    (WEB_ADDRESS, "<http://x.example>", "http://x.example"),
    (WEB_ADDRESS, "[sivut](http://x.example/a)", "http://x.example/a"),
    (WEB_ADDRESS, "http://x.example <http://x.example>", "http://x.example"),
    (WEB_ADDRESS, "[www.x.example](http://www.x.example)", "www.x.example"),
    (WEB_ADDRESS, "[www.x.example](<http://www.x.example/>)", "www.x.example"),
    *[
        (NAME_LIST, text, ("Oulu", "Raahe", "Muhos"))
        for text in (
            "Oulu; Raahe; Muhos",
            "Oulu,Raahe,, Muhos,",
            "• Oulu • Raahe • Muhos",
            "Oulu |\u2003Raahe | Muhos.",
        )
    ],
    (NAME_LIST, "KOSKI, TL", ("Koski Tl",)),
    (NAME_LIST, "Koski, Tl.", ("Koski Tl",)),
    (NAME_LIST, "Koski,Tl., Oulu", ("Koski Tl", "Oulu")),
    (NAME_LIST, "Koski Tl", ("Koski Tl",)),
    (NAME_LIST, "Pohjois-\u00adKarjala", ("Pohjois-Karjala",)),
    *[(NAME_LIST, f"Etelä{c}Savo", ("Etelä-Savo",)) for c in "\u2010\u2011\u2013\u2212"],
]
# Read, and something about it is odd.
NOTICED = [
    *[
        (CODE, text, text, f"{text!r} is not a project code such as 'S29999'")
        for text in ("S2٩٩٩٩", "S2９９９９", "S2999", "s29999", "X29999", "A5123456", "A61234567")
    ],
    *[
        (POSTCODE, text, text, f"{text!r} is not a postcode such as '00017'")
        for text in ("17", "0017", "00017 KUVITELMA", "FI-0017", "٠٠٠١٧")
    ],
    (BUSINESS_ID, "9812376-2", "9812376-2", "the check digit of '9812376-2' is wrong"),
    *[
        (BUSINESS_ID, text, text, f"{text!r} is not a Y-tunnus such as '9812340-3'")
        for text in ("98123762", "FI98123762", "9812376\u20132", "٩٨١٢٣٧٦-١", "981237-6", "-")
    ],
    (PARTNER, "Kettu Oy", Partner("Kettu Oy"), "the row has no Y-tunnus such as '9812340-3'"),
    *[
        (PARTNER, text, Partner(text), "the row has no Y-tunnus such as '9812340-3'")
        for text in ("Kettu, 981234-03", "Kettu9812340-4", ", 9812340-3", "Kettu Oy, 98123404")
    ],
    (
        PARTNER,
        "* Kettu Oy, 9812340-4",
        Partner("Kettu Oy", "9812340-4"),
        "the check digit of '9812340-4' is wrong",
    ),
    (STATUS, "Muu  tila", "Muu tila", "'Muu tila' is not a known project status"),
    # A letter with so many marks is none, and is not normalised.
    (STATUS, "a\u0308" * 80, "ä" * 80, f"'{'ä' * 80}' is not a known project status"),
    (STATUS, MARKS, MARKS, f"'{MARKS[:100]}…' is not a known project status"),
    (ORGANISATION_TYPE, "Kunta", OrganisationType.MUNICIPALITY, None),
    (
        PERIOD,
        "Alkaa 31.8.2022 ja päättyy 1.3.2020",
        span("2022-08-31", "2020-03-01"),
        "the end 2020-03-01 is before the start 2022-08-31",
    ),
    (
        PERIOD,
        "1.12.–31.1.2022",
        span("2022-12-01", "2022-01-31"),
        "the end 2022-01-31 is before the start 2022-12-01",
    ),
    (
        PERIOD,
        "Alkaa 1.3.0020 ja päättyy",
        span("0020-03-01", ""),
        "0020-03-01 is not between 2000 and 2050",
    ),
    (
        PERIOD,
        "Alkaa 1.3.2020 ja päättyy 1.3.2202",
        span("2020-03-01", "2202-03-01"),
        "2202-03-01 is not between 2000 and 2050",
    ),
    (
        AMOUNT,
        "186,400",
        euros("186.400"),
        "186.400 has 3 decimals, not two: the comma may separate thousands",
    ),
    (
        AMOUNT,
        "186 400 181 295",
        euros("186400181295"),
        "186400181295 is more than a billion: perhaps two amounts",
    ),
    (
        AMOUNT,
        "128,000 €",
        euros("128"),
        "128.000 has 3 decimals, not two: the comma may separate thousands",
    ),
    (COUNT_WOMEN, "4, joista naisia 5", (4, 5), "5 of 4 is more than the whole"),
    *[
        (NUMBERED_ITEM, text, ProgrammeItem("9", None), "'9' is a number without a title")
        for text in ("9.", "9")
    ],
    (
        NUMBERED_ITEM,
        "4.0",
        ProgrammeItem("4.0", None),
        "'4.0' is the number of no axis or objective",
    ),
    *[
        (NUMBERED_ITEM, x, ProgrammeItem(None, x), f"'{x}' is a title without a number")
        for x in ("3D-tulostus", "1234567890 x")
    ],
    *[
        (
            kind,
            text,
            ProgrammeItem(number, title),
            f"'{title}' begins with a part of the number, or a mark",
        )
        for kind, text, number, title in [
            (NUMBERED_ITEM_2007, "9 :5", "9", ":5"),
            (NUMBERED_ITEM, "9.3.: Luonnosta", "9.3", ": Luonnosta"),
        ]
    ],
    *[
        (WEB_ADDRESS, text, text, "an address is broken")
        for text in ("Hankkeen kotisivu", "javascript:void(0)", "file:///C:/hanke.html")
    ],
    *[
        (EMAIL, text, text, "not an e-mail address such as 'name(at)host'")
        for text in (
            "-",
            "ei ole",
            "m.malli(at)",
            "a.b(at)(at)c.example",
            "a@@b.example",
            "a@b",
            "Maija Malli <m.malli@x.example>",
            "[a@x.example](mailto:b@x.example)",
            "au...@x.example",
            "a..b(at)x.example",
            "a(at)x.examplePuhelin",
            "kysy a@x.example",
            "a@x.example " * 99 + "a@x.example",
        )
    ],
    (NAME_LIST, "-", ("-",), "'-' is not a name in a list such as 'Oulu, Raahe, Muhos'"),
    (
        NAME_LIST,
        "Oulu, Parainen (Nauvo, Korppoo",
        ("Oulu", "Parainen (Nauvo", "Korppoo"),
        "'Parainen (Nauvo' is not a name in a list such as 'Oulu, Raahe, Muhos'",
    ),
]
# Stays as it is: what a person reads as something else than one value.
KEPT = [
    (WEB_ADDRESS, "Katso <http://x.example>"),
    (WEB_ADDRESS, "<ei ole>"),
    (WEB_ADDRESS, "[a](b) ja [c](d)"),
]
REFUSED = [
    *[
        (PERIOD, text, "is not a period such as 'Alkaa 1.1.2022 ja päättyy 30.11.2023'")
        for text in (
            "Alkaa",
            "-",
            "1.1.2022",
            "2020-2022",
            "maaliskuuta 2020 - 1.1.2021",
            "Alkaa 1.1.22 ja päättyy",
            "Alkaa 1.3. ja päättyy",
            "Alkaa 1.3. ja päättyy 31.8.2022",
            "1.1.2022 30.11.2023",
            "1 1.1.2022 -",
            "1.1.2022 ja 30.11.2023",
            "Alkaa 1.1.31.1.2022",
            "Alkaa ١.١.2022",
            "Alkaa 1.1.2022" + " " * 90 + "ja päättyy 1.2.2023",
        )
    ],
    *[
        (PERIOD, text, "has a day that is not in the calendar")
        for text in ("Alkaa 31.2.2022 ja päättyy 1.1.2023", "0.1.2022 -", "Päättyy 1.13.2022")
    ],
    *[
        (AMOUNT, text, "is not an amount such as '128 450'")
        for text in (
            "-",
            "noin 5 000",
            "12 34",
            "1 2345",
            "12,",
            ",5",
            "1e5",
            "12 €€",
            "--1",
            "-744-",
            "(-744)",
            "(744",
            "1,234.56",
            "1234.567",
            "1 200.300",
            "12.5.",
            "١",
            "9" * 31,
            "1" + " " * 100,
        )
    ],
    *[
        (COUNT, text, "is not a whole number of at most 15 digits")
        for text in ("x", "1,5", "1.5", "12 34", "1 200.300", "- 1", "٣", "²", "1" * 16)
    ],
    *[
        (COUNT_WOMEN, text, "is not a count such as '62, joista naisia 45'")
        for text in ("joista naisia 45", "62, joista miehiä 17", "noin 62", "62, joista naisia -")
    ],
    *[(YES_NO, text, "is neither 'Kyllä' nor 'Ei'") for text in ("Yes", "Ehkä", "Kyllä, ei")],
    (NAME_LIST, ", ;", "contains no name"),
]
# No text of the format is this value.
UNWRITABLE = [
    *[(kind, 5, TypeError) for kind in TYPES.values() if kind is not COUNT],
    *[(kind, None, TypeError) for kind in TYPES.values()],
    (CODE, "S2  9", ValueError),
    (BUSINESS_ID, "98123761", ValueError),
    (POSTCODE, "FI-00017", ValueError),
    (PARTNER, Partner("- Kettu", "9812340-3"), ValueError),
    (PARTNER, Partner("Kettu", ""), ValueError),
    (PARTNER, Partner(5), ValueError),
    (PARTNER, Partner(None, "9812340-3"), ValueError),
    (STATUS, "toiminnassa", ValueError),
    (STATUS_EN, "ended.", ValueError),
    (NUMBERED_ITEM, ProgrammeItem("9", ""), ValueError),
    (NUMBERED_ITEM, ProgrammeItem("yhdeksän", "Alku"), ValueError),
    (NUMBERED_ITEM, ProgrammeItem(None, "9. Alku"), ValueError),
    (NUMBERED_ITEM, ProgrammeItem(9, "Alku"), ValueError),
    (NUMBERED_ITEM, ProgrammeItem("9", " Alku"), ValueError),
    (PERIOD, Period(datetime(2022, 1, 1, tzinfo=UTC)), TypeError),
    (PERIOD, Period("2022-01-01"), TypeError),
    *[
        (AMOUNT, euros(n), ValueError)
        for n in ("NaN", "sNaN", "-Infinity", "1E+30", "1E-31", "1E+999999")
    ],
    (AMOUNT, 5.5, TypeError),
    (COUNT, True, TypeError),
    (COUNT, -(10**15), ValueError),
    (COUNT, 10**40, ValueError),
    (COUNT_WOMEN, (None, 5), ValueError),
    (COUNT_WOMEN, (5, True), ValueError),
    (COUNT_WOMEN, (5,), ValueError),
    (YES_NO, 1, TypeError),
    (EMAIL, "m.malli at x.example", ValueError),
    (WEB_ADDRESS, "<http://x.example>", ValueError),
    (NAME_LIST, ["Oulu"], TypeError),
    (NAME_LIST, "Oulu", TypeError),
    (NAME_LIST, ("Oulu, Raahe",), ValueError),
    (NAME_LIST, ("Koski", "Tl"), ValueError),
    (NAME_LIST, ("Oulu", ""), ValueError),
    (NAME_LIST, (5,), (TypeError, ValueError)),
]

short = st.text("aA9 ,.;:-()<>@äÄTl\u00a0\u00ad\u0308\u2013\ud800", max_size=8)
some_words = st.sampled_from([*ProjectStatus, *OrganisationType, "Ended", "ended", "Municipality"])
numbers = st.none() | st.integers(-(10**16), 10**16) | st.integers(0, 9)
days = st.none() | st.dates() | st.dates(date(2000, 1, 1), date(2050, 1, 1))
VALUES = st.one_of(
    short,
    some_words,
    st.from_regex(r"\A[0-9]{7}-[0-9]\Z"),
    st.sampled_from(["9812340-3", "S29999", "00017", "a@b.example", "a@b.example, c@d.example"]),
    st.builds(Partner, short, st.none() | short | st.just("9812340-3")),
    st.booleans(),
    st.builds(ProgrammeItem, st.none() | short | st.just("9.1"), st.none() | short),
    st.builds(Period, days, days),
    st.decimals() | st.decimals(places=2, allow_nan=False, allow_infinity=False),
    numbers,
    st.tuples(numbers, numbers),
    st.lists(short | st.sampled_from(["Koski Tl", "Koski", "Tl", "(a, b)"])).map(tuple),
)
EXAMPLES = [text for _, text, *_ in [*PRINTED, *READ, *NOTICED, *REFUSED]]
PIECES = [*EXAMPLES, *"0123456789.,;:-–()[]<>@ /€%e\u00a0\u00ad\u0308\u2003", "(at)", "Koski, Tl"]
LINES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join) | st.text()


def notice_of(kind, value):
    return None if kind.notice is None else kind.notice(value)


# -- tables -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "text", "value"), PRINTED)
def test_what_the_register_prints(kind, text, value):
    for found in (kind.parse(text), kind.printed(text)):
        assert found == value
        assert type(found) is type(value)
    assert kind.format(value) == text
    assert notice_of(kind, value) is None
    if kind.fast is not None:
        assert kind.fast(text) == (None if text in RARE else value)


@pytest.mark.parametrize(("kind", "text", "value"), READ)
def test_other_spellings_are_read(kind, text, value):
    assert kind.parse(text) == value
    assert notice_of(kind, kind.parse(text)) is None
    assert kind.printed(text) in (None, value)
    assert kind.printed(text) is None or kind.format(value) == text


@pytest.mark.parametrize(("kind", "text", "value", "notice"), NOTICED)
def test_what_is_odd_is_noticed(kind, text, value, notice):
    assert kind.parse(text) == value
    assert notice_of(kind, kind.parse(text)) == notice
    assert notice is None or kind.printed(text) is None
    assert kind.parse(kind.format(kind.parse(text))) == value


@pytest.mark.parametrize(("kind", "text"), KEPT)
def test_what_is_not_a_single_address_stays(kind, text):
    assert kind.parse(text) == kind.format(text) == kind.printed(text) == text


@pytest.mark.parametrize(("kind", "text", "message"), REFUSED)
def test_what_is_not_a_value_is_refused(kind, text, message):
    shown = text if len(text) <= 100 else f"{text[:100]}…"
    with pytest.raises(ValueError, match=f"^{re.escape(f'{shown!r} {message}')}$"):
        kind.parse(text)
    assert kind.printed(text) is None


@pytest.mark.parametrize(("kind", "value", "error"), UNWRITABLE)
def test_what_cannot_be_written_is_refused(kind, value, error):
    with pytest.raises(error):
        kind.format(value)


def test_messages_of_wrong_types_are_plain():
    with pytest.raises(TypeError, match=r"^expected Decimal, found int$"):
        AMOUNT.format(5)
    with pytest.raises(ValueError, match=r"^the value would not read back the same$"):
        CODE.format("S2 ")
    with pytest.raises(ValueError, match=r"^NaN is not an amount of euros that can be written$"):
        AMOUNT.format(euros("NaN"))


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("-0", "0"),
        ("0.00", "0"),
        ("128450.00", "128 450"),
        ("51274.3", "51 274,30"),
        ("1E+3", "1 000"),
        ("186.400", "186,400"),  # the notice of three decimals stays
        ("128.000", "128,000"),
        ("1E-30", "0," + "0" * 29 + "1"),
    ],
)
def test_amounts_are_written(amount, text):
    assert AMOUNT.format(euros(amount)) == text
    assert AMOUNT.parse(text) == euros(amount)


def test_a_value_of_nothing_is_written_as_nothing():
    for kind, value in [
        (NUMBERED_ITEM, ProgrammeItem()),
        (PERIOD, Period()),
        (COUNT_WOMEN, NOTHING),
        (NAME_LIST, ()),
    ]:
        assert kind.format(value) == ""
        assert kind.parse("") == value


@pytest.mark.parametrize(
    ("business_id", "is_valid"),
    [
        ("1234567-1", True),
        ("0000000-0", True),
        ("0000001-9", True),  # 2 * 1: 11 - 2
        ("0000010-7", True),  # 4 * 1
        ("0000100-3", True),  # 8 * 1
        ("0001000-6", True),  # 5 * 1
        ("0010000-1", True),  # 10 * 1
        ("0100000-2", True),  # 9 * 1
        ("1000000-4", True),  # 7 * 1
        ("1234567-0", False),
        ("0000006-0", False),  # a remainder of 1 is never given out: 2 * 6 = 12
        ("0000006-1", False),
        ("12345671", False),
    ],
)
def test_check_digits(business_id, is_valid):
    assert v.business_id_is_valid(business_id) is is_valid


# -- types ------------------------------------------------------------------------------------


class Colour(StrEnum):
    RED = "Punainen"
    BLUE = "Sininen"


def test_words_of_another_language():
    colours = v.words("colour", Colour, {Colour.RED: "Red"})
    assert colours.words == ("Red", "Sininen")
    assert [colours.format(colour) for colour in Colour] == ["Red", "Sininen"]
    assert colours.parse("Red") is colours.parse("Punainen") is Colour.RED
    assert colours.printed("Punainen") is None
    assert colours.notice("Musta") == "'Musta' is not a known colour"
    assert STATUS.words == tuple(map(str, ProjectStatus))


class Size(StrEnum):
    SMALL = "s"
    LARGE = "S"


def test_words_that_differ_in_letter_case_alone():
    sizes = v.words("size", Size)
    assert [sizes.parse(text) for text in ("s", "S")] == [Size.SMALL, Size.LARGE]


def test_types_are_equal_by_what_they_hold():
    kind = ValueType("x", str, str, "any text")
    assert kind == ValueType("x", str, str, "any text")
    assert len({kind, ValueType("x", str, str, "any text"), ValueType("y", str, str, "")}) == 2
    assert kind.printed("a") == "a"


def test_every_type_describes_itself():
    kinds = set(TYPES.values())
    assert len({kind.shape for kind in kinds}) >= 15
    assert all(kind.name and kind.shape for kind in kinds)
    assert {kind.name for kind in kinds if kind.is_text} == {"text", "web address"}


def test_messages_quote_little_and_nothing_personal():
    assert len(CODE.notice("x" * 10_000)) < 200
    assert EMAIL.notice("maija.malli") == "not an e-mail address such as 'name(at)host'"


# -- laws -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TYPES)
@given(value=VALUES)
def test_what_is_written_reads_back(name, value):
    kind = TYPES[name]
    try:
        text = kind.format(value)
    except (TypeError, ValueError):
        return
    assert kind.parse(text) == value


@pytest.mark.parametrize("name", TYPES)
@given(text=LINES)
def test_what_is_read_is_settled(name, text):
    kind = TYPES[name]
    try:
        value = kind.parse(text)
    except ValueError:
        assert kind.printed(text) is None
        return
    written = kind.format(value)
    assert kind.format(kind.parse(written)) == written
    assert kind.parse(written) == value
    is_printed = written == text and notice_of(kind, value) is None
    assert kind.printed(text) == (value if is_printed else None)


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1",
        " ",
        "(",
        "[",
        "<",
        "-",
        "1.",
        "a,",
        "a@",
        "\u00ad",
        "\u0308\u0323",
        "- ",
        "1 ",
        "(a",
    ],
)
def test_time_does_not_grow_with_the_square(name, piece):
    def read(text):
        start = perf_counter()
        TYPES[name].printed(text)
        return perf_counter() - start

    assert read(f"x{piece * 30_000}x") < 2  # with its square: minutes


def test_a_value_that_cannot_be_written_is_not_printed():
    def refuse(value):
        raise ValueError(f"{value} cannot be written")

    kind = ValueType("odd text", str, refuse, "anything")
    assert not kind.writes("a", "a")
    assert kind.printed("a") is None
