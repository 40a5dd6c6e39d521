#!/bin/sh
# For `make fuzz`: libFuzzer at each parser for FUZZ_SECONDS, FUZZ_JOBS (one a core) at a time, from the
# seeds and what it found before. What it finds is kept in $BUILD/fuzzing, and is run first the next time.
# FUZZ: some of them alone ("http case").
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh
. tests/fuzz/seeds.sh

FUZZ_SECONDS=${FUZZ_SECONDS:-60}
FUZZ_JOBS=${FUZZ_JOBS:-$(getconf _NPROCESSORS_ONLN)}
UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 # else it only prints, and nothing is found
export FUZZ_SECONDS SEEDS UBSAN_OPTIONS

# shellcheck disable=SC2016 # expanded by the shell that runs it
one='
name=$1
found=$BUILD/fuzzing/$name
mkdir -p "$found"
state=clean
"$BUILD/fuzz/fuzz_$name" -max_total_time="$FUZZ_SECONDS" -timeout=10 -print_final_stats=1 \
    -artifact_prefix="$found/crash-" "$found" "$SEEDS/$name" >"$found.log" 2>&1 || {
    state=FOUND
    tail -n 40 "$found.log" | sed "s/^/# /"
}
echo "fuzz_$name: $state, $(sed -n "s/^stat::number_of_executed_units: *//p" "$found.log") inputs"
[ $state = clean ]'

for name in ${FUZZ:-$(find tests/fuzz -name 'fuzz_*.c' | sed 's|.*/fuzz_||; s|\.c$||' | sort)}; do
    echo "$name"
done >"$TMP/names"
xargs -n 1 -P "$FUZZ_JOBS" sh -c "$one" sh <"$TMP/names"
status=$?
echo "$(wc -l <"$TMP/names") fuzzers, $FUZZ_SECONDS seconds each: $([ $status = 0 ] && echo nothing was found || echo see above)"
exit $status
