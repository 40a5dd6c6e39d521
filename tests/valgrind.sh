#!/bin/sh
# One whole walk under valgrind: no error, no leak.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/.." || exit 1
. tests/lib.sh
has valgrind || skip_all 'there is no valgrind here'
# Two tools that both watch memory can't watch each other.
is_sanitized && skip_all 'this build has a sanitizer of its own'

memcheck() {
    valgrind --quiet --leak-check=full --show-leak-kinds=definite,indirect \
        --errors-for-leak-kinds=definite,indirect --error-exitcode=99 \
        --child-silent-after-fork=yes --log-file="$TMP/valgrind.log" "$@"
}

# under_valgrind NAME EXIT-CODE ARGUMENTS...
under_valgrind() {
    name=$1 wanted=$2
    shift 2
    memcheck "$WHYTLS" "$@" >"$TMP/out" 2>"$TMP/err"
    status=$?
    if [ $status -eq "$wanted" ] && [ ! -s "$TMP/valgrind.log" ]; then
        ok "$name"
    else
        echo "exit code $status, wanted $wanted" >>"$TMP/err"
        not_ok "$name" "$TMP/err" "$TMP/valgrind.log"
    fi
}

under_valgrind 'a walk of the lab' 1 lab missing-intermediate --json
cp "$TMP/out" "$TMP/case.json"
under_valgrind 'the case, opened again' 1 open --plain "$TMP/case.json"
printf '{"schema":"whytls.case/1","probes":[{"settings":' >"$TMP/broken.json"
under_valgrind 'a broken case' 65 open --plain "$TMP/broken.json"

finish
