"""What a page does not have: marks of tools, remarks of people, words for nothing.

A value that holds any is kept as it is, and reported.

>>> oddity("Kettu Oy [Kommentti: tarkista]"), oddity("Kettu Oy Kettu Oy"), oddity("Kettu Oy")
('contains a remark or marks of a tool', 'is written twice', None)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from esr_parser.lazy import lazy
from esr_parser.prints import DATE, FEWEST_SHEETS, numbers_page
from esr_parser.values import (
    ARRANGEMENT,
    BUSINESS_ID,
    ORGANISATION_TYPE,
    PRINTED_BUSINESS_ID,
    STATUS,
    business_id_is_valid,
)

# At the end: what editors, texts of links for screen readers and rows of databases in Python leave.
_REMARKS = (
    *("(jatkuu", "(avautuu", "(linkki", "(ulkoinen linkki", "(siirryt", "(opens in"),
    *("(po.", "(korj.", "(kopioi)", "(avaa kartta"),
    *("(tark.", "(oik", "(pitäisi", "(tarkist", "(korja", "(muokkaa", "(tyhjä", "(todo"),
)
_REMARK = lazy(
    rf"\[[^\[\]]{{1,200}}\]$|^\(['\"].*\)$"
    rf"|(?:{'|'.join(map(re.escape, _REMARKS))})[^()]{{0,200}}\)",
    re.IGNORECASE,
)
# At the end of a value: the words of buttons beside it, which browsers copy with it; half of a
# list or of a text that was cut; pandas and databases.
_ENDS = (
    *(" Kopioi", " Näytä lisää", " Näytä kartalla", " Lue lisää", " Copy", " Show more"),
    *(" External link", " Avautuu uuteen välilehteen", " Avautuu uudessa ikkunassa"),
    *(" Siirryt toiseen palveluun", " Opens in a new window", " Opens in new tab"),
    *(" ja", " tai", " och", " sekä", " nan", " NULL", " None", ","),
)
# In prose, too: bytes that were not read, ligatures. One of them is left out: to look for U+FB00 in
# a text takes long, since its last byte is zero.
UNREAD_SIGNS = "\ufffd\ufffe\ufb01\ufb02\ufb03\ufb04"
# And pdfminer's letters without a name, tags, tracked changes, conflicts of version control, bars,
# ANSI colours, references of language models, entities, escapes, Excel's carriage returns, line
# breaks of AsciiDoc, optional hyphens of ABBYY, pictures of Outlook, Gmail and pymupdf4llm, ends of
# pages, what pandoc writes before a number: by a sign that is rare in prose.
_TEXT_MARKS: dict[str, tuple[str, ...]] = {
    "(": ("(cid:",),
    "<": ("<br", "<U+00", "<!--", "<p>", "</", "<<<<<<<", "<|", " <=="),
    ">": (">>>>>>>", "==> picture"),
    "~": ("~~",),
    "{": ("{--", "{++", "{.", "{empty}", "{{"),
    "}": ("}-----",),
    "=": ("=C3=",),
    "\u0336": ("\u0336",),
    "[": (
        *("[-", "[1]", "\x1b[", "[cite: ", ":contentReference["),
        *("[cid:", "[image:", "![", "[PAGE "),
    ),
    "&": ("&nbsp;", "&#", "&amp;", "&lt;", "&gt;"),
    "\\": ("\\n", "\\u00", "\\xe4", "\\'e4", '\\"a', "\\pagebreak", "\\text"),
    "_": ("_x000D_",),
    "█": ("██",),
    "+": (" +\n",),
    "|": ("|\n", "\n| "),
    "%": ("%%//",),
    "√": ("√§", "√∂"),
    "C": ("CamScanner",),
    **{sign: (sign,) for sign in ("\0", "\u21b5", "\xac", "【", *UNREAD_SIGNS)},
}
# Most values, one on each line, hold nothing else than this, and so none of the marks below.
_PLAIN = lazy(
    r"(?:(?:\+(?=[0-9])|(?=[A-ZÅÄÖa-zà-ÿ0-9])(?![SA]?[0-9]{5} [A-ZÅÄÖ]))"
    r"(?:[a-zà-ÿ0-9 .,:&!–]++|-(?!- )|/(?!/ )|\(at\)"
    r"|[A-ZÅÄÖ](?!ODO|UOM|YPERL|XX|OPIO|ORJAA|UONNOS|AAPUN|ARKISTA|BC|BD|(?<=E)[0-9]))*+"
    r"(?:(?<=[^\W_])|(?<=[^\W_][.!/)]))(?<!\.0)(?:\n|\Z))++"
)
# Inside one: entities, tags, emphasis, wikis' links, the marks of footnotes, fields of Word,
# escapes of DokuWiki, half of a wrongly decoded space, bullets of Word's fonts, control characters.
_MARKS = lazy(
    r"&(?:[A-Za-z]{2,8}|#[0-9]{2,5});|</?[A-Za-z][^<>]*>|~~|==|''|\[\[|>>>|\*\*|\[[^\[\]\s]{1,40}\]"
    r"|[¹⁰⁴-⁹]|(?<!m)[²³]|\bHYPERLINK\b|%%|\\[a-z]+\{|Â(?=[\s\W]|$)|[\x00-\x1f\ue000-\uf8ff\ufffd]"
    r"|^[*_`^|{].|[`^|}]$"
    # pdfminer's letters without a name, ligatures (of Ghostscript as Han letters, their bytes in
    # the wrong order), other scripts amid Latin, tracked changes.
    r"|\(cid:[0-9]+\)|[\x80-\x9f\u25a1\ufb00-\ufb06\ufffc\ufffe]|\{[-+=>~]|\\u[0-9a-f]{4}"
    r"|[A-Za-zåäö.][\u0400-\u04ff\u3400-\u9fff]|[\u0400-\u04ff\u3400-\u9fff][A-Za-zåäö]"
    # Letters lost or decoded twice, line ends, a column too narrow, Excel's text that is a formula.
    r"|^[^/.=]*[a-zåäö]\?[a-zåäö]|^[^/]*%[0-9A-F]{2}%|Ã[\x80-\xbf\u0152-\u0178\u2013-\u2122]"
    # What a pager and git print, a rule of people, cells of Excel, spans of pandoc.
    r"|--More--|<{7}|\* \* \*"
    r"|_x[0-9A-F]{4}_|\]\{[.#]|=C3=|\\x[0-9a-f]{2}|\w\u00a8|\\[nrt](?=[A-ZÅÄÖ0-9\\\s]|$)|[¶\u21b5\u23ce]|\u2588\u2588|###"
    # Struck through, full width, bold: chat programs; control characters as editors show them.
    # Corrections and notes of people and programs: reprs of Python, Obsidian's names of blocks; the
    # rest of a form's label.
    r"|[\u0335-\u0338\u2400-\u2426\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff]"
    r"|[\u221a\u251c¬]|\?\?|\([?!]\)|\"\""
    r"| (?:--|[-=]>|\u2192|\u2190|<-+|//|#) |\bX{3,}|^\([^()]*\)\s*:"
    r"|\b(?:TODO|HUOM|TARKISTA|TB[CD])\b| KORJAA$|/\*|^\? |<!--|[\w.]\('|^[bu]'.*'$| \^\w{6}$"
    r"| (?:KOPIO|LUONNOS|SAAPUNUT)(?: [0-9].*)?$"
    r"|^\W*[\u2300-\u2bff]|[\U0001f000-\U0001faff]|^(?:\W+|_+)$"
    # At its beginning: marks of lists, specks that OCR reads, the code of another field.
    r"|^(?:['_=~«»:.,;\\\u2039\u00b4>©®§/\u2014\u2190-\u2bff]"
    r"|\+(?![0-9])|[-*\u2022\u2013] |->|\[[ xX]?\] |value="
    r"|[SA]?[0-9]{5} [A-ZÅÄÖ])"
    # At its end: the beginning of a list or a word that was cut, as in CSV and narrow columns, the
    # mark of the next item or heading in Markdown; a telephone number that pandas or Excel took for
    # a number.
    r"|(?:[;:«»\u2026]|\.\.\.| <--"
    r"| [-+=_~:<>#|/&(\[\\×§¤\u00b4.\u00b7\u2013\u2014\u2020-\u2022\u2190-\u2bff]"
    r"|\^M| ##|[A-Za-zäö0-9]-|[0-9]E(?:[89]|1[01])|[Ee]\+[0-9]{1,2}|[0-9]{9}\.0)$"
)
# Quotes around a row; a name can begin with a word in quotes.
_ROW = lazy(
    rf"[-|+]{{2}}|[\"\u201d](?![^\"\u201d,]+[\"\u201d] )|\([^()]*$"
    rf"|[(\[][^()\[\]]*[)\]],|\(?\w{{1,2}}\)|\w+(?:n nimi| ?[0-9]{{1,2}}): |{DATE}"
)
# What people write for no value, programs that make texts anonymous, pandas, databases, JavaScript.
_NOTHING = (
    *("ei ole", "ei tietoa", "ei tiedossa", "ei ole tiedossa", "ei ilmoitettu", "ei saatavilla"),
    *("ei saatavissa", "ei määritelty", "puuttuu", "tuntematon", "tyhjä", "tulossa", "poistettu"),
    *("anonymisoitu", "salattu", "täydennetään", "(täydennetään)", "täydennä"),
    *("tarkista", "ei mainittu", "tieto puuttuu", "ei ole ilmoitettu", "(salattu)"),
    *("not provided", "%s"),
    *("sama kuin yllä", "ks. liite", "n/a", "n.a.", "na", "tbd", "xxx", "not available"),
    *("unknown", "redacted", "(empty)", "(blank)", "nan", "nat", "<na>", "none", "null"),
    *("undefined", "(null)", "(none)", "tba"),
    # Word's forms.
    *("kirjoita tekstiä napsauttamalla tätä.", "napsauta tätä ja kirjoita teksti."),
    *("napsauta tai kirjoita tekstiä napauttamalla tätä.", "valitse kohde.", "valitse"),
    *("choose an item.", "click or tap here to enter text.", "click here to enter text."),
)
NULLS = frozenset(
    (
        *(case(word) for word in _NOTHING for case in (str, str.upper, str.capitalize)),
        # Excel, in English and Finnish.
        *("NaN", "NaT", "#N/A", "#REF!", "#VALUE!", "#NAME?"),
        # Programs that make texts anonymous, and people.
        *("Etunimi Sukunimi", "N.N.", "-- valitse --"),
        *("#PUUTTUU!", "#VIITTAUS!", "#ARVO!", "#NIMI?"),
    )
)
# The same in fields; in an explanation, people mean it.
_NO_VALUES = NULLS.union(
    *(
        (text, text.capitalize())
        for text in (
            *("(ei julkinen)", "ei julkinen", "-- Valitse --", "kirjoita tähän", "lorem ipsum"),
            *("täytetään myöhemmin", "täytetään", "ks. edellä", "kts. edellä", "kts. liite"),
            *("sama", "testi", "test", "asdf", "true", "false", "nn", "NN"),
        )
    )
)
# No explanation: signs and numbers, a unit or a scale behind scores, a tag, what is at the end of a
# page, the label of a form.
_NO_NOTE = lazy(
    r"(?:(?:p|x|pts|pist|kpl)\.?|\((?:0 ?[-\u2013] ?)?10\)|</?\w+ ?/?>"
    r"|[\W_]+|[0-9]{1,2}(?:[\s|]+[0-9]{1,2})*|\(jatkuu[^()]*\)"
    r"|\((?:(?:oik|po|korj)\.|korjattu|asteikko)[^()]*\)|(?:korjaus|korjattu|uusi): [^.]*[0-9]"
    r"|todo\b(?!-).*|sivu [0-9]+|tulostettu:? [0-9]{1,2}\.[0-9].*"
    r"|jatkuu(?:\W*| seuraavalla sivulla\.?)|(?:perustelu\w*|selit\w*):)$",
    re.IGNORECASE,
)
# A project code, a Y-tunnus; the words of other fields.
_OTHER_VALUE = lazy(rf"^[SA][0-9]{{5}}$|{PRINTED_BUSINESS_ID.pattern}(?=\)?$)")
# An address, a period, an objective of a programme.
_OTHER_SHAPE = lazy(
    r"(?:https?://|www\.)\S+|(?:Alkaa|Start) [0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}.*"
    r"|[0-9]{1,2}\.[0-9]{1,2}\.(?: \S+){3,}"
)
# OCR: `O00-000 0037`, `000-000 l037`.
_MISREAD = lazy(r"[0-9][OoIl]|[0-9][DQSB][0-9]|\b[OoIlDQSB]+[0-9]|[0-9] ?xx+\b|[0-9][a-zåäö][0-9]")
# What OCR makes of digits and brackets, numbers run together; a title or a day: columns were moved.
_NO_PHONE = lazy(
    r"^-|^[0-9]{1,2}\.(?:[0-9]{1,2}\.)? [A-ZÅÄÖ]|--|[][{}\\]|\([^()]*$|^[^(]*\)|^[0-9-]{16,}$"
    r"|^[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}$"
)
# What the register calls most authorities.
_CENTRE = frozenset(("elinkeino-", "liikenne-", "ja", "ympäristökeskus"))
_ENDS_OF_CENTRE = ("elinkeino-", "ympäristökeskus")
_FIELDS_OF_CENTRE = ("elinkeino-", "liikenne-")
"""Where one of these is, the rest may be lost: columns of databases, copies that began late."""
_WHOLE_CENTRE = "n elinkeino-, liikenne- ja ympäristökeskus"
# Its region is in front, in the genitive.
_NO_CENTRE = lazy(r"^(?:[a-zåäö]|elinkeino-)|[^n ] elinkeino-,")
_WORD = lazy(r"[\w-]+")
# Copied from a PDF: `tarhaaja- yhdistys`, but not `työ- ja elinkeinoministeriö`.
_DIVIDED = lazy(r"[a-zåäö]{2}- (?!(?:ja|tai|sekä|eli|vai|että|och|eller|and|or) )[a-zåäö]{3}")
# A name that was taken out, by people: `(salassa pidettävä)`, `JulkL 24 §`, `N. N.`
_NO_NAME = lazy(r"^\(.*\)$|§|^(?:\w\.? )*\w\.?$")
_SHAPE_STARTS, _PHONE_SIGNS = frozenset("0123456789hwAS"), "0123456789 +-()"
_NAME_OR_STREET = lazy("(?:[A-ZÅÄÖ][a-zåäö]+ ){1,2}(?:[A-ZÅÄÖ][a-zåäö]+|[0-9]{1,3})")
_DIGITS_OF_POSTCODE, _MOST_DIGITS_OF_PHONE = 5, 10
_LIST = lazy(r"[A-ZÅÄÖ][a-zåäö-]+(?:, [A-ZÅÄÖ][a-zåäö-]+){3,}")
_INCH = lazy('[0-9]"')
SCORE_SIGNS = "0123456789 "
_VALUE_ENDS = frozenset("0123456789)")
_WORDS = frozenset((*STATUS.words, *ORGANISATION_TYPE.words, *ARRANGEMENT.words, "Kyllä", "Ei"))
FEWEST_OF_ONE_CASE = 8
TITLE_CASE = " Ja "
"""Where the word for *and* is so in several values, all words have capitals."""
ANY_TEXT = ("project.name", "project.programme_part", "project.project_type")
"""The fields that may hold the shapes of others."""
_ANY_NAME = (*ANY_TEXT, "applicant.name")
_NUMBER_IN_NAME = lazy(r"[a-zåäö][0-9]|\s[0-9]+$|[0-9]{3}")
_EMAIL = lazy(r"\(*[^\s@()]++(?:@|\(at\))[^\s@()]*?\.")
_NUMBER_OF_ROW = lazy(r"[|\s]*#?([0-9]{1,2})(?:[:\s|]+|\.)(?=[A-ZÅÄÖ])")
_TICK = lazy(r"(?:^|(?<=\s))(?:x|-|\[\s?x?\s?\]|\(\s?x?\s?\)|[☐☒☑✓✔✗○●◯□■])(?=\s|$)", re.IGNORECASE)
_LONGEST_MARKED_ANSWER = 40
# What OCR reads in a speck; PDF readers move the bullets of a list to the end of a page.
SPECKS = frozenset("\u2022abcdefghijklmnopqrstuvwxyz")
_LONGEST_PAGE_NUMBER = 40
# A list of sources, the text's own.
_SOURCES = lazy(r"^\[1\] (?!https?:)\w", re.MULTILINE)
_LOST = lazy(r"\?(?<=[a-zåäö]\?)[a-zåäö]{2,}+(?![=&])")
_COLUMNS = frozenset((255, 1000, 1024, 2000, 4000, 32767, 65535))
"""How long texts in columns of databases and cells of sheets can be."""
_MOST_COPIES = 3
SHORTEST_LINE = 60
"""A shorter line of prose may be there twice: an item of a list, a caption."""
_BEGIN = lazy(f"\n(.{{{SHORTEST_LINE}}})")
_ROW_END = lazy(r", ([0-9]{7}-[0-9])$", re.MULTILINE)
# What is left of prose that a program, a website or a person shortened, or made anonymous.
_CUT = (
    *("...", "…", "...]", "…]", "[jatkuu]", "(...)", "(…)", "(teksti katkaistu)"),
    *("näytä lisää", "näytä vähemmän", "lue lisää", "show more", "read more"),
)
# The same at the end of a paragraph, and what is written for one that was left out.
_CUT_LINE = lazy(
    r"\[(?:\.\.\.|…|\+[0-9]+ (?:chars|merkkiä)|kuva|taulukko"
    r"|[^\[\]\n]{0,40}(?:puuttuu|poistettu|katkaistu|truncated|omitted|removed))\][^\S\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_AMOUNT_BELOW, _LONGEST_AMOUNT = lazy(r"\n\s*([1-9][0-9]{0,2}(?: [0-9]{3})+)$"), 20
_BLANK = lazy(
    r"(?:(?:\[[^\[\]]*\]|\{\{[^{}]*\}\}|X{3,}+|undefined|null|None|nan|n/a|\"\"|\{\}|&nbsp;)\s*+)++"
    r"|0|i'm sorry.*",
    re.IGNORECASE,
)
# What is behind a page in a browser or a mail, or an answer of a language model; programs' ends.
_BEHIND = lazy(
    r"(?:©|\(c\) [0-9]|copyright|takaisin|sivun alkuun|etusivu|tulosta|tallenna|eväste|tietosuoja"
    r"|saavutettavuus|ota yhteyttä|anna palautetta|kommentit \(|facebook(?!:)|back to |privacy"
    r"|cookies|(?:haettu|päivitetty|tulostettu|viimeksi muokattu):? [0-9]|lataa |lähetetty "
    r"|(?:ystävällisin |parhain )?terveisin|-- ?$|(?:hae|get) outlook|view original|sent from "
    r"|clipped from|tämä viesti|\[(?:viesti|end|sivu|page) |\(muokattu|sivu päivitetty"
    r"|lue (?:myös|lisää)|palaa haku(?:un|tuloksiin)$|\(?end of (?:file|document|project|page)\b"
    r"|let me know|voin myös|haluatko|jos halua(?:t|tte), voin|kerro, jos|onko muuta"
    r"|toivottavasti t|<\|"
    r"|last updated|document outline|hanki outlook|(?:from|lähde):? ?[<\u2039]"
    r"|lähde: (?:https?:|rakennerahasto)|(?:noudettu|viitattu):? [0-9]|edellinen\W+seuraava$"
    r"|\{\w+\}$|\\ no newline|\[?eo[ft]\]?;?$|\^z$"
    r"|process finished|in \[[0-9]*\]:|lines [0-9]+-[0-9]|this e?-?mail|score: [0-9]"
    r"|(?:name: [0-9]+, )?dtype: |\(?[0-9]+ rows?\b|ps [a-z]:\\|\(end\)|eof$"
    r"|#* ?\**yhteenveto\b|-----end"
    r"|(?:file:|https?:)\S+ [0-9]+ ?/ ?[0-9]+$|\[klo [0-9]|(?:sivu|page):?\s+[0-9]|- [0-9]+ -$).*"
    # What is between files that were joined: `==> hanke.txt <==`, the next project's code, a form
    # feed as editors show it.
    r"|[=#~-]{2,}.*[=#~-]{2,}|\*{3} .* \*{3}|(?:# )?\S+\.(?:txt|html?|md|pdf)"
    r"|# ?(?:hanke|projekti) [0-9]{1,3}|(?:# ?)?(?:hanke|projekti) [0-9]{1,3} ?(?:/ ?[0-9]{1,3}|:)"
    r"|(?:dokumentti|document|tiedosto) [0-9]{1,3}(?: ?/ ?[0-9]{1,3})?"
    r"|\((?:sivu|page) [0-9]+ ?(?:/ ?[0-9]+)?\)|(?:tiedosto|file): ?\S+"
    r"|(?:# |hanke |projekti |hankekoodi:? )?[SA][0-9]{5}(?: [^.]*)?|[0-9]+ ?/ ?[0-9]+ merkkiä"
    r"|(?:sulje|jaa|palaute|share|print|previous|next|edellinen|seuraava)"
    r"(?: (?:ikkuna|sivu|hanke|this|page))?\W*|<!--.*-->|(?:[-*_=%] ?){3,}|\^L"
    rf"|tallennettu {DATE}.{{0,20}}|[0-9a-f]{{32,}}\b.*|source: \S+"
    r"|[0-9]{1,3}\.?|%%|[0-9]+\. osuma\b.*"
    r"|\[[0-9a-z]{1,2}\] ?\S.*|\S+@\S+:\S*[$#]",
    re.IGNORECASE,
)
# The same below the last row: an explanation can begin with most of the words above.
_BELOW = lazy(
    r"==> .* <==|dtype: .*|\(?[0-9]+ rows?(?:\)| in set.*)|(?:# )?\S+\.(?:txt|html?|md|pdf)"
    r"|(?:©|\(c\) [0-9]|copyright ).*"
    r"|(?:takaisin|sivun alkuun|lähetetty|sent from)(?: \S+){0,2}|(?:terveisin|last updated) .*"
    r"|[=#~*-]{2,}.*[=#~*-]{2,}|\[?eo[ft]\]?;?|\(end\)|sulje|tulosta|evästeasetukset"
    r"|anna palautetta|saavutettavuusseloste|[0-9]{1,3}\.?|[^\w.\u2013-]{1,9}"
    r"|(?:haettu|päivitetty|tulostettu|viimeksi muokattu):? [0-9].*|https?:\S+ [0-9]+ ?/ ?[0-9]+",
    re.IGNORECASE,
)
_TIME = "[0-9]{1,2}[.:][0-9]{2}(?:[.:][0-9]{2})?"
# Chat programs: `[10:16] Testi Pekka`, `29.11.2023 klo 10.16 - Pekka Testi: …`.
_MESSAGE = lazy(
    rf"\[(?:{DATE},? )?(?:klo )?{_TIME}(?: [AP]M)?\] ?[A-ZÅÄÖ]"
    rf"|{DATE},? (?:klo )?{_TIME} [-–] [^:]{{1,40}}:|[A-ZÅÄÖ]\w+ [A-ZÅÄÖ]\w+ {{1,3}}{_TIME} [AP]M$"
)
# What was around a page: strings of SQL and Python, MIME, LaTeX. Tags are marks anywhere.
_CLOSING = lazy(r"(?:([\"'\u201d])[);,\]}]*|\n[\]}]+,?|\\end\{\w+\}|\n--\w+--)\Z")
_NO_BEGINNING, _LONGEST_MARK = frozenset("=~#|\\^$%/;_\u21b5\u00b6"), 99
_DIGITS = lazy("[0-9]+")
_LAST, _SHORT = 12, 120
"""So many lines at the end of a text, and so short ones, may be from behind the page."""
# The row below scores, of people and spreadsheets.
_SUM = lazy(
    r"^(?:yhteensä|summa|keskiarvo|ka\.?|total|sum|average|mean)[\s|:]+[0-9][0-9.,]*[\s|]+[0-9][0-9.,]*\Z",
    re.IGNORECASE | re.MULTILINE,
)
# Without a space between them, long ones: `bonbon` is a word.
_TWICE = lazy(r"(\S.{2,150}?)(?:\s*[,;/|])?\s+\1|(\S.{6,150}?)\2")


def oddity(text: str) -> str | None:
    """What is odd about the text of a value, whatever its type."""
    is_likely = len(text) < 300 and text.find(text[:3], len(text) // 2) > 0
    # An amount can be `622 622`.
    if is_likely and not text.replace(" ", "").isdecimal() and _TWICE.fullmatch(text):
        return "is written twice"
    is_plain = _PLAIN.fullmatch(text) or text in _WORDS or _is_whole(text)
    is_odd = not is_plain or text in _NO_VALUES or text.endswith(_ENDS)
    return "contains a remark or marks of a tool" if is_odd else None


def is_any_odd(texts: Sequence[str]) -> bool:
    """Whether something is odd about the text of one of many values: one look for most of them.

    >>> is_any_odd(["Kettu Oy", "Kuvitelmankatu 1"]), is_any_odd(["Kettu Oy", "n/a"])
    (False, True)
    """
    if _PLAIN.fullmatch("\n".join(texts)):
        texts = [x for x in texts if x[:3] in x[3:] or x in _NO_VALUES or x.endswith(_ENDS)]
    return any(map(oddity, texts))


def _is_whole(text: str) -> bool:
    """Whether nothing was added to a value, and nothing is missing at its ends."""
    # `[Kettu Oy]` and `(Kettu Oy)` around a whole line.
    opening = {")": "(", "]": "["}.get(text[-1:], "")
    return (
        opening in text
        and text.count("(") <= text.count(")")
        and (text.count('"') % 2 == 0 or _INCH.search(text) is not None)
        and not (text[-1:] in ")]*." and _REMARK.search(text[-250:]))
        and _MARKS.search(text) is None
    )


def misplaced(text: str, path: str) -> str | None:
    """What shows that the text of a field is the value of another: columns were moved.

    Args:
        text: The value of a field of text.
        path: Its place in the description.

    >>> [misplaced(text, "applicant.name") for text in ("Kettu Oy", "000-000 0037", "Kyllä")]
    [None, 'holds no letter', 'is that of another field']
    """
    if ("@" in text or "(at)" in text) and any(map(_EMAIL.match, text.split())):
        return "holds an e-mail address"
    if path.endswith("phone"):
        return _odd_phone(text)
    if path.endswith("authority"):
        return _odd_authority(text)
    if path.endswith("post_office") and text[-5:].isdigit():
        return "holds a postcode"
    if path.endswith("street") and _LIST.fullmatch(text):
        return "holds a list of names"
    # Excel has a zero for an empty cell; a project or a firm may be called `365`.
    is_long = len(text) >= _DIGITS_OF_POSTCODE or text == "0" or path not in _ANY_NAME
    if is_long and not any(map(str.isalpha, text)):
        return "holds no letter"
    has_code = text[-1] in _VALUE_ENDS and _OTHER_VALUE.search(text)
    may_be_shaped = text[0] in _SHAPE_STARTS and path not in ANY_TEXT
    if text in _WORDS or has_code or (may_be_shaped and _OTHER_SHAPE.fullmatch(text)):
        return "is that of another field"
    if "- " in text and _DIVIDED.search(text):
        return "holds a divided word"
    if path.endswith("contact.name"):
        has_number = _NUMBER_IN_NAME.search(text) is not None
        return "holds a number" if has_number else "is no name" if _NO_NAME.search(text) else None
    return None


def _odd_authority(text: str) -> str | None:
    """What is odd about the name of an authority."""
    if text.endswith(_WHOLE_CENTRE) and text[0].isupper():
        return None
    if text[0].isdigit() or text[-1].isdigit() or text in _WORDS or _LIST.fullmatch(text):
        return "is that of another field"
    words = {*_WORD.findall(text)}
    lost = _CENTRE - words
    is_cut = text[0].islower() or "ympäristökeskus" in lost
    if is_cut and not words.isdisjoint(_FIELDS_OF_CENTRE):
        return "is cut"
    if not lost and text.rpartition(" ")[2] not in _CENTRE:
        return "has more than the name"
    if lost and words.issuperset(_ENDS_OF_CENTRE):
        return "is misspelled"  # `liikenneja`, `liikenne-ja`
    if len(lost) > 1:
        return None
    from difflib import get_close_matches

    near = [get_close_matches(word, words - _CENTRE, 1, 0.8) for word in lost]
    return "is misspelled" if any(near) or (not lost and _NO_CENTRE.search(text)) else None


def _odd_phone(text: str) -> str | None:
    """What is odd about a telephone number."""
    if text.strip(_PHONE_SIGNS):  # or a sentence
        is_prose = ". " in text and len(text) > SHORTEST_LINE and not any(map(str.isdigit, text))
        if is_prose or text.isalpha() or _NAME_OR_STREET.fullmatch(text):
            return "holds no number"
        if _MISREAD.search(text):
            return "holds letters for digits"
    if _NO_PHONE.search(text):
        return "is no telephone number"
    # `040-1234567-8` may be a telephone number: a Y-tunnus has its check digit.
    found = _OTHER_VALUE.fullmatch(text)
    is_id = found is not None and (found[0][0] in "SA" or BUSINESS_ID.reads(found[0]))
    if is_id or text in _WORDS or _OTHER_SHAPE.fullmatch(text):
        return "is that of another field"
    if not text.strip(_PHONE_SIGNS):
        # Services have short numbers, such as 112, and abroad other ones begin with 1.
        size, has_prefix = sum(map(str.isdigit, text)), text[0] not in "123456789"
        if not has_prefix and _DIGITS_OF_POSTCODE + 1 < size <= _MOST_DIGITS_OF_PHONE:
            return "begins with neither 0 nor +"
        if (has_prefix and size <= _DIGITS_OF_POSTCODE) or size < 3:
            return "is too short for a telephone number"
    return None


def begins_with_answer(text: str, reads: Callable[[str], bool]) -> bool:
    r"""Whether the first line of an explanation is an answer, perhaps with the mark of a form.

    >>> begins_with_answer("X\nEi [x]", lambda line: line == "Ei")
    True
    """
    if "\n" not in text[:_LONGEST_MARKED_ANSWER] and len(text) > _LONGEST_MARKED_ANSWER:
        return False
    return reads(next(filter(None, (_TICK.sub("", x).strip() for x in text.split("\n"))), ""))


def prose_oddity(text: str, *, is_last: bool) -> tuple[str, str] | None:
    """What is odd about a section of prose, and the characters that show it.

    Args:
        text: The prose.
        is_last: Whether the page ends with it: what is behind a page is in its last section.
    """
    text = text.rstrip()
    if (line := _repeated(text)) is not None:
        return "a line that is there twice", line
    if (mark := _mark_before(text)) is not None:
        return "a mark or a rule at its beginning", mark
    end = text[-SHORTEST_LINE:]
    if end.casefold().endswith(_CUT) or _BLANK.fullmatch(text) or end in NULLS:
        return "marks of text that was cut or taken out", text.rsplit(None, 1)[-1]
    if text[-1:].isdigit() and (row := _AMOUNT_BELOW.search(text[-_LONGEST_AMOUNT:])) is not None:
        return "an amount, which a PDF reader put at its end", row[1]
    if is_last and _is_closed(text):
        return "the end of what was around it", text.rsplit(None, 1)[-1]
    if is_last and (line := _behind(text)) is not None:
        return "lines of a website or a mail at its end", line
    # Columns were read one after the other, or a list was moved.
    for match in _ROW_END.finditer(text):
        partner = text[text.rfind("\n", 0, match.start()) + 1 : match.end()]
        if len(partner) < _SHORT and ":" not in partner and business_id_is_valid(match[1]):
            return "a row of a list of partners", partner
    return None


def _mark_before(text: str) -> str | None:
    """A mark before text that is none of a list: comments, underlines, ends of lines."""
    mark = text[:_LONGEST_MARK].split(None, 1)[0] if text[:1] in _NO_BEGINNING else ""
    return mark if mark and not any(map(str.isalnum, mark)) else None


def stem(line: str) -> str:
    """A short line without its numbers; empty, if it has no letter."""
    is_line = len(line) < SHORTEST_LINE and any(map(str.isalpha, line))
    return _DIGITS.sub("", line) if is_line else ""


def common_end(texts: Sequence[str]) -> str | None:
    r"""The line that ends three texts of prose: a button or counter of a website.

    >>> common_end(["Alku.\nMuokkaa", "Keski.\nMuokkaa", "Loppu.\nMuokkaa"])
    'Muokkaa'
    """
    ends = [text[text.rfind("\n") + 1 :] for text in texts if "\n" in text]
    lines = [x for x in ends if len(x) < SHORTEST_LINE and x[-1:] not in (".", "!", "?")]
    if len(lines) < FEWEST_SHEETS:
        return None
    often, count = Counter(map(stem, lines)).most_common(1)[0]
    return next(x for x in lines if stem(x) == often) if often and count >= FEWEST_SHEETS else None


def cut_length(texts: Sequence[str]) -> int | None:
    """The length at which two texts of prose end, both in a sentence: the width of a column.

    >>> cut_length(["Hunajaa saadaan " * 16, ("Työtä, hunajaa, " * 16)[:255], "Loppu."])
    255
    """
    longs = [text.rstrip("\"\u201d') \n") for text in texts if len(text) > _SHORT]
    open_ends = [text for text in longs if text[-1:] not in ".!?:"]
    again = (size for size, count in Counter(map(len, open_ends)).items() if count > 1)
    # One is enough for the columns of databases. A text that is in two sections is no other one.
    if (size := next(filter(_COLUMNS.__contains__, map(len, open_ends)), None)) is not None:
        return size
    return next((size for size in again if len({x for x in open_ends if len(x) == size}) > 1), None)


def _repeated(text: str) -> str | None:
    """A line of prose that is there twice: pages that have a copy of it for narrow screens."""
    # Lines are told apart by their beginnings, but for very few.
    begins = [text[:SHORTEST_LINE], *_BEGIN.findall(text)]
    if len(set(begins)) == len(begins):
        return None
    lines = (line for line in text.split("\n") if len(line) >= SHORTEST_LINE)
    copies = Counter(line for line in lines if not line.isspace()).most_common(1)
    return next((line for line, count in copies if 1 < count <= _MOST_COPIES), None)


def _is_closed(text: str) -> bool:
    """Whether text ends with the end of something that it does not begin."""
    match = _CLOSING.search(text, max(0, len(text) - _SHORT)) if not text[-1:].isalnum() else None
    return match is not None and (match[1] is None or text.count(match[1]) % 2 == 1)


def _behind(text: str) -> str | None:
    """The first line of a website or a mail at the end of prose, or in the place of it."""
    found = None
    # A footer that a tool prints once: docx2txt, Abiword, text browsers.
    above, _, last = text.rpartition("\n\n\n")
    if above and "\n\n\n" not in above and stem(last) and last[-1].isalnum() and last[0].isupper():
        return last
    lines = text[-_LAST * (_SHORT + 1) :].rsplit("\n", _LAST)
    if len(lines) == 1 and lines[0][-1:] == ".":
        return None  # a report of one sentence
    last = lines[-1]
    for line in reversed(lines[1:] or lines):
        if len(line) > _SHORT:
            break
        core = line.strip()
        is_mark = bool(core) and line is last and not any(map(str.isalnum, core))
        if is_mark or " | " in core or _BEHIND.fullmatch(core) or _MESSAGE.match(core):
            found = core
        elif found is None and core[-1:] == ".":
            break  # the author's own
    return found


def note_mark(text: str, *, is_last: bool = False) -> str | None:
    """What is no explanation: emphasis, words for nothing, a sum below scores.

    Args:
        text: The explanation.
        is_last: Whether the page ends with it: then a line can be from behind the page.

    >>> note_mark("Keskiarvo 3,8 4,6"), note_mark("Kokouksia oli 12.")
    ('Keskiarvo 3,8 4,6', None)
    """
    text = text.rstrip()
    line = text.partition("\n")[0].rstrip()
    if line[0] == ">" or (line[0] in "*_`" and not line[1:2].isspace()) or _mark_before(line):
        return line
    is_nothing = len(text) < _SHORT and (text in NULLS or _NO_NOTE.match(line) is not None)
    row = _SUM.search(text, max(0, len(text) - _SHORT)) if text[-1].isdigit() else None
    if is_nothing or row is not None:
        return row[0] if row is not None else line
    return line if is_last and _BELOW.fullmatch(line := text.rpartition("\n")[2]) else None


def text_oddity(text: str, lines: Iterable[str]) -> tuple[str, str] | None:
    """What is odd about prose or an explanation, and the characters that show it.

    Args:
        text: The text.
        lines: Its lines as they were before a tool's wraps were taken off.

    >>> text_oddity("Hunajaa [...]", ["Hunajaa [...]"]), text_oddity("Hunaja", ["Hunaja"])
    (('marks of text that was cut or taken out', '[...]'), None)
    """
    if (mark := _text_mark(text)) is not None:
        return "marks of a tool, or letters that it could not read", mark
    for line in [x for x in lines if len(x) < _LONGEST_PAGE_NUMBER]:
        if line in SPECKS:
            return "a lone letter or bullet", line
        if numbers_page(line):
            return "the number or the end of a page", line
    cut = _CUT_LINE.search(text) if "[" in text else None
    return ("marks of text that was cut or taken out", cut[0]) if cut is not None else None


def _text_mark(text: str) -> str | None:
    """A mark of a tool in prose, or a letter that it could not read."""
    for sign, marks in _TEXT_MARKS.items():
        for mark in marks if sign in text else ():
            if mark in text and not (mark == "[1]" and _SOURCES.search(text)):
                return mark
    # Letters that a tool could not write: `Mehil?istarhaus`; an address can have such a sign.
    lost = _LOST.search(text) if "?" in text else None
    return lost[0] if lost is not None else None


def has_row_marks(row: str) -> bool:
    """Whether a row is odd as a value is, or begins with a letter of a list, a label or quotes."""
    is_odd = oddity(row) is not None or _ROW.match(row) is not None
    return is_odd or (not _PLAIN.fullmatch(row) and bool(_MARKS.search(row.rpartition(", ")[0])))


def without_numbers(rows: Sequence[str]) -> list[str] | None:
    """Rows without their numbers, where each begins with its own: pandas, Excel, people.

    >>> without_numbers(["1 Kettu Oy", "2 Susi Oy"]), without_numbers(["4 tuulta Oy", "Susi Oy"])
    (['Kettu Oy', 'Susi Oy'], None)
    """
    found = [int(match[1]) for match in map(_NUMBER_OF_ROW.match, rows) if match is not None]
    have_numbers = len(found) == len(rows) > (1 if found[:1] in ([0], [1]) else 2)
    is_numbered = have_numbers and all(b - a == 1 for a, b in pairwise(found))
    return [_NUMBER_OF_ROW.sub("", row) for row in rows] if is_numbered else None
