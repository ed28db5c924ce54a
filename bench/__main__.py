"""`make bench`: run the benchmarks named, or list them.

    make bench ARGS="geo allocation"      these two
    make bench ARGS=all                   every one, one after the other

Each writes its figures, with the machine and the versions, to `bench/results/NAME.json`.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path


def names() -> list[str]:
    """Return the benchmarks: every public module beside this one."""
    return sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))


def main(wanted: list[str]) -> int:
    """Run what is wanted, each in a process of its own, so that none measures another's memory."""
    known = [name for name in names() if importlib.util.find_spec(f"bench.{name}")]
    if not wanted:
        print(__doc__)
        print("Benchmarks:", ", ".join(known))
        return 0
    chosen = known if wanted == ["all"] else wanted
    for name in chosen:
        if name not in known:
            print(f"bench: no benchmark {name!r}; there are {', '.join(known)}", file=sys.stderr)
            return 2
    for name in chosen:
        print(f"== {name}", flush=True)
        status = subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode
        if status != 0:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
