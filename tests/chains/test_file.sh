#!/bin/sh
# Chains from files (--chain): each format that people have, and chains that nobody made in good faith.
# Each gets an answer or one clear line, in bounded memory and time. No network: nothing is listening.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh

# ---- formats ------------------------------------------------------------------------------------

pki_make
openssl x509 -in "$PKI/good.pem" -out "$TMP/leaf.pem"
openssl x509 -in "$PKI/inter.pem" -out "$TMP/inter.pem"
cat "$TMP/leaf.pem" "$TMP/inter.pem" >"$TMP/good.pem"
cat "$TMP/inter.pem" "$TMP/leaf.pem" >"$TMP/swapped.pem"
openssl x509 -in "$TMP/leaf.pem" -outform DER -out "$TMP/leaf.der"
openssl x509 -in "$TMP/inter.pem" -outform DER -out "$TMP/inter.der"
cat "$TMP/leaf.der" "$TMP/inter.der" >"$TMP/both.der"
openssl crl2pkcs7 -nocrl -certfile "$TMP/swapped.pem" -out "$TMP/bag.pem"
openssl crl2pkcs7 -nocrl -certfile "$TMP/swapped.pem" -outform DER -out "$TMP/bag.der"
openssl x509 -in "$TMP/leaf.pem" -text >"$TMP/text.pem"
openssl x509 -in "$TMP/inter.pem" -text | sed 's/$/\r/' >>"$TMP/text.pem"

# walks NAME SLUG CODE ARGUMENTS...: this verdict alone, and the same when the case is opened again.
walks() {
    name=$1 slug=$2 code=$3
    shift 3
    timeout "$WATCHDOG" "$WHYTLS" check "$@" --cacert "$CACERT" --json >"$TMP/case.json" 2>"$TMP/err" \
        </dev/null
    status=$?
    timeout "$WATCHDOG" "$WHYTLS" open --json "$TMP/case.json" >"$TMP/again.json" 2>>"$TMP/err" </dev/null
    "$PYTHON" -c 'import json, sys
print(*(row["cause"] for row in json.load(open(sys.argv[1]))["verdict"]))' "$TMP/case.json" \
        >"$TMP/slugs" 2>>"$TMP/err"
    right() {
        [ $status -eq "$code" ] && [ "$(cat "$TMP/slugs")" = "$slug" ] &&
            cmp "$TMP/case.json" "$TMP/again.json" && [ ! -s "$TMP/err" ]
    }
    check "$name: $slug" right
}

for file in good.pem both.der bag.pem bag.der text.pem; do
    walks "$file" file-good 0 --chain "$TMP/$file" --servername shop.example
done
walks 'no name is given' file-good 0 --chain "$TMP/good.pem"
check 'and that is said' grep -q '"no name was given"' "$TMP/case.json"
check 'what a file does not tell is said too' grep -q '"a file cannot tell"' "$TMP/case.json"
check 'of a stapled proof, too' sh -c \
    'grep -A 3 "\"chain-staple\"" "$1" | grep -q "a file cannot tell"' - "$TMP/case.json"
check 'and nothing was asked of the network' grep -q '"offline":[[:space:]]*true' "$TMP/case.json"
walks 'the name as a target' file-good 0 --chain "$TMP/good.pem" shop.example
walks 'another name' name.other-name 1 --chain "$TMP/good.pem" --servername other.test
walks 'not the leaf first' chain.wrong-order 1 --chain "$TMP/swapped.pem" shop.example
walks 'after its time' chain.expired 1 --chain "$TMP/good.pem" shop.example --at "$(($(date +%s) + 17280000))"
cert alone -by self
walks 'signed by itself' chain.self-signed 1 --chain "$PKI/alone.pem" shop.example
check 'from standard input' sh -c \
    '"$WHYTLS" check --chain /dev/stdin --cacert "$1" shop.example <"$2" | grep -q W-005' - \
    "$CACERT" "$TMP/good.pem"

if has certtool; then
    certtool --load-certificate "$TMP/leaf.pem" --certificate-info --outder \
        --outfile "$TMP/certtool.der" >/dev/null 2>&1
    walks 'written by certtool' chain.missing-intermediate 1 --chain "$TMP/certtool.der" shop.example
fi

