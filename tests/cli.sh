#!/bin/sh
# The command line: options, exit codes (doc/design.md, "What others rely on"), and one clear line for bad input,
# never a crash. Nothing here leaves this computer.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/.." || exit 1
. tests/lib.sh

# runs NAME CODE ARGUMENTS...: the exit code; what it said is in $TMP/out and $TMP/err.
runs() {
    name=$1 wanted=$2
    shift 2
    timeout "$WATCHDOG" "$WHYTLS" "$@" >"$TMP/out" 2>"$TMP/err" </dev/null
    status=$?
    if [ $status -eq "$wanted" ]; then
        ok "$name: exit code $wanted"
    else
        echo "exit code $status, wanted $wanted" >>"$TMP/err"
        not_ok "$name: exit code $wanted" "$TMP/err"
    fi
}

# refuses NAME CODES ARGUMENTS...: one of these codes, nothing on stdout, one line on stderr with no
# control byte in it and not longer than a few rows.
refuses() {
    name=$1 codes=$2
    shift 2
    timeout "$WATCHDOG" "$WHYTLS" "$@" >"$TMP/out" 2>"$TMP/err" </dev/null
    status=$?
    why=
    case " $codes " in *" $status "*) ;; *) why="exit code $status, wanted $codes" ;; esac
    [ -s "$TMP/out" ] && why="$why; something on stdout"
    [ "$(wc -l <"$TMP/err")" -eq 1 ] || why="$why; $(wc -l <"$TMP/err") lines on stderr"
    [ "$(wc -c <"$TMP/err")" -le 400 ] || why="$why; $(wc -c <"$TMP/err") bytes on stderr"
    LC_ALL=C grep -q "[$(printf '\001-\010\013-\037\177')]" "$TMP/err" && why="$why; a control byte"
    if [ -z "$why" ]; then
        ok "refused: $name"
    else
        echo "$why" >>"$TMP/err"
        not_ok "refused: $name" "$TMP/err"
    fi
}

says() {
    check "$1" grep -Eq -- "$2" "$3"
}
is_empty() {
    [ ! -s "$1" ]
}

# ---- help and version -------------------------------------------------------------------------

runs '--version' 0 --version
says '--version says which' '^whytls [0-9]+\.[0-9]+' "$TMP/out"
check '--version: nothing on stderr' is_empty "$TMP/err"
runs '--help' 0 --help
says '--help names the commands' 'check' "$TMP/out"
says '--help names the options' '--connect-to' "$TMP/out"
check '--help: nothing on stderr' is_empty "$TMP/err"
check '--help to a full disk is no success' sh -c '! "$WHYTLS" --help >/dev/full 2>/dev/null'

# ---- usage ------------------------------------------------------------------------------------

escape=$(printf '\033[31mshop')
long=$(head -c 10000 /dev/zero | tr '\0' a)

refuses 'an unknown option' 64 check --no-such-option shop.example
refuses 'an option without its value' 64 check shop.example --timeout
refuses 'check without a target' 64 check
refuses 'two targets' 64 check shop.example other.example
refuses 'an empty target' 64 check ''
refuses 'a target of 10,000 characters' 64 check "$long"
refuses 'a target with control characters' 64 check "$escape.example"
refuses 'a target with a newline' 64 check "$(printf 'shop\nexample')"
refuses 'a target with a space' 64 check 'shop .example'
refuses 'port 0' 64 check shop.example:0
refuses 'port 70000' 64 check shop.example:70000
refuses 'a port that is no number' 64 check shop.example:https:443
refuses 'half an IPv6 address' 64 check '[2001:db8::1'
refuses 'a URL of a strange kind' 64 check 'gopher://shop.example/'
for value in x 0 -5 '' 1e9 99999999999999999999; do
    refuses "--timeout '$value'" 64 check --timeout "$value" nobody.invalid
done
refuses '--connect-to with port 99999' 64 check --connect-to 127.0.0.1:99999 shop.example
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=me -keyout "$TMP/a.key" \
    -out "$TMP/a.pem" 2>/dev/null
