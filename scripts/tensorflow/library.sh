#!/usr/bin/env bash
# Lays TensorFlow's C library and its headers out as tfjs-node's build expects them, from PyPI's wheel.
# Usage: scripts/tensorflow/library.sh DOWNLOADS DEPS
set -euo pipefail

downloads="${1:?two folders are needed, got none: scripts/tensorflow/library.sh DOWNLOADS DEPS}"
deps="${2:?two folders are needed, got one: scripts/tensorflow/library.sh DOWNLOADS DEPS}"

# The wheel is for one version of Python only; nothing of Python in it is run, so any pip may fetch it.
python3 -m venv "$downloads/venv"
"$downloads/venv/bin/python" -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
  --implementation cp --python-version 310 --abi cp310 --platform manylinux2014_x86_64 \
  --dest "$downloads" --requirement test/tensorflow/requirements.txt

mkdir -p "$deps/lib"
python3 - "$downloads" "$deps" <<'PY'
"""Takes two libraries and the headers of the C interface out of the wheel."""

import pathlib
import shutil
import sys
import zipfile

downloads, deps = map(pathlib.Path, sys.argv[1:])
(wheel,) = downloads.glob("*.whl")
libraries = ["tensorflow/python/_pywrap_tensorflow_internal.so", "tensorflow/libtensorflow_framework.so.2"]
headers = ("tensorflow/include/tensorflow/c/", "tensorflow/include/tensorflow/core/platform/")
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if name in libraries:
            place = deps / "lib" / pathlib.PurePath(name).name
        elif name.startswith(headers) and name.endswith(".h"):
            place = deps / pathlib.PurePath(name).relative_to("tensorflow")
        else:
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as source, place.open("wb") as target:
            shutil.copyfileobj(source, target)
PY

# `-ltensorflow` finds the stubs, which bring the real library with them: both then are where the loader looks up
# what the real one leaves open.
bash scripts/tensorflow/stub.sh "$deps/lib/_pywrap_tensorflow_internal.so" >"$downloads/stub.c"
gcc -shared -fPIC -fno-builtin -w "$downloads/stub.c" -o "$deps/lib/libtensorflow.so" \
  -Wl,-soname,libtensorflow.so -Wl,--no-as-needed -L"$deps/lib" -l:_pywrap_tensorflow_internal.so \
  '-Wl,-rpath,$ORIGIN'
ln -s libtensorflow_framework.so.2 "$deps/lib/libtensorflow_framework.so"
