"""S. Values that lost a letter, a digit or a part of themselves, and can be known to be wrong."""

from __future__ import annotations

from cases.pages import Case, own, put, swap, told, values_read, values_told

PERIOD, AXIS, OBJECTIVE = "Suunnitelman mukainen toteutusaika", "Toimintalinja", "Erityistavoite"
AUTHORITY, PHONE, TOWNS = "Vastuuviranomainen", "Puhelinnumero", "Kunnat"
ASKED = "Sukupuolinäkökulma on huomioitu hankkeen toiminnassa (valtavirtaistaminen)"

SUMMARY_END = "malli, jota muutkin maakunnat voivat käyttää."

SHAPES = {
    PERIOD: (
        *("Alkaa 1.3.2002 ja päättyy 31.8.2022", "Alkaa 1.3.2020 ja päättyy 31.8.2032"),
        "Alkaa 1.3.2007 ja päättyy 31.8.2009",
    ),
    AXIS: ("44. Työ", "04. Työ", "0. Työ", "100. Työ", "4._Työ", "4.x Työ", "4. yö", "4. -Työ"),
    OBJECTIVE: (
        *("93. Taidot", "3. Taidot", "9.33. Taidot", "99.3. Taidot", "09.3. Taidot", "9.0. Taidot"),
        *("1.0.3. Taidot", "9.3. aidot", "9.3. 0saaminen", "9.x3. Taidot", "9.3.a. Taidot"),
    ),
    TOWNS: (
        *("Joensuu, -Karjala", "Joensuu, Keski--Karjala", "J", "Joensuu, K", "$avonlinna"),
        *("Joensuu., Kitee", "JJoensuu", "J oensuu", "Joensuun kaupunki"),
    ),
    "Maakunnat": ("P", "Poh", "-Karjala", "Päijät-Häme, Kym"),
    "Yhteyshenkilön sähköpostisoite": ("-aune(at)a.example", "aune(at)a-.example"),
}
MARKS = {
    PERIOD: (*("Alkaa 1.3.2020 ja päättyy", "Alkaa ja päättyy 31.8.2022", "ja päättyy 31.8.2022"),),
    AUTHORITY: (
        "Pohjois-Karjalan elinkeino-, likenne- ja ympäristökeskus",
        "Pohjois-Karjala elinkeino-, liikenne- ja ympäristökeskus",
        "ohjois-Karjalan elinkeino-, liikenne- ja ympäristökeskus",
        "Pohjois-Karjalan elinkeino-, liikenne- ja ympäristökeskus 4",
        *("4. Työ ja liikkuvuus", "Toiminta päättynyt", "Joensuu, Kitee, Rääkkylä, Tohmajärvi"),
    ),
    PHONE: (
        *("Q00-000 0037", "000-0D0 0037", "000x000 0037", "000--0037", "-000 0037", "000] 000"),
        *("000000000000000000037", "1.3.2020", "4. Työ ja liikkuvuus"),
    ),
}
CASES = [
    *values_told("S1", SHAPES, code="ESR305"),
    *values_told("S1", MARKS),
    *values_told(
        "S1",
        {"WWW-osoite": ("www", "wwww.a.example", "ww.a.example", "www.a", "@a")},
        code="ESR305",
    ),
    told(
        "S1 a partner without its check digit",
        swap("ry, 9812340-3", "ry, 9812340-"),
        "ESR305",
        "Tarulan",
    ),
    Case("S1 a check digit in the next line", swap("ry, 9812340-3", "ry, 9812340-\n3")),
    *[
        told(f"S1 a partner's name: {name}", swap("Tarulan kansanopisto ry", name), "ESR305", name)
        for name in ("12", "A")
    ],
    told(
        "S1 a question without an answer", swap(f"{ASKED}: Kyllä\n", f"{ASKED}:\n"), "ESR305", ASKED
    ),
    *values_read(
        "S2",
        {
            AUTHORITY: ("Karjalan liikenne- ja ympäristökeskus", "Kuvitelman liitto", "Tekes"),
            PHONE: ("000 000 0037 (työ), 000 000 0038", "000-000 0037 klo 9-15", "Ks. kotisivu"),
        },
    ),
    *[
        own(
            "S2 a list of sources",
            swap(SUMMARY_END, f"{SUMMARY_END}\n\n[1] Tilastokeskus 2020.{more}"),
        )
        for more in ("", "\n[2] Kuvitelman opas 2021.")
    ],
    *[
        Case(
            f"S2 fields of a section in one line: {between}",
            swap("Suunniteltu: 12\n\nToteutunut", f"Suunniteltu: 12{between}Toteutunut"),
        )
        for between in (" | ", " \u2022 ", "; ", " / ")
    ],
    Case(
        "S2 a part of a period",
        put(PERIOD, "Alkaa 1.3.2020"),
        {"project.planned_period.end": None},
    ),
    *values_told(
        "S3",
        {
            AUTHORITY: ("liikenne- ja ympäristökeskus", "Hämeen elinkeino-, liikenne- ja ympä"),
            "Hakijan virallinen nimi": ("Kuvitelman tarhaaja- yhdistys ry",),
            "Hankkeen yhteyshenkilön nimi": (
                *("(salassa pidettävä)", "JulkL 24 § 1 mom.", "M. A. L.", "nimi: Kettu Kaisa"),
            ),
            "Yhteyshenkilön asema hakijaorganisaatiossa": (
                *("hakijaorganisaatiossa: Johtaja", "Asema hakijaorganisaatiossa: Johtaja"),
            ),
            "WWW-osoite": ("osoite: https://www.tarhaajat.example",),
            "Hankkeen nimi": (
                "Kettu <<<<<<< HEAD",
                "Kettu * * *",
                "Kettu --More--(45%)",
                "nimi: Kettu",
            ),
        },
    ),
    *values_told("S3", {AXIS: ["4. Työ ja liikkuvuus 2. Osaaminen"]}, code="ESR305"),
    *values_read(
        "S3",
        {
            AUTHORITY: ["Työ- ja elinkeinoministeriö"],
            "Hakijan virallinen nimi": ["Sosiaali- ja terveysalan koulutus- tai tutkimus ry"],
            "Hankkeen yhteyshenkilön nimi": ["A. Mesitarha"],
        },
    ),
    told(
        "S4 text was lost between a heading and a field",
        swap("1 Hanke\n\nHankekoodi: S", "1 Hankkoodi: S"),
        "ESR206",
        "1 Hankkoodi",
    ),
]
