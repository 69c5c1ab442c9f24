#!/usr/bin/env bash
# Runs a command, and kills this process group once standard input ends: when the test closes it, or when the test
# is gone, however it went. To be started as the leader of a group.
set -u
"$@" </dev/null &
cat >/dev/null
kill -KILL 0
