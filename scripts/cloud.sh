#!/usr/bin/env bash
# Runs test/cloud: the stack deployed to an AWS emulator on this machine. The emulator's Python is in TIDECAST_PYTHON.
set -euo pipefail
cd "$(dirname "$0")/.."

npm run -s check:template
TIDECAST_PYTHON="$(bash scripts/python-env.sh cloud)"
export TIDECAST_PYTHON
npm run -s jest -- --selectProjects cloud --runInBand --json --outputFile=.cache/jest-cloud.json "$@"
