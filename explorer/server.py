"""What the browser gets before Streamlit's own page: a head that spares it detours.

Streamlit's page looks for its server below the address it was opened at, gets
a 404 there, and only then asks at the root; and it waits for the server's
settings before it connects. Both are told in the page here, so that a deep
link opens without an error in the console and a page opens sooner. The
settings also name this app as the only one that may send messages to it. The
parts of Streamlit's script that a page will need are fetched while the rest is
still being read, instead of one after the other once the page has said so.

Beside the pages, what they rest on is worked out as soon as a load has ended.
"""

import json
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

import streamlit
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

HEAD = """<script>
window.__streamlit = {{
  BACKEND_BASE_URL: location.origin + {base},
  HOST_CONFIG: {{allowedOrigins: [location.origin], useExternalAuthToken: false}},
}};
</script>"""


SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"

# Parts of Streamlit's script by the page that needs them; the first row is for all pages.
PARTS = {
    "": ("Html", "TextInput", "rehype-raw", "purify.es"),
    "network": ("EChartsChart", "Quiver", "Multiselect", "Slider", "NumberInput", "ButtonGroup", "DownloadButton"),
    "map": ("ButtonGroup", "Selectbox", "Slider", "DownloadButton"),
    "approach": ("Slider", "DownloadButton"),
    "spread": ("Selectbox", "Slider", "DateInput", "DownloadButton"),
    "meetings": ("ButtonGroup", "Selectbox", "Slider"),
    "plans": ("Selectbox", "DownloadButton"),
    "regions": ("Selectbox", "DownloadButton"),
    "rows": ("DownloadButton",),
    "data": ("DateInput", "DownloadButton"),
    "questions": ("BidiComponent", "ButtonGroup", "Selectbox", "NumberInput", "DownloadButton"),
}


@asynccontextmanager
async def working_ahead(_app: object) -> AsyncIterator[None]:
    """While the server runs, have what pages rest on worked out for each version of the data before readers ask."""
    ended = threading.Event()
    threading.Thread(target=_watch, args=[ended], name="ahead", daemon=True).start()
    try:
        yield
    finally:
        ended.set()


def _watch(ended: threading.Event) -> None:
    from explorer.data import ahead  # here, since it takes a second, which the server need not wait for

    ahead.watch(ended)


class Head:
    """ASGI middleware that writes `HEAD` into every page of HTML."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; pages of HTML get the head."""
        if scope["type"] != "http" or "/_stcore/" in scope["path"] or "/static/" in scope["path"]:
            await self._app(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name.lower() not in UNWANTED]
        await self._app({**scope, "headers": plain}, receive, _Page(send, scope["path"]).send)


# A page that is changed on its way must not come compressed, in parts, or be answered with "not modified".
UNWANTED = (b"accept-encoding", b"range", b"if-none-match", b"if-modified-since")


STREAMLITS_OWN = b'<div id="root">'  # in Streamlit's page, and in no other


class _Page:
    """Holds an HTML answer back until it is whole, and sends it on with the head in it."""

    def __init__(self, send: Send, path: str) -> None:
        self._send = send
        self._path = path
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        """Pass a message on, or keep it until the page is whole."""
        if message["type"] == "http.response.start" and _is_html(message["headers"]):
            self._start = message
        elif self._start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_whole(self._start)
        else:
            await self._send(message)

    async def _send_whole(self, start: Message) -> None:
        if STREAMLITS_OWN not in self._body:  # a file of HTML that a reader saves stays as it is
            await self._send(start)
            await self._send({"type": "http.response.body", "body": self._body})
            return
        base = str(config.get_option("server.baseUrlPath")).strip("/")
        root = f"/{base}" if base else ""
        head = HEAD.format(base=json.dumps(root)) + _preloads(root, self._path.rpartition("/")[2])
        body = self._body.replace(b"<head>", b"<head>" + head.encode(), 1)
        headers: list[Any] = [pair for pair in start["headers"] if pair[0].lower() not in (b"content-length", b"etag")]
        headers.append((b"content-length", str(len(body)).encode()))
        await self._send({**start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})


@cache
def _preloads(root: str, page: str) -> str:
    """Links that fetch the parts of the script early; a part that this Streamlit does not have is left out."""
    names = (*PARTS[""], *PARTS.get(page, ())) if page else PARTS[""]
    files = [file.name for name in names for file in sorted(SCRIPTS.glob(f"{name}.*.js"))[:1]]
    return "".join(f'<link rel="modulepreload" href="{root}/static/js/{file}">' for file in files)


def _is_html(headers: list[tuple[bytes, bytes]]) -> bool:
    return any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in headers)
