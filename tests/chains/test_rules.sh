#!/bin/sh
# The dated rules of browsers and Java, over chains that openssl has made: which of them are violated, and
# which of them must not. The file with the rules names the test's own authority. No network.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh

mkdir "$TMP/data"
export WHYTLS_DATADIR="$TMP/data"

# sct DAYS: an extension line with one signed timestamp of that day from today (RFC 6962 3.3).
sct() {
    "$PYTHON" -c 'import sys, time
ms = (int(time.time()) + int(sys.argv[1]) * 86400) * 1000
one = bytes([0]) + bytes(32) + ms.to_bytes(8, "big") + bytes([0, 0, 4, 3, 0, 4, 0, 0, 0, 0])
one = len(one).to_bytes(2, "big") + one
der = len(one).to_bytes(2, "big") + one
print("1.3.6.1.4.1.11129.2.4.2 = DER:" + (bytes([4, len(der)]) + der).hex())' "$1"
}

# leaf NAME FROM DAYS SCT: a chain that a server would send; SCT "none": not logged.
leaf() {
    if [ "$4" = none ]; then
        cert "$1" -from "$2" -days "$3"
    else
        cert "$1" -from "$2" -days "$3" -more "$(sct "$4")"
    fi
    cat "$PKI/$1.pem" "$PKI/inter.pem" >"$TMP/$1.chain"
}

day() { date -u -d "$1 days" +%F; }
key_of() { openssl x509 -in "$1" -noout -pubkey | openssl pkey -pubin -outform DER | sha256sum | cut -c 1-64; }
hash_of() { openssl x509 -in "$1" -outform DER | sha256sum | cut -c 1-64; }

# rules ROW...: these alone.
rules() {
    { echo '{"schema": "whytls-rules-1", "rules": ['; printf '%s' "$1"; shift
      for row; do printf ',\n%s' "$row"; done; echo ']}'; } >"$TMP/data/rules.json"
}
# distrust WHO SINCE DAY ROOT: a row.
distrust() {
    printf '{"rule": "distrust", "who": ["%s"], "since": "%s", "after": "%s", "source": "a test",
        "roots": [{"name": "Test Root", %s}]}' "$1" "$2" "$(day "$3")" "$4"
}
lifetime() {
    printf '{"rule": "lifetime", "who": ["%s"], "from": "%s", "days": %s, "of": "%s", "source": "a test"}' \
        "$1" "$(day "$2")" "$3" "$4"
}

# says NAME VERDICT NOTES CHAIN [OPTION...]
says() {
    name=$1 verdict=$2 notes=$3 chain=$4
    shift 4
    "$WHYTLS" check --json --chain "$TMP/$chain.chain" shop.example "$@" >"$TMP/case.json" \
        2>"$TMP/err" </dev/null
    "$PYTHON" -c 'import json, sys
case = json.load(open(sys.argv[1]))
print(" ".join(row["cause"] for row in case["verdict"]), "|",
      " ".join(row["cause"] for row in case.get("notes", [])))' "$TMP/case.json" >"$TMP/said" 2>>"$TMP/err"
    "$WHYTLS" open --json "$TMP/case.json" >"$TMP/again.json" </dev/null
    right() {
        cat "$TMP/said"
        grep -qx "$verdict | $notes" "$TMP/said" && cmp "$TMP/case.json" "$TMP/again.json" &&
            [ ! -s "$TMP/err" ]
    }
    check "$name: $verdict" right
}

pki_make
leaf logged -10 90 -10
leaf unlogged -10 90 none
leaf long -10 500 -10
leaf decade -10 3650 none
openssl x509 -in "$PKI/root.pem" -out "$TMP/root.pem"
key="\"key\": \"$(key_of "$TMP/root.pem")\""
whole="\"certificate\": \"$(hash_of "$TMP/root.pem")\""
given="--cacert $TMP/root.pem"

