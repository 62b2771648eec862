"""An OpenID provider on loopback: enough of one that allauth talks to it as to any other."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

Claims = dict[str, object]


@contextmanager
def openid_provider(claims: Claims) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Provider", (Handler,), {"claims": claims}))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class Handler(BaseHTTPRequestHandler):
    claims: Claims

    def do_GET(self) -> None:
        if self.path.startswith("/authorize"):
            self.send_back()
        else:
            self.answer(self.claims if self.path == "/userinfo" else self.discovery())

    def send_back(self) -> None:
        """As if the person had signed in here."""
        asked = parse_qs(urlsplit(self.path).query)
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri'][0]}?{urlencode({'code': 'c', 'state': asked['state'][0]})}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.answer({"access_token": "token", "token_type": "Bearer"})

    def discovery(self) -> Claims:
        me = f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]
        ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo", "jwks_uri": "keys"}
        return {"issuer": me, **{name: f"{me}/{path}" for name, path in ends.items()}}

    def answer(self, body: Claims) -> None:
        text = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        pass
