#!/usr/bin/env bash
# Races Pusterum against general solvers; see README.md beside this. Options are those of race.py.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
cd "$here/../.."
venv=target/peers/venv

if ! cmp -s "$here/requirements.txt" "$venv/installed.txt"; then
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
    cp "$here/requirements.txt" "$venv/installed.txt"
fi
cargo build --release --locked --bin pusterum
exec "$venv/bin/python" -B "$here/race.py" "$@"
