#!/bin/sh
# Healthy servers of other makers, however odd their make, chain or order, are found to work.
# Every server is started first; the walks follow while all of them listen.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh
. tests/servers/makers.sh

pki_make
rsa_leaf
cert localhost -cn localhost -san DNS:localhost
chain localhost localhost inter
cert other -cn other.example -san DNS:other.example
chain other other inter
cert deep -is ca -by inter -cn 'Test Issuing CA 3b'
cert deep-leaf -by deep
chain with-root good inter root
chain odd-order deep-leaf inter deep
chain odd-root deep-leaf root deep inter
chain doubled good good inter inter
cert wildcard -cn '*.example' -san 'DNS:*.shop.example,DNS:shop.example'
chain wildcard wildcard inter

claim_ports
ports=$(free_ports 40)

# ---- all servers ------------------------------------------------------------------------------

for s in tls12 tls13 rsa idle12 idle13 x448 cbc rsakx local chacha; do
    port_for "$s"
done
# shellcheck disable=SC2046
{
    s_server "$p_tls12" $(with good) -tls1_2 -www
    s_server "$p_tls13" $(with good) -tls1_3 -www
    s_server "$p_rsa" $(with rsa-leaf) -www
    s_server "$p_idle12" $(with good) -tls1_2
    s_server "$p_idle13" $(with good) -tls1_3
    s_server "$p_x448" $(with good) -groups X448 -www
    s_server "$p_cbc" $(with good) -tls1_2 -cipher ECDHE-ECDSA-AES128-SHA256 -www
    s_server "$p_rsakx" $(with rsa-leaf) -tls1_2 -cipher AES128-GCM-SHA256 -www
    s_server "$p_chacha" $(with good) -tls1_3 -ciphersuites TLS_CHACHA20_POLY1305_SHA256 -www
    s_server "$p_local" $(with localhost) -www
}

port_for python
port_for page
port_for hangup12
port_for hangup13
start python "$PYTHON" tests/servers/serve.py "page:$p_page" \
    "https:$p_python:$PKI/good.chain,$PKI/good.key" \
    "hang-up:$p_hangup12:$PKI/good.chain,$PKI/good.key,TLSv1_2" \
    "hang-up:$p_hangup13:$PKI/good.chain,$PKI/good.key,TLSv1_3"

if has gnutls-serv; then
    port_for ghttp
    port_for gecho
    gnutls_serv "$p_ghttp" "$PKI/good.chain" "$PKI/good.key" --http
    gnutls_serv "$p_gecho" "$PKI/rsa-leaf.chain" "$PKI/rsa-leaf.key" --echo
fi

if has nginx; then
    for s in plain h2 vhosts optional root odd oddroot doubled wildcard rsaecdsa gone; do
        port_for "n_$s"
    done
    {
        nginx_server "$p_n_plain" "$PKI/good.chain" "$PKI/good.key"
        # 1.25.1 and later say "http2 on", and only warn about this older form.
        nginx_server "$p_n_h2" "$PKI/good.chain" "$PKI/good.key" |
            sed 's/ ssl;/ ssl http2;/'
        # The first block of a port is its default: the site is the second one.
        nginx_server "$p_n_vhosts" "$PKI/other.chain" "$PKI/other.key" |
            sed 's/server_name .*/server_name other.example;/'
        nginx_server "$p_n_vhosts" "$PKI/good.chain" "$PKI/good.key"
        nginx_server "$p_n_optional" "$PKI/good.chain" "$PKI/good.key" \
            "ssl_verify_client optional; ssl_client_certificate $PKI/root.pem;"
        nginx_server "$p_n_root" "$PKI/with-root.chain" "$PKI/good.key"
        nginx_server "$p_n_odd" "$PKI/odd-order.chain" "$PKI/deep-leaf.key"
        nginx_server "$p_n_oddroot" "$PKI/odd-root.chain" "$PKI/deep-leaf.key"
        nginx_server "$p_n_doubled" "$PKI/doubled.chain" "$PKI/good.key"
        nginx_server "$p_n_wildcard" "$PKI/wildcard.chain" "$PKI/wildcard.key"
        nginx_server "$p_n_rsaecdsa" "$PKI/good.chain" "$PKI/good.key" \
            "ssl_certificate $PKI/rsa-leaf.chain; ssl_certificate_key $PKI/rsa-leaf.key;"
        nginx_server "$p_n_gone" "$PKI/good.chain" "$PKI/good.key" '' 'return 404;'
    } >"$TMP/nginx.servers"
    nginx_start "$TMP/nginx.servers"
fi

if has haproxy; then
    for s in h_tls12 h_tls13 h_h2; do
        port_for "$s"
    done
    {
        haproxy_front "$p_h_tls12" good good 'ssl-max-ver TLSv1.2'
        haproxy_front "$p_h_tls13" rsa-leaf rsa-leaf 'ssl-min-ver TLSv1.3'
        haproxy_front "$p_h_h2" good good 'alpn h2,http/1.1'
    } >"$TMP/haproxy.fronts"
    haproxy_start "$TMP/haproxy.fronts"