rules "$(distrust chrome issued -20 "$key")"
says 'issued after the day' chain.distrusted-authority '' logged $given
check 'it names Chrome and the day' sh -c \
    '"$WHYTLS" open --plain "$1" | tr -s " \n" " " | grep -q "Chrome refuses certificates that it issued after"' - "$TMP/case.json"
rules "$(distrust firefox issued -5 "$key")"
says 'issued before the day' file-good '' logged $given
rules "$(distrust chrome sct -20 "$whole")"
says 'logged after the day, by the whole certificate' chain.distrusted-authority '' logged $given
says 'not logged: nobody knows' file-good '' unlogged $given
rules "$(distrust java issued -20 "$key")"
says 'a rule of Java alone' file-good chain.distrusted-by-some logged $given
rules "$(distrust chrome issued -20 "\"key\": \"$(key_of "$PKI/inter.pem")\"")"
says 'another authority' file-good '' logged $given

rules "$(lifetime chrome -400 398 public)" "$(lifetime chrome -100 200 public)"
says 'made for 500 days' chain.lives-too-long '' long $given
check 'the rule of the day counts' sh -c \
    '"$WHYTLS" open --plain "$1" | tr -s " \n" " " | grep -q "Chrome accepts 200 days"' - "$TMP/case.json"
says 'made for 90 days' file-good '' logged $given
says 'ten years, of no public authority' file-good '' decade $given
rules "$(lifetime chrome -5 30 public)"
says 'made before the rule' file-good '' long $given
rules "$(lifetime apple -400 825 any)"
says 'ten years, and Apple minds' file-good chain.too-long-for-some decade $given

# An authority that was added on this computer: its rules are those of who added it. What other
# programs' lists say of it depends on this computer.
if [ -d /usr/share/ca-certificates ]; then
    rules "$(distrust chrome issued -20 "$key")" "$(lifetime chrome -400 30 public)"
    SSL_CERT_FILE="$TMP/root.pem" says 'an added authority' between.added-root '.*' long
fi

# What is compiled in: the practice PKI is nobody's business, and ten years are Apple's alone.
rm "$TMP/data/rules.json"
says 'our own rules' file-good '' logged $given
says 'our own rules, ten years' file-good chain.too-long-for-some decade $given

# The root once more, signed by an older one, out of date, as many sites sent it in 2021. While the root
# itself is trusted that is a note; where the old one alone is trusted, it is the fault. An expired
# certificate that has nothing to do with the path is no matter at all.
cert old-root -is root -cn 'Old Root' -from -4000 -days 4500
cert cross -is ca -by old-root -cn 'Test Root R1' -org 'Test Trust' -key root -from -400 -days 300
cert dead -is ca -by old-root -cn 'Nobody' -from -400 -days 300
cat "$TMP/logged.chain" "$PKI/cross.pem" >"$TMP/crossed.chain"
cat "$TMP/logged.chain" "$PKI/dead.pem" >"$TMP/strange.chain"
says 'an expired cross-sign beside a good way' file-good chain.dead-extra crossed $given
says 'an expired certificate of nobody' file-good '' strange $given
says 'an expired cross-sign, and no other way' chain.intermediate-expired '' crossed \
    --cacert "$PKI/old-root.pem"

# Where the user told that one program alone fails, a rule of Java alone may be why.
"$WHYTLS" lab distrusted-by-java --json >"$TMP/lab.json" 2>"$TMP/err" </dev/null
"$PYTHON" -c 'import json, sys
case = json.load(open(sys.argv[1]))
case.setdefault("answers", {})["other-program"] = "yes"
json.dump(case, open(sys.argv[2], "w"))' "$TMP/lab.json" "$TMP/told.json"
"$WHYTLS" open --json "$TMP/told.json" >"$TMP/opened.json" 2>>"$TMP/err" </dev/null
told() {
    "$PYTHON" -c 'import json, sys
rows = [(row["cause"], row["certainty"]) for row in json.load(open(sys.argv[1]))["verdict"]]
print(rows)
sys.exit(rows != [("chain.distrusted-in-program", "likely")])' "$TMP/opened.json" && [ ! -s "$TMP/err" ]
}
check 'one program fails, the user told: chain.distrusted-in-program' told

