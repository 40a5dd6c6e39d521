#!/bin/sh
# Runs the tests, three suites at a time, and prints a line a suite, the failures with their logs,
# what was skipped, and as its last line `N passed, N failed`. The unit tests and what walks the most
# run twice: as they are, and built with AddressSanitizer and UBSan ($BUILD/asan; left out where FAST=1).
# Golden files are compared once: unit/grids and unit/pages draw the same pages with sanitizers.
# SUITES=check (the default): what needs neither root nor servers of other makers; SUITES=foreign:
# tests/foreign, which does. Arguments: only suites whose name contains one of them, of both kinds.
# SPDX-License-Identifier: MIT
set -u
cd "$(dirname "$0")/.." || exit 1

BUILD=${BUILD:-build}
JOBS=${JOBS:-3} # most of them wait for time-outs of servers that are silent
SUITE_SECONDS=${SUITE_SECONDS:-1800} # ends a suite that hangs; no measure of one that is slow
PYTHON=$(python3 -c 'import sys; print(sys.executable)') || exit 1
CMOCKA_MESSAGE_OUTPUT=TAP
# A number that no exit code of whytls has: a sanitizer's report must not pass for an answer.
ASAN_OPTIONS=${ASAN_OPTIONS:-exitcode=99:abort_on_error=0}
UBSAN_OPTIONS=${UBSAN_OPTIONS:-exitcode=99:print_stacktrace=1}
export BUILD PYTHON CMOCKA_MESSAGE_OUTPUT ASAN_OPTIONS UBSAN_OPTIONS

