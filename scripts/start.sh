#!/usr/bin/env bash
# The main job on the shipped data: train, backtest, forecast.
set -euo pipefail
cd "$(dirname "$0")/.."

tidecast() { npx --no-install tsx functions/cli/main.ts "$@"; }
tidecast train examples/electricity/electricity.csv --config examples/electricity/tidecast.yaml
tidecast forecast tidecast-data/models/electricity --future examples/electricity/electricity-future.csv --chart
