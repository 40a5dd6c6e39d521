#!/bin/sh
# A trace (WHYTLS_TRACE) of a practice scenario has what each walk wanted, the steps of each try, what
# was read of this computer, and why a change was dropped; and the answer is the same to the byte.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh

mkdir "$TMP/here"

# walks SCENARIO OUT ARGUMENTS...: in a folder of its own, so that what is left there is seen.
walks() {
    scenario=$1 out=$2
    shift 2
    (cd "$TMP/here" && env "$@" "$WHYTLS" lab "$scenario" </dev/null) >"$TMP/whole" 2>"$TMP/$out.err"
    code=$?
    mask_head <"$TMP/whole" >"$TMP/$out"
    echo "$code" >>"$TMP/$out"
}
is_empty_folder() {
    [ -z "$(ls -A "$TMP/here")" ]
}
says() {
    check "$1" grep -Eq -- "$2" "$3"
}
says_no() {
    check "$1" sh -c '! grep -E -- "$1" "$2"' sh "$2" "$3"
}

trace=$TMP/trace.log
walks no-cipher plain
check 'without the variable no file is made' is_empty_folder
walks no-cipher empty WHYTLS_TRACE= WHYTLS_TRACE_FILE="$TMP/none.log"
check 'nor where it is empty' test ! -e "$TMP/none.log"
walks no-cipher traced WHYTLS_TRACE=all WHYTLS_TRACE_FILE="$trace"
check 'the answer is the same to the byte' cmp "$TMP/plain" "$TMP/traced"
check 'and nothing is said besides' cmp "$TMP/plain.err" "$TMP/traced.err"
check 'nothing is left in the current folder' is_empty_folder

says 'a walk has its wants' '^ *[0-9]+ session walk [0-9]+: asking, ' "$trace"
says 'and each is named, with who asks' 'session   wants a probe with changes suites at 127\.0\.0\.1 port [0-9]+, for ' "$trace"
says 'a try that is started' 'session starts probe [0-9]+: changes suites, ' "$trace"
says 'and its end' 'session probe 0 ended: alert at hello' "$trace"
says 'the answer' 'session   proven cipher\.none-in-common, ' "$trace"
says 'the layers of a try' 'probe   0 goes on: connect -> handshake' "$trace"
says 'its messages with their size' 'probe   0 in handshake: handshake out 1, [0-9]+ bytes' "$trace"
says 'its end, by the names of the codes' 'probe   0 ends: alert at hello, hop tls, .*GNUTLS_E_FATAL_ALERT_RECEIVED' "$trace"
says 'what the search tries' 'search  tries suites$' "$trace"
says 'a change that was dropped, and why' 'search  drops groups: failed \(' "$trace"
says 'one that was never tried, and why' 'search  drops policy: no-difference \(' "$trace"
says 'what was read of this computer' 'local   policy of OpenSSL: ' "$trace"
judge_lines() {
    awk '!/^ *[0-9]+ (session|probe  |search |local  ) / { print "not a line of a trace: " $0; bad = 1 }
         $1 < last { print "time goes back: " $0; bad = 1 }
         { last = $1 }
         END { exit bad || NR < 50 }' "$trace"
}
check 'each line has a time that does not go back, and an area' judge_lines

# Each change that was tried, and that the answer does not have, is dropped; once for each reason.
judge_dropped() {
    sed -n 's/.* search  tries //p' "$trace" | grep -vE 'repeat|again' | sort -u >"$TMP/tried"
    sed -n 's/.* search  drops \([^:]*\): .*/\1/p' "$trace" | sort -u >"$TMP/dropped"
    grep -Fxv suites "$TMP/tried" | grep -Fxvf "$TMP/dropped" && return 1
    ! sed -n 's/^ *[0-9]* search  drops //p' "$trace" | sort | uniq -d | grep .
}
check 'what was tried and did not help is dropped, once' judge_dropped

# A set of changes, of which some can be left out.
rm -f "$trace"
walks old-cipher-and-version traced WHYTLS_TRACE=search WHYTLS_TRACE_FILE="$trace"
says_no 'areas that are not named are silent' ' (session|probe|local) ' "$trace"
says 'what can be left out of a set' 'search  drops [a-z-]+: not-needed \(' "$trace"

# By another user, a link, a full disk: the answer comes all the same.
ln -s "$TMP/elsewhere" "$TMP/link"
walks no-cipher linked WHYTLS_TRACE=all WHYTLS_TRACE_FILE="$TMP/link"
check 'a link is not followed' test ! -e "$TMP/elsewhere"
says 'and that is said' '^whytls: the trace cannot be written: .*symbolic link' "$TMP/linked.err"
check 'with the same answer' cmp "$TMP/plain" "$TMP/linked"
walks no-cipher unknown WHYTLS_TRACE=nothing,everything
check 'an unknown area is said once' test "$(wc -l <"$TMP/unknown.err")" -eq "$(($(wc -l <"$TMP/plain.err") + 1))"
check 'and is no failure' cmp "$TMP/plain" "$TMP/unknown"
check 'nor makes a file' is_empty_folder

# The target as it was typed may hold a password; what --cert and --key name is nobody's business.
cat >"$TMP/closes.py" <<'END'
import socket, sys
s = socket.socket()
s.bind(("127.0.0.1", int(sys.argv[1])))
s.listen()
while True:
    s.accept()[0].close()
END
claim_ports
port=$(free_ports 1)
start closes "$PYTHON" "$TMP/closes.py" "$port"
wait_for_port "$port"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=me -days 2 \
    -keyout "$TMP/hush-key.pem" -out "$TMP/hush-cert.pem" 2>/dev/null
rm -f "$trace"
WHYTLS_TRACE=all WHYTLS_TRACE_FILE="$trace" "$WHYTLS" check --cert "$TMP/hush-cert.pem" --key "$TMP/hush-key.pem" \
    "https://user:Pa55word@127.0.0.1:$port/hush?token=hush" >"$TMP/out" 2>&1 </dev/null
says 'a trace of a site' 'session case .*127\.0\.0\.1 port' "$trace"
says_no 'has no password, no path, no key and where none lies' 'Pa55word|hush|PRIVATE' "$trace"

finish