# The hashes in our data are those of the roots that this system ships by these names.
"$PYTHON" -c 'import json
for row in json.load(open("src/data/rules.json"))["rules"]:
    for root in row.get("roots", []):
        if "name" in root:
            print(root.get("key", "-"), root.get("certificate", "-"), root["name"], sep="\t")' |
    sort -u >"$TMP/roots"
judge_roots() {
    met=0 bad=0
    for file in /usr/share/ca-certificates/mozilla/*.crt; do
        name=$(openssl x509 -in "$file" -noout -subject -nameopt multiline,utf8,-esc_msb |
            sed -n 's/^ *commonName *= //p')
        awk -F '\t' -v n="$name" 'n != "" && $3 == n' "$TMP/roots" >"$TMP/rows"
        while IFS="$(printf '\t')" read -r key whole _; do
            met=$((met + 1))
            [ "$key" = "$(key_of "$file")" ] || [ "$whole" = "$(hash_of "$file")" ] || {
                echo "$name: another hash"
                bad=1
            }
        done <"$TMP/rows"
    done
    echo "$met roots"
    [ $bad -eq 0 ] && [ $met -gt 0 ]
}
if [ -e /usr/share/ca-certificates/mozilla/Entrust_Root_Certification_Authority_-_G2.crt ]; then
    check 'the hashes in the data are of the roots with these names' judge_roots
else
    skip 'the hashes in the data are of the roots with these names' 'no such roots are here'
fi

# ---- what an authority leaves out of the certificates that it gives to people ---------------------

cert house -is root -cn 'Test R11' -org 'Some Authority'
cert card -by house -use serverAuth -from -5
cert site
chain site site inter
claim_ports
ports=$(free_ports 1)
take_port
start s_server openssl s_server -accept "127.0.0.1:$port" -cert "$PKI/site.pem" -key "$PKI/site.key" \
    -cert_chain "$PKI/inter.pem" -CAfile "$PKI/house.pem" -Verify 3 -verify_return_error -tls1_2 -www
check 'a server that asks for a certificate' wait_for_ports "$port"
gone() {
    printf '{"rule": "purpose", "gone": "client", %s, "from": "%s", "source": "a test"}' "$1" "$(day "$2")"
}
# shellcheck disable=SC2086
explains() {
    "$WHYTLS" check --connect-to "127.0.0.1:$port" $given --cert "$PKI/card.pem" --key "$PKI/card.key" \
        "shop.example:$port" >"$TMP/out" 2>"$TMP/err" </dev/null
    tr '\n' ' ' <"$TMP/out" | tr -s ' ' | grep -q "W-682.*$1" && return
    cat "$TMP/out" "$TMP/err"
    return 1
}
rules "$(gone '"authority": "Some Authority"' -10)" "$(gone '"of": "public"' -20)"
check 'the authority left the purpose out: its rule is said' explains \
    'Some Authority leaves that purpose out since [0-9]'
rules "$(gone '"authority": "Another"' -10)" "$(gone '"of": "public"' -20)"
check 'else that of all public ones' explains 'Every public authority leaves that purpose out since [0-9]'
rules "$(gone '"authority": "Some Authority"' -2)"
check 'not one that is younger than the certificate' explains \
    'Many public authorities leave that purpose out now'

echo '{"schema": "whytls-rules-1", "rules": [ 7 ]}' >"$TMP/data/rules.json"
"$WHYTLS" check --chain "$TMP/logged.chain" shop.example $given >"$TMP/out" 2>"$TMP/err" </dev/null
right() { cat "$TMP/err"; [ "$(wc -l <"$TMP/err")" -eq 1 ] && grep -q 'rules.json:1:41: ' "$TMP/err" && grep -q W-005 "$TMP/out"; }
check 'a bad file is told in a line, and ours are taken' right
finish
