"""Why a request is not in a plan: impossible, crowded out, not worth its price, or not found."""

from __future__ import annotations

from solver.reasons.crowd import MOST_NAMED
from solver.reasons.explain import Inquiry, explain_left_out

__all__ = ["MOST_NAMED", "Inquiry", "explain_left_out"]
