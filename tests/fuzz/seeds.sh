# seeds.sh - what fuzzers start from, made anew: a folder for each, in $SEEDS. Sourced after lib.sh;
# uses openssl and the program itself.
# SPDX-License-Identifier: MIT
# shellcheck shell=sh

SEEDS=$TMP/seeds

# seed FUZZER NAME: a file of its folder; what comes on stdin.
seed() {
    mkdir -p "$SEEDS/$1"
    cat >"$SEEDS/$1/$2"
}
# framed FILE...: each certificate in DER behind its length in two bytes.
framed() {
    "$PYTHON" -c 'import ssl, sys
for name in sys.argv[1:]:
    der = ssl.PEM_cert_to_DER_cert(open(name).read())
    sys.stdout.buffer.write(len(der).to_bytes(2, "big") + der)' "$@"
}
# behind HEX: what comes on stdin, with these bytes before it.
behind() {
    "$PYTHON" -c 'import sys
sys.stdout.buffer.write(bytes.fromhex(sys.argv[1]) + sys.stdin.buffer.read())' "$1"
}

seed_certificates() {
    pki_make
    cert limited -is ca -by root -cn Limited -more 'nameConstraints = permitted;DNS:shop.example'
    cert linked -by limited -aia http://127.0.0.1/ca -ocsp http://127.0.0.1/o \
        -more 'tlsfeature = status_request'
    framed "$PKI/good.pem" "$PKI/inter.pem" "$PKI/root.pem" | seed cert chain
    framed "$PKI/linked.pem" "$PKI/limited.pem" "$PKI/root.pem" | seed cert limited
    framed "$PKI/good.pem" "$PKI/root.pem" | seed cert missing
    cat "$PKI/good.pem" "$PKI/inter.pem" | seed bundle pem
    openssl x509 -in "$PKI/good.pem" -outform DER | seed bundle der
    openssl crl2pkcs7 -nocrl -certfile "$PKI/good.chain" -outform DER | seed bundle pkcs7
    openssl pkcs12 -export -nokeys -in "$PKI/good.chain" -passout pass: | seed bundle pkcs12
    openssl x509 -in "$PKI/good.pem" -outform DER | behind 03000000 | seed messages certificate
}

# Java's own format, and NSS's: a table of certificates.
seed_stores() {
    openssl x509 -in "$PKI/root.pem" -outform DER >"$TMP/root.der"
    "$PYTHON" -c 'import struct, sys
der = open(sys.argv[1], "rb").read()
entry = (struct.pack(">I", 2) + struct.pack(">H", 4) + b"root" + bytes(8) +
         struct.pack(">H", 5) + b"X.509" + struct.pack(">I", len(der)) + der)
sys.stdout.buffer.write(bytes([0]) + struct.pack(">III", 0xFEEDFEED, 2, 1) + entry + bytes(20))' \
        "$TMP/root.der" | seed store java
    "$PYTHON" -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[2])
db.execute("CREATE TABLE nssPublic (id PRIMARY KEY, a0, a11, a102)")
db.execute("INSERT INTO nssPublic VALUES (1, ?, ?, NULL)",
           (bytes([0, 0, 0, 1]), open(sys.argv[1], "rb").read()))
db.commit()' "$TMP/root.der" "$TMP/nss.db"
    behind 01 <"$TMP/nss.db" | seed store nss
}

seed_statements() {
    printf '%s\n' "V	351231235959Z		$(openssl x509 -in "$PKI/good.pem" -noout -serial | sed 's/.*=//')	unknown	/CN=shop.example" \
        >"$TMP/index"
    openssl ocsp -issuer "$PKI/inter.pem" -cert "$PKI/good.pem" -reqout "$TMP/request" >"$TMP/openssl.log" 2>&1
    openssl ocsp -index "$TMP/index" -CA "$PKI/inter.pem" -rsigner "$PKI/inter.pem" -rkey "$PKI/inter.key" \
        -reqin "$TMP/request" -respout "$TMP/answer" -ndays 2 >"$TMP/openssl.log" 2>&1
    behind 00 <"$TMP/answer" | seed statement ocsp
    behind 0501000000 <"$TMP/answer" | seed messages status
}

seed_texts() {
    for scenario in healthy expired cipher missing-intermediate; do
        "$WHYTLS" lab "$scenario" --json </dev/null 2>"$TMP/err" | seed case "$scenario"
    done
    for theme in themes/*.json; do
        seed theme "$(basename "$theme")" <"$theme"
    done
    seed rules ours <src/data/rules.json
    echo '{"theme": "mono", "glyphs": "ascii", "mouse": true, "timeout": 9}' | seed config all
    printf 'shop.example:8443' | seed target port
    printf 'https://b\303\274cher.example:1/a?b#c' | seed target url
    printf '[2001:db8::1%%eth0]:443' | seed target address
    # Once taken for the address that was left of it when it was cut.
    { printf '20:27::1' && printf '%56s' '' | tr ' ' '\226'; } | seed target cut
    printf '::ffff:192.0.2.1%%eth0eth0eth0eth0eth0eth0eth0eth0eth0eth0eth0eth0eth0' | seed target zone
    printf 'https://user@[::ffff:192.0.2.1]:18446744073709552059/' | seed target port-overflow
    printf 'HTTP/1.1 200 OK\r\nDate: Sat, 21 Nov 2026 08:00:00 GMT\r\nServer: a\r\nVia: 1.1 b\r\n\r\n<title>It</title>' |
        seed http page
    printf '220 mail.example ESMTP ready\r\n' | seed banner smtp
    printf 'SSH-2.0-OpenSSH_9.2\r\n' | seed banner ssh
    printf '\025\003\001\000\002\002\050' | seed banner alert
    printf 'openssl_conf = a\n[a]\nssl_conf = b\n[b]\nsystem_default = c\n[c]\nMinProtocol = $ENV::x\\\n y\n' |
        seed openssl_conf plain
    printf '\020\303\251\342\200\256\033[31m\xff\xf0\x9f\x98\x80' | seed text odd
    printf '\000\003\003%032d\000\023\001\000\000\006\000\053\000\002\003\004' 0 | seed messages hello
}

mkdir -p "$SEEDS"
seed_certificates
seed_stores
seed_statements
seed_texts
