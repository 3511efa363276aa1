"""Templates: an empty workbook or CSV folder, made from the schema."""

from .making import make_template

__all__ = ["make_template"]
