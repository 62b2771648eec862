import subprocess
import sys

import pytest

from generations.sandbox.wire import Refusal, Request, Route, find, say

ROUTES = [Route(method, path, lambda request: say(200, {})) for method, path in (("GET", "/a"), ("POST", "/a"), ("GET", "/b/{x}/{y}"))]


def test_the_named_parts_of_a_path_are_found():
    assert find(ROUTES, "GET", "/b/1.0/zwei")[1] == {"x": "1.0", "y": "zwei"}


@pytest.mark.parametrize("path", ["/", "/a/", "/ab", "/b/1", "/b/1/2/3", "/b//2"])
def test_only_whole_paths_match(path):
    with pytest.raises(Refusal) as refused:
        find(ROUTES, "GET", path)
    assert refused.value.status == 404


def test_a_path_may_answer_several_methods():
    assert [find(ROUTES, method, "/a")[0].method for method in ("GET", "POST", "HEAD")] == ["GET", "POST", "GET"]


def test_a_method_that_is_not_there_is_told_which_are():
    with pytest.raises(Refusal) as refused:
        find(ROUTES, "DELETE", "/a")
    assert refused.value.headers == {"Allow": "GET, POST"}


def test_what_is_said_is_readable_json():
    assert say(200, {"鱼": 1}).body == '{"鱼": 1}\n'.encode()
    assert Request("GET", "/").body == b""


def test_painter_and_server_need_no_django():
    code = "import sys, generations.sandbox.server; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
