#!/bin/sh
# Where what is printed goes nowhere: descriptors that are closed, full disks, pipes that nobody reads.
# All of it arrives, or the exit code is 74 and one line says why; never a signal.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh

timeout "$WATCHDOG" "$WHYTLS" lab missing-intermediate --json >"$TMP/case.json" 2>"$TMP/err" </dev/null

# A line a command: its own exit code, its arguments. Each prints something.
cat >"$TMP/commands" <<END
1 check localhost:1
1 check --json localhost:1
1 check --json --redact localhost:1
1 lab missing-intermediate
1 open $TMP/case.json
1 open --plain $TMP/case.json
0 lab
0 lab --list
0 explain W-603
0 explain --list
0 theme list
0 theme show
0 --client list
0 --help
0 --version
END

# each NAME REDIRECTIONS WANTED LINES: every command, so redirected by a shell. WANTED: "own" or a code;
# LINES: how many are on standard error ("any": it is closed or full).
each() {
    each_name=$1 redirections=$2 wanted=$3 lines=$4
    each_bad=
    while read -r own arguments; do
        expected=$wanted
        [ "$wanted" = own ] && expected=$own
        : >"$TMP/err"
        timeout "$WATCHDOG" sh -c "exec 2>'$TMP/err'; exec '$WHYTLS' $arguments $redirections" \
            </dev/null >"$TMP/out" 8>&- 9>&-
        status=$?
        [ "$status" -eq "$expected" ] ||
            each_bad="$each_bad$arguments: exit code $status, wanted $expected; "
        [ "$lines" = any ] || [ "$(wc -l <"$TMP/err")" -eq "$lines" ] ||
            each_bad="$each_bad$arguments: $(cat "$TMP/err"); "
    done <"$TMP/commands"
    echo "$each_bad" >"$TMP/each.log"
    if [ -z "$each_bad" ]; then
        ok "$each_name"
    else
        not_ok "$each_name" "$TMP/each.log"
    fi
}

each 'standard input is closed' '<&-' own 0
each 'standard output is closed' '>&-' 74 1
each 'standard error is closed' '2>&-' own any
each 'input and output are closed' '<&- >&-' 74 1
each 'input and error are closed' '<&- 2>&-' own any
each 'all three are closed' '<&- >&- 2>&-' 74 any
each 'standard output is a full disk' '>/dev/full' 74 1
each 'standard error is full' '2>/dev/full' own any
each 'both are full' '>/dev/full 2>&1' 74 any
each 'standard output is /dev/null' '>/dev/null' own 0

nobody_reads() {
    "$PYTHON" - "$WHYTLS" "$TMP/commands" <<'END'
import os, subprocess, sys
bad = 0
for line in open(sys.argv[2]):
    arguments = line.split()[1:]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([sys.argv[1], *arguments], stdin=subprocess.DEVNULL, stdout=writer,
                          stderr=subprocess.PIPE, timeout=600)
    os.close(writer)
    if done.returncode != 74 or done.stderr.count(b"\n") != 1 or b"Broken pipe" not in done.stderr:
        print(arguments, done.returncode, done.stderr)
        bad = 1
sys.exit(bad)
END
}
check 'a pipe that nobody reads' nobody_reads

# What was to be said on standard error alone, and was not, is lost as well.
lost_on_stderr() {
    "$WHYTLS" list 2>/dev/full
    [ $? -eq 74 ] && "$WHYTLS" list 2>/dev/null
}
check 'a word on a full standard error' lost_on_stderr
own_code_stays() {
    "$WHYTLS" --no-such-option >/dev/full 2>/dev/full
    [ $? -eq 64 ]
}
check 'a failure of our own keeps its exit code' own_code_stays
no_input_to_read() {
    "$WHYTLS" open - <&- 2>"$TMP/err"
    [ $? -eq 66 ] && grep -q 'Bad file descriptor' "$TMP/err"
}
check 'open - with no input' no_input_to_read

printf '%s\n' 'clock 1795000000' 'snap -' 'quit' >"$TMP/script"
wizard_without_input() {
    WHYTLS_SCRIPT=$TMP/script "$WHYTLS" <&- >"$TMP/out" && grep -q whytls "$TMP/out"
}
check 'the wizard, led by a script, with no input' wizard_without_input
wizard_to_full() {
    WHYTLS_SCRIPT=$TMP/script "$WHYTLS" >/dev/full 2>"$TMP/err" </dev/null
    status=$?
    cat "$TMP/err"
    [ $status -ge 64 ] && [ $status -le 78 ] && [ -s "$TMP/err" ]
}
check 'the wizard, led by a script, to a full disk' wizard_to_full

