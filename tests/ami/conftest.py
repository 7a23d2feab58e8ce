"""What the tests of the vocabulary share: its schemas compiled, and its documents served."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from lxml import etree

from ami import schemas
from ami.dialect import Dialect, dialect
from ami.wsdl import SERVED, wsdl


class Documents(etree.Resolver):
    """Finds schemas by file name among `texts`, and nowhere else."""

    def __init__(self, texts: dict[str, str]) -> None:
        super().__init__()
        self._texts = texts

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:  # noqa: ARG002 - lxml's signature
        """The text of the file that an import names."""
        file = (system_url or "").rpartition("/")[2]
        return self.resolve_string(self._texts[file], context, base_url=file)


def compiled(text: str, wording: Dialect) -> etree.XMLSchema:
    """A schema whose imports are the documents of a dialect."""
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Documents(schemas.documents(wording)))
    return etree.XMLSchema(etree.fromstring(text.encode(), parser, base_url="driver.xsd"))


@pytest.fixture(scope="session")
def compile_schema() -> Any:
    """The function `compiled`."""
    return compiled


@pytest.fixture(scope="session")
def everything() -> etree.XMLSchema:
    """One schema for every payload and message root of the dialect 2011."""
    wording = dialect("2011")
    return compiled(schemas.entry(wording), wording)


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    """A loopback address that serves `/<system>?wsdl` and `/<system>?xsd=<file>` of the dialect 2011."""
    wording = dialect("2011")
    texts = schemas.documents(wording, SERVED)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, _, query = self.path.partition("?")
            here = f"http://127.0.0.1:{self.server.server_port}{path}"  # type: ignore[attr-defined]  # the server below has one
            text = wsdl(path.removeprefix("/"), here, wording) if query == "wsdl" else texts[query.removeprefix("xsd=")]
            self.send_response(200)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing: a test's output is its own."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join(5)
