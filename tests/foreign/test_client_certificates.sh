#!/bin/sh
# Sites of other makers that want a certificate of the user's: asked for or needed, and each reason
# to refuse the one that is shown, in TLS 1.2 and 1.3. Its key must be in no case.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh
. tests/servers/makers.sh

claim_ports
ports=$(free_ports 60)

# ---- certificates -----------------------------------------------------------------------------

pki_make
cert card-root -is root -cn 'Card Root' -org 'Card Trust' -from -400 -days 3650
cert card-ca -is ca -by card-root -cn 'Card CA' -org 'Card Trust' -from -300 -days 1825
cert bank-root -is root -cn 'Bank Root' -org Bank -from -400 -days 3650
# card NAME OPTIONS...: a certificate for a user, with its chain and a key of its own.
card() {
    card_name=$1
    shift
    cert "$card_name" -by card-ca -cn 'Anna Example' -san '' -use clientAuth -key "key-$card_name" "$@"
    chain "$card_name" "$card_name" card-ca
}
card anna -from -10
card late -from -100 -days 90
card early -from 20 -days 90
card renewed -from -10 -use serverAuth
card stranger -from -10 -by bank-root
chain stranger stranger bank-root
card selfmade -from -10 -by self
chain selfmade selfmade
card alone -from -10
chain alone alone
key_make rsa-card rsa:2048
card rsa -from -10 -key rsa-card
ca=$PKI/card-root.pem

# ---- all servers ------------------------------------------------------------------------------

# shellcheck disable=SC2046
for v in 2 3; do
    port_for "o_need$v"
    s_server "$port" $(with good) "-tls1_$v" -Verify 2 -verify_return_error -CAfile "$ca" -www
    port_for "o_want$v"
    s_server "$port" $(with good) "-tls1_$v" -verify 2 -verify_return_error -CAfile "$ca" -www
    port_for "o_kind$v"
    s_server "$port" $(with good) "-tls1_$v" -Verify 2 -CAfile "$ca" -www \
        -client_sigalgs ECDSA+SHA256
done

# A list of more than 16 KB: a hundred authorities with long names.
long=$(printf '%060d' 0)
for i in $(seq 100); do
    openssl req -new -x509 -key "$PKI/leaf.key" -days 2 -subj "/O=$long/OU=$long/CN=Authority $i" \
        -addext basicConstraints=critical,CA:TRUE
done >"$PKI/many.pem" 2>>"$TMP/openssl.log"
port_for o_many
# shellcheck disable=SC2046
s_server "$port" $(with good) -verify 2 -CAfile "$PKI/many.pem" -www

if has gnutls-serv; then
    for v in 2 3; do
        port_for "g_need$v"
        gnutls_serv "$port" "$PKI/good.chain" "$PKI/good.key" --http --x509cafile "$ca" \
            --require-client-cert --verify-client-cert --priority "NORMAL:-VERS-ALL:+VERS-TLS1.$v"
    done
fi

if has nginx; then
    # nginx_cards PORT HOW [LOCATION]: HOW: on, optional, optional_no_ca.
    nginx_cards() {
        nginx_server "$1" "$PKI/good.chain" "$PKI/good.key" "ssl_protocols TLSv1.$v;
            ssl_verify_depth 3; ssl_client_certificate $ca; ssl_verify_client $2;" "${3:-}"
    }
    for v in 2 3; do
        port_for "n_need$v"
        nginx_cards "$port" on
        port_for "n_want$v"
        nginx_cards "$port" optional
        port_for "n_app$v"
        # shellcheck disable=SC2016
        nginx_cards "$port" optional_no_ca \
            'if ($ssl_client_verify != SUCCESS) { return 403; } return 200 ok;'
    done >"$TMP/nginx.servers"
    nginx_start "$TMP/nginx.servers"
fi

if has haproxy; then
    for v in 2 3; do
        tls="ssl-min-ver TLSv1.$v ssl-max-ver TLSv1.$v ca-file $ca"
        port_for "h_need$v"
        haproxy_front "$port" good good "$tls verify required"
        port_for "h_want$v"
        haproxy_front "$port" good good "$tls verify optional"
    done >"$TMP/haproxy.fronts"
    haproxy_start "$TMP/haproxy.fronts"
