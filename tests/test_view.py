"""The page of a document: what it shows, that its text is inert, and how it acts in a browser."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import time
import webbrowser
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from invented import BASE as PAGE
from invented import CommunicationHandler

from esr_parser import Parser, parse_document
from esr_parser.cli import main
from esr_parser.view import page, repr_html, to_html

HOSTILE = "<script>alert(1)</script></style>\u202e'\"&amp;\ud800\x00"


def shown(html: str) -> str:
    """The text of a page, without its marks."""
    return unescape(re.sub("<[^>]*>", "", html.partition("<body>")[2].partition("<script>")[0]))


def row(html: str, label: str) -> tuple[str, str]:
    """Kind and value of the first row on the right with a label."""
    found = re.search(
        rf'<div class="(\w+)"><dt><a [^>]*>{label}</a>.*?</dt><dd [^>]*>(.*?)</dd>', html, re.DOTALL
    )
    assert found is not None
    return found[1], unescape(found[2])


# -- the page -----------------------------------------------------------------------------------


def test_every_character_of_the_text_is_there_with_its_line_number() -> None:
    html = to_html(parse_document(PAGE))
    source = html.partition('class="source')[2].partition('class="values"')[0]
    lines = re.findall(r'<span class="text">(.*)</span></div>', source)
    assert "\n".join(unescape(re.sub("<[^>]*>", "", line)) for line in lines) == PAGE
    assert f'id="L{len(lines)}"' in source


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Hankekoodi", "S29999"),
        ("Toimintalinja", "4. Työ ja liikkuvuus"),
        ("Suunnitelman mukainen toteutusaika", "2020-03-01 – 2022-08-31"),
        ("Myönnetty EU- ja valtion rahoitus", "186400"),
        ("Seutukunnat", "Joensuun, Keski-Karjalan"),
        (
            "Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen",
            "Ei\nHankkeen päätavoite on uusien elinkeinojen synty.",
        ),
        ("Materiaalit ja jätteet", "5 4\nLasipurkit kiertävät pantilla."),
        ("Ekologinen kestävyys", "–"),
    ],
)
def test_values_are_shown_as_they_were_read(label: str, value: str) -> None:
    assert row(to_html(parse_document(PAGE)), label) == ("value", value)


def test_each_side_links_to_the_other() -> None:
    html = to_html(parse_document(PAGE))
    links = re.findall(r'href="#([tv])(\d+)" data-k="(\d+)"', html)
    assert len(links) > 100
    for side, number, key in links:
        assert number == key
        assert html.count(f' id="{side}{number}"') == 1
    assert '<a class="label" href="#v' in html
    assert '<a class="heading" href="#v' in html


def test_what_was_not_read_is_marked() -> None:
    text = PAGE.replace("Hankekoodi", "Tunnussana").replace("186 400", "paljon")
    html = to_html(parse_document(f"Alussa tekstiä.\n\n{text}\n\n10 Viestintä\n\nRadio ja lehti."))
    assert row(html, "Tunnussana") == ("unknown", "S29999")
    assert row(html, "Myönnetty EU- ja valtion rahoitus") == ("unread", "paljon")
    assert '<span class="unknown" ' in html
    assert "<h2>10 Viestintä</h2>" in html
    assert row(html, "Text")[0] == "value"
    again = to_html(parse_document(f"{PAGE}\n\n1 Hanke\n\nHankekoodi: S29998"))
    assert row(again.rpartition("<h2>1 Hanke</h2>")[2], "Text") == ("unknown", "Hankekoodi: S29998")


def test_sections_of_a_users_handler_are_shown() -> None:
    document = Parser(handlers=[CommunicationHandler()]).parse_document(
        f"{PAGE}\n\n10 Viestintä\n\nKanava: radio"
    )
    assert row(to_html(document), "Kanava") == ("value", "radio")


def test_diagnostics_are_beside_their_line_and_counted() -> None:
    html = to_html(parse_document(PAGE.replace("9812376-1", "9812376-2")))
    line = re.search(r'id="L27">.*?</div>', html)
    assert line is not None
    assert '<li class="note warning"><b>warning ESR' in line[0]
    assert "warning: 1" in html
    assert 'class="source noted"' in html
    assert 'class="source"' in to_html(parse_document(PAGE))


def test_text_is_inert_and_what_cannot_be_seen_is_named() -> None:
    text = PAGE.replace("Mehiläisestä mestariksi", HOSTILE).replace("Hankekoodi", HOSTILE[:20])
    html = to_html(parse_document(f"{HOSTILE}\n\n{text}\n\n{HOSTILE}"))
    assert html.count("<script>") == 1
    assert html.count("</style>") == 1
    assert "U+202E" in html
    assert not re.search("[\u202e\x00\ud800]", html)
    assert html.encode()
    assert "default-src 'none'" in html
    assert not re.search(r"""(?:src|href)=["'](?!#)""", html)
    assert "<title>&lt;b&gt;</title>" in page("<b>", "")


