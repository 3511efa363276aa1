"""A workbook given back with what is wrong marked in its cells, and all else as it was."""

from .writing import Annotated, annotate

__all__ = ["Annotated", "annotate"]
