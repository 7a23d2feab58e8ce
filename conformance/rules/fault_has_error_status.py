"""HT-05: a fault that looks like a success is taken for one."""

from collections.abc import Iterator
from http import HTTPStatus

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.http import HttpView


def check(http: HttpView) -> Iterator[Breach]:
    """A Fault with a status that says that all is well; 4xx is left to HTTP's own refusals, such as of a missing password."""
    status = http.capture.status
    if http.is_fault and status is not None and status != HTTPStatus.INTERNAL_SERVER_ERROR and not 400 <= status < 500:
        yield http.breach(f"a Fault with status {status}")


RULE = Rule(
    id="HT-05",
    requires="a Fault to come with status 500",
    source="SOAP 1.1 section 6.2, WS-I BP 1.1 (HTTP status codes)",
    severity=Severity.ERROR,
    works_on=HttpView,
    check=check,
    passes=(
        (
            '<capture leg="reply" status="500"><s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>no</faultstring>'
            "</s:Fault></s:Body></capture>"
        ),
        (
            '<capture leg="reply" status="401"><s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>no</faultstring>'
            "</s:Fault></s:Body></capture>"
        ),
    ),
    fails=(
        (
            '<capture leg="reply" status="200"><s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>no</faultstring>'
            "</s:Fault></s:Body></capture>"
        ),
    ),
    why="The sender books the delivery as done although it was refused.",
    mend="Answer with status 500 wherever the Body holds a Fault.",
)
