#!/bin/sh
# What is painted, on an emulated terminal, is what is meant, screen after screen (emulator.py): the
# text, and how each role looks; so painting no more than what has changed leaves nothing behind.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh

# pyte may belong to the system's python, when another one is first on the PATH.
emulator=
for python in "$PYTHON" /usr/bin/python3; do
    "$python" -c 'import pyte' 2>/dev/null && emulator=$python && break
done
[ -n "$emulator" ] || skip_all 'there is no pyte (python3-pyte) here'

# painted TERM LOCALE LOOK [VARIABLE=VALUE]: LOOK is a column of looks.txt.
painted() {
    name="TERM=$1, locale $2${4:+, $4}: every screen is as it is meant"
    if infocmp "$1" >/dev/null 2>&1; then
        check "$name" env LC_ALL="$2" PYTHONIOENCODING=utf-8 ${4:+"$4"} "$emulator" \
            tests/screens/emulator.py "$1" "$3" tests/golden/cases/missing-intermediate.json "$WHYTLS"
    else
        skip "$name" 'it is not described here'
    fi
}
painted tmux-256color C.UTF-8 'default, 256 colours'
painted tmux-256color C.UTF-8 mono NO_COLOR=1
painted linux C.UTF-8 any
painted vt100 C mono NO_COLOR=1

finish
