"""Why a call failed, named by what that proves.

Failure
├── Forbidden     our own rules stopped it: nothing was sent, and the same again changes nothing
├── NotSent       nothing was sent, or too little to be a request: the same again may do
├── Declined      a download was answered, but not with a file
└── Unknown       something may have been sent: whether it was received nobody knows
    ├── TimedOut
    ├── TooLarge
    └── Garbled   an answer that is no HTTP, is cut short, or is packed in a way nobody asked for
"""

from generations.dialects.wire import Answer


def _(message: str) -> str:
    """Marks a sentence for translation; whoever shows a failure translates `message` and fills in `values`."""
    return message


class Failure(Exception):
    def __init__(self, message: str, **values: str) -> None:
        super().__init__(message.format(**values))
        self.message, self.values = message, values


class Forbidden(Failure):
    pass


class NotSent(Failure):
    pass


class Declined(Failure):
    def __init__(self, message: str, status: int) -> None:
        super().__init__(message, status=str(status))
        self.status = status


class Unknown(Failure):
    partial: Answer | None = None  # what had come by then: it may name a task that was paid for


class TimedOut(Unknown):
    pass


class TooLarge(Unknown):
    pass


class Garbled(Unknown):
    pass
