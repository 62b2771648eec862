import shutil
import subprocess
import time
from collections.abc import Iterator

import pytest

from tests.supervisor.studio import free_port


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its address, once it answers."""
    from redis import Redis
    from redis.exceptions import ConnectionError

    program = shutil.which("redis-server") or pytest.skip("redis-server is not installed")
    port = free_port()
    folder = str(tmp_path_factory.mktemp("redis"))
    server = subprocess.Popen([program, "--port", str(port), "--dir", folder, "--save", ""], stdout=subprocess.DEVNULL)
    address = f"redis://127.0.0.1:{port}/0"
    with Redis.from_url(address) as asked:
        for _try in range(100):
            try:
                asked.ping()
                break
            except ConnectionError:
                time.sleep(0.05)
    yield address
    server.terminate()
    server.wait(10)