openssl ecparam -name prime256v1 -genkey -noout -out "$TMP/b.key" 2>/dev/null
refuses 'a key of another certificate' 65 check --cert "$TMP/a.pem" --key "$TMP/b.key" nobody.invalid
refuses 'a certificate without its key' 65 check --cert "$TMP/a.pem" nobody.invalid
says 'and how to name it' 'is not in it: name .* --key' "$TMP/err"
refuses 'a key that is no certificate' 65 check --cert "$TMP/a.key" nobody.invalid
openssl pkey -in "$TMP/a.key" -aes128 -passout pass:x -out "$TMP/locked.key"
refuses 'a key under a password' 65 check --cert "$TMP/a.pem" --key "$TMP/locked.key" nobody.invalid
says 'and why' 'locked with a password' "$TMP/err"
openssl pkcs12 -export -in "$TMP/a.pem" -inkey "$TMP/a.key" -passout pass:x -out "$TMP/a.p12"
refuses 'what a browser gives out' 65 check --cert "$TMP/a.p12" nobody.invalid
says 'and what to do with it' 'PKCS #12.*openssl pkcs12' "$TMP/err"
openssl x509 -in "$TMP/a.pem" -outform DER -out "$TMP/a.der"
openssl pkey -in "$TMP/a.key" -outform DER -out "$TMP/a.key.der"
runs 'a pair in DER' 1 check --cert "$TMP/a.der" --key "$TMP/a.key.der" nobody.invalid
runs 'a pair that fits' 1 check --cert "$TMP/a.pem" --key "$TMP/a.key" nobody.invalid
refuses '--servername with control characters' 64 check --servername "$escape" nobody.invalid
refuses '--cacert: no such file' 66 check --cacert "$TMP/none.pem" nobody.invalid
echo 'not a certificate' >"$TMP/text.pem"
refuses '--cacert: no certificate in it' '65 66' check --cacert "$TMP/text.pem" nobody.invalid
refuses '--starttls, which comes later' 64 check --starttls smtp mail.example
says '--starttls: the line names it' starttls "$TMP/err"
refuses '--proxy, which comes later' 64 check --proxy http://127.0.0.1:3128 shop.example
says '--proxy: the line names it' proxy "$TMP/err"
refuses 'a code that no cause has' 64 explain W-999
refuses 'explain without anything' 64 explain
refuses 'a scenario that there is not' 64 lab --plain no-such-scenario
refuses 'open without a case' 64 open

# ---- walks that need no server ----------------------------------------------------------------

runs 'a name that there is not' 1 check --json nobody.invalid
says 'it is named' '"reach\.name-not-found"' "$TMP/out"
runs 'the same as text' 1 check nobody.invalid
says 'the text has its headings' '^What is fine' "$TMP/out"
runs '-4' 1 check -4 --json nobody.invalid
runs '-6' 1 check -6 --json nobody.invalid
runs '-- ends the options' 1 check --json -- nobody.invalid
runs 'a URL' 1 check --json https://nobody.invalid/path?x=1
says 'its host is the target' '"nobody\.invalid"' "$TMP/out"

if unshare -rn true 2>/dev/null; then
    no_network() {
        unshare -rn "$WHYTLS" check --json --timeout 2 "$1" >"$TMP/out" 2>&1
        [ $? -eq 3 ] && grep -q '"not-tested"' "$TMP/out"
    }
    check 'no network: an address, exit code 3' no_network 192.0.2.1
    check 'no network: a name, exit code 3' no_network shop.example
else
    skip 'no network: exit code 3' 'network namespaces are not allowed here'
fi

interrupted() {
    "$PYTHON" - "$WHYTLS" <<'END'
import signal, socket, subprocess, sys
with socket.create_server(("127.0.0.1", 0)) as server:
    port = server.getsockname()[1]
    child = subprocess.Popen([sys.argv[1], "check", "--timeout", "60", "--connect-to",
                              f"127.0.0.1:{port}", "shop.example"], stdout=subprocess.PIPE)
    server.settimeout(600)
    conn, _ = server.accept()
    conn.recv(1)
    child.send_signal(signal.SIGINT)
    child.communicate(timeout=600)
    print("exit code", child.returncode)
    sys.exit(child.returncode != 130)
END
}
check 'Ctrl-C in the middle of a walk: exit code 130' interrupted

