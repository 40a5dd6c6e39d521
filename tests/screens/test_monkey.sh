#!/bin/sh
# The key monkey (monkey.py) on pages of all kinds: a case that is there, ones that are being made with
# probes under way, the welcome page with the practice lab behind it. Ten thousand keys in all, the
# same every time; Ctrl-C after each run. Built with AddressSanitizer, a leak is another exit code.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh

cases=$PWD/tests/golden/cases
monkey_py=$PWD/tests/screens/monkey.py
seed=1
# monkey NAME live|other ARGUMENTS...: what it saves, under whatever name, stays in its own folder.
run_monkey() {
    cd "$TMP/monkey-$seed" &&
        HOME=$PWD XDG_DATA_HOME=$PWD/data "$PYTHON" "$monkey_py" $seed 1250 "$@"
}
monkey() {
    name=$1 kind=$2
    shift 2
    mkdir "$TMP/monkey-$seed"
    check "$name: 1250 keys, seed $seed, then Ctrl-C" in_subshell run_monkey "$kind" "$WHYTLS" "$@"
    seed=$((seed + 1))
}
in_subshell() {
    ("$@")
}

claim_ports
# shellcheck disable=SC2046
set -- $(free_ports 3)
pki_make
start slow "$PYTHON" tests/servers/serve.py "silent:$1" \
    "https:$2:$PKI/good.chain,$PKI/good.key" "delay:$3:$2/40"
wait_for_ports "$1" "$2" "$3"

monkey 'a saved case' other open "$cases/missing-intermediate.json"
monkey 'a case with a question' other open "$cases/refused.json"
monkey 'practice with a question' other lab refused
monkey 'practice that is never done' other lab silent --timeout 60
monkey 'the welcome page, with no network' other --offline
monkey 'a server that never answers' live --timeout 60 --connect-to "127.0.0.1:$1" shop.example
monkey 'a server that is not trusted' live --connect-to "127.0.0.1:$3" shop.example
monkey 'a server that is far away' live --cacert "$CACERT" --connect-to "127.0.0.1:$3" shop.example

finish
