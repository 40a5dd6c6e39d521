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
# All files of a page in one state, NAME.80x24.txt, NAME.80x24.attr ..., are one test. A failure shows
# where the difference begins; the whole of it is to be read with git.
diff -ruN "$GOLDEN/screens" "$TMP/screens" >"$TMP/screens.diff"
for page in $(ls "$TMP/screens" "$GOLDEN/screens" | sed -n 's/\..*//p' | sort -u); do
    awk -v page="/$page[.]" '/^diff /{ on = $NF ~ page } on' "$TMP/screens.diff" | head -n 40 >"$TMP/diff"
    if [ -s "$TMP/diff" ]; then
        not_ok "screens of $page (make golden-update rewrites them)" "$TMP/diff"
    else
        ok "screens of $page"
    fi
done
finish
