#!/bin/sh
# Names that are hidden are in no output, however long they are: what `check` prints, as text and
# JSON, each page of the wizard in narrow and wide windows, and the files that it saves.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh

label=secretcompany
vpce=vpce-0123456789abcdef0-abcdefgh.execute-api.eu-central-1.vpce.$label.example
long=$label.example # 253 letters are the most (RFC 1035 2.3.4)
while [ ${#long} -lt 210 ]; do
    long=$label-with-a-long-name.$long
done

# tells_none NAME FILE...: nor six letters of it in a row, but those of a word of ours.
tells_none() {
    told=$1
    shift
    cat "$@" >"$TMP/told"
    if [ ! -s "$TMP/told" ]; then
        not_ok "$told: nothing was said" "$TMP/told"
    elif grep -Ein 'ecretc|cretco|retcom|etcomp|tcompa|compan|ompany' "$TMP/told" >"$TMP/tells"; then
        not_ok "$told tells a name" "$TMP/tells"
    else
        ok "$told tells no name"
    fi
}

# ---- what is printed --------------------------------------------------------------------------

for host in "$vpce" "www.$vpce" "$long"; do
    what="a name of ${#host} letters"
    "$WHYTLS" check --offline --redact "$host" >"$TMP/text" 2>&1
    tells_none "check, $what," "$TMP/text"
    "$WHYTLS" check --offline --redact --json "$host" >"$TMP/json" 2>&1
    tells_none "check --json, $what," "$TMP/json"
    "$WHYTLS" open "$TMP/json" >"$TMP/opened" 2>&1
    tells_none "open, $what," "$TMP/opened"
    "$WHYTLS" check --offline --redact "$host.$long" >"$TMP/refused" 2>&1
    tells_none "what it says of a target that is none, $what," "$TMP/refused"
    "$WHYTLS" check --offline "$host" >"$TMP/shown" 2>&1
    "$WHYTLS" check --offline --json "$host" >>"$TMP/shown" 2>&1
    if grep -q "$label" "$TMP/shown"; then
        ok "without --redact it is there, $what"
    else
        not_ok "without --redact it is not there, $what" "$TMP/shown"
    fi
done

# ---- the wizard -------------------------------------------------------------------------------

# Every page that a case has, at this size; then the answer and the case are saved.
look_around() {
    cat <<END
clock 1795000000
wait page:step
wait done
key x
resize $1 $2
key r
wait page:answer
snap -
key t
wait page:tree
snap -
key esc
key d
wait page:details
snap -
key right
snap -
key 4
snap -
key 6
snap -
key esc
key c
wait page:compare
snap -
key esc
key ?
snap -
key esc
key 1
wait page:step
snap -
key y
snap -
key s
wait page:save
snap -
key tab
key space
key enter
wait text:Saved.
snap -
key esc
quit
END
}

for size in '80 24' '120 40' '80 16'; do
    for host in "$vpce" "$long"; do
        # shellcheck disable=SC2086 # two numbers
        look_around $size >"$TMP/script"
        rm -rf "$TMP/home"
        mkdir -p "$TMP/home"
        (
            export HOME="$TMP/home" XDG_DATA_HOME="$TMP/home/data"
            cd "$TMP/home" || exit 1
            WHYTLS_SCRIPT=$TMP/script "$WHYTLS" --offline "$host" >"$TMP/screens" 2>"$TMP/err" </dev/null
        )
        if [ -s "$TMP/err" ]; then
            not_ok "the wizard in $size is played" "$TMP/err"
        else
            ok "the wizard in $size is played"
        fi
        tells_none "the wizard in $size, a name of ${#host} letters," "$TMP/screens"
        find "$TMP/home" -type f \( -name '*.txt' -o -name '*.json' \) >"$TMP/files"
        if [ "$(wc -l <"$TMP/files")" -ge 3 ]; then
            # shellcheck disable=SC2046 # no path has a space
            tells_none "what it saved in $size, a name of ${#host} letters," $(cat "$TMP/files")
        else
            not_ok "it saved a text, a case and a copy" "$TMP/files" "$TMP/screens"
        fi
    done
done

finish
