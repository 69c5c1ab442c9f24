#!/usr/bin/env bash
# Prints the folder of a @tensorflow/tfjs-node whose native addon works: the installed one where `npm ci` got it, else
# one in .cache/tensorflow, made on first use. Its addon is then built against the TensorFlow inside the wheel of
# test/tensorflow/requirements.txt (docs/decisions/0014-native-tensorflow.md). Says what is missing, and fails, where
# it cannot be made.
set -euo pipefail
cd "$(dirname "$0")/../.."

here=scripts/tensorflow
home="$PWD/.cache/tensorflow"
package="$home/node_modules/@tensorflow/tfjs-node"

# Whether the package in a folder computes; why not goes to standard error.
works() {
  TF_CPP_MIN_LOG_LEVEL=2 node "$here/works.cjs" "$1"
}

give_up() {
  echo "@tensorflow/tfjs-node cannot be built here: $1" >&2
  exit 1
}

if works "$PWD/node_modules/@tensorflow/tfjs-node" 2>/dev/null; then
  echo "$PWD/node_modules/@tensorflow/tfjs-node"
  exit 0
fi

# Made again when anything that made it changes. The lock file as a whole would change too often.
wanted="$(cat "$here"/*.sh test/tensorflow/requirements.txt && node -p "
  process.platform + process.arch + require('./package.json').optionalDependencies['@tensorflow/tfjs-node']")"
if [ "$wanted" = "$(cat "$home/made-from" 2>/dev/null)" ] && works "$package" 2>/dev/null; then
  echo "$package"
  exit 0
fi

[ "$(uname -sm)" = 'Linux x86_64' ] || give_up "the wheel's library is for Linux on x86-64, this is $(uname -sm)"
for tool in python3 npm make g++ gcc readelf; do
  command -v "$tool" >/dev/null || give_up "it needs $tool: install it (g++, make and binutils are build-essential's)"
done

rm -rf "$home"
mkdir -p "$home/download"
echo 'building @tensorflow/tfjs-node: about a minute, once' >&2
bash "$here/package.sh" "$home" >&2 || give_up 'its npm package could not be installed (see above)'
bash "$here/library.sh" "$home/download" "$package/deps" >&2 ||
  give_up 'its library could not be taken from the wheel (see above)'
bash "$here/addon.sh" "$package" >"$home/build.log" 2>&1 || {
  tail -n 30 "$home/build.log" >&2
  give_up "its addon does not compile (see above, or $home/build.log)"
}
works "$package" >&2 || give_up 'it was built, but does not work (see above)'
rm -rf "$home/download"
printf '%s' "$wanted" >"$home/made-from" # last: what was broken off is made again
echo "$package"
