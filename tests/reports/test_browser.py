"""The report in a real browser, opened from disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mtkit.checks.base import CheckContext
from mtkit.checks.registered import active_checks
from mtkit.reports.html import render_html
from mtkit.reports.page_model import PageOptions, page_model
from mtkit.reports.published import published
from mtkit.reports.runs import read_run
from mtkit.scoring.mqm import MqmSeverity, read_mqm
from mtkit.types import Severity
from tests.reports.browser import CONTRAST, SELECT_WORDS, Page, open_browser
from tests.reports.run_files import finding, hit, segment, translation, write_run


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    yield from open_browser(tmp_path_factory.mktemp("browser"))


def report_of(folder: Path, *runs: Path, references: str = "") -> Path:
    names = []
    if references:
        (folder / "ref.txt").write_text(references, encoding="utf-8")
        names = [str(folder / "ref.txt")]
    model = page_model([read_run([path]) for path in runs], names, PageOptions(resamples=50))
    path = folder / "report.html"
    path.write_bytes(render_html(model))
    return path


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two documents; segment 2 is the worst by score, segment 4 by findings."""
    folder = tmp_path_factory.mktemp("report")
    write_run(
        folder / "out" / "a.ru.txt",
        [
            segment("1", "Huyện ủy họp sáng nay."),
            segment("2", "Tỉnh Quảng Trị có 15 xã."),
            segment("3", "Hội nghị kết thúc."),
        ],
        [
            translation("Комитет уезда заседал утром.", hits=[hit("huyen-uy", (0, 8), (0, 14))]),
            translation(
                "Ёлки стоят.",
                hits=[hit("name:Quảng Trị", (5, 14), None, ok=False)],
                findings=[finding("number", message="15 is missing.", src=(18, 20))],
            ),
            translation("Конференция закончилась."),
        ],
        "articles/a.vi.txt",
    )
    write_run(
        folder / "out" / "b.ru.txt",
        [segment("1", "Huyện ủy báo cáo.")],
        [
            translation(
                "Райком доложил.",
                hits=[hit("huyen-uy", (0, 8), (0, 6), ok=False)],
                findings=[
                    finding("term", src=(0, 8), tgt=(0, 6), suggestion="комитет уезда"),
                    finding("number", Severity.WARNING),
                    finding("repetition"),
                ],
            )
        ],
        "articles/b.vi.txt",
    )
    references = (
        "Комитет уезда заседал утром.",
        "В Куангчи 15 общин.",
        "Конференция завершилась.",
        "Комитет уезда доложил.",
    )
    return report_of(folder, folder / "out", references="\n".join(references))


@pytest.fixture
def opened(page: Page, report: Path) -> Page:
    page.open(report)
    page.js("localStorage.clear()")
    page.driver.refresh()
    page.js("getSelection().removeAllRanges()")
    return page


def test_opens_from_disk_and_asks_nothing_of_the_network(page: Page, report: Path) -> None:
    page.open(report)
    assert page.count() == "4 of 4 segments"
    assert page.driver.title == "out · mtkit report"
    page.js("window.scrollTo(0, document.body.scrollHeight)")
    page.press("j", "?")
    assert page.complaints() == []
    assert {url for url in page.requests() if not url.startswith("data:")} == {report.as_uri()}


def test_policy_stops_every_way_out(opened: Page) -> None:
    stopped, hacked = opened.driver.execute_async_script("""
        const done = arguments[0];
        const stopped = [];
        document.addEventListener("securitypolicyviolation", (e) => stopped.push(e.violatedDirective));
        const add = (tag, properties) =>
          document.body.append(Object.assign(document.createElement(tag), properties));
        fetch("https://example.org/").catch(() => {});
        add("img", { src: "https://example.org/x.png" });
        add("iframe", { src: "https://example.org/" });
        add("script", { textContent: "window.hacked = 1" });
        setTimeout(() => done([stopped, window.hacked ?? null]), 500);
    """)
    assert {"connect-src", "img-src", "frame-src", "script-src-elem"} <= set(stopped)
    assert hacked is None


