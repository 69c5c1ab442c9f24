#!/usr/bin/env bash
# The main job on the shipped data: train, backtest, forecast, and serve, with the dashboard. Options are those of
# `tidecast serve`.
set -euo pipefail
cd "$(dirname "$0")/.."

tidecast() { npx --no-install tsx functions/cli/main.ts "$@"; }
npm run -s build:web
tidecast train examples/electricity/electricity.csv --related examples/electricity/electricity-future.csv \
  --config examples/electricity/tidecast.yaml
tidecast forecast tidecast-data/models/electricity --chart
cat >&2 <<'TEXT'
when it serves, ask for the forecast of a week of prices from another terminal:
  curl -s http://127.0.0.1:8080/v1/models/electricity/forecast -H 'content-type: application/json' -d @examples/electricity/request.json
TEXT
# In the place of this shell: a signal to it is one to the server.
exec node --import tsx functions/cli/main.ts serve --open "$@"
