#!/bin/sh
# What is painted, on an emulated terminal, is what is meant, screen after screen (emulator.py): so
# painting no more than what has changed leaves nothing behind. Kinds of terminals and locales.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh

# pyte may belong to the system's python, when another one is first on the PATH.
emulator=
for python in "$PYTHON" /usr/bin/python3; do
    "$python" -c 'import pyte' 2>/dev/null && emulator=$python && break
done
[ -n "$emulator" ] || skip_all 'there is no pyte (python3-pyte) here'

for kind in tmux-256color:C.UTF-8 linux:C.UTF-8 vt100:C; do
    if infocmp "${kind%:*}" >/dev/null 2>&1; then
        check "TERM=${kind%:*}, locale ${kind#*:}: every screen is as it is meant" \
            env LC_ALL="${kind#*:}" PYTHONIOENCODING=utf-8 "$emulator" tests/screens/emulator.py \
            "${kind%:*}" tests/golden/cases/missing-intermediate.json "$WHYTLS"
    else
        skip "TERM=${kind%:*}" 'it is not described here'
    fi
done
finish