# ---- cases ------------------------------------------------------------------------------------

runs 'a case to open' 1 lab missing-intermediate --json
cp "$TMP/out" "$TMP/case.json"
host=$("$PYTHON" -c 'import json,sys; print(json.load(open(sys.argv[1]))["target"]["host"])' \
    "$TMP/case.json")

runs 'open' 1 open --plain "$TMP/case.json"
cp "$TMP/out" "$TMP/case.txt"
says 'open: the headings' '^Who can fix it' "$TMP/out"
open_stdin() {
    "$WHYTLS" open --json - <"$TMP/case.json" | cmp - "$TMP/case.json"
}
check 'open - reads stdin' open_stdin
# Law 1: the walk looks at no clock, no environment.
elsewhere() {
    env -i PATH="$PATH" HOME=/nonexistent TZ=Asia/Tokyo LC_ALL=C.UTF-8 \
        OPENSSL_CONF=/nonexistent SSL_CERT_FILE=/dev/null \
        "$WHYTLS" open --json "$TMP/case.json" | cmp - "$TMP/case.json"
}
check 'open in other surroundings says the same' elsewhere

# By its code, as one hears it on the phone; a file of that name is a file.
code=$("$PYTHON" -c 'import json,sys; print(json.load(open(sys.argv[1]))["case"])' "$TMP/case.json")
kept=$XDG_DATA_HOME/whytls/cases
refuses 'a code that no saved case has' 66 open --plain "$code"
says 'a code that no saved case has' "no saved case with the code $code" "$TMP/err"
mkdir -p "$kept"
cp "$TMP/case.json" "$kept/one.json"
for typed in "$code" " $code " "$(echo "$code" | tr -d -)" "$(echo "$code" | tr 'A-Z' 'a-z')"; do
    runs "open by code '$typed'" 1 open --json "$typed"
    check "open by code '$typed': that case" cmp "$TMP/out" "$TMP/case.json"
done
refuses 'a code with a slip' 66 open --plain "2${code#?}"
refuses 'a code with a letter of no code' 66 open --plain "O${code#?}"
cp "$TMP/case.json" "$kept/two.json"
refuses 'a code that two saved cases have' 64 open --plain "$code"
says 'a code that two saved cases have' "2 saved cases have the code $code" "$TMP/err"
file_of_that_name() {
    echo '{}' >"$TMP/$code" && (cd "$TMP" && "$WHYTLS" open "$code" 2>"$TMP/err")
    [ $? -eq 65 ] && [ "$(wc -l <"$TMP/err")" -eq 1 ]
}
check 'a file that is called like a code is a file' file_of_that_name
rm -r "$kept"
for typed in 3 0x7f.1 010.0.0.1 4294967295 'curl: (60) expired'; do
    refuses "check '$typed'" 64 check --plain "$typed"
done

# A version that asked nobody whether a certificate was called back saved less, and said that it works.
runs 'a case of a site whose authority was asked' 0 lab in-force --json
"$PYTHON" - "$TMP/out" "$TMP/older.json" <<'END'
import json, sys
case = json.load(open(sys.argv[1]))
del case["fetches"], case["statements"]
json.dump(case, open(sys.argv[2], "w"))
END
runs 'open a case that an older version saved' 0 open --plain "$TMP/older.json"
says 'open a case that an older version saved' 'W-001' "$TMP/out"

refuses 'a case that is not there' 66 open --plain "$TMP/none.json"
refuses 'a file that never ends' 65 open --plain /dev/zero
refuses 'a folder for a case' '65 66' open --plain "$TMP"
: >"$TMP/empty.json"
refuses 'an empty file' 65 open --plain "$TMP/empty.json"
echo 'hello' >"$TMP/hello.json"
refuses 'a file that is no case' 65 open --plain "$TMP/hello.json"
echo '{}' >"$TMP/bare.json"
refuses 'JSON that is no case' 65 open --plain "$TMP/bare.json"
echo '{"schema":"whytls.case/2"}' >"$TMP/future.json"
refuses 'a case of another schema' 65 open --plain "$TMP/future.json"
head -c 1000000 /dev/urandom >"$TMP/noise.json"
refuses 'noise' 65 open --plain "$TMP/noise.json"
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "[" }' >"$TMP/deep.json"
refuses 'a hundred thousand brackets' 65 open --plain "$TMP/deep.json"

