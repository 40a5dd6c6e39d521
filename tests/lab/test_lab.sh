#!/bin/sh
# Every scenario of the practice lab is walked by the real program to its cause and no other, with
# its notes, and replayed from its saved case; its answer stands on one screen. Two at a time.
# Arguments: only these scenarios.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh

"$WHYTLS" lab --list >"$TMP/list" 2>"$TMP/list.err" || {
    not_ok 'whytls lab --list' "$TMP/list.err"
    finish
}

# name, step, expect, notes, summary, with tabs between; notes may be empty.
tab=$(printf '\t')

# The list itself: five fields, a step from 1 to 9 or none for what is healthy, no name twice, and
# a scenario for each step.
judge_list() {
    awk -F '\t' '
        NF != 5               { print "line " NR ": " NF " fields"; bad = 1 }
        seen[$1]++            { print $1 " is there twice"; bad = 1 }
        $2 !~ /^[0-9]$/       { print $1 ": step " $2; bad = 1 }
        $3 == ""              { print $1 ": nothing is expected"; bad = 1 }
        length($5) < 10       { print $1 ": no summary"; bad = 1 }
                              { step[$2] = 1 }
        END {
            for (i = 1; i <= 9; i++)
                if (!(i in step)) { print "no scenario for step " i; bad = 1 }
            exit bad
        }' "$TMP/list"
}
check 'the list of scenarios' judge_list

# Each walk is made twice (expect.py): what the clock does in between is no difference, and all else is.
judge_turns() {
    "$PYTHON" - <<'END'
import sys
sys.path.insert(0, "tests")
from expect import differ_in_clock_alone as same
assert same("good until 29 November 2026, 14:59\n  UTC", "good until 29 November 2026, 15:00\n  UTC")
assert same("until 9 May 2027, 23:59 UTC", "until\n10 May 2027, 00:00 UTC")
assert same("It ran out on\n31 December 2026.", "It ran out on 1\nJanuary 2027.")
assert not same("It ran out on 9 May 2027.", "It ran out on 8 May 2027.")
assert not same("It ran out on 9 May 2027.", "It ran out on 11 May 2027.")
assert not same("It starts on 9 May 2027.", "It ran out on 9 May 2027.")
END
}
check 'a minute or a day may turn between two walks' judge_turns

# What an experiment can prove must be proven; what only says how it broke may be less. $1: the
# scenario's name, and its causes.
certainty_for() {
    case " $1 " in
    # What the server alone says of a certificate of ours, or what may have two explanations.
    *"clock-untold "* | *"card-expired-by-page "* | *" client-certificate.revoked "* | *" client-certificate.not-yet-valid "* | \
        *" client-certificate.incomplete "* | *" client-certificate.unknown-authority "* | \
        *" client-certificate.refused "* | *" client-certificate.clocks-differ "*) echo any ;;
    # An authority that nobody knows may be the site's or the network's: no test from here tells.
    *" chain.unknown-authority "*) echo any ;;
    *" policy."* | *" protocol."* | *" cipher."* | *" client."* | *" chain.expired "* | \
        *" chain.not-yet-valid "* | *" chain.added-root-expired "* | *" chain.weak-"* | \
        *" chain.revoked "* | *" chain.must-staple "* | \
        *" chain.wrong-order "* | *" chain.wrong-purpose "* | *" chain.intermediate-expired "* | *" reach.plain-http "* | \
        *" name.other-name "* | *" name.www "* | *" name.wildcard-depth "* | \
        *" name.sni-needed "* | *" address."* | *" client-certificate."*)
        echo proven
        ;;
    *) echo any ;;
    esac
}

if [ $# -gt 0 ]; then
    for name in "$@"; do
        grep "^$name$tab" "$TMP/list" || not_ok "$name: no such scenario" >&2
    done >"$TMP/wanted"
elif is_sanitized && [ -z "${WHOLE:-}" ]; then
    # Every second one: what sanitizers look for is in the program, not in the scenario, and the plain
    # build walks them all.
    awk 'NR % 2' "$TMP/list" >"$TMP/wanted"
else
    cp "$TMP/list" "$TMP/wanted"
fi
while IFS= read -r row; do
    name=${row%%"$tab"*}
    rest=${row#*"$tab"*"$tab"}
    expect=${rest%%"$tab"*}
    rest=${rest#*"$tab"}
    printf '%s\t%s\t%s\t%s\n' "$name" "$expect" "${rest%%"$tab"*}" "$(certainty_for "$name $expect")"
done <"$TMP/wanted" >"$TMP/scenarios"

# With sanitizers, and where FAST=1, each is walked once: that both forms are of the same words is for the plain build.
how=
{ is_sanitized || [ -n "${FAST:-}" ]; } && how='--once --brief'
# shellcheck disable=SC2086
"$PYTHON" tests/expect.py --scenarios "$TMP/scenarios" --screen $how --scratch "$TMP" -- "$WHYTLS" >"$TMP/walked" 2>&1
tap_merge "$TMP/walked"
judge_count() {
    [ "$(grep -cE '^(not )?ok ' "$TMP/walked")" -eq "$(wc -l <"$TMP/scenarios")" ] && return
    cat "$TMP/walked"
    return 1
}
check 'each of them was walked' judge_count

# Every cause of the tree that loopback can stage has a scenario: what is missing is said, and is
# no failure by itself (a name that no resolver knows, another network).
"$WHYTLS" explain --list 2>/dev/null | awk '{ print $2 }' | while read -r slug; do
    case $slug in
    works | unknown | not-tested | stopped | unjudged | file-* | time-up*) ;;
    *) cut -f 3,4 "$TMP/list" | tr '\t' ' ' | grep -qw -- "$slug" ||
        echo "# no scenario leads to $slug" ;;
    esac
done

check 'an unknown scenario is refused' sh -c '
    "$WHYTLS" lab --plain no-such-scenario >/dev/null 2>"$HOME/err"
    [ $? -eq 64 ] && [ "$(wc -l <"$HOME/err")" -eq 1 ]'

finish
