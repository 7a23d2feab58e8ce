"""The names of the wire, each spelled once."""

from typing import Final, NamedTuple

SOAP_11: Final = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP_12: Final = "http://www.w3.org/2003/05/soap-envelope"
WSSE: Final = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
WSU: Final = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
WSS_MESSAGES: Final = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0"
WSS_USERNAMES: Final = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0"
WSS_CERTIFICATES: Final = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0"
XML_SIGNATURE: Final = "http://www.w3.org/2000/09/xmldsig#"
XML_SCHEMA: Final = "http://www.w3.org/2001/XMLSchema"
WSDL_11: Final = "http://schemas.xmlsoap.org/wsdl/"
WSDL_SOAP_11: Final = "http://schemas.xmlsoap.org/wsdl/soap/"
WSDL_SOAP_12: Final = "http://schemas.xmlsoap.org/wsdl/soap12/"

METER_READINGS: Final = "MeterReadings"
METER_READ_SCHEDULE: Final = "MeterReadSchedule"
METER_SERVICE_REQUESTS: Final = "MeterServiceRequests"
METER_SERVICE_REQUEST: Final = "MeterServiceRequest"
END_DEVICE_CONTROLS: Final = "EndDeviceControls"
END_DEVICE_EVENTS: Final = "EndDeviceEvents"
MASTER_DATA_LINKAGE_CONFIG: Final = "MasterDataLinkageConfig"
GET_METER_READINGS: Final = "GetMeterReadings"

NOUNS: Final = (
    "AuxiliaryAgreementConfig",
    "ComModuleConfig",
    "CustomerAccountConfig",
    "CustomerAgreementConfig",
    "CustomerConfig",
    "CustomerMeterDataSet",
    "EndDeviceConfig",
    END_DEVICE_CONTROLS,
    END_DEVICE_EVENTS,
    "EndDeviceFirmware",
    "EndDeviceGroups",
    MASTER_DATA_LINKAGE_CONFIG,
    "MeterConfig",
    METER_READINGS,
    METER_READ_SCHEDULE,
    METER_SERVICE_REQUEST,
    METER_SERVICE_REQUESTS,
    "PricingStructureConfig",
    "ReceiptRecord",
    "ServiceCategoryConfig",
    "ServiceLocationConfig",
    "ServiceSupplierConfig",
    "TransactionRecord",
    "UsagePointConfig",
    "UsagePointGroups",
    "UsagePointLocationConfig",
)
"""The nouns of IEC 61968-9."""

QUERIES: Final = {noun: f"Get{noun}" for noun in NOUNS}
"""Noun -> the payload element of its query."""

REQUEST_VERBS: Final = ("create", "change", "cancel", "close", "delete")
EVENT_VERBS: Final = ("created", "changed", "canceled", "closed", "deleted")
GET: Final = "get"
SET_VERBS: Final = ("execute", "executed")
OPERATION_SET: Final = "OperationSet"
REPLY: Final = "reply"


class Wire(NamedTuple):
    """The way from one system to another; a reply runs on the wire of its request."""

    source: str
    target: str

    def __str__(self) -> str:
        return f"{self.source}->{self.target}"


HES: Final = "hes"
MDMS: Final = "mdms"
CIS: Final = "cis"
OMS: Final = "oms"
TESTER: Final = "tester"

SYSTEMS: Final = (HES, MDMS, CIS, OMS)
SYSTEM_TITLES: Final = {
    HES: "head-end",
    MDMS: "meter data management",
    CIS: "customer information and billing",
    OMS: "outage management",
    TESTER: "tester",
}
