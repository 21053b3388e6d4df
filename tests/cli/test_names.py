from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from mtkit.cli.names_command import register
from mtkit.errors import ConfigError, InputError

app = typer.Typer()
register(app)
app.command(name="other")(lambda: None)
runner = CliRunner()


@pytest.mark.parametrize(
    ("arguments", "output"),
    [
        (["Nguyễn Đăng Quang"], "Нгуен Данг Куанг\n"),
        (["Nguyễn Đăng Quang", "--case", "gen"], "Нгуен Данг Куанга\n"),
        (["Đào Hồng Lan", "--case", "gen"], "Дао Хонг Лан\n"),
        (["Lê Hà Bình", "--case", "gen", "--sex", "f"], "Ле Ха Бинь\n"),
        (["Quảng Ninh", "--kind", "place", "--case", "loc"], "Куангнине\n"),
        (["Pham Minh Chinh", "--from", "en"], "Фам Минь Тьинь\n"),
        (["Tô Lâm", "Lương Cường"], "То Лам\nЛыонг Кыонг\n"),
    ],
)
def test_names(arguments: list[str], output: str) -> None:
    result = runner.invoke(app, ["names", *arguments])
    assert (result.exit_code, result.stdout) == (0, output)


def test_standard_input() -> None:
    result = runner.invoke(app, ["names", "-"], input="Tô Lâm\nTrần Phong\n")
    assert result.stdout == "То Лам\nЧан Фонг\n"


def test_empty_lines_stay() -> None:
    lines = "Trần Văn An\n\nHồ Chí Minh\n"
    result = runner.invoke(app, ["names", "-"], input=lines)
    assert (result.exit_code, result.stdout) == (0, "Чан Ван Ан\n\nХо Ши Мин\n")
    assert len(json.loads(runner.invoke(app, ["names", "-", "--json"], input=lines).stdout)) == 2


def test_json() -> None:
    result = runner.invoke(app, ["names", "Tô Lâm", "--case", "ins", "--json"])
    (entry,) = json.loads(result.stdout)
    assert entry["form"] == entry["forms"]["ins"] == "То Ламом"
    assert (entry["russian"], entry["sex"], entry["kind"]) == ("То Лам", "m", "person")


def test_an_empty_name_is_refused() -> None:
    result = runner.invoke(app, ["names", " "])
    assert isinstance(result.exception, InputError)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("John Smith", "John, Smith: no Vietnamese syllables, written letter by letter."),
        ("Y Blok", "Blok: no Vietnamese syllable, written letter by letter."),
        ("Nguyễn Đăng Quang", ""),
        ("Hồ Chí Minh", ""),
    ],
)
def test_what_is_no_vietnamese_name_is_told(name: str, told: str) -> None:
    result = runner.invoke(app, ["names", name])
    assert result.exit_code == 0 and result.stdout.strip()
    assert result.stderr == (f"mtkit: {name}: {told}\n" if told else "")


def test_report_of_the_rules() -> None:
    out = runner.invoke(app, ["names", "--report"]).stdout
    assert "province\t63\t61 (96.8%)\t63 (100.0%)" in out
    assert "Hồ Chí Minh\tХошимин\tХотиминь" in out
    groups = json.loads(runner.invoke(app, ["names", "--report", "--json"]).stdout)
    assert {group["group"]: group["names"] for group in groups}["person"] == 63
    assert isinstance(runner.invoke(app, ["names", "--report", "Tô Lâm"]).exception, ConfigError)
    assert isinstance(runner.invoke(app, ["names"]).exception, ConfigError)
