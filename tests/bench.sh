#!/bin/sh
# Prints the project's figures, a line each: bench NAME = VALUE UNIT. Round trips are counted through
# a relay that delays both ways by 50 ms: time with the delay, less the time without, over 100 ms.
# Arguments: only figures whose name contains one of them.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/.." || exit 1
. tests/lib.sh
. tests/servers/makers.sh

pki_make
rsa_leaf
claim_ports
ports=$(free_ports 20)
# shellcheck disable=SC2086
set -- "$@" -- $ports
words=
while [ "$1" != -- ]; do
    words="$words $1"
    shift
done
shift
start scripted "$PYTHON" tests/servers/serve.py \
    "https:$1:$PKI/good.chain,$PKI/good.key" "delay:$2:$1/0" "delay:$3:$1/100" \
    "delay:$5:$4/0" "delay:$6:$4/100" "delay:$8:$7/0" "delay:$9:$7/100"
waiting="$1 $2 $3 $5 $6 $8 $9"
pairs="healthy:works:$2:$3"
if has faketime; then
    cert expired -from -100 -days 90
    chain expired expired inter
    start expired "$PYTHON" tests/servers/serve.py "https:$4:$PKI/expired.chain,$PKI/expired.key"
    waiting="$waiting $4"
    pairs="$pairs expired:chain.expired:$5:$6"
fi
# Each connection in a thread of its own: a server that takes one after the other would be measured.
start nothing_in_common "$PYTHON" tests/servers/serve.py \
    "https:$7:$PKI/rsa-leaf.chain,$PKI/rsa-leaf.key,CAMELLIA256-SHA256"
waiting="$waiting $7"
pairs="$pairs nothing_in_common:cipher.none-in-common:$8:$9"
# A healthy site whose authority has to be asked, as far away as the site itself.
cert asked-near -ocsp "http://127.0.0.1:${12}/"
cert asked-far -ocsp "http://127.0.0.1:${13}/"
register asked-near asked-far
chain asked-near asked-near inter
chain asked-far asked-far inter
ocsp_responder "${11}"
start asked "$PYTHON" tests/servers/serve.py "delay:${12}:${11}/0" "delay:${13}:${11}/100" \
    "https:${14}:$PKI/asked-near.chain,$PKI/asked-near.key" "delay:${15}:${14}/0" \
    "https:${16}:$PKI/asked-far.chain,$PKI/asked-far.key" "delay:${17}:${16}/100"
waiting="$waiting ${11} ${12} ${13} ${14} ${15} ${16} ${17}"
pairs="$pairs asked:works:${15}:${17}"
# shellcheck disable=SC2086
wait_for_ports $waiting || exit 1
# shellcheck disable=SC2086
"$PYTHON" tests/bench.py --program "$WHYTLS" --cacert "$CACERT" --scratch "$TMP" \
    --healthy "$1" --case tests/golden/cases/missing-intermediate.json --pairs "$pairs" $words

# A chain of four, judged; what that costs beyond its signature checks is to stay under 5 ms.
case " $words " in
'  ' | *judge*)
    cert upper -is ca -by root -cn 'Test Policy CA' -org 'Test Trust'
    cert middle -is ca -by upper -cn 'Test Middle CA' -org 'Test Trust'
    cert lower -is ca -by middle -cn 'Test Lower CA' -org 'Test Trust'
    cert fourth -by lower
    cat "$PKI/fourth.pem" "$PKI/lower.pem" "$PKI/middle.pem" "$PKI/upper.pem" >"$TMP/four.pem"
    "$BUILD/tests/tools/chain_bench" "$TMP/four.pem" "$CACERT"
    ;;
esac
