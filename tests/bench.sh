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
ports=$(free_ports 60)
# shellcheck disable=SC2086
set -- "$@" -- $ports
words=
while [ "$1" != -- ]; do
    words="$words $1"
    shift
done
shift
while [ "${ports%% *}" != "${17}" ]; do # those after the numbered ones are taken by name
    take_port
done
take_port
start scripted "$PYTHON" tests/servers/serve.py \
    "https:$1:$PKI/good.chain,$PKI/good.key" "delay:$2:$1/0" "delay:$3:$1/100" \
    "delay:$8:$7/0" "delay:$9:$7/100"
waiting="$1 $2 $3 $8 $9"
pairs="healthy:works:$2:$3"
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

# measure NAME CAUSE PORT [PORT]: the server there, near and far. The second: the far one is another.
measure() {
    port_for "$1_near"
    port_for "$1_far"
    near=$(port_of "$1_near") far=$(port_of "$1_far")
    start "delay-$1" "$PYTHON" tests/servers/serve.py "delay:$near:$3/0" "delay:$far:${4:-$3}/100"
    pairs="$pairs $1:$2:$near:$far"
}
# bad NAME CAUSE [CHAIN]: a site with the bad certificate $PKI/NAME.
bad() {
    port_for "$1"
    bad_port=$port
    start "bad-$1" "$PYTHON" tests/servers/serve.py "https:$port:${3:-$PKI/$1.chain},$PKI/$1.key"
    measure "$1" "$2" "$bad_port"
}
# Every plain fault of a certificate; 5 round trips at most.
if has faketime; then
    cert expired -from -100 -days 90
    chain expired expired inter
    bad expired chain.expired
    cert early -from 20 -days 90
    chain early early inter
    bad early chain.not-yet-valid
    cert stranger-root -is root -cn 'Stranger Root' -from -400 -days 3650
    cert stranger -from -10 -by stranger-root
    chain stranger stranger stranger-root
    bad stranger chain.unknown-authority
fi
cert self -by self
bad self chain.self-signed "$PKI/self.pem"
cert other -cn other.example -san DNS:other.example
chain other other inter
bad other name.other-name
# The missing certificate has to be fetched, as far away as the site itself.
mkdir "$TMP/files"
openssl x509 -in "$PKI/inter.pem" -outform DER -out "$TMP/files/inter.der"
for n in missing_near_files missing_far_files files missing_at_near missing_at_far; do
    port_for $n
done
for n in near far; do
    cert missing-$n -aia "http://127.0.0.1:$(port_of missing_${n}_files)/inter.der"
done
start missing "$PYTHON" tests/servers/serve.py "files:$(port_of files):$TMP/files" \
    "delay:$(port_of missing_near_files):$(port_of files)/0" \
    "delay:$(port_of missing_far_files):$(port_of files)/100" \
    "https:$(port_of missing_at_near):$PKI/missing-near.pem,$PKI/missing-near.key" \
    "https:$(port_of missing_at_far):$PKI/missing-far.pem,$PKI/missing-far.key"
measure missing chain.missing-intermediate "$(port_of missing_at_near)" "$(port_of missing_at_far)"
cert revoked
register asked-near asked-far -revoked revoked
word revoked revoked
port_for revoked
revoked_port=$port
# shellcheck disable=SC2046
s_server "$revoked_port" $(with revoked) -status_file "$PKI/revoked.ocsp" -www
measure revoked chain.revoked "$revoked_port"
# shellcheck disable=SC2086
wait_for_ports $waiting $listening || exit 1
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
