"""Where tables come from: CSV folders and workbooks, read into the same raw form."""

from .reading import Reading, fingerprint, read

__all__ = ["Reading", "fingerprint", "read"]
