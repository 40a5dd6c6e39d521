#!/bin/sh
# Saved cases where the disk is not as one would like it: FIFOs and worse in the folder, thousands of
# files, a read-only home, a full disk, vfat. And what becomes of the draft of a case. The wizard is
# led by scripts: no terminal.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh

cases=$XDG_DATA_HOME/whytls/cases
recorded=$PWD/tests/golden/cases/refused.json
mkdir -p "$cases"

# An ordinary user, where we are none: root may read and write everywhere.
if [ "$(id -u)" != 0 ]; then
    as_user() { "$@"; }
elif has setpriv; then
    as_user() { setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; }
fi

# script NAME LINES...: the wizard does this; what it prints is in $TMP/out.
script() {
    script_name=$1
    shift
    printf '%s\n' "$@" >"$TMP/script"
    WHYTLS_SCRIPT=$TMP/script timeout "$WATCHDOG" "$WHYTLS" >"$TMP/out" 2>"$TMP/err" </dev/null
    script_code=$?
    check "$script_name: it comes to its end" ended
}
ended() {
    cat "$TMP/out" "$TMP/err"
    [ $script_code -eq 0 ] && [ ! -s "$TMP/err" ]
}

# ---- what may lie in the folder ---------------------------------------------------------------

mkfifo "$cases/fifo.json"
mkdir "$cases/folder.json"
"$PYTHON" -c 'import socket,sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' "$cases/socket.json"
ln -s loop.json "$cases/loop.json"
ln -s nowhere "$cases/dangling.json"
ln -s fifo.json "$cases/to-fifo.json"
: >"$cases/empty.json"
truncate -s 1T "$cases/sparse.json" 2>/dev/null || truncate -s 4G "$cases/sparse.json"
cp "$recorded" "$cases/good.json"
cp "$recorded" "$cases/$(printf 'odd\033[31m\n.json')"
long=$(printf '%0250d' 0)
cp "$recorded" "$cases/$long.json"

timeout "$WATCHDOG" "$WHYTLS" list >"$TMP/list" 2>"$TMP/err" </dev/null
status=$?
lists() {
    cat "$TMP/list" "$TMP/err"
    [ $status -eq 0 ] && [ "$(wc -l <"$TMP/list")" -eq 3 ] && grep -q '/good\.json$' "$TMP/list"
}
check 'the list has the three cases, a line each' lists
check 'one has a name that is longer than a line' grep -q "/$long\.json\$" "$TMP/list"
check 'no byte of a name steers the terminal' sh -c \
    '! LC_ALL=C grep -q "[$(printf "\001-\010\013-\037")]" "$1/list" "$1/err"' - "$TMP"
# FILE: WORDS
while IFS=: read -r file words; do
    check "and says of $file:$words" grep -q "/$file:.*$words" "$TMP/err"
done <<'END'
fifo.json: it is a FIFO
to-fifo.json: it is a FIFO
folder.json: it is a folder
socket.json: it is a socket
sparse.json: it is too large
loop.json: symbolic links
dangling.json: No such file
END
check 'an empty file is no case, and no fault' sh -c '! grep -q empty.json "$1/list" "$1/err"' - "$TMP"

if command -v as_user >/dev/null; then
    mkdir -p "$TMP/his/whytls/cases"
    cp "$recorded" "$TMP/his/whytls/cases/good.json"
    cp "$recorded" "$TMP/his/whytls/cases/secret.json"
    chmod 755 "$TMP" "$TMP/his" "$TMP/his/whytls" "$TMP/his/whytls/cases"
    chmod 644 "$TMP/his/whytls/cases/good.json"
    chmod 0 "$TMP/his/whytls/cases/secret.json"
    XDG_DATA_HOME=$TMP/his as_user "$WHYTLS" list >"$TMP/list" 2>"$TMP/err" </dev/null
    check 'a file that may not be read' grep -q '/secret.json: Permission denied' "$TMP/err"
    check 'does not keep the others out' grep -q '/good.json$' "$TMP/list"
    chmod 500 "$TMP/his/whytls/cases"
    [ "$(id -u)" = 0 ] && chown 65534 "$TMP/his/whytls/cases"
    as_user timeout "$WATCHDOG" "$WHYTLS" lab missing-intermediate --save-missing "$TMP/his/whytls/cases/x.pem" \
        >"$TMP/out" 2>"$TMP/err" </dev/null
    check 'a folder that may not be written to' sh -c \
        '[ "$1" -eq 73 ] && grep -q "x.pem: Permission denied" "$2"' - $? "$TMP/err"
    chmod 700 "$TMP/his/whytls/cases"
