#!/bin/sh
# The settings page in a terminal: a theme is seen while it has the focus and kept by Enter alone,
# signs and mouse change at once, the file is its owner's, and a broken one stops nothing.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh
has tmux || skip_all 'tmux is not installed'
. tests/screens/tmux.sh

config=$XDG_CONFIG_HOME/whytls/config.json
welcome='What would you like to do'
looks() {
    tm capture-pane -pe | tr -d '\n'
}
# has_look PATTERN: in the screen with its colours and attributes.
has_look() {
    looks | grep -Eq -- "$1"
}
setting() {
    python3 -c 'import json, sys; print(json.load(open(sys.argv[1])).get(sys.argv[2]))' "$config" "$1"
}
is_set() {
    [ "$(setting "$1")" = "$2" ]
}
click() { # COLUMN ROW, from 1
    tm send-keys -l "$(printf '\033[<0;%d;%dM\033[<0;%d;%dm' "$1" "$2" "$1" "$2")"
}
row_of() {
    screen | grep -nE -- "$1" | head -n 1 | cut -d: -f1
}

# ---- seen, left, kept ---------------------------------------------------------------------------

terminal
run "$WHYTLS"
sees 'the welcome page' "$welcome"
keys F9
sees 'F9 opens the settings' '^ SETTINGS'
sees 'the theme in use is chosen' '▶ \(o\) default-dark'
tm send-keys -l "$(printf '\033[B')"
sees 'the next theme has the focus, by either form of an arrow' '▶ \( \) high-contrast'
check 'it is seen on the page itself' until_true has_look '48;5;16m|[;[]40m'
keys Escape
sees 'Esc goes back' "$welcome"
check 'and the old look is back' until_true eval '! has_look "48;5;16m|[;[]40m"'
check 'nothing was kept' [ ! -e "$config" ]
keys F9
sees 'the settings again' '▶ \(o\) default-dark'
keys Down Down Enter
sees 'Enter keeps it' 'Your settings are kept'
check 'the theme is in the file' is_set theme light
check 'the file is its owner'"'"'s alone' [ "$(stat -c %a "$config")" = 600 ]
keys F9
sees 'the new theme is the chosen one' '▶ \(o\) light'
keys End Space
sees 'Space goes on to the next number' '10 s  Longest wait'
keys Up Up Space
sees 'plain signs are seen at once' '> \[x\]   Plain ASCII signs'
keys Enter
sees 'kept' 'Your settings are kept'
check 'the time-out is in the file' is_set timeout 10
check 'the signs are in the file' is_set glyphs ascii
keys q
keys F10
ends 'F10 leaves' 0

run "$WHYTLS"
sees 'the next time' "$welcome"
sees 'the signs are still plain' '^> Address'
keys F9
sees 'the theme is still chosen' '> \(o\) light'
keys i
sees 'i brings lines and arrows back' '▶ \(o\) light'
keys Escape F10
ends 'left' 0
run "$WHYTLS --theme mono"
sees 'an option counts more' "$welcome"
keys F9
sees 'than the settings' '\(o\) mono'
keys Escape F10
ends 'left again' 0
run "NO_COLOR=1 $WHYTLS"
sees 'without colour' "$welcome"
keys F9 Home
sees 'a theme can still be chosen' '> \( \) colour-blind'
check 'but none is shown' until_true eval '! has_look "[;[](3|4)[0-8](;|m)"'
keys Escape F10
ends 'NO_COLOR' 0

# ---- the mouse ----------------------------------------------------------------------------------

rm -f "$config"
run "$WHYTLS"
sees 'the welcome page' "$welcome"
check 'the mouse is off at first' until_true tmux_value mouse_any_flag 0
keys Tab
sees 'a choice has the focus' '▶ 1'
keys u
sees 'u turns the mouse on' 'The mouse is on'
check 'and the terminal knows it' until_true tmux_value mouse_any_flag 1
click 20 "$(row_of 'Practice lab')"
sees 'a click gives the focus' '▶ 3  Practice lab'
click 20 "$(row_of 'Practice lab')"
sees 'and one more takes it' 'PRACTICE LAB|Practice lab *$|pretend'
keys Escape
sees 'back' "$welcome"
click 3 24
sees 'a key of the last row can be clicked' '^ HELP'
keys C-z
wait_for 'Stopped|suspended|\[1\]'
check 'stopped, the mouse is off' until_true tmux_value mouse_any_flag 0
tm send-keys -l 'fg'
keys Enter
sees 'fg goes on' '^ HELP'
check 'and the mouse is on again' until_true tmux_value mouse_any_flag 1
keys u
sees 'u turns it off' 'The mouse is off'
check 'and the terminal has it back' until_true tmux_value mouse_any_flag 0
keys u q
check 'left with the mouse on: the screen is given back' until_true tmux_value alternate_on 0
check 'left with the mouse on: it is off' until_true tmux_value mouse_any_flag 0

# ---- a file that is broken ----------------------------------------------------------------------

terminal 140x30
mkdir -p "${config%/*}"
printf '{\n  "mouse": "yes"\n}\n' >"$config"
run "$WHYTLS"
sees 'a fault is said with its place' 'config.json:2:12: mouse must be true or false'
keys F10
ends 'it stops nothing' 0
printf '{ "theme": ' >"$config"
run "$WHYTLS"
sees 'the welcome page all the same' "$welcome"
keys F9
sees 'the settings' '^ SETTINGS'
keys Enter
sees 'a broken file is not written over' 'Mend this first'
check 'it is as it was' [ "$(cat "$config")" = '{ "theme": ' ]
keys F10
ends 'left at last' 0

finish