# Cut at a hundred places: 65 at each, no crash. The last byte is the newline.
cut_anywhere() {
    size=$(wc -c <"$TMP/case.json")
    place=1
    while [ $place -lt $((size - 2)) ]; do
        head -c $place "$TMP/case.json" >"$TMP/cut.json"
        "$WHYTLS" open --plain "$TMP/cut.json" >"$TMP/out" 2>"$TMP/err"
        status=$?
        [ $status -eq 65 ] && [ "$(wc -l <"$TMP/err")" -eq 1 ] && [ ! -s "$TMP/out" ] || {
            echo "cut after $place of $size bytes: exit code $status"
            cat "$TMP/err"
            return 1
        }
        place=$((place + size / 100 + 1))
    done
}
check 'a case cut off anywhere' cut_anywhere

# One byte changed at a hundred places: an answer or a refusal, never a crash.
bytes_changed() {
    "$PYTHON" - "$WHYTLS" "$TMP/case.json" "$TMP/changed.json" <<'END'
import random, subprocess, sys
program, source, target = sys.argv[1:]
data = open(source, "rb").read()
dice = random.Random(7)
bad = 0
for _ in range(100):
    changed = bytearray(data)
    changed[dice.randrange(len(data))] = dice.choice(b'"{}[]0-9\\\x00\xff\x1b,:e')
    with open(target, "wb") as f:
        f.write(changed)
    status = subprocess.run([program, "open", "--plain", target], capture_output=True,
                            timeout=600).returncode
    if status not in (0, 1, 2, 3, 65):
        print("exit code", status)
        bad = 1
sys.exit(bad)
END
}
check 'a byte changed anywhere' bytes_changed

# ---- redacted ---------------------------------------------------------------------------------

timeout "$WATCHDOG" "$WHYTLS" open --json --redact "$TMP/case.json" >"$TMP/hidden.json" 2>"$TMP/err"
status=$?
hidden() {
    [ $status -le 3 ] && [ -s "$TMP/hidden.json" ] && [ -n "$host" ] &&
        grep -q "$host" "$TMP/case.json" && ! grep -n "$host" "$TMP/hidden.json"
}
check "a redacted case does not hold $host" hidden
# Certificates hold the names and are emptied: such a case shows what was found when they were there.
runs 'a redacted case opens again' 1 open --plain "$TMP/hidden.json"
says 'and has its answer' '^  W-603  The site sends an incomplete certificate chain' "$TMP/out"
says 'and its proof' 'With only one thing changed it is accepted:' "$TMP/out"
redacted_again() {
    "$WHYTLS" open --json "$TMP/hidden.json" >"$TMP/again.json"
    "$PYTHON" - "$TMP/hidden.json" "$TMP/again.json" <<'END'
import json, sys
first, again = (json.load(open(name)) for name in sys.argv[1:])
told = lambda case: [[(e["cause"], e["certainty"], e["proof"]["baseline"], e["proof"]["experiment"],
                       e["proof"]["changed"], e["proof"]["changed_in_chain"]) for e in case[part]]
                     for part in ("verdict", "notes")] + [case["path"], case["redacted"]]
sys.exit(told(first) != told(again))
END
}
check 'and is told the same way again' redacted_again
sed 's/"redacted":[[:space:]]*true/"redacted": false/' "$TMP/hidden.json" >"$TMP/bare.json"
refuses 'a case that has lost its certificates and does not say so' 65 open --plain "$TMP/bare.json"
check 'a redacted case shows its verdict' grep -q '"chain.missing-intermediate"' "$TMP/hidden.json"
timeout "$WATCHDOG" "$WHYTLS" open --plain --redact "$TMP/case.json" >"$TMP/hidden.txt" 2>>"$TMP/err"
hidden_text() {
    grep -q '^Answer' "$TMP/hidden.txt" && ! grep -n "$host" "$TMP/hidden.txt"
}
check 'nor does its text' hidden_text

