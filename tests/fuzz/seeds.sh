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

# after FILE: what comes on stdin, with the file and its length in two bytes before it.
after() {
    "$PYTHON" -c 'import sys
first = open(sys.argv[1], "rb").read()
sys.stdout.buffer.write(len(first).to_bytes(2, "big") + first + sys.stdin.buffer.read())' "$1"
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
    openssl x509 -in "$PKI/good.pem" -outform DER >"$TMP/good.der"
    behind 03000000 <"$TMP/good.der" | seed messages certificate
    seed redact der <"$TMP/good.der"
    openssl x509 -in "$PKI/linked.pem" -outform DER | seed redact linked
    after "$TMP/good.der" <"$PKI/good.chain" | seed trust pem
    openssl x509 -in "$PKI/root.pem" -outform DER | behind 0000 | seed trust der
}

# Files of --cert: with the key in them, apart from it, locked, as PKCS #12, in DER.
seed_client_certificates() {
    cat "$PKI/good.pem" "$PKI/good.key" | behind 0000 | seed client_certificate both
    after "$PKI/good.key" <"$PKI/good.chain" | seed client_certificate apart
    openssl pkey -in "$PKI/good.key" -aes256 -passout pass:x >"$TMP/locked"
    after "$TMP/locked" <"$PKI/good.pem" | seed client_certificate locked
    openssl pkey -in "$PKI/good.key" -outform DER >"$TMP/key.der"
    after "$TMP/key.der" <"$TMP/good.der" | seed client_certificate der
    openssl pkcs12 -export -in "$PKI/good.pem" -inkey "$PKI/good.key" -passout pass:x |
        behind 0000 | seed client_certificate pkcs12
}

# Bodies that a certificate's addresses lead to, and header lines.
seed_fetched() {
    for form in DER PEM; do
        openssl x509 -in "$PKI/inter.pem" -outform $form | after "$TMP/good.der" | behind 00 |
            seed fetched issuer-$form
        openssl crl2pkcs7 -nocrl -certfile "$PKI/good.chain" -outform $form | after "$TMP/good.der" |
            behind 00 | seed fetched bag-$form
        openssl crl2pkcs7 -nocrl -certfile "$PKI/root.pem" -certfile "$PKI/inter.pem" -outform $form |
            after "$TMP/good.der" | behind 00 | seed fetched turned-$form
        openssl crl -in "$TMP/list" -outform $form | behind 020000 | seed fetched crl-$form
    done
    behind 010000 <"$TMP/answer" | seed fetched ocsp
    printf '%s\r\n' 'HTTP/1.1 301 Moved' 'Date: Sat, 21 Nov 2026 08:00:00 GMT' 'Age: 1' '' \
        'HTTP/1.1 200 OK' 'age: 31536000' 'date: Sunday, 06-Nov-94 08:49:37 GMT' '' 'Age: 2' |
        behind 03 | seed fetched head
}

