"""One HTML file that opens without network: its parts, and the policy that forbids it to fetch any other."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from importlib import resources


def asset(package: str, name: str) -> str:
    """Return a text file that lies beside the modules of a package."""
    return resources.files(package).joinpath(name).read_text(encoding="utf-8")


def shared(name: str) -> str:
    """Return a text file that all pages share."""
    return asset("scenarios.page", name)


def script_of(parts: Iterable[str]) -> str:
    """Return one script of parts that see each other's names, and nothing else does."""
    return "(function () {\n" + '"use strict";\n' + "\n".join(parts) + "})();\n"


def policy(*scripts: str) -> str:
    """Return a content security policy: these scripts run, no other does, and nothing is fetched from anywhere.

    Even if a name from a file slipped past the escaping, it could not run or call home.
    """
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in scripts
    )
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )
