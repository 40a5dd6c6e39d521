#!/bin/sh
# check ends by itself, whatever the server does (--max-time), and says of what was not asked that it
# is not known: no cause that something else could explain, and no plain "works".
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh
. tests/servers/makers.sh

claim_ports
ports=$(free_ports 12)
for s in silent trickle once lonely https; do
    port_for "$s"
done
pki_make
cert lonely -aia "http://127.0.0.1:$p_silent/inter.der"
chain lonely lonely
start scripted "$PYTHON" tests/servers/serve.py "silent:$p_silent" "trickle:$p_trickle" \
    "close-once:$p_once" "https:$p_lonely:$PKI/lonely.chain,$PKI/lonely.key" \
    "https:$p_https:$PKI/good.chain,$PKI/good.key"
wait_for_ports "$p_silent" "$p_trickle" "$p_once" "$p_lonely" "$p_https" || echo "# a server never came"

# ---- answers -------------------------------------------------------------------------------------

# Each stage may take longer than all of it: what ends the test is --max-time alone.
maker='time is up'
slow='--timeout 60'
expect_cause time-up "shop.example:$p_silent" $slow --max-time 0.7
expect_cause time-up "shop.example:$p_trickle" $slow --max-time 1
once=yes
expect_cause time-up-fails "shop.example:$p_once" $slow --max-time 3
# The chain fails, and whether the missing certificate can be had was not told.
expect_cause time-up-fails "shop.example:$p_lonely" $slow --max-time 3
expect_works 'with time to spare it' "shop.example:$p_https" --max-time 0

says() {
    grep -q "$1" "$TMP/said" || { cat "$TMP/said"; return 1; }
}
"$WHYTLS" check --cacert "$CACERT" $slow --max-time 1 --connect-to "127.0.0.1:$p_silent" \
    shop.example >"$TMP/said" 2>&1
check 'how long it took is said' says 'had 1 second in all'
check 'a question that had no answer is said' says '"Does the server take the connection?"'

# ---- it works, and something was not asked -------------------------------------------------------

# A whole case, as it is when time is up while the authority is asked: whatever the machine's speed.
"$WHYTLS" lab responder-unreachable --json </dev/null >"$TMP/whole.json"
"$PYTHON" - "$TMP/whole.json" >"$TMP/cut.json" <<'END'
import json, sys
case = json.load(open(sys.argv[1]))
case["time_up_ms"] = 2500
for fetch in case["fetches"]:
    fetch["state"] = "waiting"
print(json.dumps(case))
END
"$WHYTLS" open --json "$TMP/cut.json" >"$TMP/cut2.json" 2>"$TMP/said"
check 'it works as far as we asked: exit code' test $? -eq 0
"$WHYTLS" open "$TMP/cut.json" >"$TMP/said"
check '... and the title says so' says 'It works, but time was up before all was asked'
check '... with the limit' says '2.5 seconds'
check '... and no more is promised' sh -c "! grep -E 'Nothing is wrong|certificate is good|reply are good' '$TMP/said'"
"$WHYTLS" open --json "$TMP/cut2.json" >"$TMP/cut3.json"
check 'opened and saved again it is the same' cmp "$TMP/cut2.json" "$TMP/cut3.json"
check 'the note is in it' grep -q '"time-up"' "$TMP/cut2.json"

# ---- the option ----------------------------------------------------------------------------------

for bad in '' -1 1e3 86400.001 2,5 ' 1' nan 0x10 99999999999999999999; do
    "$WHYTLS" check --offline --max-time "$bad" shop.example >"$TMP/out" 2>"$TMP/said"
    check "--max-time '$bad' is refused" test $? -eq 64
done
for good in 0 2.5 .5 5. 0.0001 86400; do
    "$WHYTLS" check --offline --max-time "$good" shop.example >"$TMP/said" 2>&1
    check "--max-time $good is taken" test $? -eq 3
done
"$WHYTLS" --max-time 3 shop.example >"$TMP/out" 2>"$TMP/said"
check 'the wizard has none, and says so' sh -c "test $? -eq 64 && grep -q 'command check' '$TMP/said'"

finish
