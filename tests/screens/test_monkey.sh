#!/bin/sh
# The key monkey (monkey.py) on pages of all kinds: a case that is there, one that is being made, the
# welcome page with the practice lab behind it. Ten thousand keys in all, the same every time.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh

cases=tests/golden/cases
seed=1
monkey() {
    name=$1
    shift
    check "$name: 2500 keys, seed $seed, then Ctrl-C" "$PYTHON" tests/screens/monkey.py \
        $seed 2500 "$WHYTLS" "$@"
    seed=$((seed + 1))
}
monkey 'a saved case' open $cases/missing-intermediate.json
monkey 'a case with a question' lab refused
monkey 'a case that is never done' lab silent --timeout 60
monkey 'the welcome page, with no network' --offline

finish
