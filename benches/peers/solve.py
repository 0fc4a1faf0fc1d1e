"""Plans one race week with one peer: `solve.py PEER WEEK SECONDS CORES ROSTER`; prints what it found as JSON."""

import importlib
import json
import sys
import time
from pathlib import Path

import week as weeks


def main():
    peer, folder, seconds, cores, roster = sys.argv[1:]
    week = weeks.read(Path(folder))
    begun = time.monotonic()
    found = importlib.import_module(f"with_{peer}").solve(week, float(seconds), int(cores))
    weeks.write_roster(week, found.visits, Path(roster))
    seconds = round(time.monotonic() - begun, 1)
    print(json.dumps({"believed": found.score, "bound": found.bound, "seconds": seconds}))


if __name__ == "__main__":
    main()