else
    skip 'a file that may not be read' 'there is no setpriv here'
fi

script 'the wizard lists them, too' 'key f2' 'wait page:cases' 'wait text:Not listed' 'snap -' \
    'key enter' 'wait page:answer' quit
check 'and says that some are not listed' grep -q 'Not listed: 7' "$TMP/out"

# ---- a folder that never answers --------------------------------------------------------------

cat >"$TMP/hangs.c" <<'END'
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <string.h>
#include <unistd.h>
DIR *opendir(const char *name)
{
    while (strstr(name, "/hangs/"))
        pause();
    DIR *(*real)(const char *) = (DIR *(*)(const char *))dlsym(RTLD_NEXT, "opendir");
    return real(name);
}
END
if ${CC:-cc} -shared -fPIC -o "$TMP/hangs.so" "$TMP/hangs.c" -ldl 2>"$TMP/check.log"; then
    XDG_DATA_HOME=$TMP/hangs LD_PRELOAD=$TMP/hangs.so ASAN_OPTIONS=verify_asan_link_order=0 \
        script 'a home that hangs' 'key f2' 'wait text:Looking for saved cases' 'wait text:does not answer' \
        'key esc' 'wait page:welcome' 'key f2' 'wait text:does not answer' quit
else
    skip 'a home that hangs' 'there is no compiler here'
fi

# ---- ten thousand files -----------------------------------------------------------------------

many=$TMP/many/whytls/cases
mkdir -p "$many"
"$PYTHON" - "$many" "$recorded" <<'END'
import os, sys
folder, case = sys.argv[1:]
text = open(case, "rb").read()
for i in range(10000):
    path = f"{folder}/{i:05}.json"
    if i % 20 == 0:
        with open(path, "wb") as f:
            f.write(text)
    else:
        os.link(f"{folder}/{i // 20 * 20:05}.json", path)
    os.utime(path, (1600000000 + i, 1600000000 + i))
with open(f"{folder}/newest.json", "wb") as f:
    f.write(text)
END
XDG_DATA_HOME=$TMP/many timeout "$WATCHDOG" "$WHYTLS" list >"$TMP/list" 2>"$TMP/err" </dev/null
check 'of ten thousand, the newest are listed' grep -q '/newest\.json$' "$TMP/list"
check 'and how many are not' grep -Eq '^whytls: 9[0-9]{3} older files are not listed$' "$TMP/err"
rm -r "$TMP/many"

# ---- the draft --------------------------------------------------------------------------------

# A port where nobody is: a real case, not practice, that ends at once.
claim_ports
ports=$(free_ports 1)
take_port
answer="type 127.0.0.1:$port|key enter|wait done|key r|wait page:answer"

# drafts NAME LINES: a new folder, the answer, these lines (a | between two).
drafts() {
    draft_name=$1
    XDG_DATA_HOME=$TMP/draft
    rm -rf "$TMP/draft"
    printf '%s|%s' "$answer" "$2" | tr '|' '\n' >"$TMP/lines"
    IFS='
'
    # shellcheck disable=SC2046 # a line each
    script "$draft_name" $(cat "$TMP/lines")
    unset IFS
}
count() {
    find "$TMP/draft" -name "$1" | wc -l
}
has_files() { # DRAFTS CASES
    find "$TMP/draft" -type f
    [ "$(count '*-draft*.json')" -eq "$1" ] && [ "$(count '*.json')" -eq $(($1 + $2)) ]
}
only_draft() {
    find "$TMP/draft" -name '*-draft*.json'
}

drafts 'the text is saved' 'key s|wait page:save|key enter|wait text:Saved|quit'
check 'then the draft of the case stays' has_files 1 0
check 'and it opens' sh -c '"$1" open --plain "$2" | grep -q W-101' - "$WHYTLS" "$(only_draft)"
check 'and where it is is told' grep -q '^Its draft is kept: .*-draft\.json$' "$TMP/out"

drafts 'the whole case is saved' 'key s|wait page:save|key tab|key space|key enter|wait text:Saved|quit'
check 'then the draft goes' has_files 0 1

drafts 'the case is saved with its names hidden' \
    'key s|wait page:save|key tab|key space|key tab|key space|key tab|key space|key enter|wait text:still a draft|key esc|key q|wait page:leave|quit'
check 'then the draft, which has more, stays' has_files 1 1

drafts 'the case can not be written' \
    'key s|wait page:save|key tab|key space|key end|key up|key ctrl-u|type /proc/none|key enter|wait text:Cannot|quit'
