#!/usr/bin/env bash
# Prints the Python of the environment that test/NAME/requirements.txt (or bench/NAME/…) asks for, making it first
# where it is missing or was made from other requirements. Usage: scripts/python-env.sh NAME
set -euo pipefail
cd "$(dirname "$0")/.."

name="${1:?a name is needed, got none: scripts/python-env.sh NAME}"
wanted="test/$name/requirements.txt"
[ -f "$wanted" ] || wanted="bench/$name/requirements.txt"
env="$PWD/.cache/venv-$name"
if [ ! -f "$wanted" ]; then
  echo "test/$name/requirements.txt or $wanted must exist, got neither: write one or use another name" >&2
  exit 2
fi

if ! cmp -s "$wanted" "$env/requirements.txt"; then
  rm -rf "$env"
  mkdir -p .cache
  python3 -m venv "$env" >&2
  "$env/bin/python" -m pip install --quiet --disable-pip-version-check -r "$wanted" >&2
  cp "$wanted" "$env/requirements.txt" # last: a broken install is made again
fi
echo "$env/bin/python"