fi

port_for page
start page "$PYTHON" tests/servers/serve.py "page:$p_page"
if has stunnel4 || has stunnel; then
    for v in 2 3; do
        port_for "st_need$v"
        stunnel_service "$port" "$PKI/good.chain" "$PKI/good.key" "$p_page"
        echo "sslVersion = TLSv1.$v"
        echo 'verifyChain = yes'
        echo "CAfile = $ca"
    done >"$TMP/stunnel.services"
    stunnel_start "$TMP/stunnel.services"
fi

if has apache2; then
    for v in 2 3; do
        port_for "a_need$v"
        apache_site "$port" "$PKI/good.chain" "$PKI/good.key" "SSLProtocol TLSv1.$v
            SSLCACertificateFile $ca
            SSLVerifyClient require
            SSLVerifyDepth 3"
    done >"$TMP/apache.sites"
    for v in 2 3; do # asked for only when the place is known: a second handshake
        port_for "a_place$v"
        apache_site "$port" "$PKI/good.chain" "$PKI/good.key" "SSLProtocol TLSv1.$v
            SSLCACertificateFile $ca
            <Location />
                SSLVerifyClient require
                SSLVerifyDepth 3
            </Location>"
    done >>"$TMP/apache.sites"
    apache_start "$TMP/apache.sites"
fi

if has node; then
    port_for node_need
    start node node tests/foreign/serve.js "cards:$p_node_need:$PKI/good.chain:$PKI/good.key:$ca"
fi

# One file, run without a compiler's step: Java 11 and newer.
has_java=
if has java && java -version 2>&1 | grep -Eq 'version "(1[1-9]|[2-9][0-9])'; then
    has_java=yes
    port_for java_need
    openssl pkcs12 -export -passout pass:changeit -name site -in "$PKI/good.chain" \
        -inkey "$PKI/good.key" -out "$PKI/good.p12"
    start java java -XX:TieredStopAtLevel=1 -Xshare:auto tests/foreign/Healthy.java \
        "$PKI/good.p12" changeit "$port" "$ca"
fi

# shellcheck disable=SC2086
check 'all servers listen' wait_for_ports $listening

# ---- the walks --------------------------------------------------------------------------------

# shows CARD CERTAINTY SLUG SERVER: what comes of showing this card there.
shows() {
    options="--cert $PKI/$1.chain --key $PKI/$1.key"
    certainty=$2
    expect_verdict "$maker $4: $1: $3" "$3" "shop.example:$(port_of "$4")"
}

# plain_alerts SERVER...: one that needs a certificate and says by alerts of one meaning what it
# minds, as all do that stand on OpenSSL.
plain_alerts() {
    for server in "$@"; do
        expect_cause client-certificate.required "shop.example:$(port_of "$server")"
        shows anna proven works "$server"
        shows late proven client-certificate.expired "$server"
        shows early likely client-certificate.not-yet-valid "$server"
        shows renewed proven client-certificate.wrong-purpose "$server"
        shows stranger proven client-certificate.wrong-authority "$server"
        shows selfmade proven client-certificate.wrong-authority "$server"
        shows alone likely client-certificate.incomplete "$server"
    done
}

cuts= # yes: it ends the line, as a FIN or a RST by turns
# vague SERVER...: it says no, and not what it minds; what it lets pass is not in the list.
vague() {
    for server in "$@"; do
        shows anna proven works "$server"
        for pair in late/expired early/not-yet-valid stranger/wrong-authority alone/incomplete; do
            once=$cuts
            shows "${pair%/*}" likely "client-certificate.${pair#*/}" "$server"
        done
    done
}

# optional SERVER...: it can do without one.
optional() {
    for server in "$@"; do
        notes=none
        expect_works "$server, with no certificate," "shop.example:$(port_of "$server")"
        shows anna proven works "$server"
    done
}

maker='openssl s_server'
plain_alerts o_need2 o_need3
optional o_want2 o_want3
shows late proven client-certificate.expired o_want3
notes=client-certificate.long-list
expect_works 'a long list of authorities' "shop.example:$p_o_many"
shows rsa proven client-certificate.wrong-kind o_kind2
shows rsa proven client-certificate.wrong-kind o_kind3