# All that a server of Python's sends, to a client of its own: with keys that are agreed on, sent under
# the certificate's, or with a certificate asked for; and in the clear.
seed_handshakes() {
    openssl req -x509 -newkey rsa:2048 -nodes -keyout "$TMP/rsa.pem" -subj /CN=shop.example -days 9 \
        2>"$TMP/openssl.log" >>"$TMP/rsa.pem"
    "$PYTHON" - "$PKI" "$TMP" <<'END'
import ssl, sys
pki, out = sys.argv[1:]
def talk(name, version, ciphers, wants_card, is_rsa=False):
    ends = {}
    for side, protocol in (("server", ssl.PROTOCOL_TLS_SERVER), ("client", ssl.PROTOCOL_TLS_CLIENT)):
        c = ssl.SSLContext(protocol)
        c.check_hostname = False
        c.verify_mode = ssl.CERT_NONE
        c.minimum_version = c.maximum_version = version
        if ciphers:
            c.set_ciphers(ciphers + ":@SECLEVEL=0")
        if side == "server":
            if is_rsa:
                c.load_cert_chain(out + "/rsa.pem")
            else:
                c.load_cert_chain(pki + "/good.chain", pki + "/good.key")
            c.set_alpn_protocols(["http/1.1"])
            if wants_card:
                c.verify_mode = ssl.CERT_OPTIONAL
                c.load_verify_locations(pki + "/root.pem")
        else:
            c.set_alpn_protocols(["http/1.1"])
        get, put = ssl.MemoryBIO(), ssl.MemoryBIO()
        ends[side] = (c.wrap_bio(get, put, server_side=side == "server"), get, put)
    (s, s_in, s_out), (c, c_in, c_out) = ends["server"], ends["client"]
    sent = b""
    for _ in range(4):
        for end in (c, s):
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                pass
            flight = c_out.read()
            s_in.write(flight)
            flight = s_out.read()
            c_in.write(flight)
            sent += flight
    open(out + "/" + name, "wb").write(sent)
talk("shake-agreed", ssl.TLSVersion.TLSv1_2, "ECDHE", False)
talk("shake-sent", ssl.TLSVersion.TLSv1_2, "kRSA", False, True)
talk("shake-card", ssl.TLSVersion.TLSv1_2, "ECDHE", True)
talk("shake-new", ssl.TLSVersion.TLSv1_3, None, True)
END
    for name in agreed sent card new; do
        seed handshake $name <"$TMP/shake-$name"
    done
    printf '\025\003\001\000\002\002\050' | seed handshake alert
    printf 'HTTP/1.1 400 Bad Request\r\n\r\n' | seed handshake clear
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
    openssl pkcs12 -export -nokeys -in "$PKI/good.chain" -passout pass:changeit -iter 10 |
        behind 00 | seed store pkcs12
}

seed_statements() {
    printf '%s\n' "V	351231235959Z		$(openssl x509 -in "$PKI/good.pem" -noout -serial | sed 's/.*=//')	unknown	/CN=shop.example" \
        >"$TMP/index"
    openssl ocsp -issuer "$PKI/inter.pem" -cert "$PKI/good.pem" -reqout "$TMP/request" >"$TMP/openssl.log" 2>&1
    openssl ocsp -index "$TMP/index" -CA "$PKI/inter.pem" -rsigner "$PKI/inter.pem" -rkey "$PKI/inter.key" \
        -reqin "$TMP/request" -respout "$TMP/answer" -ndays 2 >"$TMP/openssl.log" 2>&1
    behind 00 <"$TMP/answer" | seed statement ocsp
    behind 0501000000 <"$TMP/answer" | seed messages status
    echo 01 >"$TMP/number"
    : >"$TMP/index.txt"
    printf '%s\n' '[ca]' 'default_ca = c' '[c]' "database = $TMP/index.txt" "crlnumber = $TMP/number" \
        'default_md = sha256' 'default_crl_days = 2' >"$TMP/ca.cnf"
    openssl ca -config "$TMP/ca.cnf" -gencrl -cert "$PKI/inter.pem" -keyfile "$PKI/inter.key" \
        -out "$TMP/list" 2>"$TMP/openssl.log"
    openssl crl -in "$TMP/list" -outform DER | behind 01 | seed statement crl
}

# Messages as they are pasted; the numbers in them are what most is made of.
seed_messages() {
    printf 'NET::ERR_CERT_DATE_INVALID' | seed explain code
    printf 'error:1408F10B:SSL routines:ssl3_get_record:wrong version number' | seed explain openssl
    printf 'fatal: unable to access '\''https://git.example:8443/a/'\'': SSL certificate problem: x\nSSL alert number 40' |
        seed explain url
    printf 'HRESULT -2146893018 (0x80090326) HTTP Error 403.16 os -9802 curl: (60) event 36887' | seed explain numbers
    printf 'x509: certificate is valid for a.example, [2001:db8::1], not 192.0.2.1:65536' | seed explain hosts
}