def test_long_texts_are_cut_and_the_page_reports_it() -> None:
    document = parse_document(f"{PAGE}\n\n{'sana ' * 2_000}\n\n{HOSTILE * 50_000}")
    start = time.perf_counter()
    html = to_html(document)
    assert time.perf_counter() - start < 20
    assert len(html) < 3_000_000
    assert re.search(r"Characters behind this line not shown: [\d,]{9}", html)
    assert "characters)" in html
    many = to_html(parse_document("1 Hanke\n" + "Hankekoodi: S29999\n" * 10_500))
    assert many.count('class="line"') == 10_000
    short = to_html(parse_document(PAGE), limit=700)
    assert "Mesitarha" not in short
    assert "Hanke" in short
    noted = to_html(parse_document("1 Hanke\n\n" + "Tunnus: x\n\n" * 3_000))
    assert ("Diagnostics not shown" in noted) == (noted.count('class="note') == 1_000)


def test_a_page_of_an_empty_text() -> None:
    html = to_html(parse_document(""))
    assert "<title>Project description</title>" in html
    assert 'id="L1"' in html


def test_jupyter_gets_the_page_in_a_frame() -> None:
    document = parse_document(PAGE)
    html = repr_html(document)
    assert html.startswith("<iframe ")
    assert 'sandbox="allow-scripts"' in html
    srcdoc = re.search(r'srcdoc="([^"]*)"', html)
    assert srcdoc is not None
    assert unescape(srcdoc[1]) == to_html(document)
    assert len(repr_html(parse_document("sana " * 100_000))) < 200_000


# -- in a browser ---------------------------------------------------------------------------------

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
    " --disable-background-networking --disable-component-update --remote-debugging-pipe"
)