check 'then the draft stays' has_files 1 0

drafts 'saved, and then more was noted' \
    'key s|wait page:save|key tab|key space|key enter|wait text:Saved|key esc|wait page:answer|key +|key q|wait page:leave|key 3'
check 'left without that: the saved case is still there' has_files 0 1

drafts 'left without saving' 'key q|wait page:leave|key 3'
check 'then the draft goes' has_files 0 0

drafts 'saved while leaving' 'key q|wait page:leave|key 2'
check 'then the case is there, and no draft' has_files 0 1

drafts 'back to where cases begin' 'key esc|key esc|key esc|wait page:welcome|key f2|wait text:W-101|quit'
check 'nobody was asked: the draft stays' has_files 1 0
XDG_DATA_HOME=$TMP/data

# ---- file systems -----------------------------------------------------------------------------

# in_mount NAME HOW COMMAND: in a mount namespace of its own; HOW mounts on $TMP/mnt.
mkdir -p "$TMP/mnt"
can_mount() {
    unshare -m true 2>/dev/null && unshare -m sh -c "$1" - "$TMP/mnt" >/dev/null 2>&1
}
read_only='mount --bind "$1" "$1" && mount -o remount,ro,bind "$1"'
full='mount -t tmpfs -o size=4k none "$1" && { head -c 4096 /dev/zero >"$1/rest"; }'

if can_mount "$read_only"; then
    unshare -m sh -c "$read_only"' && HOME=$1 XDG_DATA_HOME= "$2" lab missing-intermediate \
        --save-missing "$1/x.pem"' - "$TMP/mnt" "$WHYTLS" >"$TMP/out" 2>"$TMP/err" </dev/null
    check 'a read-only disk: --save-missing says so' sh -c \
        '[ "$1" -eq 73 ] && grep -q "x.pem: Read-only file system" "$2"' - $? "$TMP/err"
    printf '%s\n' "type 127.0.0.1:$port" 'key enter' 'wait done' 'key ctrl-c' >"$TMP/script"
    unshare -m sh -c "$read_only"' && WHYTLS_SCRIPT=$3 HOME=$1 XDG_DATA_HOME= "$2"' - \
        "$TMP/mnt" "$WHYTLS" "$TMP/script" >"$TMP/out" 2>"$TMP/err" </dev/null
    check 'a read-only home: leaving says so' grep -q \
        '^The case is not saved.  Cannot make the folder: Read-only file system ' "$TMP/out"
else
    skip 'a read-only home' 'no mount namespace can be made here'
fi

if can_mount "$full"; then
    unshare -m sh -c "$full"' && "$2" lab missing-intermediate --save-missing "$1/x.pem"; echo $? >"$3/code"
        ls -A "$1" >"$3/left"' - "$TMP/mnt" "$WHYTLS" "$TMP" >"$TMP/out" 2>"$TMP/err" </dev/null
    check 'a full disk: it says so' sh -c \
        '[ "$(cat "$1/code")" -eq 74 ] && grep -q "x.pem: No space left" "$1/err"' - "$TMP"
    check 'and nothing is left behind' [ "$(cat "$TMP/left")" = rest ]
else
    skip 'a full disk' 'no mount namespace can be made here'
fi

vfat='truncate -s 4M "$1.img" && mkfs.vfat "$1.img" && mount -o loop "$1.img" "$1"'
if can_mount "$vfat"; then
    unshare -m sh -c "$vfat"' >/dev/null && cd "$1" && "$2" lab missing-intermediate --save-missing x.pem &&
        "$2" lab missing-intermediate --save-missing x.pem; ls -A "$1" >"$3/left"' - "$TMP/mnt" "$WHYTLS" "$TMP" \
        >"$TMP/out" 2>"$TMP/err" </dev/null
    check 'vfat, which has no hard links: the file is there, and nothing else' [ "$(cat "$TMP/left")" = x.pem ]
    unshare -m sh -c "$vfat"' >/dev/null && WHYTLS_SCRIPT=$3/script XDG_DATA_HOME=$1 "$2"; ls "$1/whytls/cases" >"$3/left"' - \
        "$TMP/mnt" "$WHYTLS" "$TMP" >"$TMP/out" 2>"$TMP/err" </dev/null
    check 'and a case is kept there' grep -q '^whytls-.*json$' "$TMP/left"
else
    skip 'vfat, which has no hard links' 'none can be made and mounted here; unit/test_file.c has the calls'
fi

finish