# A file that may not grow any more (RLIMIT_FSIZE): SIGXFSZ ends a program that takes no care.
too_large() {
    (ulimit -f 1 && exec "$WHYTLS" open --json "$TMP/case.json" >"$TMP/large" 2>/dev/null)
    [ $? -eq 74 ]
}
check 'a file that may not grow' too_large

# slow_reader HOW: a reader of a small pipe gets all, though somebody made the pipe non-blocking for all
# who have it, or signals come while it is full.
slow_reader() {
    "$PYTHON" - "$WHYTLS" "$TMP/case.json" "$1" <<'END'
import fcntl, os, signal, subprocess, sys
program, case, how = sys.argv[1:]
plain = subprocess.run([program, "open", "--json", case], stdout=subprocess.PIPE).stdout
reader, writer = os.pipe()
fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 4096)
if len(plain) <= 8192:
    sys.exit("the case is too small to fill the pipe")
if how == "nonblocking":
    os.set_blocking(writer, False)
child = subprocess.Popen([program, "open", "--json", case], stdout=writer)
os.close(writer)
got = b""
while piece := os.read(reader, 512):
    if how == "signals":
        for number in (signal.SIGWINCH, signal.SIGSTOP, signal.SIGCONT):
            if child.poll() is None:
                child.send_signal(number)
    got += piece
sys.exit(child.wait() != 1 or got != plain)
END
}
check 'a pipe that does not block' slow_reader nonblocking
check 'a write that is interrupted' slow_reader signals

# ---- files ------------------------------------------------------------------------------------

save() {
    timeout "$WATCHDOG" "$WHYTLS" lab missing-intermediate --save-missing "$1" >"$TMP/out" 2>"$TMP/err" </dev/null
}
# A rename would put a file in the place of the device or the pipe, and root may do that.
save_into_pipe() {
    mkfifo "$TMP/pipe"
    save "$TMP/pipe"
    [ $? -eq 73 ] && [ -p "$TMP/pipe" ] && [ "$(wc -l <"$TMP/err")" -eq 1 ]
}
check '--save-missing leaves a pipe a pipe' save_into_pipe
save_into_device() {
    save /dev/full
    [ $? -eq 73 ] && [ -c /dev/full ] && [ "$(wc -l <"$TMP/err")" -eq 1 ]
}
check '--save-missing leaves a device a device' save_into_device
save_to_full_output() {
    timeout "$WATCHDOG" "$WHYTLS" lab missing-intermediate --save-missing - >/dev/full 2>"$TMP/err" </dev/null
    [ $? -eq 74 ] && [ "$(wc -l <"$TMP/err")" -eq 1 ]
}
check '--save-missing - on a full disk' save_to_full_output
save_nowhere() {
    save "$TMP/none/missing.pem"
    [ $? -eq 73 ]
}
check '--save-missing into a folder that is not there' save_nowhere

# on_full_disk COMMAND...: with $TMP/full, a file system with no room left.
on_full_disk() {
    mkdir -p "$TMP/full"
    unshare -rm sh -c 'mount -t tmpfs -o size=16k none "$1" && mkdir -p "$1/data/whytls/cases"
        cat /dev/zero >"$1/fill" 2>/dev/null; shift; exec "$@"' - "$TMP/full" "$@"
}
save_on_full_disk() {
    on_full_disk sh -c '"$1" lab missing-intermediate --save-missing "$2/missing.pem" >/dev/null 2>"$3"
        [ $? -eq 74 ] && [ "$(ls -A "$2" | tr "\n" " ")" = "data fill " ]' - "$WHYTLS" "$TMP/full" \
        "$TMP/err" </dev/null &&
        [ "$(wc -l <"$TMP/err")" -eq 1 ] && grep -q 'No space left' "$TMP/err"
}
wizard_on_full_disk() {
    printf '%s\n' 'case tests/golden/cases/refused.json' 'type shop.example' 'key enter' \
        'wait page:step' 'wait done' 'key s' 'wait page:save' 'key enter' 'wait text:No space left' \
        'snap -' 'quit' >"$TMP/script.full"
    on_full_disk env XDG_DATA_HOME="$TMP/full/data" HOME="$TMP/full" WHYTLS_SCRIPT="$TMP/script.full" \
        sh -c '"$1"; [ $? -lt 128 ] && [ -z "$(ls -A "$2/data/whytls/cases")" ]' - "$WHYTLS" "$TMP/full" \
        </dev/null >"$TMP/out" 2>&1 && grep 'No space left' "$TMP/out" || {
        cat "$TMP/out"
        return 1
    }
}
if unshare -rm true 2>/dev/null; then
    check '--save-missing on a full disk: 74, and no piece of a file stays' save_on_full_disk
    check 'the wizard saves on a full disk: it says so and goes on' wizard_on_full_disk
else
    skip 'saving on a full disk' 'mount namespaces are not allowed here'
fi

finish
