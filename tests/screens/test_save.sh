#!/bin/sh
# Saving from the wizard in a real terminal: what is written where, who may read it, what is hidden,
# a case that is left in the middle, the question before leaving, and opening again.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh
has tmux || skip_all 'there is no tmux here'
. tests/screens/tmux.sh

cases=$XDG_DATA_HOME/whytls/cases
answer='ANSWER +W-[0-9]{3}'

# A port where nobody is: a real case, not practice, that ends at once.
claim_ports
ports=$(free_ports 1)
take_port

is_private() {
    [ "$(stat -c %a "$1")" = 600 ]
}
count_files() {
    find "$cases" -type f 2>/dev/null | wc -l
}
has_files() {
    [ "$(count_files)" -eq "$1" ]
}

# ---- text and case, with the names hidden -----------------------------------------------------

terminal
run "$WHYTLS lab missing-intermediate"
wait_for 'STEP +1 / 9'
keys r
sees 'the answer' "$answer"
keys x
sees 'names are hidden' 'NAMES HIDDEN'
check 'the site is not on the screen' sh -c '! "$@" | grep -q shop.example' sh tmux -L "$tmux_socket" capture-pane -p
keys s
sees 'the save page' 'Hide before saving'
keys Tab Space Enter
sees 'it says that it has saved' 'Saved\.  Only you can read these files'
check 'two files' until_true has_files 2
text=$(find "$cases" -name '*.txt')
json=$(find "$cases" -name '*.json')
check 'the text is for its owner alone' is_private "$text"
check 'the case is for its owner alone' is_private "$json"
check 'the text names nobody' sh -c '! grep -n "shop\.example" "$1"' sh "$text"
check 'the text has the answer' grep -q 'W-603' "$text"
check 'the case names nobody' sh -c '! grep -n "shop\.example" "$1"' sh "$json"
keys Escape
sees 'Esc goes back to the answer' "$answer"
keys C-c
ends 'Ctrl-C after saving' 130

"$WHYTLS" list >"$TMP/list"
check 'whytls list has the case' grep -Eq '^[0-9A-Z]{3}-[0-9A-Z]{4} .*W-603.*\.json$' "$TMP/list"
"$WHYTLS" open --json "$json" >"$TMP/again.json"
check 'it opens again with its answer' grep -q '"chain.missing-intermediate"' "$TMP/again.json"

# ---- from the welcome page --------------------------------------------------------------------

terminal
run "$WHYTLS"
wait_for 'What would you like to do'
keys F2
sees 'the list of cases' 'SAVED CASES'
sees 'the case in it' 'host-1:443'
keys Enter
sees 'it opens' "$answer"
sees 'and says that names were hidden' 'NAMES HIDDEN'
keys q
sees 'nothing is lost: q leaves at once' '^exit=0$'

# ---- left in the middle -----------------------------------------------------------------------

rm -r "$cases"
terminal
run "$WHYTLS 127.0.0.1:$port"
wait_for 'STEP +1 / 9'
keys r
wait_for "$answer"
keys q
sees 'a case that is not saved is asked about' 'LEAVE\?'
keys Enter
sees 'Enter keeps going' "$answer"
keys C-c
ends 'Ctrl-C' 130
sees 'it says where the case is' '^The case is saved:'
check 'it is there' until_true has_files 1
json=$(find "$cases" -name '*.json')
check 'for its owner alone' is_private "$json"
"$WHYTLS" open --plain "$json" >"$TMP/out"
check 'and opens' grep -q '^  W-1' "$TMP/out"

# A crash, or a kill that nobody can hear: the case so far is there.
no_cases() {
    [ -z "$(find "$cases" -name '*.json' 2>/dev/null)" ]
}
rm -rf "$cases"
terminal
run "sh -c 'echo \$\$ >$TMP/pid; exec $WHYTLS 127.0.0.1:$port'"
wait_for 'STEP +1 / 9'
keys r
wait_for "$answer"
check 'while it runs, there is a draft' until_true has_files 1
kill -KILL "$(cat "$TMP/pid")"
sees 'killed' 'exit=137'
"$WHYTLS" list >"$TMP/list"
check 'the draft is among the saved cases' grep -q 'W-101' "$TMP/list"
rm -rf "$cases"

terminal
run "$WHYTLS 127.0.0.1:$port"
wait_for 'STEP +1 / 9'
keys r
wait_for "$answer"
until_true has_files 1
keys q
wait_for 'LEAVE\?'
keys 3
ends 'left without saving' 0
check 'then there is no draft either' no_cases

