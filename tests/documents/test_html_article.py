"""The article is taken out of a CMS page, and nothing else of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtkit.checks.inputs import read_article
from mtkit.documents.base import create_format, read_document, with_article
from mtkit.errors import FormatError
from mtkit.types import Document

pytest.importorskip("trafilatura")

EXAMPLES = Path(__file__).parent / "examples"
LEAD = "Sáng 23/1, tại Hà Nội, Ban Chấp hành Trung ương khai mạc hội nghị về chuyển đổi số quốc gia."
PAGE = f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>Khai mạc hội nghị - Báo Mẫu</title>
<script>var alert = 1;</script></head><body>
<header><nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/kt">Kinh tế</a></li></ul></nav></header>
<div class="main"><h1 class="title">Khai mạc hội nghị về chuyển đổi số</h1>
<div class="meta"><span>Thứ sáu, 23/1/2026</span> <a href="/share">Chia sẻ</a></div>
<p class="sapo"><strong>{LEAD}</strong></p>
<div class="content">
<p>Tham dự hội nghị có <a href="/tbt" onclick="x()">Tổng Bí thư</a> và các đồng chí Ủy viên Bộ Chính trị,
Ban Bí thư. Hội nghị diễn ra trong hai ngày.</p>
<figure><img src="a.jpg" onerror="x()" alt="Quang cảnh"><figcaption>Quang cảnh hội nghị.</figcaption></figure>
<h2>Ba nhiệm vụ trọng tâm</h2>
<p>Thủ tướng nhấn mạnh ba nhiệm vụ trọng tâm trong năm 2026: hoàn thiện thể chế, phát triển hạ tầng và đào
tạo nguồn nhân lực chất lượng cao cho nền kinh tế.<script>alert(2)</script></p>
<ul><li>Hoàn thiện thể chế trong quý I.</li><li>Phát triển hạ tầng số ở miền núi.</li></ul>
<p>Theo <a href="javascript:x()">chương trình</a>, hội nghị sẽ bế mạc vào chiều 24/1 và thông qua nghị quyết
về phát triển khoa học, công nghệ.</p>
</div>
<div class="related"><h3>Tin liên quan</h3><ul><li><a href="/1">Bộ Chính trị họp về cán bộ</a></li></ul></div>
<div class="comments"><h3>Bình luận</h3><form><textarea placeholder="Ý kiến"></textarea></form></div>
</div><aside><h3>Đọc nhiều</h3><ul><li><a href="/3">Giá vàng hôm nay tăng mạnh</a></li></ul></aside>
<footer><p>© 2026 Báo Mẫu. Giấy phép số 12/GP-BTTTT. Liên hệ quảng cáo: 0901234567</p></footer></body></html>
"""


def article(page: str) -> Document:
    return read_document("page.html", raw=page.encode(), options=with_article({}))


def test_headline_lead_body_and_captions_are_taken() -> None:
    sources = {segment.source: segment.tags for segment in article(PAGE).segments}
    assert sources["Khai mạc hội nghị về chuyển đổi số"] == ("headline",)
    assert LEAD in sources
    assert sources["Quang cảnh hội nghị."] == ("caption",)
    assert sources["Ba nhiệm vụ trọng tâm"] == ("heading",)
    assert sources["Hoàn thiện thể chế trong quý I."] == ("list",)
    assert "Hội nghị diễn ra trong hai ngày." in sources


def test_what_stands_around_the_article_is_left_behind() -> None:
    written = create_format("html").write(article(PAGE), {}).decode()
    for text in ("Trang chủ", "Chia sẻ", "Tin liên quan", "Bình luận", "Đọc nhiều", "Giấy phép", "<form"):
        assert text not in written


def test_byline_table_and_loose_text_are_taken_as_they_stand() -> None:
    page = (EXAMPLES / "cms_page.html").read_text(encoding="utf-8")
    expected = (EXAMPLES / "cms_article.html").read_text(encoding="utf-8")
    assert create_format("html").write(article(page), {}).decode() == expected


def test_a_table_that_the_page_is_laid_out_with_is_none_of_the_article() -> None:
    body = "".join(f"<p>{number}. {LEAD}</p>" for number in range(9))
    page = f"<html lang=vi><body><table><tr><td>Menu</td><td><h1>Khai mạc</h1>{body}</td></tr></table></html>"
    written = create_format("html").write(article(page), {}).decode()
    assert "<table>" not in written
    assert written.count(f"{LEAD}</p>") == 9


def test_links_and_emphasis_stay_and_nothing_that_runs() -> None:
    written = create_format("html").write(article(PAGE), {}).decode()
    assert '<a href="/tbt">Tổng Bí thư</a>' in written
    assert f"<p><strong>{LEAD}</strong></p>" in written
    assert '<figure><img src="a.jpg" alt="Quang cảnh"><figcaption>' in written
    assert "<ul>\n<li>Hoàn thiện" in written
    for text in ("script", "alert", "onclick", "onerror", "javascript:"):
        assert text not in written


def test_the_article_is_translated_as_any_page() -> None:
    document = article(PAGE)
    targets = {segment.id: f"RU {segment.id}" for segment in document.segments}
    written = create_format("html").write(document, targets).decode()
    assert written.startswith('<!DOCTYPE html>\n<html lang="ru">')
    again = create_format("html").read(written.encode(), "written", "ru", "ru")
    assert " ".join(segment.source for segment in again.segments) == " ".join(targets.values())


@pytest.mark.parametrize("page", ["<p>", "<html><body><nav><a href='/'>Home</a></nav></body></html>", " "])
def test_a_page_without_an_article_is_refused(page: str) -> None:
    with pytest.raises(FormatError, match=r"page\.html"):
        article(page)


def test_a_check_of_a_page_keeps_to_its_article(tmp_path) -> None:
    page = tmp_path / "page.html"
    sentence = "Заседание открыл председатель, который рассказал о развитии науки и техники в стране за год."
    body = "".join(f"<p>{number}. {sentence}</p>\n" for number in range(3))
    page.write_text(
        "<html lang=ru><body><nav><a href=/>Главная страница</a></nav>"
        f"<h1>Открылось заседание комитета</h1>\n{body}"
        "<footer><p>Все права защищены</p></footer></body></html>",
        encoding="utf-8",
    )
    whole = [segment.id for segment in read_article(str(page)).text.segments]
    taken = read_article(str(page), of_page=True)
    assert len(taken.text.segments) < len(whole)
    assert {segment.id for segment in taken.text.segments} <= set(whole)
    assert "Все права защищены" not in taken.text.targets
