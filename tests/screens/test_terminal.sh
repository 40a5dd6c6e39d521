#!/bin/sh
# What a terminal can do to the wizard, and the wizard to a terminal: sizes, signals, suspending,
# pastes, keys that others keep for themselves, kinds of terminals, locales, hostile names.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh
has tmux || skip_all 'there is no tmux here'
. tests/screens/tmux.sh

welcome='What would you like to do'
answer='ANSWER +W-[0-9]{3}'
step='STEP +[1-9] / 9'

# program: its process, where the shell has started it with `run_traced`.
run_traced() {
    rm -f "$TMP/pid"
    run "sh -c 'echo \$\$ >$TMP/pid; exec $1'"
    until_true test -s "$TMP/pid"
}
program() {
    cat "$TMP/pid"
}
is_as_before() {
    tmux_value alternate_on 0 && tmux_value cursor_flag 1 && tmux_value mouse_any_flag 0 &&
        tmux_value keypad_flag 0
}
# The shell's own settings came back: what is typed is echoed, and Enter ends a line.
echoes() {
    tm send-keys -l 'echo "still <$((40 + 2))>"'
    tm send-keys Enter
    wait_for 'still <42>'
}
# is_left NAME CODE: as `ends`, where a signal ended it.
is_left() {
    sees "$1: exit code $2" "exit=$2\$"
    check "$1: screen, cursor, keypad and mouse are as before" until_true is_as_before
    check "$1: the shell echoes" echoes
}
same_screen() {
    screen | mask >"$TMP/screen.now2"
    diff "$TMP/$1.kept" "$TMP/screen.now2"
}
keep_screen() {
    settle
    screen | mask >"$TMP/$1.kept"
}

# ---- a session of one scenario: keys, Esc, redraw, suspend, resize ----------------------------

terminal
run_traced "$WHYTLS lab expired"
sees 'a step' "$step"
check 'the mouse is off at first' tmux_value mouse_any_flag 0
keys r
sees 'the answer' "$answer"
keys t
sees 'the tree' 'THE PATH'
keys Escape
sees 'Esc is back' "$answer"
keys Escape
sees 'Esc is back to the step' "$step"
keys Escape
sees 'Esc on the first page says how to quit' 'Press q to quit'
keys Escape
keys Escape
sees 'and does not quit, however often' 'Press q to quit'
keys r
wait_for "$answer"
keep_screen answer
tty=$(tm display-message -p '#{pane_tty}')
printf '\033[5;10HSOMEBODY WRITES HERE\033[9;1H\033[2K' >"$tty"
sees 'another program has written on the screen' 'SOMEBODY WRITES'
keys C-l
check 'Ctrl-L paints it again' until_true same_screen answer
keys C-s
sees 'Ctrl-S does not freeze it: it is the page that saves' 'What to save'
keys Escape
wait_for "$answer"
keys C-z
sees 'Ctrl-Z: the shell is there' 'Stopped|suspended'
check 'Ctrl-Z: the terminal is as before' until_true is_as_before
check 'Ctrl-Z: the shell echoes' echoes
run fg
check 'fg: the same screen' until_true same_screen answer
keys t
sees 'fg: keys are heard' 'THE PATH'
keys Escape
wait_for "$answer"
# Stopped by another, without a word: it can't give the terminal back, but must come back itself.
kill -STOP "$(program)"
sees 'stopped by another: the shell is there' 'Stopped|suspended|ready>'
# The terminal is still in the wizard's modes: a line ends with Ctrl-J there.
tm send-keys -l 'fg; echo exit=$?'
keys C-j
check 'continued: the same screen' until_true same_screen answer
for size in 120x40 60x15 200x60 79x23 10x2 80x24; do
    tm resize-window -x "${size%x*}" -y "${size#*x}"
done
check 'after many sizes: the same screen' until_true same_screen answer
keys C-c
is_left 'Ctrl-C' 130

# ---- leaving in other ways --------------------------------------------------------------------

