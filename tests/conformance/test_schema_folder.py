"""A folder of schemas takes the place of ours, noun by noun; one that is broken is refused in one line."""

from pathlib import Path

import pytest

from ami import schemas
from ami.dialect import dialect
from ami.errors import ConfigurationError
from conformance import schema_folder
from conformance.capture import Capture
from conformance.judge import Judge
from conformance.judgement import Judgement
from tests.conformance import good

WORDING = dialect("2011")
SPACE = WORDING.payload("MeterConfig")
HEAD = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{SPACE}" xmlns:t="{SPACE}" elementFormDefault="qualified">'
HOLDS = '<xs:element name="{}"><xs:complexType><xs:sequence>{}</xs:sequence></xs:complexType></xs:element>'
COLOUR = '<xs:element name="colour" type="xs:string"/>'
THEIRS = f"{HEAD}{HOLDS.format('MeterConfig', HOLDS.format('Meter', COLOUR))}</xs:schema>"
EMPTY = f"{HEAD}</xs:schema>"


def folder(path: Path, **texts: str) -> schema_folder.SchemaFolder:
    """A folder with files; `__` in a name stands for a folder in it."""
    for name, text in texts.items():
        file = path / f"{name.replace('__', '/')}.xsd"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return schema_folder.read(path)


def config(noun: str, body: str, *, in_a_message: bool = True) -> Capture:
    """A payload with something in it, alone or in a message."""
    payload = f'<{noun} xmlns="{WORDING.payload(noun)}">{body}</{noun}>'
    header = f"<Header><h:Verb>create</h:Verb><h:Noun>{noun}</h:Noun></Header>"
    spaces = f'xmlns="http://iec.ch/TC57/2011/{noun}Message" xmlns:h="{WORDING.header_namespace}"'
    message = f"<Create{noun} {spaces}>{header}<Payload>{payload}</Payload></Create{noun}>"
    return Capture((message if in_a_message else payload).encode())


def against(judgement: Judgement) -> list[str]:
    """What the schemas have against a message."""
    return [finding.expected for finding in judgement.findings if finding.rule_id == "XS-01"]


@pytest.mark.parametrize("in_a_message", [True, False])
def test_schema_of_the_folder_judges_its_noun(tmp_path: Path, in_a_message: bool) -> None:
    """What only theirs allows is right, and what only ours allows is wrong; the finding names the file."""
    judge = Judge("2011", folder(tmp_path, theirs=THEIRS))

    assert against(judge.message(config("MeterConfig", "<Meter><colour>red</colour></Meter>", in_a_message=in_a_message))) == []
    assert against(judge.message(config("MeterConfig", "<Meter><serialNumber>7</serialNumber></Meter>", in_a_message=in_a_message))) == [
        "colour here (schema theirs.xsd of the folder)"
    ]


def test_other_nouns_are_judged_by_ours(tmp_path: Path) -> None:
    """Theirs take the place of ours noun by noun; a finding says where a derived schema had its word."""
    judge = Judge("2011", folder(tmp_path, theirs=THEIRS))

    assert against(judge.message(config("EndDeviceConfig", "<EndDevice><isPan>true</isPan></EndDevice>"))) == []
    assert against(judge.message(config("EndDeviceConfig", "<EndDevice><isPan>much</isPan></EndDevice>"))) == [
        "a value of type xs:boolean (schema of EndDeviceConfig, derived)"
    ]


def test_published_schema_speaks_without_reserve(judge: Judge) -> None:
    """Where the shape was published, the finding says no more than what was expected."""
    event = "<EndDeviceEvent><mRID>e</mRID><status/></EndDeviceEvent>"

    assert against(judge.message(config("EndDeviceEvents", event))) == ["createdDateTime here"]


def test_judgement_says_which_schemas_judged(tmp_path: Path) -> None:
    """A reader can tell theirs from ours, and a derived schema from a published one."""
    judge = Judge("2011", folder(tmp_path, sub__theirs=THEIRS))
    judged = [judge.message(config(noun, "")).schemas for noun in ("MeterConfig", "EndDeviceEvents", "CustomerConfig")]

    assert judged == [
        (("MeterConfig", "folder", "sub/theirs.xsd"),),
        (("EndDeviceEvents", "published", "EndDeviceEvents.xsd"),),
        (("CustomerConfig", "derived", "CustomerConfig.xsd"),),
    ]
    assert [str(used) for (used,) in judged] == ["MeterConfig (sub/theirs.xsd)", "EndDeviceEvents (published)", "CustomerConfig (derived)"]


