"""Ways of writing one right message that toolkits, pretty printers and gateways have: none of them is a fault."""

import pytest

from conformance.capture import Capture
from conformance.judge import Judge

MESSAGE = """<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">
  <soapenv:Header/>
  <soapenv:Body>
    <tns:CreatedMeterReadings xmlns:tns="http://iec.ch/TC57/2011/MeterReadingsMessage"
        xmlns:msg="http://iec.ch/TC57/2011/schema/message" xmlns:m="http://iec.ch/TC57/2011/MeterReadings#">
      <tns:Header>
        <msg:Verb>created</msg:Verb><msg:Noun>MeterReadings</msg:Noun><msg:Revision>2.0</msg:Revision>
        <msg:Timestamp>2026-03-02T06:00:00+05:30</msg:Timestamp><msg:Source>HES</msg:Source>
        <msg:MessageID>0b5a7f0e-6d6a-4f57-9d0b-7a3d0c2f5e11</msg:MessageID>
      </tns:Header>
      <tns:Payload>
        <m:MeterReadings><m:MeterReading>
          <m:IntervalBlocks>
            <m:IntervalReadings><m:timeStamp>2026-03-01T23:45:00+05:30</m:timeStamp><m:value>0.125</m:value></m:IntervalReadings>
            <m:IntervalReadings><m:timeStamp>2026-03-02T00:00:00+05:30</m:timeStamp><m:value>0.25</m:value></m:IntervalReadings>
            <m:ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/>
          </m:IntervalBlocks>
          <m:Meter><m:mRID>5f3a9c1e-2b7d-4e88-a1c0-93d5e2f7b604</m:mRID><m:Names><m:name>M-1</m:name></m:Names></m:Meter>
        </m:MeterReading></m:MeterReadings>
      </tns:Payload>
    </tns:CreatedMeterReadings>
  </soapenv:Body>
</soapenv:Envelope>
"""
DECLARED = '<?xml version="1.0" encoding="UTF-8"?>'
TYPES = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
UNKNOWN = '<soapenv:Header><t:Trace xmlns:t="urn:trace" soapenv:mustUnderstand="0">7</t:Trace></soapenv:Header>'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("\n", "\r\n", id="line-ends-of-windows"),
        pytest.param(DECLARED, "\ufeff" + DECLARED, id="byte-order-mark"),
        pytest.param(DECLARED, "<?xml version='1.0' encoding='utf-8' standalone='yes'?>", id="declaration-in-single-quotes"),
        pytest.param(DECLARED + "\n", "", id="no-declaration"),
        pytest.param(DECLARED, DECLARED + "<!-- a > b -->", id="comment-before-the-envelope"),
        pytest.param(">0.25<", ">&#x30;.2&#53;<", id="references-in-a-value"),
        pytest.param("00:00:00+05:30", "00:00:00&#43;05:30", id="reference-in-a-moment"),
        pytest.param(">HES<", "><![CDATA[HES]]><", id="character-data"),
        pytest.param("2026-03-02T00:00:00+05:30", "2026-03-01T24:00:00+05:30", id="end-of-a-day"),
        pytest.param("2026-03-02T00:00:00+05:30", "2026-03-01T18:30:00Z", id="offsets-that-differ"),
        pytest.param(":00+05:30</m:timeStamp>", ":00.0000000+05:30</m:timeStamp>", id="seven-decimals-of-a-second"),
        pytest.param("<soapenv:Header/>", UNKNOWN, id="header-of-somebody-else"),
        pytest.param("<soapenv:Header/>\n", "", id="no-header-of-soap"),
        pytest.param("http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope", id="soap-1.2"),
        pytest.param("2011/MeterReadingsMessage", "2017/MeterReadingsMessage", id="wrapping-of-2017"),
        pytest.param('72.0"/>', '72.0"></m:ReadingType>', id="empty-element-with-two-tags"),
        pytest.param("<m:value>0.25", f'<m:value {TYPES} xsi:type="xs:float">0.25', id="type-of-a-value"),
        pytest.param("</msg:MessageID>", "</msg:MessageID><msg:Comment/>", id="empty-optional-field"),
        pytest.param("</msg:MessageID>", '</msg:MessageID><v:Trace xmlns:v="urn:v">7</v:Trace>', id="field-of-a-vendor"),
        pytest.param(">M-1<", f">{'Zähler 東京 ' * 200}<", id="long-name-beyond-ascii"),
    ],
)
def test_way_of_writing_is_no_error(judge: Judge, before: str, after: str) -> None:
    """What is right in one form is right in another."""
    assert before in MESSAGE
    written = MESSAGE.replace(before, after)

    judgement = Judge("any").message(Capture(written.encode()))

    assert [str(finding) for finding in judge.message(Capture(MESSAGE.encode())).findings] == []
    assert not judgement.has_errors, judgement.findings
    assert judgement.readings is not None
    assert len(judgement.readings) == 2