OUT=$(mktemp -d "${TMPDIR:-/tmp}/whytls-run.XXXXXX")
lanes=
clean_up() {
    trap - EXIT INT TERM
    for lane in $lanes; do
        kill "$lane" 2>/dev/null
    done
    rm -rf "$OUT"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# ---- what there is to run: a line "name command", the long ones first ---------------------------

# sanitized NAME COMMAND: the same with the sanitizers' build.
sanitized() {
    [ -n "${FAST:-}" ] || echo "asan:$1 env WHYTLS=$BUILD/asan/whytls BUILD=$BUILD/asan $2"
}

# What FAST=1 leaves out, where no suite is named: it seldom finds what the others do not.
slow=
[ -z "${FAST:-}" ] || [ $# -gt 0 ] ||
    slow="tests/locales/test_locales.sh tests/build/test_make.sh tests/build/test_hardening.sh tests/chains/test_rules.sh"

# scripts FOLDER ... : those that are not there yet in $long, so that the long ones come first.
scripts() {
    for script in $(find "$@" -name 'test_*.sh' | sort); do
        case " $long $slow " in *" $script "*) continue ;; esac
        name=${script#tests/}
        echo "${name%.sh} sh $script"
    done
}

check_suites() {
    long="tests/lab/test_lab.sh tests/screens/test_monkey.sh tests/screens/test_wizard.sh"
    sanitized lab 'sh tests/lab/test_lab.sh'
    echo "lab sh tests/lab/test_lab.sh"
    sanitized screens/monkey 'sh tests/screens/test_monkey.sh'
    echo "screens/monkey sh tests/screens/test_monkey.sh"
    echo "screens/wizard sh tests/screens/test_wizard.sh"
    [ -n "$slow" ] || echo "valgrind sh tests/valgrind.sh"
    sanitized cli 'sh tests/cli.sh'
    sanitized chains 'sh tests/chains/test_file.sh'
    echo "cli sh tests/cli.sh"
    echo "words sh tests/words.sh"
    echo "golden sh tests/golden.sh"
    # shellcheck disable=SC2046
    scripts $(find tests -mindepth 1 -maxdepth 1 -type d ! -name foreign)
    [ -n "${FAST:-}" ] || units "$BUILD/asan" asan:unit
    units "$BUILD" unit
    echo "walls sh tests/walls.sh"
}

foreign_suites() {
    long="tests/foreign/test_faults.sh tests/foreign/test_healthy.sh"
    echo "foreign/faults sh tests/foreign/test_faults.sh"
    echo "foreign/healthy sh tests/foreign/test_healthy.sh"
    sanitized foreign/healthy 'sh tests/foreign/test_healthy.sh'
    scripts tests/foreign
}

# suites [WORD ...]
suites() {
    if [ $# -gt 0 ]; then
        check_suites
        foreign_suites
    elif [ "${SUITES:-check}" = foreign ]; then
        foreign_suites
    else
        check_suites
    fi
}

# units FOLDER LABEL: the unit tests that have a source, so that a stale binary does not count.
units() {
    for source in tests/unit/test_*.c; do
        [ -e "$source" ] || continue
        name=$(basename "$source" .c)
        echo "$2/${name#test_} $1/tests/$name"
    done
}

wanted() {
    [ $# -eq 0 ] && cat && return
    while IFS= read -r line; do
        for word in "$@"; do
            case ${line%% *} in
            *"$word"*) echo "$line" && break ;;
            esac
        done
    done
}

suites "$@" | wanted "$@" >"$OUT/suites"

# ---- running ------------------------------------------------------------------------------------

# One line for a suite, and its numbers into $OUT/N.sum: passed failed skipped.
# A suite that crashed, or ran fewer tests than it had planned, has failed that many more.
judge() {
    awk -v status="$3" -v name="$2" -v sum="$OUT/$1.sum" '
        /^1\.\.[0-9]+/                  { plan += substr($1, 4); planned = 1 }
        /^ok [0-9]+.*# *[Ss][Kk][Ii][Pp]/     { skipped++; next }
        /^not ok [0-9]+ *# *[Ss][Kk][Ii][Pp]/ { skipped++; next }
        /^ok [0-9]+/                    { passed++ }
        /^not ok [0-9]+/                { failed++ }
        END {
            ran = passed + failed + skipped
            why = ""
            if (planned && ran < plan) {
                why = (plan - ran) " did not run"
                failed += plan - ran
            }
            if (status == 124) why = why (why ? ", " : "") "took too long"
            else if (status > 128) why = why (why ? ", " : "") "ended by signal " (status - 128)
            if (status != 0 && failed == 0) {
                failed = 1
                if (!why) why = "exit status " status
            }
            if (ran == 0 && failed == 0) {
                failed = 1
                why = "ran no test"
            }
            print passed + 0, failed + 0, skipped + 0 > sum
            line = sprintf("%-6s %-26s %3d passed", failed ? "FAILED" : "ok", name, passed)
            if (failed) line = line sprintf(", %d failed", failed)
            if (skipped) line = line sprintf(", %d skipped", skipped)
            print line (why ? "  (" why ")" : "")
        }' "$OUT/$1.tap"
}

# The failed tests with the # lines under them; where it crashed, the end of what it said.
show_failures() {
    echo
    echo "---- $2"
    awk '/^not ok [0-9]+ *# *[Ss][Kk][Ii][Pp]/ { on = 0; next }
         /^not ok /       { on = 1; print; next }
         /^(ok [0-9]|1\.\.)/ { on = 0; next }
         on' "$OUT/$1.tap"
    if ! grep -q '^not ok [0-9]* -' "$OUT/$1.tap"; then
        tail -n 40 "$OUT/$1.tap"
    fi
}

run_suite() {
    IFS=' '
    # shellcheck disable=SC2086
    timeout -k 5 "$SUITE_SECONDS" $3 >"$OUT/$1.tap" 2>&1 </dev/null
    judge "$1" "$2" $?
}

# A lane takes the next suite that nobody has: mkdir succeeds for one taker only.
lane() {
    number=0
    while IFS= read -r line; do
        number=$((number + 1))
        mkdir "$OUT/$number.taken" 2>/dev/null || continue
        run_suite "$number" "${line%% *}" "${line#* }"
    done <"$OUT/suites"
}

n=0
while [ $n -lt "$JOBS" ]; do
    lane &
    lanes="$lanes $!"
    n=$((n + 1))
done
# shellcheck disable=SC2086
wait $lanes
lanes=

# ---- the answer ---------------------------------------------------------------------------------

number=0
passed=0 failed=0 skipped=0
while IFS= read -r line; do
    number=$((number + 1))
    p=0 f=1 s=0
    [ -f "$OUT/$number.sum" ] && read -r p f s <"$OUT/$number.sum"
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    [ "$f" -gt 0 ] && show_failures "$number" "${line%% *}"
    grep -h '# SKIP' "$OUT/$number.tap" | sed "s|^|${line%% *}: |" >>"$OUT/skips"
done <"$OUT/suites"
if [ -s "$OUT/skips" ]; then
    echo
    echo "Skipped:"
    sed 's/^/  /' "$OUT/skips"
fi
[ $((passed + failed)) -gt 0 ] || failed=1
echo
[ "$skipped" -gt 0 ] && echo "($skipped skipped)"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