fi

if has stunnel4 || has stunnel; then
    port_for stunnel
    stunnel_service "$p_stunnel" "$PKI/good.chain" "$PKI/good.key" "$p_page" >"$TMP/stunnel.services"
    stunnel_start "$TMP/stunnel.services"
fi

if has node; then
    for s in https alpn h2; do
        port_for "node_$s"
    done
    start node node tests/foreign/serve.js \
        "https:$p_node_https:$PKI/good.chain:$PKI/good.key" \
        "alpn:$p_node_alpn:$PKI/rsa-leaf.chain:$PKI/rsa-leaf.key" \
        "h2:$p_node_h2:$PKI/good.chain:$PKI/good.key"
fi

# One file, run without a compiler's step: Java 11 and newer.
java_port=
if has java && java -version 2>&1 | grep -Eq 'version "(1[1-9]|[2-9][0-9])'; then
    take_port
    java_port=$port
    openssl pkcs12 -export -passout pass:changeit -name site -in "$PKI/good.chain" \
        -inkey "$PKI/good.key" -out "$PKI/good.p12"
    start java java -XX:TieredStopAtLevel=1 -Xshare:auto tests/foreign/Healthy.java \
        "$PKI/good.p12" changeit "$java_port"
fi

# shellcheck disable=SC2086
check 'all servers listen' wait_for_ports $listening

# ---- the walks --------------------------------------------------------------------------------

maker='openssl s_server'
expect_works 'TLS 1.2 only' "shop.example:$p_tls12"
expect_works 'TLS 1.3 only' "shop.example:$p_tls13"
expect_works 'an RSA certificate' "shop.example:$p_rsa"
expect_works 'TLS 1.2, never answers the request' "shop.example:$p_idle12" --timeout 1
expect_works 'TLS 1.3, never answers the request' "shop.example:$p_idle13" --timeout 1
expect_works 'X448 only' "shop.example:$p_x448"
expect_works 'AES-CBC only' "shop.example:$p_cbc"
expect_works 'RSA key exchange only' "shop.example:$p_rsakx"
expect_works 'ChaCha20 only' "shop.example:$p_chacha"
direct=yes
expect_works 'localhost, listening on 127.0.0.1 only' "localhost:$p_local"

maker="python3's http.server"
expect_works 'https' "shop.example:$p_python"
maker='a service that speaks no HTTP'
expect_works 'TLS 1.2, drops the line at our request' "shop.example:$p_hangup12"
expect_works 'TLS 1.3 without tickets, drops the line at our request' "shop.example:$p_hangup13"

if group gnutls-serv gnutls-serv; then
    expect_works 'http' "shop.example:$p_ghttp"
    expect_works 'echo' "shop.example:$p_gecho"
fi

if group nginx nginx; then
    expect_works 'one site' "shop.example:$p_n_plain"
    expect_works 'HTTP/2 offered' "shop.example:$p_n_h2"
    expect_works 'the second of two sites' "shop.example:$p_n_vhosts"
    expect_works 'a client certificate that may be left out' "shop.example:$p_n_optional"
    expect_works 'the root sent along' "shop.example:$p_n_root"
    expect_works 'intermediates in odd order' "shop.example:$p_n_odd"
    expect_works 'root and intermediates in odd order' "shop.example:$p_n_oddroot"
    expect_works 'certificates sent twice' "shop.example:$p_n_doubled"
    expect_works 'a wildcard and the bare name' "shop.example:$p_n_wildcard"
    expect_works 'a wildcard, one label down' "www.shop.example:$p_n_wildcard"
    expect_works 'RSA and ECDSA certificates' "shop.example:$p_n_rsaecdsa"
    expect_works 'page not found' "shop.example:$p_n_gone"
fi

if group HAProxy haproxy; then
    expect_works 'TLS 1.2 at most' "shop.example:$p_h_tls12"
    expect_works 'TLS 1.3 at least' "shop.example:$p_h_tls13"
    expect_works 'HTTP/2 offered' "shop.example:$p_h_h2"
fi

if has stunnel4 || group stunnel stunnel; then
    maker=stunnel
    expect_works 'in front of plain HTTP' "shop.example:$p_stunnel"
fi

if group Node node; then
    expect_works 'https' "shop.example:$p_node_https"
    expect_works 'ALPN http/1.1' "shop.example:$p_node_alpn"
    expect_works 'HTTP/2 only' "shop.example:$p_node_h2"
fi

if [ -n "$java_port" ]; then
    maker=Java
    check 'Java listens' wait_for_port "$java_port"
    expect_works 'HttpsServer' "shop.example:$java_port"
else
    skip Java 'there is no Java 11 or newer here'
fi

finish
