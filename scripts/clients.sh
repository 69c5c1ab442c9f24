#!/usr/bin/env bash
# Runs test/clients: clients of other services, from PyPI, against a server on this machine. Their Python is in
# TIDECAST_PYTHON.
set -euo pipefail
cd "$(dirname "$0")/.."

TIDECAST_PYTHON="$(bash scripts/python-env.sh clients)"
export TIDECAST_PYTHON
npm run -s jest -- --selectProjects clients --runInBand --json --outputFile=.cache/jest-clients.json "$@"
