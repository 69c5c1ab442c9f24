#!/usr/bin/env bash
# Prints C source that defines what a shared library leaves to CPython, so that it loads without a Python.
# Usage: scripts/tensorflow/stub.sh LIBRARY
#
# Symbols that are called through the procedure table become functions which end the process with their name; all
# others are addresses of types, exceptions and None, and become zeros. Nothing behind TensorFlow's C interface uses
# either.
set -euo pipefail

library="${1:?a library is needed, got none: scripts/tensorflow/stub.sh LIBRARY}"

echo '#include <stdio.h>'
echo '#include <stdlib.h>'
echo 'static void missing(const char *name) {'
echo '  fprintf(stderr, "%s was called, but there is no Python in this process\n", name);'
echo '  abort();'
echo '}'
readelf --relocs --wide "$library" | awk '
  $5 ~ /^_?Py/ && $3 ~ /_(JUMP_SLOT?|GLOB_DAT|64)$/ {
    if ($3 ~ /JUMP_SLO/) called[$5] = 1
    names[$5] = 1
  }
  END {
    for (name in names)
      if (name in called) printf "void %s(void) { missing(\"%s\"); }\n", name, name
      else printf "char %s[1024] __attribute__((aligned(16)));\n", name
  }' | sort
