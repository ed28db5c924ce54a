"""The smallest single change with which a request that a plan leaves out would be served, confirmed by a plan."""

from __future__ import annotations

from solver.suggest.apply import apply
from solver.suggest.suggest import suggest

__all__ = ["apply", "suggest"]
