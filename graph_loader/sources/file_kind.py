"""What a file is that holds no tables, as a person would call it."""

from pathlib import Path

from languages.words import N_, _

_BEGINNINGS = (
    (b"%PDF", N_("a PDF document")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"GIF8", N_("a picture")),
    (b"II*\x00", N_("a picture")),
    (b"MM\x00*", N_("a picture")),
    (b"{\\rtf", N_("a text document")),
)
_ENDINGS = {
    **dict.fromkeys((".pdf",), N_("a PDF document")),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".svg"), N_("a picture")),
    **dict.fromkeys((".doc", ".docx", ".odt", ".rtf", ".pages", ".md"), N_("a text document")),
    **dict.fromkeys((".ppt", ".pptx", ".odp"), N_("a presentation")),
    **dict.fromkeys((".htm", ".html", ".mht"), N_("a web page")),
    **dict.fromkeys((".zip", ".7z", ".rar", ".gz", ".tar"), N_("a packed folder")),
    **dict.fromkeys((".msg", ".eml"), N_("a message")),
}
_UNKNOWN = N_("a file of another kind")
_LOOKED_AT = 1024


def other_kind(path: Path) -> str:
    """What a file is that begins like no table, whatever it is called; empty where it may be one."""
    with path.open("rb") as file:
        start = file.read(_LOOKED_AT)
    for beginning, kind in _BEGINNINGS:
        if start.startswith(beginning):
            return _(kind)
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return _(_ENDINGS[".html"]) if text.startswith((b"<!doctype html", b"<html", b"<head", b"<table")) else ""


def kind_by_name(path: Path) -> str:
    """What a file is by the ending of its name."""
    return _(_ENDINGS.get(path.suffix.lower(), _UNKNOWN))