# ---- themes -----------------------------------------------------------------------------------

runs 'theme list' 0 theme list
has_all_themes() {
    for theme in colour-blind default-dark high-contrast light linux-console mono; do
        grep -q "^$theme " "$TMP/out" || return 1
    done
}
check 'theme list has all that are built in' has_all_themes
check 'each is in the sources as a file' sh -c '[ "$(ls themes/*.json | wc -l)" -eq "$(wc -l <"$1")" ]' \
    - "$TMP/out"
runs 'theme show' 0 theme show colour-blind
says 'theme show says each role in words' '^warn +#E69F00 \(178\)' "$TMP/out"
check 'theme show: no escapes where there is no terminal' sh -c '! grep -q "$(printf "\\033")" "$1"' - "$TMP/out"
runs 'theme show --color always' 0 theme show colour-blind --color always
check 'theme show --color always: colours' grep -q "$(printf '\033\[0')" "$TMP/out"
for theme in themes/*.json; do
    runs "theme check $theme" 0 theme check "$theme"
    says "$theme is good" ': good$' "$TMP/out"
    check "$theme: not a word of complaint" is_empty "$TMP/err"
done
cat >"$TMP/night.json" <<'END'
{
  "$schema": "whytls-theme-1",
  "schema": 1,
  "extends": "default-dark",
  "roles": {
    "title": {"bold": true},
    "ok":   {"fg": "bleu", "bold": true}
  }
}
END
refuses 'a theme with a colour that there is not' 78 theme check "$TMP/night.json"
says 'the line says where, and what was meant' \
    'night\.json:7:20: unknown colour "bleu" in roles\.ok\.fg\. Did you mean "blue"\?$' "$TMP/err"
refuses 'to show it' 78 theme show "$TMP/night.json"
sed 's/bleu/blue/; s/"ok"/"oks"/' "$TMP/night.json" >"$TMP/day.json"
runs 'a theme with a role that there is not' 0 theme check "$TMP/day.json"
says 'is a warning' 'day\.json:7:14: warning: unknown role "oks"\. Did you mean "ok"\?$' "$TMP/err"
refuses 'a theme that there is not' 78 theme check no-such-theme
refuses 'a theme of another folder by name' 78 theme check ../themes
refuses 'noise as a theme' 78 theme check "$TMP/noise.json"
refuses 'theme check without a theme' 64 theme check
refuses 'theme without a part' 64 theme
refuses 'a part of theme that there is not' 64 theme paint
refuses 'two themes' 64 theme show mono light
refuses '--color sometimes' 64 theme list --color sometimes
mkdir -p "$XDG_CONFIG_HOME/whytls/themes"
cp "$TMP/day.json" "$XDG_CONFIG_HOME/whytls/themes/day.json"
runs 'theme show, chosen by WHYTLS_THEME' 0 theme list
says 'a theme of the user is in the list' '^day .*themes/day\.json$' "$TMP/out"
WHYTLS_THEME=day "$WHYTLS" theme show >"$TMP/out" 2>"$TMP/err"
says 'WHYTLS_THEME is heard' '^day:' "$TMP/out"
WHYTLS_THEME=day "$WHYTLS" theme show --theme light >"$TMP/out" 2>"$TMP/err"
says '--theme goes before it' '^light:' "$TMP/out"
rm -r "$XDG_CONFIG_HOME/whytls/themes"

# ---- lists ------------------------------------------------------------------------------------

runs 'lab' 0 lab
says 'lab lists the scenarios' 'missing-intermediate' "$TMP/out"
runs 'lab --list' 0 lab --list
runs 'explain --list' 0 explain --list
runs 'explain' 0 explain W-603
cp "$TMP/out" "$TMP/upper"
runs 'explain, small letters' 0 explain w-603
check 'a code is the same in either case' cmp "$TMP/out" "$TMP/upper"

finish
