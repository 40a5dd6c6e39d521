# tmux.sh - a real terminal for the screen tests: a shell in a tmux of its own, keys in, screens out.
# Nothing here waits for a time: it waits for what must be on the screen, and gives up after 15 s.
# Sourced after lib.sh.
# SPDX-License-Identifier: MIT
# shellcheck shell=sh

golden=tests/screens/golden
terminals=0
tmux_socket=whytls-test-$$-$terminals

cat >"$TMP/tmux.conf" <<'END'
set -g default-terminal tmux-256color
set -g status off
set -g escape-time 10
set -g history-limit 500
END

tm() {
    tmux -L "$tmux_socket" -f "$TMP/tmux.conf" "$@"
}

end_tmux() {
    tm kill-server 2>/dev/null
    return 0
}
on_exit=end_tmux

# terminal [COLUMNSxROWS]: a fresh one, with a shell at its prompt.
terminal() {
    size=${1:-80x24}
    tm kill-server 2>/dev/null
    # Another socket: the old server may still be on its way out.
    terminals=$((terminals + 1))
    tmux_socket=whytls-test-$$-$terminals
    tm new-session -d -x "${size%x*}" -y "${size#*x}" "env PS1='ready> ' ESCDELAY=25 sh -i"
    wait_for 'ready>'
}

# run COMMAND: typed at the prompt; its exit code is printed as exit=N when it ends.
run() {
    tm send-keys -l "clear; $1; echo exit=\$?"
    tm send-keys Enter
}

keys() {
    tm send-keys "$@"
}

screen() {
    tm capture-pane -p 2>&1
}

# until_true COMMAND...: bounded. Where it never comes, what hangs on it will not come either: after
# two such waits the others are short, so that a broken build does not take minutes to say so.
patience=1200
until_true() {
    tries=0
    while [ $tries -lt $patience ]; do
        "$@" && return 0
        tries=$((tries + 1))
        sleep 0.05
    done
    if [ $patience -eq 1200 ]; then
        patience=1199
    else
        patience=20
    fi
    return 1
}

on_screen() {
    screen | grep -Eq -- "$1"
}

# wait_for PATTERN: false where it never came; the last screen is in $TMP/last-screen.
wait_for() {
    until_true on_screen "$1" && return 0
    screen >"$TMP/last-screen"
    return 1
}

# sees NAME PATTERN: a test of its own.
sees() {
    if wait_for "$2"; then
        ok "$1"
    else
        not_ok "$1: no /$2/ on the screen" "$TMP/last-screen"
    fi
}

# whole: what was printed line by line and may have left the screen: all lines since the terminal was cleared, wrapped ones joined.
whole() {
    tm capture-pane -p -J -S - 2>&1
}

in_reply() {
    whole | grep -Eq -- "$1"
}

# reply NAME PATTERN: a test of its own.
reply() {
    if until_true in_reply "$2"; then
        ok "$1"
    else
        whole >"$TMP/last-screen"
        not_ok "$1: no /$2/ in the reply" "$TMP/last-screen"
    fi
}

tmux_value() {
    [ "$(tm display-message -p "#{$1}")" = "$2" ]
}

# settled: two looks at the screen show the same.
is_settled() {
    screen >"$TMP/screen.now"
    if cmp -s "$TMP/screen.now" "$TMP/screen.before"; then
        return 0
    fi
    mv "$TMP/screen.now" "$TMP/screen.before"
    return 1
}
settle() {
    rm -f "$TMP/screen.before"
    until_true is_settled
}

# What differs from run to run: times, the case code, ports, dates, this computer's own facts; and
# how long a list is, which grows with its table.
mask() {
    sed -E \
        -e 's/^ whytls [0-9.]+/ whytls #.#.#/' \
        -e 's/[ ]*[0-9][0-9.,]* ms/ # ms/g' \
        -e 's/[ ]*[0-9]+\.[0-9] s( |$)/ # s\1/g' \
        -e 's/\b[1-9A-HJKMNP-TV-Z]{3}-[1-9A-HJKMNP-TV-Z]{4}\b/###-####/g' \
        -e 's/127\.0\.0\.1(:[0-9]+| port [0-9]+)/127.0.0.1:#/g' \
        -e 's/(port |:)[1-6][0-9]{4}\b/\1#/g' \
        -e 's/[0-9]{1,2} (January|February|March|April|May|June|July|August|September|October|November|December) [0-9]{4}(, [0-9:]+ UTC)?/DATE/g' \
        -e 's/[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9:]+( UTC)?)?/DATE/g' \
        -e 's/([0-9]+-[0-9]+ of )[0-9]+$/\1#/' \
        -e '/\]  (Network|Clock|Trust store) /s/.*/    (about this computer)/' \
        -e 's/[ ]+$//'
}

# On a busy machine a screen that has settled may not be the last one yet.
is_golden() {
    screen | mask >"$TMP/$1.txt"
    cmp -s "$file" "$TMP/$1.txt"
}

# golden NAME: the screen as it is now against tests/screens/golden/NAME.80x24.txt.
# UPDATE_GOLDEN=1 writes the file instead: look at the difference before it is committed.
golden() {
    settle
    screen | mask >"$TMP/$1.txt"
    file=$golden/$1.80x24.txt
    if [ -n "${UPDATE_GOLDEN:-}" ]; then
        mkdir -p "$golden"
        cp "$TMP/$1.txt" "$file"
    fi
    if [ ! -f "$file" ]; then
        not_ok "screen $1: there is no $file (UPDATE_GOLDEN=1 writes it)" "$TMP/$1.txt"
    elif until_true is_golden "$1"; then
        ok "screen $1"
    else
        diff -u "$file" "$TMP/$1.txt" >"$TMP/$1.diff"
        not_ok "screen $1 (UPDATE_GOLDEN=1 rewrites it)" "$TMP/$1.diff"
    fi
}

# ends NAME CODE: the program has left, with this exit code, and the terminal is as it was.
ends() {
    sees "$1: exit code $2" "^exit=$2\$"
    check "$1: the terminal's own screen is back" until_true tmux_value alternate_on 0
    check "$1: the cursor is shown" until_true tmux_value cursor_flag 1
    check "$1: the mouse is off" until_true tmux_value mouse_any_flag 0
}