def test_wrapper_of_the_folder_judges_the_whole_message(tmp_path: Path) -> None:
    """Whoever has the message schema of a noun as well has the envelope judged by it."""
    texts = schemas.documents(WORDING)
    wrapper = texts["MeterConfigMessage.xsd"].replace('name="CreateMeterConfig"', 'name="CreateAllMeterConfig"')
    held = folder(tmp_path, Message=texts["Message.xsd"], MeterConfigMessage=wrapper, MeterConfig=THEIRS)
    judgement = Judge("2011", held).message(config("MeterConfig", "<Meter><colour>red</colour></Meter>"))

    assert [finding.rule_id for finding in judgement.findings if finding.rule_id.startswith("XS")] == ["XS-02"]
    assert ("CreateMeterConfig", "folder", "MeterConfigMessage.xsd") in judgement.schemas


def test_envelope_alone_leaves_the_payload_to_ours(tmp_path: Path) -> None:
    """Where only the wrapper is theirs, and it lets any payload pass, ours still judges the payload."""
    anything = '<xs:any namespace="##any" processContents="lax" maxOccurs="9"/>'
    declared = f"{HEAD}{HOLDS.format('CreateCustomerConfig', anything)}</xs:schema>"
    lax = declared.replace(SPACE, "http://iec.ch/TC57/2011/CustomerConfigMessage")
    judge = Judge("2011", folder(tmp_path, lax=lax))

    assert against(judge.message(config("CustomerConfig", "<Customer><vip>perhaps</vip></Customer>"))) == [
        "a value of type xs:boolean (schema of CustomerConfig, derived)"
    ]


@pytest.mark.parametrize(
    "location",
    [
        pytest.param("types/colour.xsd", id="below"),
        pytest.param("../{folder}/types/colour.xsd", id="the-long-way-round"),
        pytest.param("http://example.com/schemas/colour.xsd", id="an-address-that-nobody-asks"),
        pytest.param("colour.xsd", id="elsewhere-in-the-folder"),
    ],
)
def test_parts_are_found_in_the_folder(tmp_path: Path, location: str) -> None:
    """A schema in several files works, wherever the folder keeps them, and nothing is fetched."""
    part = f'{HEAD}<xs:complexType name="Meter"><xs:sequence>{COLOUR}</xs:sequence></xs:complexType></xs:schema>'
    include = f'<xs:include schemaLocation="{location.format(folder=tmp_path.name)}"/>'
    body = '<xs:complexType><xs:sequence><xs:element name="Meter" type="t:Meter"/></xs:sequence></xs:complexType>'
    whole = f'{HEAD}{include}<xs:element name="MeterConfig">{body}</xs:element></xs:schema>'
    judge = Judge("2011", folder(tmp_path, whole=whole, types__colour=part))

    assert against(judge.message(config("MeterConfig", "<Meter><colour>red</colour></Meter>"))) == []
    assert against(judge.message(config("MeterConfig", "<Meter/>"))) == ["colour in Meter (schema whole.xsd of the folder)"]


def test_part_is_the_one_at_its_place(tmp_path: Path) -> None:
    """Where several files have the name, the way to it decides."""
    part = f'{HEAD}<xs:complexType name="Meter"><xs:sequence>{COLOUR}</xs:sequence></xs:complexType></xs:schema>'
    body = '<xs:complexType><xs:sequence><xs:element name="Meter" type="t:Meter"/></xs:sequence></xs:complexType>'
    include = '<xs:include schemaLocation="../types/colour.xsd"/>'
    whole = f'{HEAD}{include}<xs:element name="MeterConfig">{body}</xs:element></xs:schema>'
    held = folder(
        tmp_path, nouns__whole=whole, types__colour=part, other__colour=part.replace("colour", "weight").replace(SPACE, "urn:other")
    )

    assert against(Judge("2011", held).message(config("MeterConfig", "<Meter><colour>red</colour></Meter>"))) == []