def test_worst_come_first(opened: Page) -> None:
    assert opened.numbers() == [1, 2, 3, 4]
    opened.choose("filter-sort", "metric-0")
    assert opened.numbers()[0] == 2
    opened.choose("filter-sort", "findings")
    assert opened.numbers()[:2] == [4, 2]
    opened.choose("filter-sort", "document")
    assert opened.numbers() == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("name", "value", "left"),
    [
        ("document", "1", [4]),
        ("severity", "warning", [4]),
        ("severity", "error", [2, 4]),
        ("concept", "huyen-uy", [1, 4]),
        ("state", "failed", [2]),
        ("state", "forbidden", [4]),
        ("state", "held", [1]),
        ("review", "open", [1, 2, 3, 4]),
        ("review", "marked", []),
    ],
)
def test_filters(opened: Page, name: str, value: str, left: list[int]) -> None:
    opened.choose(f"filter-{name}", value)
    assert opened.numbers() == left
    opened.click("#clear")
    assert opened.numbers() == [1, 2, 3, 4]


def test_checks_filter_in_the_panel_and_in_the_chart(opened: Page) -> None:
    opened.click("[name=check][value=repetition]")
    assert opened.numbers() == [4]
    opened.click("[name=check][value=number]")
    assert opened.numbers() == [2, 4]
    opened.click(".check-line[data-check=repetition]")
    assert opened.js("return document.querySelector('.check-line[data-check=number]').ariaPressed") == "true"
    opened.choose("filter-severity", "warning")
    assert opened.numbers() == [4]


def test_a_bar_of_the_histogram_filters_by_score(opened: Page) -> None:
    opened.js(
        "document.querySelectorAll('.chart')[1].querySelector('.zone:last-of-type')"
        ".dispatchEvent(new MouseEvent('click'))"
    )
    assert opened.numbers() == [1]
    assert "95 and more" in opened.js("return document.getElementById('range').textContent")


@pytest.mark.parametrize(
    ("words", "left", "found"),
    [
        ("quang tri", [2], "Quảng Trị"),
        ("Quảng Trị", [2], "Quảng Trị"),
        ("Quang Trị", [], ""),
        ("елки", [2], "Ёлки"),
        ("УЕЗДА", [1, 4], "уезда"),
        ("nothing of it", [], ""),
    ],
)
def test_search(opened: Page, words: str, left: list[int], found: str) -> None:
    opened.search(words)
    assert opened.numbers() == left
    shown = opened.js("return document.querySelector('mark')?.textContent ?? ''")
    assert shown == found


def test_an_empty_list_says_so_and_offers_the_way_back(opened: Page) -> None:
    opened.search("nothing of it")
    assert opened.count() == "0 of 4 segments"
    opened.click("#list button")
    assert opened.numbers() == [1, 2, 3, 4]


def test_keyboard(opened: Page) -> None:
    opened.press("j", "j", "j", "k")
    assert opened.current() == "row-1"
    opened.press("r")
    assert opened.current() == "row-1"
    assert opened.js("return document.getElementById('row-1').classList.contains('reviewed')")
    opened.press("/")
    opened.press("j")
    assert opened.js("return [document.activeElement.id, document.activeElement.value]") == [
        "filter-text",
        "j",
    ]
    opened.press("\ue00c")
    assert opened.js("return document.activeElement === document.body")
    opened.press("t")
    assert opened.js("return document.body.classList.contains('hide-terms')")
    opened.press("?")
    assert opened.js("return document.getElementById('help').open")


def test_keys_can_be_switched_off(opened: Page) -> None:
    opened.press("?")
    opened.click("#help input")
    opened.click("#help button")
    opened.press("j")
    assert opened.current() is None


