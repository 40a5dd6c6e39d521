#!/bin/sh
# The words of every cause's advice, measured by `style` (package diction) against the limits of the
# project: a sentence at most 18 words, 12 on average, Flesch-Kincaid grade 7 with the words that are
# explained counted as of one syllable, at most three things to do and two not to do, each thing to do
# starting with a verb, none of the words that hurt or that the field says otherwise. And each has a
# technical line with the words of its row in tests/terms.tsv.
# Reads what `whytls explain CODE` prints for every code of `whytls explain --list`.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/.." || exit 1
. tests/lib.sh
has style || skip_all 'there is no style (package diction) here'

"$WHYTLS" explain --list >"$TMP/list" 2>"$TMP/err" || {
    not_ok 'whytls explain --list' "$TMP/err"
    finish
}

judge_list() {
    awk 'NF < 2 || $1 !~ /^W-[0-9][0-9][0-9]$/ || $2 !~ /^[a-z]+([.-][a-z0-9]+)*$/ { print; bad = 1 }
         seen[$1]++ || seen[$2]++ { print "twice: " $0; bad = 1 }
         END { if (NR < 40) { print NR " causes only"; bad = 1 } exit bad }' "$TMP/list"
}
check 'the list of causes' judge_list

"$PYTHON" tests/words.py "$WHYTLS" "$TMP/list" tests/terms.tsv >"$TMP/words.tap" 2>"$TMP/words.err"
[ -s "$TMP/words.err" ] && not_ok 'measuring the words' "$TMP/words.err"
tap_merge "$TMP/words.tap"
finish
