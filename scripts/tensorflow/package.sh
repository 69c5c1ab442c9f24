#!/usr/bin/env bash
# Installs @tensorflow/tfjs-node and what it needs into a folder, in the versions of the project's lock file and
# without its install script. Usage: scripts/tensorflow/package.sh FOLDER
set -euo pipefail

folder="${1:?a folder is needed, got none: scripts/tensorflow/package.sh FOLDER}"
# npm cuts a lock file down to what the package.json beside it asks for.
cp package-lock.json "$folder/"
node -p "JSON.stringify({
  private: true,
  dependencies: { '@tensorflow/tfjs-node': require('./package.json').optionalDependencies['@tensorflow/tfjs-node'] },
})" >"$folder/package.json"
npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error
