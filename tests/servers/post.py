"""A mail server on loopback: as much of SMTP as it takes to receive a letter, or to refuse one."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread


class Post:
    """Answers to each command as `said` has it; what is not there is “250 OK”. An answer of `None` hangs up."""

    def __init__(self, **said: str | None) -> None:
        self.said, self.letters, self.calls = said, [], 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        with suppress(OSError):
            while True:
                plug, _address = self.listener.accept()
                self.calls += 1
                Thread(target=self.serve, args=(plug,), daemon=True).start()

    def serve(self, plug: socket.socket) -> None:
        with suppress(OSError), plug, plug.makefile("rwb") as file:

            def say(answer: str) -> None:
                file.write(f"{answer}\r\n".encode())
                file.flush()

            say("220 here")
            for line in iter(file.readline, b""):
                verb = line.split()[0].decode().upper() if line.split() else ""
                answer = self.said.get(verb, "354 go on" if verb == "DATA" else "250 OK")
                if answer is None:
                    return
                say(answer)
                if answer.startswith("354"):
                    lines = list(iter(file.readline, b".\r\n"))
                    end = self.said.get("END", "250 taken")
                    if end is None:
                        return
                    if end.startswith("250"):
                        self.letters.append(b"".join(lines).decode())
                    say(end)
                if verb == "QUIT":
                    return

    def close(self) -> None:
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


@contextmanager
def post_office(**said: str | None) -> Iterator[Post]:
    office = Post(**said)
    yield office
    office.close()