# The shell may add a line of its own about the signal: only the code counts.
for signal in SEGV:139 ABRT:134 TERM:143 HUP:129 INT:130 QUIT:131; do
    terminal
    run_traced "$WHYTLS lab expired"
    wait_for "$step"
    keys u
    check "kill -${signal%:*}: the mouse is on before" until_true tmux_value mouse_any_flag 1
    kill -"${signal%:*}" "$(program)"
    is_left "kill -${signal%:*}" "${signal#*:}"
done

terminal
run_traced "$WHYTLS lab silent --timeout 60"
sees 'while it is asking' "$step"
wait_for 'ServerHello, its answer: waiting'
keys .
sees 'what is stopped blames nobody' '1d \[ \?\? \].* it was stopped'
keys a
wait_for 'ServerHello, its answer: waiting'
keys C-c
is_left 'Ctrl-C while probes run' 130

# The window is closed: the program must not stay behind.
terminal
run_traced "$WHYTLS lab expired"
wait_for "$step"
tm kill-server
is_gone() {
    ! kill -0 "$(program)" 2>/dev/null || grep -q '^State:[[:space:]]*Z' "/proc/$(program)/status"
}
check 'the window is closed: so is the program' until_true is_gone

# ---- pastes -----------------------------------------------------------------------------------

terminal
run "$WHYTLS"
wait_for "$welcome"
printf 'shop.example:8443\nq\n\nevil.example\n' >"$TMP/paste"
tm load-buffer "$TMP/paste"
tm paste-buffer -p
sees 'a pasted line end submits nothing' 'Enter = check shop.example on port 8443'
sees 'that only its first line was taken is said' 'Only the first line of that was taken'
sees 'and what follows it is no key' 'Address  \[shop\.example:8443 +\]'
"$PYTHON" -c 'print("long.example/" + "x" * 70000)' >"$TMP/paste"
keys C-u
tm load-buffer "$TMP/paste"
tm paste-buffer -p
sees 'a paste of more than 64 KiB is not taken, and that is said' 'pasted text is too long'
sees 'nor is its beginning, which is another address' '\[ +\]'
printf 'a\033[31mred\033]0;title\007\033[200~b.example' >"$TMP/paste"
keys C-u
tm load-buffer "$TMP/paste"
tm paste-buffer -p
sees 'control characters in a paste are dropped' '\[a\[31mred\]0;titleb\.example'
keys C-u
tm send-keys -l "$(printf '\033[200~slow.example')"
sees 'a paste that has begun is not shown yet' 'Typing in: Address'
tm send-keys -H 1b
tm send-keys -H 5b 32 30 31 7e
sees 'the mark of its end may come in pieces' '\[slow\.example '
keys C-c
wait_for '^exit=130$'
terminal
run "$WHYTLS lab expired"
wait_for "$step"
printf 'q\n' >"$TMP/paste"
tm load-buffer "$TMP/paste"
tm paste-buffer -p
sees 'where nothing is typed, a paste is not keys' 'taken only where'
keys q
sees 'q leaves' '^exit=0$'

# ---- kinds of terminals -----------------------------------------------------------------------

for kind in linux vt100 screen xterm xterm-256color tmux-256color; do
    if ! infocmp "$kind" >/dev/null 2>&1; then
        skip "TERM=$kind" 'it is not described here'
        continue
    fi
    terminal
    run "TERM=$kind $WHYTLS lab expired"
    sees "TERM=$kind: a step" "$step"
    keys r
    sees "TERM=$kind: the answer" "$answer"
    keys q
    sees "TERM=$kind: q leaves" 'exit=0'
    check "TERM=$kind: the shell echoes" echoes
