"""The disconnection that rules about its order show as their example, in four pieces: ordered, switched, read and reported."""

from typing import Final

_REPLY: Final = (
    "<capture wire='{0}' exchange='{1}' leg='reply'><Reply><Result>OK</Result><Error><code>{4}</code><level>INFORM</level></Error></Reply>"
    "<MessageID>r{1}</MessageID><CorrelationID>{2}</CorrelationID><Noun>{3}</Noun>{5}</capture>"
)
_WORK: Final = "<MeterServiceWork><kind>disconnect</kind>{}<Meter><mRID>M-1</mRID></Meter>{}</MeterServiceWork>"
ORDER: Final = (
    "<conversation><capture wire='cis-&gt;mdms' exchange='1'><MessageID>a</MessageID>"
    + _WORK.format("<requestDateTime>2026-03-01T01:00:00Z</requestDateTime>", "")
    + "</capture>"
    + _REPLY.format("cis-&gt;mdms", 1, "a", "MeterServiceRequests", "0.3", "")
)
"""Begins the conversation: the order of the CIS, taken."""
SWITCH: Final = (
    "<capture wire='mdms-&gt;hes' exchange='2'><MessageID>b</MessageID><EndDeviceControl><issuerTrackingID>a</issuerTrackingID>"
    "<PanDemandResponse/><PanDisplay/><PanPricing/><EndDeviceControlType ref='3.31.0.23'/><EndDevices><mRID>M-1</mRID></EndDevices>"
    "</EndDeviceControl></capture>" + _REPLY.format("mdms-&gt;hes", 2, "b", "EndDeviceControls", "0.0", "")
)
"""The meter is told to open its switch, and has done so."""
_SEEN: Final = (
    "<MeterReading><Meter><mRID>M-1</mRID></Meter><Readings><timeStamp>2026-03-01T01:00:00Z</timeStamp><value>7</value>"
    '<ReadingType ref="0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/></Readings></MeterReading>'
)
READ: Final = (
    "<capture wire='mdms-&gt;hes' exchange='3'><MessageID>c</MessageID><GetMeterReadings><EndDevice><mRID>M-1</mRID></EndDevice>"
    "</GetMeterReadings></capture>" + _REPLY.format("mdms-&gt;hes", 3, "c", "MeterReadings", "0.0", _SEEN)
)
"""The reading that closes the account, asked for and delivered."""
REPORT: Final = (
    "<capture wire='mdms-&gt;cis' exchange='4'><root>ChangedMeterServiceRequests</root><Verb>changed</Verb><MessageID>d</MessageID>"
    "<CorrelationID>a</CorrelationID>"
    + _WORK.format("", "<status><dateTime>2026-03-01T01:00:10Z</dateTime><value>completed</value></status>")
    + "</capture>"
    + _REPLY.format("mdms-&gt;cis", 4, "d", "MeterServiceRequests", "0.0", "")
    + "</conversation>"
)
"""Ends the conversation: the work is reported as completed."""
