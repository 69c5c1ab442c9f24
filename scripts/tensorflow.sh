#!/usr/bin/env bash
# Runs test/tensorflow: the second engine on TensorFlow's own library. The package with the addon is in
# TIDECAST_TFJS_NODE.
set -euo pipefail
cd "$(dirname "$0")/.."

TIDECAST_TFJS_NODE="$(bash scripts/tensorflow/native.sh)"
export TIDECAST_TFJS_NODE
# Jobs train as many members at a time as there are cores: one thread each, as with the other engine.
export TF_NUM_INTRAOP_THREADS=1 TF_NUM_INTEROP_THREADS=1 OMP_NUM_THREADS=1 TF_CPP_MIN_LOG_LEVEL=2
npm run -s jest -- --selectProjects tensorflow --json --outputFile=.cache/jest-tensorflow.json "$@"
