"""Files that are bombs, lies or two things at once; all of them made here."""

from __future__ import annotations

import io
import zipfile
import zlib

MARKUP = b"<p>The minister said on Monday that nine people were killed in Tarn.</p>"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;">' % (c, *[c - 1] * 8)
               for c in range(ord("b"), ord("l")))
    + b'<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y SYSTEM "http://127.0.0.1:9/">]>'
)  # fmt: skip


def _docx(body: bytes, name: str = "word/document.xml") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/'
            'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(name, body)
    return made.getvalue()


_W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def files(length: int) -> dict[str, bytes]:
    """Hostile files by name, as long as said."""
    deep = length // 8
    word = b"<w:document %b><w:body>%b</w:body></w:document>"
    return {
        "laughs.html": LAUGHS + b"<html><body>&l;&x;&y;" + MARKUP + b"</body></html>",
        "deep.html": b"<div>" * deep + MARKUP,
        "deep-inline.html": b"<b><i>" * deep + MARKUP,
        "deep-list.html": b"<ul><li>" * deep + MARKUP,
        "deep-table.html": b"<table><tr><td>" * deep + MARKUP,
        "attributes.html": b"<p " + b"a=b " * (length // 4) + b">" + MARKUP,
        "open.html": b"<" * length + MARKUP,
        "comment.html": b"<!--" * (length // 4) + MARKUP,
        "entities.html": MARKUP + b"&#x41" * (length // 5),
        "meta.html": b"<meta name=author content='" + b"By A, " * (length // 6) + b"'>" + MARKUP,
        "ld.html": b'<script type="application/ld+json">' + b"[" * length + b"</script>" + MARKUP,
        "ld-objects.html": b'<script type="application/ld+json">' + b'{"a":' * (length // 5)
        + b"</script>" + MARKUP,
        "laughs.docx": _docx(LAUGHS + word % (_W, b"<w:p><w:r><w:t>&l;&x;</w:t></w:r></w:p>")),
        "deep.docx": _docx(word % (_W, b"<w:p>" * deep)),
        "path.docx": _docx(b"x", "../../../../tmp/attack-was-here"),
        "bomb.docx": _docx(b"0" * (120 * 1024 * 1024)) if length > 500_000 else _docx(b"0" * length),
        "empty-paragraphs.docx": _docx(word % (_W, b"<w:p/>" * (length * 2))),
        "deep.rtf": b"{\\rtf1 " + b"{\\b " * deep + b"said}",
        "bin.rtf": b"{\\rtf1 {\\bin99999999999 x} said \\u-99999999? \\'zz \\ansicpg99999 x}",
        "groups.rtf": b"{\\rtf1 " + b"}" * length,
        "deep.jsonl": b"[" * length,
        "objects.json": b'{"text":' * (length // 8),
        "numbers.jsonl": b'{"text": "x", "id": ' + b"9" * length + b"}",
        "escape.jsonl": b'{"text": "' + b"\\ud800" * 100 + b'"}',
        "pdf.pdf": b"%PDF-1.7\n1 0 obj<</Length 99999999999/Kids[1 0 R]/Type/Pages/Parent 1 0 R>>"
        b"stream\nendstream\nendobj\nxref\n0 1\ntrailer<</Root 1 0 R/Prev 9>>startxref\n9\n%%EOF",
        "arrays.pdf": b"%PDF-1.7\n1 0 obj " + b"[" * length,
        "pdf-and-html.pdf": b"<html><body>" + MARKUP + b"%PDF-1.4 PK\3\4",
        "zip-and-html.html": b"PK\3\4" + MARKUP,
        "gif-and-script.gif": b"GIF89a/*<script>x</script>*/" + MARKUP,
        "rtf-and-text.txt": b"{\\rtf1" + MARKUP + b"\0" * 9,
        "utf16.txt": b"\xff\xfe" + "The minister said. ".encode("utf-16-be") * 20,
        "utf7.html": b"<meta charset=utf-7>+ADw-script+AD4-" + MARKUP,
        "../../etc/passwd": MARKUP,
        "a\0b\r\nX: y.html": MARKUP,
        "con.html:stream": MARKUP,
    }  # fmt: skip


def pdf(
    content: bytes, *more: bytes, said: bytes = b"", uses: bytes = b"", font: bytes = b""
) -> bytes:
    """A PDF of one page; `said` stands in its content's dictionary, objects from 6 on in `more`."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>"
        + uses + b">>>>",
        b"<<%b/Length %d>>stream\n%b\nendstream" % (said, len(content), content),
        font or b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", *more,
    ]  # fmt: skip
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (n, o) for n, o in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"


def pdfs(length: int) -> dict[str, bytes]:
    """PDFs whose numbers ask for much."""
    words = b"BT /F 9 Tf 1 0 0 1 60 700 Tm (The minister said on Monday.) Tj ET "
    flate, forms = b"/Filter/FlateDecode", [
        b"<</Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X %d 0 R>>>>/Length 60>>"
        b"stream\n%b\nendstream" % (n + 1, b"/X Do " * 10) for n in range(6, 30)
    ]  # fmt: skip
    cmap = b"begincmap 1 beginbfrange <00000000> <ffffffff> <00000000> endbfrange endcmap"
    cid = (b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/W[0 99999999999 500]/FontDescriptor<<>>"
           b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)>>>>")  # fmt: skip
    wide = b"/DecodeParms<</Predictor 12/Columns 5000000000>>"
    return {
        "flate.pdf": pdf(zlib.compress(b" " * (length * 300), 9), said=flate),
        "flate-twice.pdf": pdf(zlib.compress(zlib.compress(b" " * (length * 300), 9), 9),
                               said=b"/Filter[/FlateDecode/FlateDecode]"),
        "checksum.pdf": pdf(zlib.compress(words + b" " * (length * 30))[:-4] + b"xxxx", said=flate),
        "lengths.pdf": pdf(b"\x81\x81" * length, said=b"/Filter[/RunLengthDecode/RunLengthDecode]"),
        "columns.pdf": pdf(zlib.compress(words), said=flate + wide),
        "drawings.pdf": pdf(b"/X Do ", *forms, uses=b"/XObject<</X 6 0 R>>"),
        "widths.pdf": pdf(words, cid, font=b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding"
                          b"/Identity-H/DescendantFonts[6 0 R]>>"),
        "cmap.pdf": pdf(words, b"<</Length %d>>stream\n%b\nendstream" % (len(cmap), cmap),
                        font=b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"),
        "list.pdf": pdf(b"[" + b"1 " * (length * 8) + b"]"),
        "objects.pdf": pdf(words, *[b"<<>>"] * (length // 2)),
        "paths.pdf": pdf(b"0 0 m 9 9 l S " * (length // 4)),
        "letters.pdf": pdf(b"BT /F 9 Tf " + b"(ab cd ef gh) Tj T* " * (length // 20) + b"ET"),
        "no-box.pdf": pdf(words).replace(b"/MediaBox[0 0 600 800]", b""),
        "kids.pdf": pdf(words).replace(b"Kids[3 0 R]", b"Kids[" + b"3 0 R " * (length // 5) + b"]"),
        "entries.pdf": b"%PDF-1.5\n1 0 obj<</Type/Catalog>>endobj\n7 0 obj<</Type/XRef/Size 9/Index[0 "
        b"999999999999]/W[0 0 0]/Root 1 0 R/Length 0>>stream\n\nendstream endobj\nstartxref\n43\n%%EOF",
    }  # fmt: skip


def feeds(length: int) -> dict[str, bytes]:
    """Feeds of millions of nothing."""
    some = b" ".join(b"a%d='b'" % n for n in range(length // 4))
    items = b'{"version":"https://jsonfeed.org/version/1","title":"a","items":['
    return {
        "items.rss": b"<rss><channel>" + b"<item/>" * length + b"</channel></rss>",
        "links.rss": b"<rss><channel>" + b"<item><link>http://a/</link></item>" * (length // 35),
        "entries.atom": b'<feed xmlns="http://www.w3.org/2005/Atom">' + b"<entry/>" * length + b"</feed>",
        "links.atom": b'<feed xmlns="http://www.w3.org/2005/Atom"><entry>' + b"<link href='a'/>" * length
        + b"</entry></feed>",
        "attributes.rss": b"<rss " + some + b"><channel/></rss>",
        "namespaces.rss": b"<rss " + some.replace(b"a", b"xmlns:a") + b"><channel/></rss>",
        "deep.rss": b"<rss>" * length,
        "deep-item.rss": b"<rss><channel><item>" + b"<a>" * length,
        "date.rss": b"<rss><channel><item><link>http://a/</link><pubDate>" + b"1 May " * (length // 5)
        + b"</pubDate></item></channel></rss>",
        "items.json": items + b",".join([b'{"id":"a"}'] * length) + b"]}",
        "deep.json": items + b"[" * length,
    }  # fmt: skip


def lists(length: int) -> dict[str, bytes]:
    """Lists of feeds, and TOML as lexicons and codebooks are written in it."""
    return {
        "outlines.opml": b"<opml><body>" + b"<outline/>" * length + b"</body></opml>",
        "laughs.opml": LAUGHS + b"<opml><body><outline xmlUrl='http://a/&l;&x;'/></body></opml>",
        "feeds.toml": b"[[feed]]\nurl='http://a/'\n" * (length // 10),
        "deep.toml": b"a=" + b"[" * length,
        "tables.toml": b"a=" + b"{a=" * length,
        "dots.toml": b"a." * length + b"a=1",
        "many-dots.toml": (b"a." * 4_900 + b"a=1\n") * (length // 20_000),
        "string.toml": b'a="""' + b"x" * length,
    }


def books(length: int) -> dict[str, bytes]:
    """Workbooks with the sheets of an export whose first sheet is a bomb."""
    from openpyxl import Workbook  # noqa: PLC0415

    from sayso.exchange.xlsx_out import EXPORTED, INCIDENTS  # noqa: PLC0415

    made = io.BytesIO()
    book = Workbook()
    book.remove(book.worksheets[0])
    for name in (EXPORTED, INCIDENTS):
        book.create_sheet(name)
    book.save(made)
    head = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    merged = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData>'

    def with_rows(rows: bytes, start: bytes = head) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                first = name == "xl/worksheets/sheet1.xml"
                new.writestr(
                    name, start + rows + b"</sheetData></worksheet>" if first else old.read(name)
                )
        return out.getvalue()

    return {
        "rows.xlsx": with_rows(b"<row/>" * (length * 8)),
        "cells.xlsx": with_rows(b"<row>" + b"<c/>" * (length * 8) + b"</row>"),
        "far.xlsx": with_rows(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "wide.xlsx": with_rows(b'<row><c r="XFD1"><v>1</v></c></row>' * (length // 20)),
        "merged.xlsx": with_rows(merged),
        "laughs.xlsx": with_rows(b'<row><c t="inlineStr"><is><t>&l;&x;</t></is></c></row>',
                                 LAUGHS + head),
        "bomb.xlsx": with_rows(b" " * (400 * length)),
    }  # fmt: skip
