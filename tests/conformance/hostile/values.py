"""Texts, numbers and bytes that programs stumble over."""

from typing import Final

from conformance import example

TEXTS: Final = (
    *(
        "",
        " ",
        "\t",
        "0",
        "-0",
        "-1",
        "+1",
        "00",
        "1e999",
        "1e-999",
        "1e99999999999999999999",
        "-1E-99999999999999999999",
        "NaN",
        "INF",
        "-INF",
        "Infinity",
        "nan",
        "true",
        "0x10",
        "1_000",
    ),
    *("9" * 20, "9" * 400, "9" * 5000, "-" + "9" * 400, f"1.{'0' * 400}1", f"0.{'3' * 5000}", "\uff11\uff12", "\u0663", "\xb2", "1,5"),
    *("1.5.5", "."),
    *("2026-03-01T24:00:00Z", "0000-00-00T00:00:00Z", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z"),
    *("9999-12-31T24:00:00Z", "9999-12-31T23:59:59-14:00", "10000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z", "2026-02-30T00:00:00Z"),
    *("2026-03-01T00:00:60Z", "2026-03-01T00:00:00.123456789012Z", "2026-03-01T00:00:00+99:99", "2026-03-01T00:00:00", "2026-03-01"),
    *("99999999999999-01-01T00:00:00Z", "2026-03-01t00:00:00z", "20260301T000000Z", "1970-01-01T00:00:00Z", "1677-01-01T00:00:00Z"),
    *("2262-04-12T00:00:00Z", "2500-01-01T00:00:00.000001+00:00", "2026-03-01T00:00:00-00:00"),
    *("\uff12\uff10\uff12\uff16-03-01T00:00:00Z",),
    *("P1Y", "PT0S", "-P1D", "P99999999999999D", "PT1e9S", "PT99999999999999999999S", "P"),
    *("0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0", "0.0.7.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"),
    *(f"{'9' * 30}.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0",),
    *("0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.-99.72.0", "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.999999999.72.0", "." * 17, "3.26.0.85", "1.5.257"),
    *("\u0660.\u0660.\u0662" + ".\u0660" * 15, "-1.-1.-1.-1"),
    *("\x9b31mred", "\u202egnp.lmx", "\u2066x", "a\u2028b", "a\x85b", "\ufeff", "\U0001f600", "e\u0301", "\U0010ffff", "\u200b"),
    *("x" * 3000,),
    *("[red]x[/red]", "[/]", "[/x]", "%s%n{}{0}", "${x}", "{{ x }}", "]]", "--", "\\", "../../etc/passwd", "C:\\x", "'\"", "a\nb"),
    *("a:1: MR-03 error",),
    *("http://[::1", "http://x:99999999/", "urn:uuid:", "{6a1f0c52-8f5e-4d0b-9a43-0c1f0e6f7b11}", "mailto:", "//", "a b", "q:name"),
    *(":", "s:"),
    *("the same in 1 more places", "MeterReading[999999999]", "created", "MeterReadings", "OK", "FAILED", "0.0", example.DIALECT),
)
"""For the content of an element or an attribute."""

PIECES: Final = (
    *(b"\0", b"\xff", b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80", b"\xef\xbf\xbe"),
    *(b"\x85",),
    *(b"\x1b[31m", b"\x1b]0;x\x07", b"\xc2\x9b31m", b"\xe2\x80\xae", b"\xe2\x80\xa8", b"\x08", b"\r", b"\n", b"\r\n\r\n", b"\x7f"),
    *(b"\x0c",),
    *(b"]]>", b"<!--", b"-->", b"<!-- > -->", b"<![CDATA[", b"<![CDATA[<a>]]>", b"<?x ?>", b"<?xml version='1.0'?>", b"<!DOCTYPE a>"),
    *(b"&#0;", b"&#xD800;", b"&#x10FFFF;", b"&#27;", b"&#155;", b"&#x202e;", b"&#10;", b"&x;", b"&amp;", b"&"),
    *(b"&#" + b"9" * 3000 + b";",),
    *(b"<", b">", b"</", b"/>", b'"', b"'", b"=", b" xmlns=''", b" xmlns:q='urn:q'", b" a='1' a='2'", b"<a/>", b"<q:a/>", b"<a>"),
    *(b"{", b"}", b"[", b"]", b",", b":", b'"\\ud800"', b"NaN", b"1e400", b"9" * 5000, b"\\", b"\\u0000", b"null"),
    *(b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08\x00", b"HTTP/1.1 200 OK\r\n\r\n", b"POST / HTTP/1.1\r\n", b"###\n", b"-5\r\n"),
    *(b"ffffffff\r\n",),
    *(b"\r\nContent-Length: " + b"9" * 5000, b"\r\nContent-Length: -1", b"\r\nTransfer-Encoding: chunked", b"\r\nContent-Encoding: gzip"),
    *(b"\r\nContent-Encoding: br", b"\r\nHost: \x1b[31m", b"\r\nSOAPAction: \x9b", b"\r\n: x"),
    *(b"\r\nContent-Type: text/xml; charset=\xff",),
    *(b"\r\nContent-Type: multipart/related; boundary=b", b"\r\n--b\r\n", b"\r\n--b--", b'; start="<a>"', b"; charset*=utf-8''%ff"),
    *(b"\r\nContent-Transfer-Encoding: base64", b"\r\nContent-Transfer-Encoding: uuencode", b"=?utf-8?b?", b'; start-info="\xff'),
    *(b"<MeterReading>", b"</MeterReading>", b"</MeterReadings>", b"<MeterReadings>", b"<Payload>", b"</Payload>", b"<IntervalBlocks>"),
)
"""To be put in anywhere."""

JSON: Final = (
    *("null", "true", "false", "0", "-1", "1e400", "-1e400", "NaN", "Infinity", "1" * 400, "1" * 5000, "1.5", "0.0", "[]", "{}", '""'),
    *('" "',),
    *('"\\ud800"', '"\\udfff\\ud800"', '"\\u0000"', '"\\u001b[31m"', '"\\u009b"', '"\\u202e"', '"9999-12-31T23:59:59Z"'),
    *('"0001-01-01T00:00:00+14:00"',),
    *('"2026-03-01T00:00:00"', '"2026-03-01T00:00:00Z"', '"base64"', '"!!!"', '"PGEvPg=="', '"PGEvPg"', '"é"', '"<a/>"', '"<"'),
    *('"hes->mdms"', '"->"'),
    *("[" * 300 + "]" * 300, '{"a":' * 300 + "1" + "}" * 300, "[" * 100_000, "[null]", '[{"name": null, "value": {}}]', '{"text": {}}'),
    *('{"text": "<a/>", "encoding": "base64"}', '{"text": 5, "encoding": 5}', '"request"', '"reply"', '"tester"', '"message"'),
    *('{"a": 1, "a": 2}',),
    *('"http://[::1"', '"http://\\u001b[31m/"', '"POST"', '"GE\\u001bT"', "99999999999999999999", "1e308", "86400000000000"),
    *("999999999999",),
)
"""In the place of a value of JSON, as they are written."""
