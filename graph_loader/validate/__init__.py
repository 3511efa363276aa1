"""Check tables: all faults and doubts at once, cell by cell, row by row, and as a whole."""

from .examine import Examination, examine

__all__ = ["Examination", "examine"]