done
# $TERM names another terminal than the one that is there: keys are heard all the same, and what is
# no key is not taken for the letters and digits that it is made of.
terminal
run "TERM=vt100 $WHYTLS lab expired"
wait_for "$step"
keys Right
wait_for 'STEP +2 / 9'
tm send-keys -l "$(printf '\033[34~')"
tm send-keys -l "$(printf '\033[1;9q')"
tm send-keys -l "$(printf '\033Oq')"
keys F9
sees 'vt100: F9 is heard; what is no key does nothing' 'SETTINGS'
keys Escape
sees 'vt100: nothing was left half read' 'STEP +2 / 9'
keys PageDown
keys q
sees 'vt100: q leaves' 'exit=0'
for kind in no-such-terminal ''; do
    terminal
    run "TERM=$kind $WHYTLS lab expired"
    reply "TERM='$kind': one line says why" 'whytls: the kind of this terminal is .*\(TERM\), so here'
    sees "TERM='$kind': lines and choices" 'Answer \[1\]:'
    check "TERM='$kind': the other screen was never taken" tmux_value alternate_on 0
    keys q Enter
    sees "TERM='$kind': q leaves" '^exit=1$'
done

# Only a NO_COLOR that says something counts (no-color.org).
colours() {
    tm capture-pane -pe | grep -Eq "$(printf '\033')"'\[([0-9]+;)*(3[0-8]|4[0-8]|9[0-7]|10[0-7])(;[0-9]+)*m'
}
terminal
run "NO_COLOR= $WHYTLS lab expired"
wait_for "$step"
check 'an empty NO_COLOR does not count' until_true colours
keys C-c
wait_for 'exit=130'

# ---- locales and names ------------------------------------------------------------------------

# A combining mark, wide characters, and a mark that turns the reading direction.
name=$(printf 'caf\145\314\201 \344\270\255\346\226\207 \342\200\256evil')
claim_ports
# shellcheck disable=SC2046
set -- $(free_ports 1)
port=$1
cert odd -by self -cn "$name" -san "DNS:shop.example"
start odd "$PYTHON" tests/servers/serve.py "https:$port:$PKI/odd.pem,$PKI/odd.key"
wait_for_port "$port"
wizard="$WHYTLS --connect-to 127.0.0.1:$port shop.example"
certificates() {
    wait_for "$step" && keys d && wait_for 'DETAILS' && keys 2 && wait_for 'Certificate 1'
}
rows_fit() {
    screen >"$TMP/rows"
    "$PYTHON" -c 'import sys, unicodedata
for row in open(sys.argv[1], encoding="utf-8"):
    row = row.rstrip("\n")
    wide = sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1
               for c in row)
    assert wide <= 80, (wide, row)' "$TMP/rows"
}

terminal
run "LC_ALL=C.UTF-8 $wizard"
check 'UTF-8: the certificates' certificates
sees 'UTF-8: wide and combining characters' "$(printf 'caf\145\314\201 \344\270\255\346\226\207')"
sees 'UTF-8: what turns the direction is a code' '<U\+202E>evil'
check 'UTF-8: no row is too wide' rows_fit
keys C-c
wait_for 'exit=130'
terminal
run "LC_ALL=C $wizard"
check 'C: the certificates' certificates
sees 'C: what is not ASCII is a code' 'cafe<U\+0301> <U\+4E2D><U\+6587> <U\+202E>evil'
check 'C: nothing but ASCII is on the screen' sh -c '! tmux -L "$1" capture-pane -p | LC_ALL=C grep "[^ -~]"' - "$tmux_socket"
keys C-c
wait_for 'exit=130'
# A letter that went missing would be another site, and nobody would see it.
terminal
run "LC_ALL=C $WHYTLS"
wait_for "$welcome"
tm send-keys -l "$(printf 'm\303\274nchen.example')"
sees 'C: a letter that is typed is not lost' 'Enter = check m<U\+00FC>nchen.example on port 443'
keys C-u
printf 'm\303\274nchen.example' >"$TMP/paste"
tm load-buffer "$TMP/paste"
tm paste-buffer -p
sees 'C: nor one that is pasted' 'Enter = check m<U\+00FC>nchen.example on port 443'
keys C-c
wait_for 'exit=130'

finish
