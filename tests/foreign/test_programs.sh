#!/bin/sh
# What we say of programs (src/diagnosis/judges.def) beside what they do: the programs of this
# machine at servers with one fault each in their certificates. A program that is not here is skipped.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh

# ---- chains with one fault each ---------------------------------------------------------------

pki_make
ids=
# serve ID CERT...: a chain that a server of its own shows.
serve() {
    id=$1
    shift
    chain "$id" "$@"
    [ -f "$PKI/$id.key" ] || cp "$PKI/$1.key" "$PKI/$id.key"
    ids="$ids $id"
}

serve good good inter
serve missing good
serve unordered good root inter
cert late -from -100 -days 90
serve expired late inter
cert cn -san ''
serve no-san cn inter
cert client -use clientAuth
serve purpose client inter
cert other -san DNS:other.example -cn other.example
serve name other inter
cert rsa-1024 -key rsa1024
serve rsa-1024 rsa-1024 inter
cert sha-1 -md sha1
serve sha-1 sha-1 inter
cert stranger -is root -cn Stranger
cert stray -by stranger
serve unknown stray
cert enciphers -without keyUsage -more 'keyUsage = critical,keyEncipherment'
serve usage enciphers inter
cert marked -is ca -by root -cn 'Not critical' -basic CA:TRUE
cert under-marked -by marked
serve ca-not-critical under-marked marked
cert unused -is ca -by root -cn 'No usage' -without keyUsage
cert under-unused -by unused
serve ca-no-usage under-unused unused
cert unlinked -without authorityKeyIdentifier -more 'authorityKeyIdentifier = none'
serve no-aki unlinked inter
cert signs -without keyUsage -more 'keyUsage = critical,digitalSignature,keyCertSign'
serve leaf-signs signs inter

cert early -from 20
serve early early inter
cert narrow -is ca -by root -cn 'Narrow CA' -basic critical,CA:TRUE,pathlen:0
cert below -is ca -by narrow -cn 'Below it'
cert under-below -by below
serve depth under-below below narrow
cert no-authority -is ca -by root -cn 'No authority' -basic critical,CA:FALSE
cert under-none -by no-authority
serve authority under-none no-authority
cert puzzling -more '1.2.3.4.5 = critical,DER:05:00'
serve unknown-critical puzzling inter
cert limited -is ca -by root -cn 'Limited' -more 'nameConstraints = critical,excluded;DNS:example'
cert under-limited -by limited
serve name-limit under-limited limited
cert permitted -is ca -by root -cn 'Permitted' -more 'nameConstraints = critical,permitted;DNS:shop.example'
cert under-permitted -by permitted -san DNS:shop.example
serve name-permitted under-permitted permitted
cert wide -san 'DNS:*.example'
serve wildcard-of-top wide inter
cert loud -san DNS:SHOP.Example
serve upper-case loud inter
cert old-ca -is ca -by root -cn 'Old CA' -from -400 -days 300
cert under-old -by old-ca
serve expired-authority under-old old-ca
cert mailer -is ca -by root -cn 'Mail CA' -more 'extendedKeyUsage = emailProtection'
cert under-mailer -by mailer
serve authority-purpose under-mailer mailer
cert any -use anyExtendedKeyUsage
serve any-purpose any inter
cert plain -without extendedKeyUsage
serve no-purpose plain inter
cert alone -by self
serve self-signed alone
cert any-ca -is ca -by root -cn 'Any CA' -more 'extendedKeyUsage = anyExtendedKeyUsage'
cert under-any -by any-ca
serve authority-any-purpose under-any any-ca
cert dotted -san 'DNS:shop.example.'
serve name-with-dot dotted inter
cert numbered -san IP:192.0.2.1
serve name-beside-address numbered inter
cert unrefusable -without keyUsage -more 'keyUsage = critical,nonRepudiation'
serve usage-none-fits unrefusable inter

# Other authorities that are trusted as they are.
trusted=root
# root_with ID OPTION...: one of its own, and a chain under it.
root_with() {
    root_id=$1
    shift
    cert "$root_id" -is root -cn "Root $root_id" "$@"
    cert "under-$root_id" -by "$root_id"
    serve "root-$root_id" "under-$root_id"
    trusted="$trusted $root_id"
}
root_with unmarked -without 'basicConstraints\|keyUsage'
root_with short -key rsa1024
root_with ended -from -400 -days 300

# Where the distribution sets OpenSSL's security level, it is not the one that we measured.
strength='rsa-1024 sha-1 root-short'
is_measured_system() {
    grep -qx 'VERSION_CODENAME=bookworm' /etc/os-release
}

# ---- the servers ------------------------------------------------------------------------------

claim_ports
# shellcheck disable=SC2086
ports=$(free_ports "$(echo $ids | wc -w)")
listening='' by_port=''
for id in $ids; do
    take_port
    eval "p_$(echo "$id" | tr - _)=$port"
    start "server-$id" openssl s_server -accept "127.0.0.1:$port" -cert "$PKI/$id.chain" \
        -cert_chain "$PKI/$id.chain" -key "$PKI/$id.key" -www -cipher 'ALL:@SECLEVEL=0'
    listening="$listening $port"
    by_port="$by_port $port=$id"
