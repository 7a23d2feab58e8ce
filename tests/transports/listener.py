"""A handler that remembers what it heard."""

from transports.http_server import HttpRequest, HttpResponse


class Listener:
    """Answers every request alike, and keeps it in `heard`."""

    def __init__(self, answer: HttpResponse | None = None) -> None:
        self.heard: list[HttpRequest] = []
        self._answer = answer or HttpResponse(200, b"")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer that it was given, whatever is asked."""
        self.heard.append(request)
        return self._answer
