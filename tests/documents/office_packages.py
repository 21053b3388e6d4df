"""Office documents built in code, with the structures that Word and LibreOffice make."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from mtkit.documents.base import DocumentFormat
from mtkit.types import Document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-US"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:styleId="u1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="u2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="caption"/></w:style>'
)
_STORIES = {
    "header": ("header1.xml", "hdr"),
    "footer": ("footer1.xml", "ftr"),
    "footnotes": ("footnotes.xml", "footnotes"),
    "endnotes": ("endnotes.xml", "endnotes"),
    "comments": ("comments.xml", "comments"),
    "styles": ("styles.xml", "styles"),
}


def run(text: str, properties: str = "") -> str:
    """A run of text with character properties."""
    written = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{written}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*contents: str, style: str = "") -> str:
    """A paragraph; a content without markup is a run of its own."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    inside = "".join(
        each if each.startswith("<w:") or each.startswith("<m") else run(each) for each in contents
    )
    return f"<w:p>{properties}{inside}</w:p>"


def field(code: str, result: str, properties: str = "") -> str:
    """A complex field; `result` is made of runs."""
    written = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return (
        f'<w:r>{written}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{written}<w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        f'<w:r>{written}<w:fldChar w:fldCharType="separate"/></w:r>'
        f'{result}<w:r>{written}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def text_box(*paragraphs: str) -> str:
    """A run with a text box as Word writes it: for DrawingML, and again in VML."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>'
        '<wp:extent cx="1800000" cy="600000"/><wp:docPr id="7" name="Text Box 7"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="600000"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"<wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict>"
        '<v:shape id="b7" style="width:140pt;height:48pt" type="#_x0000_t202">'
        f"<v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def docx(body: str, *, title: str = "", main_type: str = "document.main+xml", **stories: str) -> bytes:
    """A DOCX whose body and stories (header, footer, footnotes, endnotes, comments) hold this markup."""
    stories = {"styles": STYLES, **stories}
    section = "".join(
        f'<w:{kind}Reference w:type="default" r:id="{kind}"/>'
        for kind in ("header", "footer")
        if kind in stories
    )
    overrides = [("/word/document.xml", f"{_WORDML}.{main_type}")]
    relations = []
    parts = {
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}<w:sectPr>{section}"
        '<w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>'
    }
    for kind, content in stories.items():
        name, root = _STORIES[kind]
        parts[f"word/{name}"] = f"<w:{root} {_NAMESPACES}>{content}</w:{root}>"
        overrides.append((f"/word/{name}", f"{_WORDML}.{kind}+xml"))
        relations.append((kind, f"{_RELATION}/{kind}", name, ""))
    relations.append(("link", f"{_RELATION}/hyperlink", "https://example.org/a", ' TargetMode="External"'))
    package = [("doc", f"{_RELATION}/officeDocument", "word/document.xml", "")]
    if title:
        core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
        parts["docProps/core.xml"] = (
            f'<cp:coreProperties xmlns:cp="{core}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{escape(title)}</dc:title><dc:creator>mtkit</dc:creator></cp:coreProperties>"
        )
        overrides.append(("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"))
        package.append(("core", f"{core.rpartition('/')[0]}/core-properties", "docProps/core.xml", ""))
    types = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides)
    members = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": _relations(package),
        **parts,
        "word/_rels/document.xml.rels": _relations(relations),
    }
    return zipped({name: (_DECLARATION + content).encode() for name, content in members.items()})


def zipped(members: Mapping[str, bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    """A ZIP package with these members in order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 6))
            archive.writestr(entry, content, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def members(package: bytes) -> dict[str, bytes]:
    """Content of every member, in order."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _relations(relations: list[tuple[str, str, str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"{mode}/>'
        for name, kind, target, mode in relations
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'


_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_ODF_NAMESPACES = " ".join(
    f'xmlns:{name}="{uri}"'
    for name, uri in {
        **{name: f"{_ODF}:{name}:1.0" for name in ("office", "text", "table", "style", "meta", "manifest")},
        "draw": f"{_ODF}:drawing:1.0",
        "fo": f"{_ODF}:xsl-fo-compatible:1.0",
        "svg": f"{_ODF}:svg-compatible:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
        "xlink": "http://www.w3.org/1999/xlink",
        "officeooo": "http://openoffice.org/2009/office",
        "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    }.items()
)
_ODF_START = f'<?xml version="1.0" encoding="UTF-8"?>\n<office:%s {_ODF_NAMESPACES} office:version="1.3">'
_SPAN_STYLES = (
    '<style:style style:name="T1" style:family="text">'
    '<style:text-properties officeooo:rsid="001a2b3c" fo:language="vi" fo:country="VN"/></style:style>'
    '<style:style style:name="T2" style:family="text">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="T3" style:family="text">'
    '<style:text-properties fo:font-weight="bold" officeooo:rsid="00998877"/></style:style>'
    '<style:style style:name="T4" style:family="text">'
    '<style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="T5" style:family="text">'
    '<style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="T6" style:family="text">'
    '<style:text-properties style:text-position="-33% 58%"/></style:style>'
)


def odt(body: str, *, title: str = "", header: str = "", kind: str = "text") -> bytes:
    """An ODT; its styles of spans are T1 (none), T2, T3 (bold), T4 (hidden), T5 (raised), T6 (lowered)."""
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    parts = {
        "content.xml": f"{_ODF_START % 'document-content'}<office:automatic-styles>{_SPAN_STYLES}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
        "styles.xml": f"{_ODF_START % 'document-styles'}<office:styles><style:default-style style:family="
        '"paragraph"><style:text-properties fo:language="en" fo:country="US"/></style:default-style>'
        '</office:styles><office:automatic-styles><style:page-layout style:name="pm1"/>'
        "</office:automatic-styles>"
        '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm1">'
        f"<style:header>{header}</style:header></style:master-page></office:master-styles>"
        "</office:document-styles>",
        "meta.xml": f"{_ODF_START % 'document-meta'}<office:meta><dc:title>{escape(title)}</dc:title>"
        "<meta:generator>mtkit</meta:generator></office:meta></office:document-meta>",
    }
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>' for name in parts
    )
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0" '
        f'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{mimetype}"/>'
        f"{entries}</manifest:manifest>"
    )
    written = {**parts, "META-INF/manifest.xml": manifest}
    return zipped(
        {"mimetype": mimetype.encode(), **{name: text.encode() for name, text in written.items()}},
        stored=("mimetype",),
    )


@dataclass(frozen=True)
class Bodies:
    """A format tried on markup of a body: `package` puts it between `begin` and `end` of the part `main`."""

    kind: DocumentFormat
    package: Callable[[str], bytes]
    main: str
    begin: str
    end: str

    def read(self, raw: bytes) -> Document:
        return self.kind.read(raw, f"a{self.kind.suffixes[0]}", "en", "ru")

    def sources(self, body: str) -> list[str]:
        return [segment.source for segment in self.read(self.package(body)).segments]

    def translated(self, body: str, **targets: str) -> str:
        """The body with its targets ("S1" is the first segment, else upper case)."""
        document = self.read(self.package(body))
        chosen = {
            segment.id: targets.get(f"S{number}", segment.source.upper())
            for number, segment in enumerate(document.segments, 1)
        }
        content = members(self.kind.write(document, chosen))[self.main].decode()
        return content.partition(self.begin)[2].partition(self.end)[0]
