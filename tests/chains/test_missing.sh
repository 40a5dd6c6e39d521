#!/bin/sh
# What a site left out, as a file, in the advice and in JSON: the same certificates everywhere, each by
# its fingerprint. Read with openssl, which shares no code with ours. Loopback only.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh

# walk SCENARIO: its case in $TMP/case.json, what it saved in $TMP/missing.pem; the exit code.
walk() {
    rm -f "$TMP/missing.pem"
    timeout "$WATCHDOG" "$WHYTLS" lab "$1" --json --save-missing "$TMP/missing.pem" \
        >"$TMP/case.json" 2>"$TMP/err" </dev/null
}

# fingerprints FILE: of each certificate of a PEM bundle, a line each.
fingerprints() {
    rm -f "$TMP"/part.*
    awk -v to="$TMP/part." '/-----BEGIN/ { n++ } { print >(to n) }' "$1"
    for part in "$TMP"/part.*; do
        openssl x509 -in "$part" -noout -fingerprint -sha256 | sed 's/.*=//; s/://g' | tr 'A-F' 'a-f'
    done
}

in_json() {
    "$PYTHON" -c 'import json, sys
for row in json.load(open(sys.argv[1]))["missing"]:
    print(row[sys.argv[2]])' "$TMP/case.json" "$1"
}

# missing SCENARIO COUNT WORDS: as many are saved, whole and for the owner alone, and named.
missing() {
    walk "$1"
    status=$?
    saved_well() {
        [ $status -eq 1 ] && [ ! -s "$TMP/err" ] &&
            [ "$(stat -c %a "$TMP/missing.pem")" = 600 ] &&
            [ "$(fingerprints "$TMP/missing.pem" | wc -l)" -eq "$2" ]
    }
    check "$1: $2 saved, readable by the user alone" saved_well "$@"
    fingerprints "$TMP/missing.pem" >"$TMP/saved"
    in_json sha256 >"$TMP/told"
    check "$1: JSON tells the same ones" cmp "$TMP/saved" "$TMP/told"
    check "$1: and where they are from" sh -c '! grep -v "^http://127\.0\.0\.1:" "$1"' - \
        "$(in_json url >"$TMP/urls" && echo "$TMP/urls")"
    timeout "$WATCHDOG" "$WHYTLS" open --plain "$TMP/case.json" --save-missing "$TMP/again.pem" \
        >"$TMP/text" 2>"$TMP/err" </dev/null
    check "$1: the opened case saves the same" cmp "$TMP/missing.pem" "$TMP/again.pem"
    named() {
        while read -r sum; do
            grep -q "$sum" "$TMP/text" || return 1
        done <"$TMP/saved"
    }
    check "$1: the advice names each by its fingerprint" named
    check "$1: no other file is left" sh -c '! ls "$1".?* 2>/dev/null | grep .' - "$TMP/missing.pem"
}

missing missing-intermediate 1
missing two-missing 2
missing wrong-intermediate 1

walk expired
status=$?
nothing() {
    [ $status -eq 1 ] && [ ! -e "$TMP/missing.pem" ] && [ "$(wc -l <"$TMP/err")" -eq 1 ]
}
check 'nothing is missing: no file, one line, the same answer' nothing

timeout "$WATCHDOG" "$WHYTLS" lab missing-intermediate --plain --save-missing "$TMP/none/file.pem" \
    >"$TMP/text" 2>"$TMP/err" </dev/null
status=$?
refused() {
    [ $status -eq 73 ] && [ "$(wc -l <"$TMP/err")" -eq 1 ] && grep -q '^Answer' "$TMP/text"
}
check 'a file that can not be written: the answer, one line and its own exit code' refused

# stays NAME PATH WORD: what is no regular file of the user's is not replaced, and that is said.
stays() {
    ls -ldi "$2" >"$TMP/before"
    timeout "$WATCHDOG" "$WHYTLS" lab missing-intermediate --plain --save-missing "$2" \
        >"$TMP/text" 2>"$TMP/err" </dev/null
    stays_code=$?
    ls -ldi "$2" >"$TMP/after"
    stayed() {
        [ $stays_code -eq 73 ] && [ "$(wc -l <"$TMP/err")" -eq 1 ] && grep -q "$1" "$TMP/err" &&
            grep -q '^Answer' "$TMP/text" && cmp "$TMP/before" "$TMP/after"
    }
    check "$1 stays what it is" stayed "$3"
}
ln -s "$TMP/elsewhere" "$TMP/link.pem"
stays 'a link' "$TMP/link.pem" 'symbolic link'
check 'and is not followed' [ ! -e "$TMP/elsewhere" ]
stays 'a FIFO' "$TMP/never" 'FIFO'
mkdir "$TMP/folder.pem"
stays 'a folder' "$TMP/folder.pem" 'folder'
stays 'a device' /dev/full 'device'
if [ "$(id -u)" = 0 ]; then
    touch "$TMP/his.pem"
    chown 12345 "$TMP/his.pem"
    stays 'the file of another user' "$TMP/his.pem" 'another user'
else
    skip 'the file of another user stays what it is' 'only root can make one'
fi

timeout "$WATCHDOG" "$WHYTLS" lab missing-intermediate --plain --save-missing - >"$TMP/text" 2>"$TMP/err" </dev/null
check '- prints it after the answer' sh -c \
    'grep -q "^Answer" "$1/text" && openssl x509 -noout -subject <"$1/text" && [ ! -s "$1/err" ]' - "$TMP"
timeout "$WATCHDOG" "$WHYTLS" lab missing-intermediate --json --save-missing - >"$TMP/text" 2>"$TMP/err" </dev/null
status=$?
check '- and JSON do not mix' [ $status -eq 64 ]

finish
