#!/usr/bin/env bash
# Runs test/oracles, the tests that compare with Python tools; they find their Python in TIDECAST_PYTHON.
set -euo pipefail
cd "$(dirname "$0")/.."

TIDECAST_PYTHON="$(bash scripts/python-env.sh oracles)"
export TIDECAST_PYTHON
npm run -s jest -- --selectProjects oracles --json --outputFile=.cache/jest-oracles.json "$@"
