#!/bin/sh
# As root in the home of somebody else, as sudo may leave it: no file of ours is put there or read there.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh

[ "$(id -u)" -eq 0 ] || skip_all 'this is about root'
theirs=$TMP/theirs ours=$TMP/ours
ln_to=$TMP/ours/link
mkdir -p "$theirs/.config/whytls" "$ours/.config/whytls"
ln -s "$theirs" "$ln_to"
echo '{"mouse": 7}' >"$theirs/.config/whytls/config.json"
echo '{"mouse": 8}' >"$ours/.config/whytls/config.json"
chown -R 12345 "$theirs" 2>/dev/null && [ "$(stat -c %u "$theirs")" = 12345 ] ||
    skip_all 'nothing can be given away here'

# says_folder PATTERN VARIABLE=VALUE...: where `list` says that it has looked.
says_folder() {
    pattern=$1
    shift
    env -u XDG_DATA_HOME -u XDG_CONFIG_HOME "$@" "$WHYTLS" list >"$TMP/out" 2>"$TMP/err" || return 1
    cat "$TMP/err"
    grep -q "$pattern" "$TMP/err"
}
check 'a home of our own is used' says_folder "$ours/.local/share/whytls/cases" HOME="$ours"
not_theirs() {
    ! says_folder "$theirs" "$@"
}
check "another's is not" not_theirs HOME="$theirs"
check 'nor a folder in it that is not there yet' not_theirs HOME="$ours" XDG_DATA_HOME="$theirs/a/b"
check 'nor by a link to it' not_theirs HOME="$ours" XDG_DATA_HOME="$ln_to"
reads_ours() {
    env -u XDG_DATA_HOME -u XDG_CONFIG_HOME HOME="$1" "$WHYTLS" theme list 2>&1 | grep -q "$2"
}
check 'its settings are read' reads_ours "$ours" "$ours.*mouse must be"
not_read() {
    ! reads_ours "$theirs" "$theirs.*mouse must be"
}
check "another's are not" not_read
writes_nothing() {
    printf '%s\n' 'case tests/golden/cases/refused.json' 'type shop.example' 'key enter' 'wait page:step' \
        'wait done' 'key ctrl-c' >"$TMP/script"
    before=$(find "$theirs" | sort)
    env -u XDG_DATA_HOME -u XDG_CONFIG_HOME HOME="$theirs" XDG_DATA_HOME="$ours/data" \
        WHYTLS_SCRIPT="$TMP/script" "$WHYTLS" </dev/null
    [ "$(find "$theirs" | sort)" = "$before" ]
}
check 'nothing is written there' writes_nothing

finish