if group gnutls-serv gnutls-serv; then
    expect_cause client-certificate.required "shop.example:$p_g_need2"
    expect_cause client-certificate.required "shop.example:$p_g_need3"
    vague g_need2 g_need3
fi

if group nginx nginx; then
    for v in 2 3; do
        expect_cause client-certificate.required "shop.example:$(port_of "n_need$v")"
        shows renewed likely client-certificate.wrong-purpose "n_need$v"
        notes=client-certificate.no-page
        expect_works "a page that says no" "shop.example:$(port_of "n_app$v")"
    done
    vague n_need2 n_need3
    optional n_want2 n_want3
    shows stranger likely client-certificate.wrong-authority n_want3
fi

if group HAProxy haproxy; then
    plain_alerts h_need2 h_need3
    optional h_want2 h_want3
    shows renewed proven client-certificate.wrong-purpose h_want2
fi

if has stunnel4 || group stunnel stunnel; then
    maker=stunnel
    plain_alerts st_need2 st_need3
fi

if group Apache apache2; then
    plain_alerts a_need2 a_need3
    expect_cause client-certificate.required "shop.example:$p_a_place2"
    shows late proven client-certificate.expired a_place2
    expect_cause client-certificate.asked-late "shop.example:$p_a_place3"
    shows anna proven client-certificate.asked-late a_place3
fi

if group Node node; then
    expect_cause client-certificate.required "shop.example:$p_node_need"
    cuts=yes
    vague node_need
fi

if [ -n "$has_java" ]; then
    maker=Java
    cuts=yes once=yes certainty=likely # its alert is lost: it drops the line right after it
    expect_cause client-certificate.required "shop.example:$p_java_need"
    vague java_need
else
    skip Java 'there is no Java 11 or newer here'
fi

# ---- its key is kept nowhere ------------------------------------------------------------------

# The key's number in the forms in which a file could hold it: the lines of its PEM, its DER in
# hex and base64, and the bare secret of the curve.
has_no_key() {
    for card in anna late; do
        "$WHYTLS" check --json --cacert "$CACERT" --timeout 4 --cert "$PKI/$card.chain" \
            --key "$PKI/$card.key" --connect-to "127.0.0.1:$p_o_need3" shop.example >"$TMP/$card.case"
        "$WHYTLS" open --plain "$TMP/$card.case" >"$TMP/$card.text"
        grep -q own_certificates "$TMP/$card.case" || {
            echo 'the case does not hold the certificate: is anything tested here?'
            return 1
        }
        "$PYTHON" - "$PKI/$card.key" "$TMP/$card.case" "$TMP/$card.text" <<'END' || return 1
import base64, subprocess, sys
key, *files = sys.argv[1:]
der = subprocess.run(["openssl", "pkey", "-in", key, "-outform", "DER"], capture_output=True,
                     check=True).stdout
text = subprocess.run(["openssl", "pkey", "-in", key, "-noout", "-text"], capture_output=True,
                      text=True, check=True).stdout
secret = bytes.fromhex(text.split("priv:")[1].split("pub:")[0].replace(":", "").replace(" ", "")
                       .replace("\n", ""))[-32:]
needles = {secret.hex(), der.hex(), "PRIVATE KEY"}
for lines in (open(key).read().split("-----")[2].split(),):
    needles |= {line for line in lines if len(line) > 20}
for offset in range(3):  # base64 of the secret, wherever it starts among other bytes
    b = base64.b64encode(b"\0" * offset + secret).decode()
    needles.add(b[8:32])
for name in files:
    held = open(name).read()
    for needle in needles:
        if needle.lower() in held.lower():
            sys.exit(f"{name} holds {needle[:12]}... of the key")
END
    done
}
check 'the key of --cert is in no case and no text' has_no_key

# Its names are hidden with the others, and those of the authorities that the site wants.
has_no_name() {
    "$WHYTLS" open --redact --json "$TMP/anna.case" >"$TMP/hidden.case"
    ! grep -i -e anna -e 'card ca' -e 'card root' -e 'card trust' "$TMP/hidden.case"
}
check 'hidden names are those of the own certificate too' has_no_name

finish