seed_texts() {
    seed_messages
    for scenario in healthy expired cipher missing-intermediate; do
        "$WHYTLS" lab "$scenario" --json </dev/null 2>"$TMP/err" | seed case "$scenario"
    done
    # Its names hidden, what was found is read by its ids; of an older one, by its words.
    "$WHYTLS" lab expired --json --redact </dev/null 2>"$TMP/err" >"$TMP/hidden.json"
    seed case hidden <"$TMP/hidden.json"
    sed '/"said_id":/d' "$TMP/hidden.json" | seed case hidden-words
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
    printf 'openssl_conf = a\n[a]\nssl_conf = b\n[b]\nsystem_default = c\n[c]\n%s\n%s\n%s\n' \
        'CipherString = DEFAULT:@SECLEVEL=5' 'Groups = P-256:?X25519' 'Protocol = -TLSv1.3, ALL' |
        seed openssl_conf policy
    printf '\020\303\251\342\200\256\033[31m\xff\xf0\x9f\x98\x80' | seed text odd
    seed_settings
    seed_input
    printf '\000\003\003%032d\000\023\001\000\000\006\000\053\000\002\003\004' 0 | seed messages hello
}

# Other programs' and the user's own.
seed_settings() {
    {
        printf '\377\377\377\377\377\377'
        printf '%s\n' '[overrides]' 'disabled-version = tls1.2 # old' 'insecure-hash=sha1' \
            'tls-disabled-cipher = aes-128-gcm' '[priorities]' 'SYSTEM=NORMAL:-VERS-TLS1.3'
    } | seed policy_gnutls all
    printf '%s\n' '[http "https://other.example"]' 'sslCAInfo = no' '[http]' \
        '  sslCAInfo = "~/our ca.pem"' '; remark' '[user]' 'name = x' | seed git all
    "$PYTHON" -c 'import struct, sys
head = struct.pack("<16sHHIQQQIHHHHHH", b"\x7fELF\x02\x01\x01", 2, 62, 1, 0, 64, 0, 0, 64, 56, 2, 0, 0, 0)
load = struct.pack("<IIQQQQQQ", 1, 5, 0, 0x1000, 0x1000, 0x400, 0x400, 1)
dynamic = struct.pack("<IIQQQQQQ", 2, 6, 0x100, 0x1100, 0x1100, 48, 48, 1)
table = struct.pack("<QQQQQQ", 1, 1, 5, 0x1200, 0, 0)
whole = (head + load + dynamic).ljust(0x100, b"\0") + table
sys.stdout.buffer.write(whole.ljust(0x200, b"\0") + b"\0libssl.so.3".ljust(0x100, b"\0"))' |
        seed node linked
    printf '%s\n' '# xdg' 'XDG_DESKTOP_DIR="$HOME/"' 'XDG_DOCUMENTS_DIR="$HOME/."' | seed user_dirs here
    seed issuers ours <src/data/issuers.json
}

# What is typed, pressed, pasted and played; and what comes to a practice server.
seed_input() {
    printf 'shop.example\r\033[A\303\251\033\061\033[200~a\r\nb\033[201~' | seed terminal keys
    printf '\376\002https://shop.example\n\376\003\375\376\0000;10;5M\376\00064;1;1M\376\010' |
        seed terminal paste
    # The mark of a paste right behind a key that nobody knows got lost: what was pasted was keys.
    printf '\033[1;\376\002q\r\376\003' | seed terminal mark-in-sequence
    printf '1\n\n 2.\n3)\nq\nX \n99999999999999999999\n' | seed list lines
    printf '%s\n' '# a visit' 'type shop.example' 'paste a\nb' 'key enter' 'key ctrl-l' 'key f12' \
        'click 3 4' 'wait page:answer' 'snap -' 'roles x' 'resize 80 24' 'case c.json' \
        'clock 1780272000' 'quit' | seed script all
    # What was wrong was printed as it stood there.
    printf 'key \033]0;title\007\n' | seed script escape
    printf '%s\000' --json --timeout 9 --max-time 2.5 --connect-to '[::1]:443' --client current -4 \
        --servername none --at 1780272000 check shop.example | seed options many
    printf '\026\003\001\000\064\001\000\000\060\003\003%032d\000\000\002\023\001\001\000\000\005' 0 |
        seed practice hello
    printf 'GET /x/upper.der HTTP/1.1\r\n\r\n' | seed practice request
}

mkdir -p "$SEEDS"
seed_certificates
seed_client_certificates
seed_stores
seed_statements
seed_fetched
seed_handshakes
seed_texts
