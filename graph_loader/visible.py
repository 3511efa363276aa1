"""Text of a file as it may be shown: on one line, without signs that a terminal would obey."""

import re

# Control characters, half characters, and the signs that turn the direction of what follows.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def shown(text: str) -> str:
    """`text` with a question mark for each such sign."""
    return _CONTROLS.sub("?", text)
