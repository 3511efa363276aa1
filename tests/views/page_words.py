"""What a reader sees on a page that AppTest drew."""

import json
import re
from html import unescape
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

from streamlit.testing.v1 import AppTest


def title(app: AppTest) -> str:
    """The heading of the page: there is one, and nothing went wrong."""
    assert not app.exception, [item.message for item in app.exception]
    assert len(app.title) == 1, [item.value for item in app.title]
    return re.sub(r"\\([\\`*_\[\]$~:])", r"\1", str(app.title[0].value))  # signs that Markdown must not take for more


def pieces(app: AppTest) -> list[str]:
    """All HTML and Markdown of the page."""
    found = []
    for element in app.main:
        if element.type == "html":
            found.append(str(cast(Any, element).proto.body))
        elif element.type in ("markdown", "code"):
            found.append(str(cast(Any, element).value))
    return found


def body(app: AppTest) -> str:
    """All HTML and Markdown of the page in one text."""
    return "\n".join(pieces(app))


def words(app: AppTest) -> str:
    """The text of the page without its tags, and without the code that it gives to be copied."""
    bare = re.sub(r"<(style|script|pre)\b.*?</\1>", " ", body(app), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def addresses(app: AppTest, page: str = "") -> list[str]:
    """Addresses of the links inside the app, of one page or of all, in order."""
    found = [unescape(address) for address in re.findall(r'<a [^>]*?href="([^"]+)"', body(app))]
    return [
        address
        for address in found
        if "://" not in address and address.split("?")[0] == (page or address.split("?")[0])
    ]


def state_of(address: str) -> dict[str, list[str]]:
    """The state that an address holds."""
    return parse_qs(urlsplit(address).query, keep_blank_values=True)


def chart(app: AppTest, key: str) -> dict[str, Any]:
    """The option of a picture."""
    (element,) = [item for item in app.main if getattr(item, "key", None) == key]
    found: dict[str, Any] = json.loads(cast(Any, element).proto.spec)
    return found


def drawn(app: AppTest) -> list[dict[str, Any]]:
    """The nodes that are seen in the network picture, in its order."""
    (series,) = chart(app, "picture")["series"]
    return [node for node in series["data"] if node["symbolSize"]]


def circles(app: AppTest) -> dict[str, tuple[float, float]]:
    """Positions of the network picture's nodes by name."""
    return {node["name"].split("\n")[0]: (node["x"], node["y"]) for node in drawn(app)}
