#!/bin/sh
# The tree, each page of advice and every screen are golden files: what a reader sees changes only on
# purpose. `make golden-update` writes them anew: read the difference before you commit it.
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
        not_ok "$1 (make golden-update rewrites it)" "$TMP/diff"
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

# ---- screens: tests/README.md says which files there are ----------------------------------------

mkdir "$TMP/screens"
"$BUILD/tests/tools/grid_dump" "$TMP/screens" || not_ok 'every page can be drawn'
if [ -n "${UPDATE_GOLDEN:-}" ]; then
    rm -rf "$GOLDEN/screens"
    cp -r "$TMP/screens" "$GOLDEN/screens"
fi
# A failure shows where the difference begins; the whole of it is to be read with git.
for file in $(ls "$TMP/screens" "$GOLDEN/screens" | sed -n 's/\.txt$//p' | sort -u); do
    if diff -uN "$GOLDEN/screens/$file.txt" "$TMP/screens/$file.txt" >"$TMP/diff"; then
        ok "screens of $file"
    else
        not_ok "screens of $file (make golden-update rewrites them)" "$TMP/diff"
    fi
done
finish
