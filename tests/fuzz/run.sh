#!/bin/sh
# For `make fuzz`: libFuzzer at each parser for FUZZ_SECONDS, from the seeds and what it found before.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh
. tests/fuzz/seeds.sh

failed=0
for fuzzer in "$BUILD"/fuzz/fuzz_*; do
    name=${fuzzer##*/fuzz_}
    found=$BUILD/fuzzing/$name
    mkdir -p "$found"
    echo "fuzz_$name"
    "$fuzzer" -max_total_time="${FUZZ_SECONDS:-60}" -timeout=10 -print_final_stats=1 \
        -artifact_prefix="$found/crash-" "$found" "$SEEDS/$name" >"$found.log" 2>&1 || {
        failed=1
        tail -n 30 "$found.log"
    }
    grep 'stat::number_of_executed_units' "$found.log"
done
exit $failed
