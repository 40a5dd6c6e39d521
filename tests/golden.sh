#!/bin/sh
# The tree and each page of advice are golden files: what a reader sees changes only on purpose.
# UPDATE_GOLDEN=1 writes them anew: read the difference before you commit it.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/.." || exit 1
. tests/lib.sh
GOLDEN=tests/golden

# compare NAME FILE: the fresh FILE against the golden one of that name.
compare() {
    if [ -n "${UPDATE_GOLDEN:-}" ]; then
        mkdir -p "$(dirname "$GOLDEN/$1")"
        cp "$2" "$GOLDEN/$1"
    fi
    if diff -u "$GOLDEN/$1" "$2" >"$TMP/diff" 2>&1; then
        ok "$1"
    else
        not_ok "$1 (UPDATE_GOLDEN=1 rewrites it)" "$TMP/diff"
    fi
}

"$BUILD/tests/tools/tree_dump" >"$TMP/tree.txt" || not_ok 'the tree can be printed'
compare tree.txt "$TMP/tree.txt"

"$WHYTLS" explain --list >"$TMP/list" || not_ok 'explain --list'
while read -r code _; do
    "$WHYTLS" explain "$code" >"$TMP/$code.txt"
    compare "advice/$code.txt" "$TMP/$code.txt"
done <"$TMP/list"

# A page of a cause that is gone is a lie that nobody reads.
for page in "$GOLDEN"/advice/*.txt; do
    code=$(basename "$page" .txt)
    grep -q "^$code" "$TMP/list" || not_ok "$page is of no cause that there is"
done
finish