# ---- limits for whole names ---------------------------------------------------------------------
# GnuTLS misreads both kinds: openssl says what is right. With sanitizers it would be the same again.

for kind in $(is_sanitized || echo permitted excluded); do
    cert "$kind" -is ca -by root -cn "Limits $kind" -org 'Test Trust' -from -300 -days 1825 \
        -more "$(printf 'nameConstraints = critical,%s;dirName:tree\n[tree]\nO = Shop' $kind)"
    for org in Shop Other 'Not Shop' 'x,O=Shop'; do
        cert whole -by $kind -org "$org" -from -10
        chain whole whole $kind
        if openssl verify -CAfile "$CACERT" -untrusted "$PKI/$kind.pem" "$PKI/whole.pem" \
            >/dev/null 2>&1; then
            walks "$kind, and it is $org" file-good 0 --chain "$PKI/whole.chain" shop.example
        else
            walks "$kind, and it is $org" chain.name-limit 1 --chain "$PKI/whole.chain" shop.example
        fi
    done
done

# ---- what is refused ----------------------------------------------------------------------------

refuses() {
    name=$1 code=$2
    shift 2
    timeout "$WATCHDOG" "$WHYTLS" "$@" >"$TMP/out" 2>"$TMP/err" </dev/null
    status=$?
    one_line() {
        [ $status -eq "$code" ] && [ ! -s "$TMP/out" ] && [ "$(wc -l <"$TMP/err")" -eq 1 ]
    }
    check "refused: $name" one_line
}
refuses 'no such file' 66 check --chain "$TMP/none"
refuses 'a folder' 65 check --chain "$TMP"
refuses 'nothing to check' 64 check
refuses 'a chain for another command' 64 lab --chain "$TMP/good.pem" expired

# ---- in bad faith -------------------------------------------------------------------------------

mkdir "$TMP/hostile"
"$PYTHON" tests/chains/hostile.py "$TMP/hostile"

for label in fourteen-slow-authorities fourteen-slow-ones-of-one-name; do
    walks "$label" file-unjudged 3 --chain "$TMP/hostile/$label" shop.example
    check 'and it says that this would be too much work, and what was done' \
        grep -q '"gave up after [0-9]* signatures"' "$TMP/case.json"
done

# bounded COMMAND...: within 64 MiB of data and a minute of the processor's time, however busy it is
# otherwise. The sanitizers need memory of their own.
data=65536
is_sanitized && data=unlimited
bounded() (
    ulimit -t 60
    ulimit -d $data
    exec timeout "$WATCHDOG" "$@"
)

# An answer and 1 to 3, or one line and 65. What it said is kept for the judge below.
mkdir "$TMP/said"
survives() {
    bounded "$WHYTLS" check --chain "$1" --cacert "$CACERT" shop.example >"$TMP/out" 2>"$TMP/err" \
        </dev/null
    status=$?
    if [ $status -le 3 ]; then
        grep -q '^Answer' "$TMP/out" && [ ! -s "$TMP/err" ] || return 1
    else
        [ $status -eq 65 ] && [ "$(wc -l <"$TMP/err")" -eq 1 ] && [ ! -s "$TMP/out" ] || return 1
    fi
    cat "$TMP/out" "$TMP/err" >"$TMP/said/${1##*/}"
    [ $status -ne 0 ]
}
# With sanitizers every second one, unless WHOLE=1.
every=1 number=0
is_sanitized && [ -z "${WHOLE:-}" ] && every=2
for file in "$TMP"/hostile/*; do
    number=$((number + 1))
    [ $((number % every)) -eq 0 ] || continue
    check "in bad faith: ${file##*/}" survives "$file"
done

# UTF-8, and nothing that a terminal would act on.
judge_said() {
    "$PYTHON" - "$TMP"/said/* <<'END'
import re, sys
bad = re.compile("[\x01-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
wrong = []
for path in sys.argv[1:]:
    with open(path, "rb") as f:
        said = f.read()
    try:
        found = bad.search(said.decode("utf-8"))
    except UnicodeDecodeError as why:
        found = why
    if found or not said:
        wrong.append(f"{path}: {found}")
sys.exit("\n".join(wrong) or 0)
END
}
check 'of all of them nothing was said that a terminal would act on' judge_said

finish
