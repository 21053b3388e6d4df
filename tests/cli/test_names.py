from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from mtkit.cli.names_command import register
from mtkit.errors import InputError

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


def test_json() -> None:
    result = runner.invoke(app, ["names", "Tô Lâm", "--case", "ins", "--json"])
    (entry,) = json.loads(result.stdout)
    assert entry["form"] == entry["forms"]["ins"] == "То Ламом"
    assert (entry["russian"], entry["sex"], entry["kind"]) == ("То Лам", "m", "person")


def test_an_empty_name_is_refused() -> None:
    result = runner.invoke(app, ["names", " "])
    assert isinstance(result.exception, InputError)