LAUNCH = """
import os, sys
os.dup2(int(sys.argv[1]), 3), os.dup2(int(sys.argv[2]), 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


class Browser:
    """Chromium over its DevTools pipe: JSON messages that end with NUL."""

    def __init__(self, folder: Path) -> None:
        reads, self.sends = os.pipe()
        self.gets, writes = os.pipe()
        command = [sys.executable, "-c", LAUNCH, str(reads), str(writes), str(CHROMIUM)]
        self.process = subprocess.Popen(
            [*command, *FLAGS.split(), f"--user-data-dir={folder}"],
            pass_fds=(reads, writes),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(reads)
        os.close(writes)
        self.numbers = itertools.count(1)
        self.rest = b""
        self.session: dict[str, str] = {}
        self.seen: list[dict[str, Any]] = []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        attached = self.send("Target.attachToTarget", targetId=target, flatten=True)
        self.session = {"sessionId": attached["sessionId"]}
        for domain in ("Page", "Log", "Network"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **parameters: Any) -> Any:
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": parameters, **self.session}
        os.write(self.sends, json.dumps(message).encode() + b"\0")
        while (answer := self.receive()).get("id") != number:
            self.seen.append(answer)
        return answer["result"]

    def receive(self) -> dict[str, Any]:
        while b"\0" not in self.rest:
            chunk = os.read(self.gets, 1 << 16)
            if not chunk:
                raise EOFError
            self.rest += chunk
        message, _, self.rest = self.rest.partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        return answer

    def open(self, path: Path, width: int = 1400) -> None:
        self.seen.clear()
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self.send("Emulation.setDeviceMetricsOverride", **size)
        self.send("Page.navigate", url=path.as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self.seen):
            self.seen.append(self.receive())

    def run(self, script: str) -> Any:
        answer = self.send("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def press(self, key: str) -> None:
        for kind in ("keyDown", "keyUp"):
            text = {"text": "\r"} if key == "Enter" and kind == "keyDown" else {}
            code = {"Enter": 13, "Tab": 9}[key]
            self.send(
                "Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, **text
            )


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("needs the program chromium")
    browser = Browser(tmp_path_factory.mktemp("chromium"))
    yield browser
    browser.session = {}
    with contextlib.suppress(EOFError):
        browser.send("Browser.close")
    browser.process.wait(30)
    os.close(browser.sends)
    os.close(browser.gets)


def opened(browser: Browser, folder: Path, html: str, width: int = 1400) -> None:
    path = folder / "page.html"
    path.write_bytes(html.encode())
    browser.open(path, width)


def test_rows_below_a_caption_are_values_and_white_space_is_not_marked() -> None:
    html = to_html(parse_document(PAGE.replace("9812340-3", "9812340-3  ", 1)))
    assert re.search(r'<span class="value"[^>]*>Tarulan kansanopisto ry, 9812340-3', html)
    assert not re.search(r"<a [^>]*>[^<]*\s</a>", html)


def test_hover_click_and_keyboard_show_the_other_side(browser: Browser, tmp_path: Path) -> None:
    opened(browser, tmp_path, to_html(parse_document(PAGE)))
    lit = "[...document.querySelectorAll('.on')].map(e => e.textContent)"
    place = "(e => [e.x + 5, e.y + 5])(document.querySelector('#t4').getBoundingClientRect())"
    x, y = browser.run(place)
    for k in range(99):  # a busy machine paints late
        browser.send("Input.dispatchMouseEvent", type="mouseMoved", x=x + k % 2, y=y)
        if browser.run(lit):
            break
    assert browser.run(lit) == [
        "Hankkeen nimi:", "Mehiläisestä mestariksi", "Hankkeen nimi", "Mehiläisestä mestariksi",
    ]  # fmt: skip
    browser.run(
        "document.querySelector('.source [data-k=\"40\"]').dispatchEvent("
        "new MouseEvent('mouseover', {bubbles: true}))"
    )
    pane = "(r => r.top >= 0 && r.bottom <= innerHeight)({}.getBoundingClientRect())"
    assert browser.run(pane.format("document.querySelector('#v40')"))
    target = "[document.activeElement.id, document.activeElement.textContent]"
    browser.run("document.querySelector('#v40').focus()")
    browser.press("Enter")
    there = browser.run(target)
    assert there[0] == "t40"
    assert browser.run(pane.format("document.activeElement"))
    browser.press("Enter")
    assert browser.run(target)[0] == "v40"
    browser.run("document.querySelector('dd[data-k=\"4\"]').click()")
    assert browser.run(target)[0] == "t4"
    browser.press("Tab")
    assert browser.run("document.activeElement.tagName") == "A"
    browser.run("document.querySelector('h1').click()")
    assert browser.run(target)[0] != "t4"


def test_severities_can_be_hidden(browser: Browser, tmp_path: Path) -> None:
    opened(browser, tmp_path, to_html(parse_document(PAGE.replace("9812376-1", "9812376-2"))))
    visible = "getComputedStyle(document.querySelector('.note.warning')).display"
    assert browser.run(visible) != "none"
    browser.run("document.querySelector('#f-warning').click()")
    assert browser.run(visible) == "none"


@pytest.mark.parametrize("width", [1400, 400])
def test_nothing_is_wider_than_the_window(browser: Browser, tmp_path: Path, width: int) -> None:
    text = PAGE.replace("Mehiläisestä", "Mehiläisestä" * 50).replace("9812376-1", "9812376-2")
    opened(browser, tmp_path, to_html(parse_document(text)), width)
    assert browser.run("document.documentElement.scrollWidth <= innerWidth")


def test_hostile_text_runs_and_loads_nothing(browser: Browser, tmp_path: Path) -> None:
    hostile = f'{HOSTILE}<img src="http://127.0.0.1:9/x" onerror="document.title=1">\n'
    document = parse_document(f"{PAGE}\n\n{hostile * 50_000}")
    for html in (to_html(document), f"<!DOCTYPE html>{repr_html(document)}"):
        start = time.perf_counter()
        opened(browser, tmp_path, html)
        assert browser.run("document.title") in ("S29999 – Mehiläisestä mestariksi", "")
        assert browser.run("document.querySelectorAll('img').length") == 0
        assert time.perf_counter() - start < 30
        events = [
            event for event in browser.seen if event["method"].startswith(("Log", "Network.req"))
        ]
        asked = [
            e
            for e in events
            if "request" in e["params"] and not e["params"]["request"]["url"].startswith("file:")
        ]
        assert asked == []
        assert [e for e in events if e["method"].startswith("Log")] == []


# -- the command ----------------------------------------------------------------------------------


def test_view_prints_writes_and_opens(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, out, asked = tmp_path / "S29999.txt", tmp_path / "out.html", []
    file.write_text(PAGE, encoding="utf-8")
    monkeypatch.setattr(webbrowser, "open", asked.append)
    html = to_html(parse_document(PAGE))
    assert main(["view", str(file)]) == 0
    assert capsys.readouterr().out == html
    assert main(["view", str(file), "-o", str(out)]) == 0
    assert out.read_text(encoding="utf-8") == html
    assert asked == []
    assert main(["view", str(file), "-o", str(out), "--open"]) == 0
    assert asked == [out.resolve().as_uri()]
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert main(["view", str(file), "--open"]) == 0
    assert asked[1].startswith("file:")
    assert asked[1].endswith(".html")


def test_trouble_of_view_is_exit_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "S29999.txt"
    file.write_text(PAGE, encoding="utf-8")
    assert main(["view", str(tmp_path / "gone.txt")]) == 2
    assert main(["view", str(file), "-o", str(tmp_path / "gone" / "out.html"), "--open"]) == 2
    assert capsys.readouterr().err.count("No such file or directory") == 2
