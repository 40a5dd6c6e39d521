#!/bin/sh
# The whole wizard led by scripts (WHYTLS_SCRIPT), without a terminal: recorded cases in place of the
# network and a pretended clock, so that what is on the screen is the same every time.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh

cases=tests/golden/cases

# play NAME [OPTIONS...]: the script on stdin; what it shows is in $TMP/NAME.
play() {
    played=$1
    shift
    cat >"$TMP/$played.script"
    WHYTLS_SCRIPT=$TMP/$played.script "$WHYTLS" "$@" >"$TMP/$played" 2>"$TMP/$played.err" </dev/null
    echo "exit=$?" >>"$TMP/$played.err"
}
# ended NAME: it came to its end without a word of complaint.
ended() {
    echo 'exit=0' | diff - "$TMP/$1.err" >"$TMP/diff" && ok "$1 is played" && return
    not_ok "$1 is played" "$TMP/diff" "$TMP/$1"
}
# shows NAME PATTERN
shows() {
    if grep -Eq -- "$2" "$TMP/$1"; then
        ok "$1: $2"
    else
        not_ok "$1: no /$2/" "$TMP/$1"
    fi
}

# ---- from an address to an answer -------------------------------------------------------------

walk() {
    play "$1" <<END
# a remark
clock 1795000000
snap -
case $cases/missing-intermediate.json
type shop.example
wait text:check shop.example on port 443
key enter
wait page:step
wait done
key r
wait page:answer
snap -
key t
wait page:tree
key esc
wait page:answer
resize 120 40
key 6
wait page:step
snap -
roles -
resize 79 24
wait page:too-small
snap -
END
}
walk first
ended first
shows first 'not checked yet.  It says 18 November 2026, 11:06 UTC'
shows first 'ANSWER  W-603'
shows first 'WHAT WE KNOW'
shows first '^-{120}$'
shows first 'needs 80 x 24'
walk second
check 'twice the same, to the byte' cmp "$TMP/first" "$TMP/second"

# ---- a case at the start, and questions -------------------------------------------------------

play question open "$cases/refused.json" <<'END'
wait page:answer
snap -
key 8
wait text:Does it open on your phone
key 1
wait text:yes, a phone opens it
key r
wait page:answer
snap -
END
ended question
shows question 'ANSWER  W-110|ANSWER  W-1'
shows question 'ANSWER  W-803'

# ---- a paste, field keys, and what goes wrong -------------------------------------------------

play typing <<'END'
paste mail.example:993\nq\nkey q
wait text:check mail.example on port 993
key ctrl-u
wait text:nothing yet
type b.example
key home
type a
wait text:check ab.example on port 443
key end
key backspace
wait text:check ab.exampl on
key esc
wait text:Press q to quit
key esc
wait page:welcome
key q
key nonsense
END
ended typing
play wrong-key <<'END'
key nonsense
END
shows wrong-key.err 'script line 1: no such key: nonsense'
shows wrong-key.err 'exit=70'
play wrong-page <<'END'
wait page:nowhere
END
shows wrong-page.err 'script line 1: no such condition: page:nowhere'
play wrong-case <<'END'
case /nonexistent
END
shows wrong-case.err 'script line 1: this is no case'

finish
