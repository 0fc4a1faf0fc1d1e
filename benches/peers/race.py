"""Races Pusterum against general solvers on weeks that these can model exactly, and prints a table.

Every solver gets the same seconds and cores; every roster is judged by `pusterum check`. See README.md beside this.
"""

import argparse
import csv
import json
import os
import platform
import subprocess
import sys
import time
from datetime import date
from importlib.metadata import version
from pathlib import Path

PROJECT = Path(__file__).parents[2]
BINARY = PROJECT / "target" / "release" / "pusterum"
WORK = PROJECT / "target" / "peers"
RESULTS = PROJECT / "benches" / "results"
PACKAGES = {"pyvrp": "pyvrp", "vroom": "pyvroom", "cpsat": "ortools"}
COLUMNS = [
    "week", "clients", "solver", "version", "limit", "cores", "score", "bound", "seconds", "kept", "believed",
]  # fmt: skip
PATIENCE = 600  # seconds beyond its limit in which a solver may build its model and write its plan


def main():
    options = typed()
    cores = sorted(os.sched_getaffinity(0))[: options.cores]
    os.sched_setaffinity(0, cores)
    folders = options.weeks or [made_up(clients, options.seed) for clients in options.clients]
    rows = []
    for folder in folders:
        for solver, seconds in runs(options):
            rows.append(run(solver, folder, seconds, len(cores)))
            print(" ".join(f"{value}" for value in rows[-1].values()), file=sys.stderr, flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    with (options.out / "peers.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    text = table(rows)
    (options.out / "peers.md").write_text(text, encoding="utf-8")
    print(text)


def typed():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="of each peer on each week (default 60)")
    parser.add_argument(
        "--own-seconds", type=float, nargs="+", default=[6, 60], help="of Pusterum, a run for each (default 6 60)"
    )
    parser.add_argument("--cores", type=int, default=2, help="of each solver (default 2)")
    parser.add_argument("--clients", type=int, nargs="+", default=[40, 150, 600], help="sizes of the weeks made up")
    parser.add_argument("--seed", type=int, default=1, help="of the weeks made up (default 1)")
    parser.add_argument("--weeks", type=Path, nargs="+", help="folders of race weeks, in place of made-up ones")
    parser.add_argument("--solvers", nargs="+", choices=["pusterum", *PACKAGES], default=["pusterum", *PACKAGES])
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder of the results (default benches/results)")
    return parser.parse_args()


def runs(options):
    """Solvers and their seconds."""
    own = [("pusterum", seconds) for seconds in options.own_seconds]
    peers = [(solver, options.seconds) for solver in options.solvers if solver != "pusterum"]
    return (own if "pusterum" in options.solvers else []) + peers


def made_up(clients: int, seed: int) -> Path:
    folder = WORK / f"race-{clients}-{seed}" / "2026-W48"
    if not folder.exists():
        words = ["generate", "--race", "--municipality", "Ballerup", "--clients", clients, "--seed", seed, folder]
        subprocess.run([BINARY, *map(str, words)], check=True, stdout=subprocess.DEVNULL)
    return folder


def run(solver: str, folder: Path, seconds: float, cores: int) -> dict:
    name = folder.resolve().parent.name
    out = WORK / "plans" / f"{name}-{solver}"
    out.parent.mkdir(parents=True, exist_ok=True)
    found = plan if solver == "pusterum" else peer
    begun = time.monotonic()
    roster, believed, bound = found(solver, folder, (seconds, cores, out))
    whole = round(time.monotonic() - begun, 1)
    score, kept = judged(folder, roster)
    with (folder / "clients.csv").open(encoding="utf-8") as file:
        clients = sum(1 for _ in file) - 1
    values = [name, clients, solver, version_of(solver), seconds, cores, score, bound, whole, kept, believed]
    return dict(zip(COLUMNS, values))


def plan(_, folder: Path, setting):
    """Pusterum's own plan, score and bound."""
    seconds, cores, out = setting
    words = ["plan", folder, "--out", out, "--time-limit", seconds, "--threads", cores, "--quiet"]
    subprocess.run([BINARY, *map(str, words)], check=True)
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    return out / "roster.csv", summary["score"], summary["bound"]


def peer(solver: str, folder: Path, setting):
    """A peer's plan, what it believes of it and, where it has one, its bound; a process of its own for each."""
    seconds, cores, out = setting
    roster = out.with_suffix(".csv")
    roster.unlink(missing_ok=True)
    script = Path(__file__).with_name("solve.py")
    words = [sys.executable, "-B", script, solver, folder, seconds, cores, roster]
    try:
        done = subprocess.run([*map(str, words)], stdout=subprocess.PIPE, timeout=seconds + PATIENCE)
    except subprocess.TimeoutExpired:
        return None, None, None
    if done.returncode != 0:
        return None, None, None
    answer = json.loads(done.stdout.decode().splitlines()[-1])
    return roster, answer["believed"], answer["bound"]


def judged(folder: Path, roster: Path | None):
    """Score, and whether every rule is kept, as `pusterum check` says."""
    if roster is None:
        return None, None
    done = subprocess.run([BINARY, "check", folder, roster, "--json"], stdout=subprocess.PIPE)
    answer = json.loads(done.stdout)
    return answer["score"], answer["kept"]


def version_of(solver: str) -> str:
    if solver in PACKAGES:
        return version(PACKAGES[solver])
    said = subprocess.run([BINARY, "--version"], check=True, stdout=subprocess.PIPE)
    return said.stdout.decode().split()[-1]


def table(rows: list[dict]) -> str:
    lines = [
        "| week | clients | solver | limit | score | believed | bound | seconds | rules |",
        "|---|--:|---|--:|--:|--:|--:|--:|---|",
    ]
    for row in rows:
        rules = {True: "kept", False: "BROKEN", None: "no plan"}[row["kept"]]
        score, believed, bound = ("–" if row[key] is None else row[key] for key in ("score", "believed", "bound"))
        lines.append(
            f"| `{row['week']}` | {row['clients']} | {row['solver']} {row['version']} | {row['limit']:g} s | {score} "
            f"| {believed} | {bound} | {row['seconds']} | {rules} |"
        )
    lines += [
        "",
        f"{rows[0]['cores']} cores for each solver, one run after another; {date.today()}, {platform.machine()}, "
        f"{platform.system().lower()}, Python {platform.python_version()}. The score is that of `pusterum check`; "
        "believed is what the solver itself counts.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
