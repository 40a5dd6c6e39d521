#!/bin/sh
# The wizard in a real terminal, from the welcome page to the answer page, for three scenarios of the
# practice lab; the screens compared at 80x24; resize, Ctrl-C, NO_COLOR, TERM=dumb.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh
has tmux || skip_all 'there is no tmux here'
. tests/screens/tmux.sh

# The scenario that leads to this cause and nothing else.
scenario_for() {
    "$WHYTLS" lab --list | awk -F '\t' -v slug="$1" '$3 == slug { print $1; exit }'
}
chain=$(scenario_for chain.missing-intermediate)
http=$(scenario_for reach.plain-http)
name=$(scenario_for name.other-name)

answer='ANSWER +W-[0-9]{3}'
step='STEP +[1-9] / 9'
welcome='What would you like to do'

# walk_on: Enter, page by page, until the answer is there.
walk_on() {
    presses=0
    while [ $presses -lt 24 ]; do
        settle
        on_screen "$answer" && return 0
        keys Enter
        presses=$((presses + 1))
    done
    screen
    return 1
}

# pick PATTERN KEY: presses KEY until the line with the ">" matches.
pick() {
    presses=0
    while [ $presses -lt 90 ]; do
        settle
        screen | grep -E '^ *(>|▶)' | grep -Eq -- "$1" && return 0
        keys "$2"
        presses=$((presses + 1))
    done
    screen
    return 1
}

# choose_practice: from the welcome page to the list of scenarios.
choose_practice() {
    presses=0
    while on_screen 'Typing in' && [ $presses -lt 6 ]; do
        keys Tab
        settle
        presses=$((presses + 1))
    done
    pick 'Practice lab' Down || return 1
    keys Enter
    wait_for 'PRACTICE LAB'
}

# ---- welcome to answer, by way of the practice lab --------------------------------------------

terminal
run "$WHYTLS"
sees 'the welcome page' "$welcome"
golden welcome
check 'the practice lab can be chosen' choose_practice
check "the scenario $chain can be chosen" pick "$chain" Down
keys Enter
sees 'the first step' "$step"
check 'Enter leads to the answer' walk_on
golden answer-missing-intermediate
keys t
sees 'the tree' 'THE PATH WE TOOK|PATH'
keys Escape
sees 'Esc goes back to the answer' "$answer"
keys d
sees 'the details' 'DETAILS'
keys Escape
sees 'Esc goes back once more' "$answer"
keys '?'
sees 'help' '^ HELP'
keys Escape
sees 'back from help' "$answer"
keys C-c
ends 'Ctrl-C' 130

# ---- straight to a scenario, step by step -----------------------------------------------------

terminal
run "$WHYTLS lab $http"
sees "$http: a step" "$step"
wait_for 'Found:'
golden step-plain-http
check "$http: Enter leads to the answer" walk_on
golden answer-plain-http
tm resize-window -x 60 -y 15
sees 'a small window says so' 'needs 80 x 24'
tm resize-window -x 80 -y 24
sees 'and comes back' "$answer"
golden answer-plain-http
tm resize-window -x 120 -y 40
sees 'a large window has the answer too' "$answer"
tm resize-window -x 80 -y 24
settle
keys q
settle
# An unsaved case is asked about; the second key leaves.
on_screen 'exit=' || keys q
sees 'q leaves' '^exit=0$'

# ---- run all, without colour ------------------------------------------------------------------

colours() {
    tm capture-pane -pe | grep -Eq "$(printf '\033')"'\[([0-9]+;)*(3[0-8]|4[0-8]|9[0-7]|10[0-7])(;[0-9]+)*m'
}
no_colours() {
    ! colours
}

terminal
run "NO_COLOR=1 $WHYTLS lab $name"
sees "$name: a step" "$step"
keys r
sees "$name: r leads to the answer" "$answer"
golden answer-other-name
check 'NO_COLOR: no colour' no_colours
keys C-c
ends 'Ctrl-C without colour' 130

# The same with colour, so that the test above can fail.
terminal
run "$WHYTLS lab $name"
sees 'with colour: a step' "$step"
keys r
sees 'with colour: the answer' "$answer"
check 'without NO_COLOR there is colour' until_true colours
keys C-c
wait_for '^exit=130$'

# ---- no screen to draw on ---------------------------------------------------------------------

terminal
run "TERM=dumb $WHYTLS lab $name"
reply 'TERM=dumb: one line says why' "cannot move its cursor .TERM., so here is plain text"
sees 'TERM=dumb: pages are lines' 'Answer \[1\]: *$'
check 'TERM=dumb: the other screen was never taken' tmux_value alternate_on 0
keys q Enter
sees 'TERM=dumb: q leaves' '^exit=1$'

finish