done
# shellcheck disable=SC2086
wait_for_ports $listening
port_of() {
    eval "echo \$p_$(echo "$1" | tr - _)"
}

# ---- the programs -----------------------------------------------------------------------------

root=$TMP/roots.pem
for name in $trusted; do
    cat "$PKI/$name.pem"
done >"$root"

try_openssl() {
    curl -s -o "$TMP/page" --max-time 20 --cacert "$root" --resolve "shop.example:$1:127.0.0.1" \
        "https://shop.example:$1/"
}
try_gnutls() {
    gnutls-cli --port "$1" --sni-hostname=shop.example --verify-hostname=shop.example \
        --x509cafile "$root" 127.0.0.1 </dev/null
}
# python_at PROGRAM PORT
python_at() {
    "$1" -c 'import socket, ssl, sys
context = ssl.create_default_context(cafile=sys.argv[2])
plain = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
context.wrap_socket(plain, server_hostname="shop.example").close()' "$2" "$root"
}
try_python() {
    python_at "$python_old" "$1"
}
try_python_3_13() {
    python_at "$python_strict" "$1"
}
try_node() {
    node -e 'const tls = require("tls"), ca = require("fs").readFileSync(process.argv[2]);
const s = tls.connect({host: "127.0.0.1", port: +process.argv[1], servername: "shop.example", ca},
    () => process.exit(0));
s.on("error", () => process.exit(1));' "$1" "$root"
}

# One up to 3.12 and one from 3.13 on, where they are here; PYTHONS names others.
python_old='' python_strict=''
for python in "$PYTHON" python3.11 python3.12 python3.13 python3.14 ${PYTHONS:-}; do
    is_strict=$("$python" -c 'import sys; print(int(sys.version_info >= (3, 13)))' 2>"$TMP/err")
    case $is_strict in
    0) python_old=$python ;;
    1) python_strict=$python ;;
    esac
done

# try_all PROGRAM FUNCTION: "ID yes" or "ID no", a line each.
try_all() {
    for id in $ids; do
        if "$2" "$(port_of "$id")" >"$TMP/$1.$id.log" 2>&1; then echo "$id yes"; else echo "$id no"; fi
    done >"$TMP/$1.does"
}
java_all() {
    for name in $trusted; do
        keytool -importcert -noprompt -alias "$name" -file "$PKI/$name.pem" -keystore "$TMP/roots" \
            -storepass changeit >>"$TMP/keytool.log" 2>&1
    done
    # shellcheck disable=SC2086
    java -Djavax.net.ssl.trustStore="$TMP/roots" -Djavax.net.ssl.trustStorePassword=changeit \
        tests/foreign/programs_java.java shop.example $by_port >"$TMP/java.does" 2>"$TMP/java.log"
}
go_all() {
    # shellcheck disable=SC2086
    GOCACHE="$TMP/go-cache" GOFLAGS=-mod=mod GO111MODULE=off \
        go run tests/foreign/programs_go.go "$root" shop.example $by_port >"$TMP/go.does" 2>"$TMP/go.log"
}

has curl && curl --version | grep -q 'OpenSSL/3' && try_all openssl try_openssl
has gnutls-cli && try_all gnutls try_gnutls
[ -n "$python_old" ] && try_all python try_python
[ -n "$python_strict" ] && try_all python-3.13 try_python_3_13
has node && try_all node try_node
has keytool && has java && java_all
has go && go_all

# ---- what we say ------------------------------------------------------------------------------

for id in $ids; do
    "$WHYTLS" check --json --cacert "$root" --connect-to "127.0.0.1:$(port_of "$id")" \
        shop.example >"$TMP/$id.json" 2>"$TMP/$id.err" </dev/null
    "$PYTHON" -c 'import json, sys
for row in json.load(open(sys.argv[1])).get("programs", []):
    print(sys.argv[2], row["program"], row["accepts"])' "$TMP/$id.json" "$id"
done >"$TMP/says" 2>"$TMP/says.err"
check 'every case says what the programs make of it' test ! -s "$TMP/says.err"

# agrees PROGRAM: over all chains; shows where not.
agrees() {
    awk -v program="$1" -v left_out="$2" 'FNR == NR { if ($2 == program) says[$1] = $3; next }
        index(" " left_out " ", " " $1 " ") { next }
        { n++; if (says[$1] != $2) { print $1 ": it does " $2 ", we say " says[$1]; bad = 1 } }
        END { exit bad || n < 10 }' "$TMP/says" "$TMP/$1.does"
}
for program in openssl gnutls python python-3.13 node java go; do
    left_out=''
    is_measured_system || left_out=$strength
    if [ -f "$TMP/$program.does" ]; then
        check "$program accepts and refuses what we say" agrees "$program" "$left_out"
    else
        skip "$program accepts and refuses what we say" 'it is not here'
    fi
done

finish
