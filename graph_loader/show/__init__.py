"""Reports as text: short, aligned, calm."""

from .history import change_text, diff_rows, diff_text, run_rows, runs_text, step_back_text, tidy_text
from .plan import plan_text
from .report import annotated_text, load_text, report_text
from .status import status_text
from .trust import export_text, verification_text

__all__ = [
    "annotated_text",
    "change_text",
    "diff_rows",
    "diff_text",
    "export_text",
    "load_text",
    "plan_text",
    "report_text",
    "run_rows",
    "runs_text",
    "status_text",
    "step_back_text",
    "tidy_text",
    "verification_text",
]
