#!/bin/sh
# Allocations that fail, one after the other, in what a command does (tests/torture/operations.c):
# the same answer, or EX_OSERR and a line about memory. Fewer points unless TORTURE_ALL=1.
# With sanitizers where WHOLE=1: blocks that are lost it sees itself.
# Arguments: only these operations.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh

torture=$BUILD/asan/torture/torture
[ -n "${WHOLE:-}" ] && [ -x "$torture" ] || torture=$BUILD/torture/torture
case $torture in /*) ;; *) torture=$PWD/$torture ;; esac

# ---- the folder that the operations run in ----------------------------------------------------

ROOM=$TMP/room
mkdir -p "$ROOM/tests/golden" "$XDG_DATA_HOME/whytls/cases" "$XDG_CONFIG_HOME/whytls/themes"
cp -r tests/golden/cases "$ROOM/cases"
cp -r tests/golden/cases "$ROOM/tests/golden/cases"
cp tests/golden/cases/refused.json tests/golden/cases/healthy.json "$XDG_DATA_HOME/whytls/cases"
"$WHYTLS" open --json --redact tests/golden/cases/two-faults.json >"$ROOM/redacted.json"
sed 's/"port"/"part"/' tests/golden/cases/refused.json >"$ROOM/broken.json"
printf '{"theme": "night", "timeout": 9, "more": 1}\n' >"$XDG_CONFIG_HOME/whytls/config.json"
cp themes/default-dark.json "$XDG_CONFIG_HOME/whytls/themes/night.json"
cp themes/default-dark.json "$ROOM/child.json"
cat >"$ROOM/openssl.cnf" <<END
openssl_conf = init
[init]
ssl_conf = ssl
[ssl]
system_default = limits
[limits]
floor = TLSv1.2
MinProtocol = \$floor
CipherString = DEFAULT@SECLEVEL=2
Groups = P-256:P-384
END
"$PYTHON" - tests/golden/cases/missing-intermediate.json >"$ROOM/chain.pem" <<END
import json, sys, textwrap
for c in json.load(open(sys.argv[1]))["certificates"]:
    print("-----BEGIN CERTIFICATE-----", *textwrap.wrap(c["der"], 64), "-----END CERTIFICATE-----", sep="\n")
END

# ---- all of them ------------------------------------------------------------------------------

run_one() {
    (cd "$ROOM" && SSL_CERT_FILE=$ROOM/chain.pem "$torture" "$1")
}
one() {
    said=$(run_one "$1" 2>&1)
    code=$?
    echo "$said" >>"$TMP/said"
    [ $code -eq 0 ] || echo "$said"
    return $code
}
for name in $("$torture"); do
    case " $* " in
    '  ' | *" $name "*) check "$name" one "$name" ;;
    esac
done
awk '/failures tried/ { for (i = 2; i <= NF; i++) if ($i == "failures") n += $(i - 1) }
     END { print "# " n + 0 " failures of an allocation were tried" }' "$TMP/said"

finish