def test_payload_in_an_envelope_of_the_folder_is_judged_by_its_own_schema(tmp_path: Path) -> None:
    """In the generic dialect the envelope lets any payload pass: theirs does not judge less than ours."""
    spoken = dialect("generic")
    held = folder(tmp_path, Message=schemas.documents(spoken)["Message.xsd"], theirs=THEIRS)
    payload = f'<MeterConfig xmlns="{SPACE}"><Meter><serialNumber>7</serialNumber></Meter></MeterConfig>'
    header = "<Header><Verb>create</Verb><Noun>MeterConfig</Noun></Header>"
    message = f'<RequestMessage xmlns="{spoken.header_namespace}">{header}<Payload>{payload}</Payload></RequestMessage>'

    assert against(Judge("generic", held).message(Capture(message.encode()))) == ["colour here (schema theirs.xsd of the folder)"]


BROKEN = [
    pytest.param({}, "holds no .xsd file", id="empty"),
    pytest.param({"one": "<xs:schema"}, "one.xsd: line 1: expected a well-formed XML document", id="no-xml"),
    pytest.param({"one": "<!DOCTYPE a><a/>"}, "one.xsd: line 1: expected no document type declaration", id="document-type"),
    pytest.param({"one": "<MeterConfig/>"}, "one.xsd: is no schema: its root is MeterConfig", id="a-message"),
    pytest.param({"one": THEIRS.replace(SPACE, "urn:other")}, "found urn:other", id="no-noun"),
    pytest.param({"one": THEIRS, "two": THEIRS}, f"one.xsd and two.xsd are both for {SPACE}", id="twice"),
    pytest.param({"one": EMPTY}, "one.xsd: declares no element MeterConfig", id="no-element"),
    pytest.param({"one": THEIRS.replace("xs:string", "xs:text")}, "one.xsd: line 1 is no usable schema: ", id="unknown-type"),
    pytest.param(
        {"one": THEIRS.replace(">", '><xs:include schemaLocation="../two.xsd"/>', 1)}, "needs '../two.xsd', which is not in", id="outside"
    ),
    pytest.param(
        {"one": THEIRS.replace(">", '><xs:import namespace="urn:x" schemaLocation="http://example.com/x.xsd"/>', 1)},
        "needs 'http://example.com/x.xsd', which is not in",
        id="network",
    ),
    pytest.param({"one": THEIRS.replace(">", '><xs:import namespace="urn:x"/>', 1)}, "needs 'the namespace urn:x'", id="no-location"),
]


@pytest.mark.parametrize(("texts", "said"), BROKEN)
def test_broken_folder_is_refused_in_one_line(tmp_path: Path, texts: dict[str, str], said: str) -> None:
    """It says which file, what is wrong, and does not judge by half of the schemas."""
    inside = tmp_path / "schemas"
    inside.mkdir()
    (tmp_path / "two.xsd").write_text(EMPTY, "utf-8")
    with pytest.raises(ConfigurationError) as refused:
        folder(inside, **texts)

    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", ["nowhere", "a_file"])
def test_no_folder_is_refused(tmp_path: Path, name: str) -> None:
    """A path that is no folder."""
    (tmp_path / "a_file").write_text(THEIRS, "utf-8")
    with pytest.raises(ConfigurationError, match="is no folder"):
        schema_folder.read(tmp_path / name)


def test_schema_of_the_folder_sees_every_row(tmp_path: Path) -> None:
    """However large a delivery is, and however alike its rows: what their schema says of a value holds for each."""
    small = '<xs:simpleType><xs:restriction base="xs:float"><xs:maxInclusive value="1"/></xs:restriction></xs:simpleType>'
    value = '<xs:element name="value" type="xs:float" minOccurs="0"/>'
    text = schemas.documents(WORDING)["MeterReadings.xsd"].replace(value, f'<xs:element name="value" minOccurs="0">{small}</xs:element>', 1)
    judge = Judge("2011", folder(tmp_path, readings=text))
    values = [250] * 400

    assert against(judge.message(good.delivery(good.day("M-1", values)))) == []
    values[200] = 2500
    (expected,) = against(judge.message(good.delivery(good.day("M-1", values))))
    assert expected.endswith("(schema readings.xsd of the folder)")
