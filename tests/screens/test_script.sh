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
shows first 'says 18 November 2026, 11:06 UTC, not checked'
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
wait text:yes, a phone can
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

# ---- the first page: a digit alone is a choice, what is no address is said ---------------------

play digits <<'END'
type 3
wait text:3 is for: Practice lab
wait text:Enter = see what there is to practise on
key enter
wait page:lab
key esc
wait page:welcome
wait text:type the address of a site first
type 2
wait text:2 is for: Open a saved case
key enter
wait page:cases
key esc
type 1
key enter
wait text:Type the address now.
wait text:type the address of a site first
paste  3 
wait text:3 is for: Practice lab
type .example
wait text:check 3.example on port 443
key ctrl-u
type 34
wait text:A number alone is no IP address
wait text:nothing yet: this is no address
key enter
wait text:A number alone is no IP address
wait page:welcome
key backspace
wait text:3 is for: Practice lab
key backspace
type 4
wait text:A number alone is no IP address
key ctrl-u
type 127.1
wait text:check 127.0.0.1 on port 443
key ctrl-u
type it does not work
wait text:These are several words
key enter
wait page:welcome
key ctrl-u
type curl: (60) expired
wait text:see what this message means
key enter
wait page:message
key enter
wait page:welcome
key ctrl-u
paste SSL certificate problem: certificate has expired\nat https://127.0.0.1:9/
wait text:see what this message means
key enter
wait text:check 127.0.0.1:9
key esc
key ctrl-u
paste <https://shop.example/a b>,
wait text:check shop.example on port 443
END
ended digits

# A code in the field opens its case; where several have it, one chooses; else it is a name.
code=$("$PYTHON" -c 'import json,sys; print(json.load(open(sys.argv[1]))["case"])' "$cases/refused.json")
mkdir -p "$XDG_DATA_HOME/whytls/cases"
play code-unknown <<END
type $code
wait text:on port 443
END
ended code-unknown
cp "$cases/refused.json" "$XDG_DATA_HOME/whytls/cases/one.json"
small=$(echo "$code" | tr 'A-Z' 'a-z')
play code <<END
type $small
wait text:open the saved case $code
key enter
wait page:answer
snap -
END
ended code
shows code 'W-101'
cp "$cases/refused.json" "$XDG_DATA_HOME/whytls/cases/two.json"
play code-twice <<END
type $code
key enter
wait page:cases
wait text:Several saved cases have this code
key enter
wait page:answer
END
ended code-twice
rm -r "$XDG_DATA_HOME/whytls/cases"

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
