"""Chromium for the tests of the report, and what a reviewer does in it."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CONTRAST = """
const parse = (colour) => {
  const channels = colour.match(/[\\d.]+/g).map(Number);
  return channels.length < 4 ? [...channels, 1] : channels;
};
const luminance = (channels) => channels.slice(0, 3).map((c) => c / 255)
  .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const behind = (element) => {
  for (let e = element; e; e = e.parentElement) {
    const colour = parse(getComputedStyle(e).backgroundColor);
    if (colour[3] === 1) return colour;
  }
  return [255, 255, 255, 1];
};
const poor = [];
for (const element of document.querySelectorAll("body *")) {
  const hasWords = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
  if (!hasWords || !element.checkVisibility()) continue;
  if (element.closest("script, style, svg, option, :disabled")) continue;
  const [a, b] = [parse(getComputedStyle(element).color), behind(element)].map(luminance);
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (ratio < 4.5) poor.push(`${element.className || element.tagName}: ${ratio.toFixed(2)}`);
}
return [...new Set(poor)];
"""
"""Texts whose contrast to what is behind them is under 4.5 (WCAG 2.2, 1.4.3)."""

SELECT_WORDS = """
const [row, selector, start, end] = arguments;
const text = document.querySelector(`#row-${row} ${selector}`);
const at = (offset) => {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (offset <= node.length) return [node, offset];
    offset -= node.length;
  }
};
getSelection().setBaseAndExtent(...at(start), ...at(end));
return getSelection().toString();
"""
"""Select characters `start` to `end` of the text at `selector` in a row; returns them."""


class Page:
    """What a reviewer sees and does."""

    def __init__(self, driver: Any, downloads: Path) -> None:
        self.driver = driver
        self.downloads = downloads

    def open(self, path: Path) -> None:
        self.driver.get("about:blank")
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        self.driver.get(path.as_uri())

    def js(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def press(self, *keys: str) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def choose(self, control: str, value: str) -> None:
        self.js(
            "const c = document.getElementById(arguments[0]); c.value = arguments[1];"
            "c.dispatchEvent(new Event('change'));",
            control,
            value,
        )

    def click(self, selector: str) -> None:
        self.js("document.querySelector(arguments[0]).click()", selector)

    def search(self, words: str) -> None:
        self.js(
            "const c = document.getElementById('filter-text'); c.value = arguments[0];"
            "c.dispatchEvent(new Event('input'));",
            words,
        )
        time.sleep(0.4)

    def count(self) -> str:
        return str(self.js("return document.getElementById('count').textContent"))

    def numbers(self) -> list[int]:
        """Numbers of the segments in the page, in their order."""
        return [
            int(number)
            for number in self.js(
                "return [...document.querySelectorAll('.number')].map((e) => e.textContent)"
            )
        ]

    def current(self) -> str | None:
        return self.js(
            "const e = document.querySelector('[aria-current=true]');"
            "return e && document.activeElement === e ? e.id : null"
        )

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        return [
            message["params"]["request"]["url"]
            for message in messages
            if message["method"] == "Network.requestWillBeSent"
        ]

    def downloaded(self, name: str) -> Path:
        path = self.downloads / name
        deadline = time.monotonic() + 20
        while not path.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        return path

    def until(self, script: str) -> None:
        deadline = time.monotonic() + 20
        while not self.js(script):
            assert time.monotonic() < deadline, script
            time.sleep(0.05)


def open_browser(folder: Path) -> Iterator[Page]:
    """A headless browser with a profile and downloads in `folder`; skips the test where there is none."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="the report's browser tests need selenium")
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    driver_path = shutil.which("chromedriver")
    if browser is None or driver_path is None:
        pytest.skip("no Chromium with chromedriver here (Debian: apt-get install chromium chromium-driver)")
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for argument in ("--headless=new", "--disable-dev-shm-usage", "--window-size=1400,1000"):
        options.add_argument(argument)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")
    options.add_argument(f"--user-data-dir={folder / 'profile'}")
    options.add_experimental_option("prefs", {"download.default_directory": str(folder)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(driver_path))
    try:
        yield Page(driver, folder)
    finally:
        driver.quit()