# A window that is too small for a question, and a user who is gone: the case is kept, unasked.
terminal 40x10
run "$WHYTLS 127.0.0.1:$port"
wait_for 'This window is 40 x 10'
until_true has_files 1
keys q
sees 'q in a small window leaves' '^exit=0$'
check 'and keeps the case' has_files 1
rm -rf "$cases"
terminal
run "$WHYTLS --plain 127.0.0.1:$port"
wait_for 'Answer \[[^]]+\]: *$'
keys C-d
sees 'Ctrl-D leaves a list' '^exit=1$'
sees 'it says where the case is, on a line of its own' '^The case is saved:'
check 'and keeps it' has_files 1
rm -rf "$cases"

terminal
run "XDG_DATA_HOME=/proc/nothing $WHYTLS 127.0.0.1:$port"
wait_for 'STEP +1 / 9'
keys C-c
sees 'what can not be kept is said' "^The case is not saved\.  Cannot make the folder: No such file"

# What the user tells of a saved case is lost no more easily than a new case.
terminal
run "$WHYTLS 127.0.0.1:$port"
wait_for 'STEP +1 / 9'
keys C-c
wait_for '^The case is saved:'
json=$(find "$cases" -name '*.json')
terminal
run "$WHYTLS open $json"
wait_for "$answer"
keys q
ends 'a saved case that was only looked at' 0
terminal
run "$WHYTLS open $json"
wait_for "$answer"
keys +
wait_for 'That is noted in this case'
keys q
sees 'what was noted in a saved case is not saved yet' 'LEAVE\?'
keys 2
ends 'it is saved, then left' 0
check 'in the same file' has_files 1
check 'with the note' grep -q '"helped"' "$json"
rm -rf "$cases"

# left_after NAME KEY...: before any answer has come, it is kept, and does not claim one.
left_after() {
    left_name=$1
    shift
    rm -rf "$TMP/half"
    {
        printf 'type 127.0.0.1:%s\nkey enter\n' "$port"
        printf 'key %s\n' "$@"
    } >"$TMP/half.script"
    XDG_DATA_HOME=$TMP/half WHYTLS_SCRIPT=$TMP/half.script "$WHYTLS" >"$TMP/out"
    check "$left_name: it says where the case is" grep -q '^The case is saved:' "$TMP/out"
    "$WHYTLS" open --plain "$(find "$TMP/half" -name '*.json')" >"$TMP/out"
    check "$left_name: the case says that it was stopped" grep -q '^  W-003' "$TMP/out"
}
left_after 'left at once' ctrl-c
left_after 'stopped before any try' . ctrl-c

terminal
run "$WHYTLS 127.0.0.1:$port"
wait_for 'STEP +1 / 9'
keys r
wait_for "$answer"
keys q
wait_for 'LEAVE\?'
keys 2
sees 'saved, then left' '^exit=0$'
sees 'and said where' '^The case is saved:'

# ---- copies -----------------------------------------------------------------------------------

terminal
run "$WHYTLS lab plain-http"
wait_for 'STEP +1 / 9'
keys r
wait_for "$answer"
keys y
sees 'a copy says where it is' '(On the clipboard, and in|In a file:) .*-answer\.txt'
check 'the file is there' until_true test -n "$(find "$cases" -name '*-answer.txt')"
check 'with the answer' grep -q 'W-104' "$(find "$cases" -name '*-answer.txt')"
keys C-c
ends 'Ctrl-C in practice' 130

# ---- what the owner must add --------------------------------------------------------------------

terminal
run "$WHYTLS lab missing-intermediate"
sees 'the first step' 'STEP  1 / 9'
keys r
sees 'the answer says the key' 'f saves the missing certificate'
keys f
sees 'the file is named' 'For the site.s owner: .*missing.pem'
pem=$(find "$HOME" "$XDG_DATA_HOME" -name '*-missing.pem' | head -n 1)
check 'it is the one that is missing' sh -c \
    'openssl x509 -in "$1" -noout -subject | grep -q "Practice Issuing CA"' - "$pem"
check 'it is its owner'"'"'s alone' [ "$(stat -c %a "$pem")" = 600 ]
keys f
sees 'a second one does not take its place' 'missing-2.pem'
keys x
sees 'names are hidden' 'NAMES HIDDEN'
keys f
sees 'no names go into a file then' 'Show names first: x'
keys q
sees 'practice needs no saving' '^exit=0'
run "$WHYTLS lab expired"
sees 'another fault' 'STEP  1 / 9'
keys f
sees 'there is nothing to save' 'no missing certificate to save here'
keys q
sees 'and left' '^exit=0'

finish
