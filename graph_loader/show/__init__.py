"""Reports as text: short, aligned, calm."""

from .plan import plan_text
from .report import annotated_text, load_text, report_text
from .status import status_text

__all__ = ["annotated_text", "load_text", "plan_text", "report_text", "status_text"]
