#!/bin/sh
# Every parser of what comes from outside, on seeds of its format and on some thousand changed ones,
# the same in each run. With sanitizers where they were built ($BUILD/asan). FUZZ_RUNS: how many.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh
. tests/fuzz/seeds.sh

fuzzers=$BUILD/asan/fuzz
[ -z "${FAST:-}" ] && [ -d "$fuzzers" ] || fuzzers=$BUILD/fuzz

runs=${FUZZ_RUNS:-1200}
[ -z "${FAST:-}" ] || runs=${FUZZ_RUNS:-300}

run_on_seeds() {
    "$fuzzers/fuzz_$1" "$runs" "$SEEDS/$1"/*
}
for source in tests/fuzz/fuzz_*.c; do
    name=${source##*/fuzz_}
    name=${name%.c}
    check "fuzz_$name" run_on_seeds "$name"
done

finish
