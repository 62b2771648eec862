"""Between the sandbox's own requests and answers and those of the dialects."""

from generations.dialects import transfer, wire
from generations.dialects.wire import Received
from generations.sandbox.wire import Answer, Request

TYPE = "content-type"


def receive(request: Request, dialect: str) -> Received:
    """Addressed as the provider itself is, without the name under which it is found here."""
    path = request.path.removeprefix(f"/{dialect}")
    return transfer.receive(request.method, path, request.headers, request.query, request.body)


def passed(answer: wire.Answer) -> Answer:
    headers = {name: value for name, value in answer.headers.items() if name != TYPE}
    return Answer(answer.status, answer.body, answer.headers.get(TYPE, "application/json"), headers)