def test_words_that_differ_and_terms_are_marked(opened: Page) -> None:
    def marked(selector: str) -> list[str]:
        return opened.js(
            "return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent)", selector
        )

    assert marked("#row-2 .only-left") == ["закончилась"]
    assert marked("#row-2 .only-right") == ["завершилась"]
    assert marked("#row-0 .only-left") == []
    assert "".join(marked("#row-0 [data-side=source] .term.held")) == "Huyện ủy"
    assert "".join(marked("#row-1 [data-side=source] .term.failed")) == "Quảng Trị"
    assert "".join(marked("#row-3 [data-side=target] .term.forbidden")) == "Райком"
    assert "".join(marked("#row-1 [data-side=source] .finding.error")) == "15"
    opened.press("d")
    assert marked("#list .only-left") == []


def test_words_are_marked_kept_and_exported(opened: Page) -> None:
    assert opened.js(SELECT_WORDS, 2, "[data-side=target]", 12, 23) == "закончилась"
    opened.press("m")
    assert opened.js("return document.getElementById('marking').open")
    opened.js(
        "document.getElementById('mark-category').value = 'Style/Awkward';"
        "document.querySelector('[name=severity][value=major]').checked = true;"
        "document.getElementById('mark-note').value = 'слишком\\tразговорно';"
    )
    opened.click("#marking button[type=submit]")
    assert opened.js("return document.querySelector('#row-2 .mqm').textContent") == "закончилась"
    opened.click("#row-0 .tools input")
    opened.driver.refresh()
    opened.until("return document.querySelector('#row-2 .mqm')?.textContent === 'закончилась'")
    assert "2 segments reviewed" in opened.js("return document.getElementById('review-total').textContent")
    for name, button in (("review.mqm.json", "#export-json"), ("review.mqm.tsv", "#export-tsv")):
        opened.driver.find_element("css selector", button).click()
        scorecard = read_mqm(opened.downloaded(name))
        assert [(each.document, each.id) for each in scorecard.segments] == [
            ("articles/a.vi.txt", "1"),
            ("articles/a.vi.txt", "3"),
        ]
        assert scorecard.segments[0].errors == ()
        (error,) = scorecard.segments[1].errors
        assert (error.category, error.severity, error.side) == ("Style/Awkward", MqmSeverity.MAJOR, "target")
        assert error.span.of(scorecard.segments[1].target) == "закончилась"


def test_an_export_is_imported_in_another_browser(opened: Page, tmp_path: Path) -> None:
    opened.js(SELECT_WORDS, 2, "[data-side=target]", 12, 23)
    opened.press("m")
    opened.click("#marking button[type=submit]")
    opened.click("#row-0 .tools input")
    export = opened.js("return JSON.stringify(reviewExport())")
    opened.js("localStorage.clear()")
    opened.driver.refresh()
    opened.until("return document.querySelector('.mqm') === null")

    def imported(name: str, content: str) -> str:
        (tmp_path / name).write_text(content, encoding="utf-8")
        opened.js("document.getElementById('import-result').textContent = ''")
        opened.driver.find_element("id", "import-json").send_keys(str(tmp_path / name))
        opened.until("return document.getElementById('import-result').textContent !== ''")
        return str(opened.js("return document.getElementById('import-result').textContent"))

    assert imported("one.json", export) == "one.json: 1 mark in 2 segments taken over."
    assert opened.js("return document.querySelector('#row-2 .mqm').textContent") == "закончилась"
    assert opened.js("return JSON.stringify(reviewExport())") == export
    assert imported("again.json", export) == "again.json: 0 marks in 2 segments taken over."
    other = export.replace("Конференция закончилась.", "Собрание закончилось.")
    assert imported("other.json", other).endswith("1 segment of other translations left out.")
    assert "cannot be imported" in imported("text.json", "no JSON")
    assert "cannot be imported" in imported("broken.json", export.replace('"minor"', '"huge"'))
    assert opened.js("return JSON.stringify(reviewExport())") == export


