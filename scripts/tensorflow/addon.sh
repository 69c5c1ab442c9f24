#!/usr/bin/env bash
# Compiles tfjs-node's addon with the node-gyp that npm brings; node-pre-gyp, which would do it, fails.
# Usage: scripts/tensorflow/addon.sh PACKAGE
set -euo pipefail

package="${1:?a folder is needed, got none: scripts/tensorflow/addon.sh PACKAGE}"
npm_folder="$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")"
gyp="$npm_folder/node_modules/node-gyp/bin/node-gyp.js"
[ -f "$gyp" ] || { echo "npm must bring node-gyp, got none in $npm_folder: install npm with Node" >&2; exit 1; }

# Headers lie beside node in every distribution but the smallest; without them node-gyp would have to download them.
prefix="$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")"
[ -f "$prefix/include/node/node_api.h" ] ||
  { echo "Node's headers must be in $prefix/include/node, got none: install them (Debian: libnode-dev)" >&2; exit 1; }

cd "$package"
node "$gyp" configure --release --nodedir="$prefix" -- \
  -Dmodule_name=tfjs_binding -Dmodule_path="$PWD/lib/napi-v8" -Dnapi_build_version=8
# The stubs of libtensorflow.so satisfy nothing of the addon's own, and some linkers would drop them.
LDFLAGS='-Wl,--no-as-needed' node "$gyp" build --release
rm -rf build
