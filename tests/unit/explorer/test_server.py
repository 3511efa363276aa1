"""The head that is written into Streamlit's page, and into nothing else."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from explorer.server import Head

PAGE = b'<!doctype html><html><head><title>x</title></head><body><div id="root"></div></body></html>'


async def run(app: Head, scope: Scope, receive: Receive, send: Send) -> None:
    await app(scope, receive, send)


def answered(body: bytes, kind: str, path: str = "/") -> tuple[dict[bytes, bytes], bytes]:
    """Headers and body that a browser gets when the app below answers with `body`, in two pieces."""

    async def below(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode()), (b"etag", b"1")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body[:20], "more_body": True})
        await send({"type": "http.response.body", "body": body[20:]})

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    scope: dict[str, Any] = {"type": "http", "path": path, "headers": [(b"accept-encoding", b"gzip")]}
    with ThreadPoolExecutor(1) as thread:  # the browser tests keep a loop of their own running in this one
        thread.submit(asyncio.run, run(Head(below), scope, receive, send)).result()
    return dict(sent[0]["headers"]), b"".join(message.get("body", b"") for message in sent[1:])


def test_streamlits_page_is_told_where_its_server_is() -> None:
    headers, body = answered(PAGE, "text/html; charset=utf-8")

    assert b"<head><script>\nwindow.__streamlit = {" in body
    assert body.endswith(PAGE.partition(b"<head>")[2])
    assert headers[b"content-length"] == str(len(body)).encode()
    assert b"etag" not in headers  # the page is not the file any more


def test_a_page_fetches_early_the_parts_that_it_needs() -> None:
    assert b'rel="modulepreload" href="/static/js/EChartsChart.' in answered(PAGE, "text/html", "/network")[1]
    assert b"EChartsChart" not in answered(PAGE, "text/html", "/rows")[1]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<!doctype html><html><head></head><body>a picture to mail</body></html>", "text/html"),
        (b'{"root": "<head>"}' + b" " * 20, "application/json"),
    ],
)
def test_whatever_is_not_streamlits_page_passes_untouched(body: bytes, kind: str) -> None:
    headers, passed = answered(body, kind, "/media/network.html")

    assert passed == body
    assert headers[b"content-length"] == str(len(body)).encode()
    assert headers[b"etag"] == b"1"
