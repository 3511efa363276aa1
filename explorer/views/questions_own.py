"""One's own Cypher on the page Questions."""

import os


def allowed() -> bool:
    """Whether one's own Cypher may be asked here: a public server may switch it off."""
    return os.environ.get("EXPLORER_OWN_CYPHER", "").strip().lower() != "off"


def render() -> None:
    """Draw the editor, what it asks for, and the answer."""