def test_a_whole_segment_is_marked_and_the_mark_removed(opened: Page) -> None:
    opened.press("j", "m")
    opened.click("#marking button[type=submit]")
    assert "whole segment" in opened.js("return document.querySelector('#row-0 .note-mqm').textContent")
    opened.click("#row-0 .note-mqm button:last-of-type")
    assert opened.js("return document.querySelector('#row-0 .note-mqm')") is None


HOSTILE = (
    "</script><script>window.hacked = 1</script>",
    "<!-- <script> window.hacked = 1",
    "<img src=x onerror='window.hacked = 1'>",
    "<svg onload=window.hacked=1>\u2028\u2029",
    "{{script}} ${window.hacked = 1} `",
    "javascript:window.hacked=1",
    "😀 <b title=\"'>&amp;",
)


def test_no_script_of_a_segment_runs(page: Page, tmp_path: Path) -> None:
    run = write_run(
        tmp_path / "x.ru.txt",
        [segment(str(number), text) for number, text in enumerate(HOSTILE, 1)],
        [
            translation(
                text,
                hits=[hit(text[:9], (0, 2), (0, 2))],
                findings=[finding(text[:30], message=text, suggestion="<script>")],
            )
            for text in HOSTILE
        ],
        "<script>window.hacked = 1</script>.txt",
    )
    options = PageOptions(title="</title><script>window.hacked = 1</script>")
    model = page_model([read_run([run])], options=options)
    (tmp_path / "x.html").write_bytes(render_html(model))
    page.open(tmp_path / "x.html")
    shown = page.js("return [...document.querySelectorAll('[data-side=target]')].map((e) => e.textContent)")
    assert shown == list(HOSTILE)
    page.choose("filter-sort", "findings")
    page.search("<script>")
    page.press("j", "m")
    page.click("#marking button[type=submit]")
    page.driver.refresh()
    assert page.js("return window.hacked ?? null") is None
    assert page.js("return document.querySelectorAll('script').length") == 2
    assert page.js("return document.querySelectorAll('img, #list svg, #list b[title]').length") == 0
    assert page.complaints() == []
    page.js("localStorage.clear()")


def test_thousands_of_segments_stay_quick(page: Page, tmp_path: Path) -> None:
    count = 5_000
    sentence = (
        "Уезд номер {} провёл рабочее заседание, посвящённое ходу перестройки аппарата, и подвёл итоги года."
    )
    run = write_run(
        tmp_path / "long.ru.txt",
        [
            segment(str(number), f"Huyện số {number} họp phiên thường kỳ về sắp xếp bộ máy.")
            for number in range(1, count + 1)
        ],
        [
            translation(
                sentence.format(number),
                hits=[hit("huyen", (0, 5), (0, 4))],
                findings=[finding("number")] if number % 50 == 0 else [],
            )
            for number in range(1, count + 1)
        ],
    )
    page.open(report_of(tmp_path, run))
    assert page.count() == "5,000 of 5,000 segments"
    assert page.js("return document.querySelectorAll('*').length") < 5_000
    page.js("window.scrollTo(0, document.documentElement.scrollHeight)")
    page.until("return document.getElementById('row-4999') !== null")
    page.until("return document.querySelectorAll('.segment').length < 100")
    page.js("for (let i = 0; i < 40; i++) window.scrollTo(0, i * 20000)")
    page.until("return document.querySelectorAll('.segment').length < 100")
    page.search("huyen so 4321")
    assert page.numbers() == [4321]
    page.search("")
    page.click("[name=check][value=number]")
    assert page.count() == "100 of 5,000 segments"
    assert int(page.js("return document.body.dataset.updateMilliseconds")) < 2_000
    page.click("#clear")
    page.press("j")
    assert page.current() == "row-0"


