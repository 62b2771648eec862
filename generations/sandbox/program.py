"""The sandbox as a program: what it can be told, and how it runs until it is told to stop."""

import errno
import signal
import sys
from argparse import ArgumentParser, ArgumentTypeError
from threading import Thread

from generations.sandbox.routes import routes
from generations.sandbox.server import Sandbox
from generations.sandbox.world import World

STOP = {signal.SIGTERM, signal.SIGINT}


def add_options(parser: ArgumentParser, speed: float = 1) -> None:
    parser.add_argument("--port", type=int, default=8100, help="0 takes any free port; 8100 if not given")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on; only this machine if not given")
    parser.add_argument("--speed", type=positive, default=speed, help="10 makes everything take a tenth of the time")
    parser.add_argument(
        "--link-life", type=positive, help="seconds for which links to pictures are good; as each provider says if not given"
    )


def run(host: str, port: int, speed: float, link_life: float | None) -> None:
    try:
        server = Sandbox(host, port, routes(World(speed, link_life)))
    except (OSError, OverflowError) as problem:
        sys.exit(why(problem, host, port))
    # Blocked before any thread starts, so that only `sigwait` ever sees them: a handler could run at any wrong moment.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    print(f"Sandbox ready at {server.url}", flush=True)  # noqa: T201
    signal.sigwait(STOP)
    server.shutdown()
    server.server_close()


def positive(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise ArgumentTypeError(f"{text} is not a number above 0")
    return value


def why(problem: Exception, host: str, port: int) -> str:
    if isinstance(problem, OSError) and problem.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken: stop what listens there, or choose another with --port."
    if isinstance(problem, OSError) and problem.errno == errno.EACCES:
        return f"Port {port} needs more rights than this account has: choose one above 1023 with --port."
    if isinstance(problem, OverflowError):
        return f"There is no port {port}: choose one from 1 to 65535 with --port."
    return f"The sandbox cannot listen on {host}, port {port}: {problem}."
