"""Links that a program gives are followed side by side, by threads that ask nothing of the database."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import BinaryIO

from generations.calling.waiting import let_go

AT_ONCE = 4  # of one call

Bring = Callable[[str, BinaryIO], str]  # what a link leads to, into a file; and what it is called there


@dataclass(frozen=True)
class Errand:
    file: BinaryIO
    name: "Future[str]"

    def end(self) -> tuple[BinaryIO, str]:
        """The file and its name; or whatever went wrong, raised for whoever waits for it."""
        let_go()
        name = self.name.result()
        self.file.seek(0)
        return self.file, name


@contextmanager
def errands(links: Iterable[str], bring: Bring) -> Iterator[dict[str, Errand]]:
    """All of them under way. Those that nobody waits for are given up: without its file, one comes to nothing."""
    threads = ThreadPoolExecutor(AT_ONCE, "errand")
    with ExitStack() as files:
        places = {link: files.enter_context(TemporaryFile()) for link in dict.fromkeys(links)}
        try:
            yield {link: Errand(file, threads.submit(bring, link, file)) for link, file in places.items()}
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