def test_two_runs_on_one_page(page: Page, tmp_path: Path) -> None:
    segments = [segment("1", "Huyện họp."), segment("2", "Tỉnh họp."), segment("3", "Xã họp.")]
    runs = [
        write_run(tmp_path / name / "x.ru.txt", segments, [translation(text) for text in texts])
        for name, texts in (
            ("a", ("Уезд сидел.", "Провинция заседала.", "Община заседала.")),
            ("b", ("Уезд заседал.", "Провинция сидела.", "Община заседала.")),
        )
    ]
    page.open(report_of(tmp_path, *runs, references="Уезд заседал.\nПровинция заседала.\nОбщина заседала.\n"))
    assert "B is better on 1, worse on 1" in page.js("return document.querySelector('caption').textContent")
    page.choose("filter-outcome", "win")
    assert page.numbers() == [1]
    page.choose("filter-outcome", "loss")
    assert page.numbers() == [2]
    page.choose("filter-outcome", "changed")
    assert page.numbers() == [1, 2]
    page.press("d")
    assert (
        page.js("return document.querySelector('#row-0 [data-run=\"0\"] .only-left').textContent") == "сидел"
    )
    assert (
        page.js("return document.querySelector('#row-0 [data-run=\"1\"] .only-right').textContent")
        == "заседал"
    )
    page.choose("filter-outcome", "")
    page.choose("filter-sort", "losses")
    assert page.numbers()[0] == 2
    assert page.complaints() == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_contrast_is_enough(opened: Page, theme: str) -> None:
    opened.choose("theme", theme)
    opened.search("Quang Tri")
    opened.click("#clear")
    opened.js(SELECT_WORDS, 2, "[data-side=target]", 0, 11)
    opened.press("m")
    assert opened.js(CONTRAST) == []
    opened.click("#marking button[type=submit]")
    opened.search("уезда")
    assert opened.js(CONTRAST) == []


def test_the_browser_s_own_theme_is_followed(opened: Page) -> None:
    def page_colour(theme: str) -> str:
        opened.driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": theme}]}
        )
        return str(opened.js("return getComputedStyle(document.body).backgroundColor"))

    assert page_colour("light") != page_colour("dark")
    opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_everything_to_press_has_a_name(opened: Page) -> None:
    opened.press("j", "m")
    nameless = opened.js(
        "return [...document.querySelectorAll('button, input, select, textarea')]"
        ".filter((e) => !e.labels?.length && !e.textContent.trim() && !e.ariaLabel).map((e) => e.outerHTML)"
    )
    assert nameless == []


def test_print_has_every_segment_that_the_filters_leave(page: Page, tmp_path: Path) -> None:
    run = write_run(
        tmp_path / "p.ru.txt",
        [segment(str(number), f"Câu {number}.") for number in range(1, 201)],
        [translation(f"Предложение {number}.") for number in range(1, 201)],
    )
    page.open(report_of(tmp_path, run))
    assert len(page.numbers()) < 200
    page.js("window.dispatchEvent(new Event('beforeprint'))")
    assert len(page.numbers()) == 200
    page.js("window.dispatchEvent(new Event('afterprint'))")
    page.until("return document.querySelectorAll('.segment').length < 100")


def test_narrow_windows_need_no_sideways_scrolling(opened: Page) -> None:
    opened.driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True},
    )
    try:
        opened.driver.refresh()
        assert opened.js("return document.documentElement.scrollWidth") <= 360
        assert not opened.js("return document.getElementById('panel').open")
    finally:
        opened.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_an_edited_translation_stands_beside_what_was_written(page: Page, tmp_path: Path) -> None:
    path = write_run(
        tmp_path / "a.ru.txt",
        [segment("1", "Tỉnh có 15 xã miền núi.")],
        [translation("В провинции 14 горных общин.")],
    )
    path.write_text("В провинции 15 горных общин.\n", encoding="utf-8")
    run = read_run([path])
    records = tuple(published(record, active_checks({}), CheckContext()) for record in run.records)
    html = tmp_path / "report.html"
    html.write_bytes(render_html(page_model([replace(run, records=records)])))
    page.open(html)
    assert page.js("return document.querySelector('.draft h3').firstChild.textContent") == "Before editing"
    assert page.js("return document.querySelector('.draft .only-left').textContent") == "14"
    assert page.js("return document.querySelector('[data-run] .only-right').textContent") == "15"
