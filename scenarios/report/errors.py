"""What can go wrong with a report.

ScenarioError
└── RunFileError          a file of the run is missing, cut off or of another form; names file, line and column
"""

from __future__ import annotations

from scenarios.errors import ScenarioError


class RunFileError(ScenarioError):
    """A file of the run cannot be used. The text names file and place, and what to do."""
