#!/bin/sh
# Faults staged on other makers' servers: each must come out as its own cause, and no other.
# Every server is started first; the walks follow while all of them listen.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh
. tests/servers/makers.sh

claim_ports
ports=$(free_ports 105)

# ---- certificates -----------------------------------------------------------------------------

port_for aia
pki_make
rsa_leaf
key_make rsa1024 rsa:1024
cert expired -from -100 -days 90
chain expired expired inter
cert future -from 20 -days 90
chain future future inter
cert selfsigned -by self
chain selfsigned selfsigned
cert stranger-root -is root -cn 'Stranger Root' -from -400 -days 3650
cert stranger -by stranger-root
chain stranger stranger stranger-root
cert filter-root -is root -cn 'Zscaler Root CA' -org 'Zscaler Inc.' -from -400 -days 3650
cert filter-ca -is ca -by filter-root -cn 'Zscaler Intermediate Root CA (zscaler.net)' -org 'Zscaler Inc.'
cert filtered -by filter-ca
chain filtered filtered filter-ca
cert lonely -aia "http://127.0.0.1:$p_aia/inter.der"
chain lonely lonely
cert lonelier -aia "http://127.0.0.1:$p_aia/none.der"
chain lonelier lonelier
# No address of the issuer's in it: its name says that it stands in the middle, or what was sent instead.
cert bare -from -10
chain bare bare
cert nameless-ca -is ca -by root -cn 'Test Trust 7' -from -300 -days 1825
cert astray -by nameless-ca -from -10
cert unheard -by stranger-root -from -10
# Nor does its name: but an authority of the same organisation is trusted.
cert kin-ca -is ca -by root -cn 'Test Trust 8' -org 'Test Trust' -from -300 -days 1825
cert lonely -by kin-ca -from -10
# But this one calls itself a root: the organisation has a new one, and it is not on the list.
cert new-root -is root -cn 'Test Trust Root 9' -org 'Test Trust' -from -30 -days 3650
cert renewed -by new-root -from -10
cert superfish -is root -cn 'Superfish, Inc.' -org 'Superfish, Inc.' -from -400 -days 3650
cert fished -by superfish -from -10
cert fished-else -by superfish -san DNS:filter.example -from -10
# The authority bears the name of the site: who sees both names alike takes it for self-signed.
cert same-ca -is root -org Shop -from -400 -days 3650
cert same -by same-ca -org Shop -from -10
key_make rsa512 rsa:512
cert tiny-key -key rsa512 -from -10
cert number -cn 127.0.0.1 -san DNS:127.0.0.1 -from -10
cert common -san '' -from -10
cert other -cn other.example -san DNS:other.example
chain other other inter
cert other-expired -cn other.example -san DNS:other.example -from -100 -days 90
chain other-expired other-expired inter
cert www -cn www.shop.example -san DNS:www.shop.example
chain www www inter
cert wildcard -cn '*.shop.example' -san 'DNS:*.shop.example'
chain wildcard wildcard inter
cert placeholder -by self -org 'Acme Co' -san DNS:ingress.local \
    -cn 'Kubernetes Ingress Controller Fake Certificate'
chain placeholder placeholder
cert inter-old -is ca -by root -cn 'Test Issuing CA 1' -from -800 -days 700
cert by-old -by inter-old
chain by-old by-old inter-old
cert weak-key -key rsa1024
chain weak-key weak-key inter
cert weak-signature -md sha1
chain weak-signature weak-signature inter
cert for-clients -use clientAuth
chain for-clients for-clients inter
cert no-ca -is ca -by root -cn 'Not A CA' -basic critical,CA:FALSE
cert by-no-ca -by no-ca
chain by-no-ca by-no-ca no-ca
cert bad -from -10
chain bad bad inter
cert strict -from -10 -more 'tlsfeature = status_request'
chain strict strict inter
# One that the issuer named for this, and one that nobody named.
cert responder -cn 'Test Responder' -san '' -use OCSPSigning -key responder
cert responder-old -cn 'Test Responder' -san '' -use OCSPSigning -key responder -from -100 -days 90
cert impostor -cn 'Test Impostor' -san '' -use OCSPSigning -by stranger-root -key impostor
port_for ocsp
take_port
p_nobody=$port
cert asked -from -10 -ocsp "http://127.0.0.1:$p_ocsp"
chain asked asked inter
cert called -from -10 -ocsp "http://127.0.0.1:$p_ocsp/"
chain called called inter
cert unlisted -from -10 -crl "http://127.0.0.1:$p_aia/list.pem"
chain unlisted unlisted inter
cert listed -from -10 -ocsp "http://127.0.0.1:$p_nobody/" -crl "http://127.0.0.1:$p_aia/list.der"
chain listed listed inter
cert lost -from -10 -ocsp "http://127.0.0.1:$p_nobody/" -crl "http://127.0.0.1:$p_aia/none.crl"
chain lost lost inter
register good strict asked unlisted lost -revoked bad called listed
list_by_index
word bad bad
word bad-delegated bad responder
word good-old good inter 20
word good-expired good responder-old
word good-forged good impostor
word strict strict
word strict-other good
# An authority in between that was called back, on a list that certtool made; and one that was not.
for n in 4 5; do
    cert "inter$n" -is ca -by root -cn "Test Issuing CA $n" -org 'Test Trust' -from -300 -days 1825 \
        -crl "http://127.0.0.1:$p_aia/above.crl"
    cert "under$n" -by "inter$n" -from -10
done
printf 'crl_next_update = 3\ncrl_number = 7\n' >"$PKI/above.cfg"
certtool --generate-crl --load-ca-privkey "$PKI/root.key" --load-ca-certificate "$PKI/root.pem" \
    --load-certificate "$PKI/inter4.pem" --template "$PKI/above.cfg" --outder \
    --outfile "$PKI/above.crl" >>"$TMP/openssl.log" 2>&1
mkdir "$TMP/files"
cp "$PKI/list.pem" "$PKI/above.crl" "$PKI/list.der" "$TMP/files"
openssl x509 -in "$PKI/inter.pem" -outform DER -out "$TMP/files/inter.der"

cat >"$TMP/openssl-policy.cnf" <<END
openssl_conf = start
[start]
ssl_conf = tls
[tls]
system_default = limits
[limits]
MinProtocol = TLSv1.3
END
cat >"$TMP/gnutls-policy" <<END
[overrides]
disabled-version = tls1.2
disabled-version = tls1.1
disabled-version = tls1.0
END

# ---- all servers ------------------------------------------------------------------------------

ocsp_responder "$p_ocsp"
for s in revoked asked called listed unlisted lost delegated old expired forged strict strictother \
    under4 under5; do
    port_for "s_$s"
done
# shellcheck disable=SC2046
{
    s_server "$p_s_revoked" $(with bad) -tls1_3 -status_file "$PKI/bad.ocsp" -www
    s_server "$p_s_asked" $(with asked) -www
    s_server "$p_s_called" $(with called) -www
    s_server "$p_s_listed" $(with listed) -www
    s_server "$p_s_unlisted" $(with unlisted) -www
    s_server "$p_s_lost" $(with lost) -www
    s_server "$p_s_under4" $(with under4 inter4) -www
    s_server "$p_s_under5" $(with under5 inter5) -www
    s_server "$p_s_delegated" $(with bad) -tls1_2 -status_file "$PKI/bad-delegated.ocsp" -www
    s_server "$p_s_old" $(with good) -tls1_2 -status_file "$PKI/good-old.ocsp" -www
    s_server "$p_s_expired" $(with good) -tls1_3 -status_file "$PKI/good-expired.ocsp" -www
    s_server "$p_s_forged" $(with good) -tls1_3 -status_file "$PKI/good-forged.ocsp" -www
    s_server "$p_s_strict" $(with strict) -www
    s_server "$p_s_strictother" $(with strict) -status_file "$PKI/strict-other.ocsp" -www
}
for s in aged bare astray lonely renewed unheard fished fished_else same tiny number common; do
    port_for "s_$s"
done
# shellcheck disable=SC2046
{
    s_server "$p_s_aged" $(with expired) -www
    s_server "$p_s_bare" -cert "$PKI/bare.pem" -key "$PKI/bare.key" -www
    s_server "$p_s_astray" $(with astray filter-ca) -www
    s_server "$p_s_lonely" -cert "$PKI/lonely.pem" -key "$PKI/lonely.key" -www
    s_server "$p_s_renewed" -cert "$PKI/renewed.pem" -key "$PKI/renewed.key" -www
    s_server "$p_s_unheard" -cert "$PKI/unheard.pem" -key "$PKI/unheard.key" -www
    s_server "$p_s_fished" $(with fished superfish) -www
    s_server "$p_s_fished_else" $(with fished-else superfish) -www
    s_server "$p_s_same" -cert "$PKI/same.pem" -key "$PKI/same.key" -www
    s_server "$p_s_tiny" $(with tiny-key) -cipher 'ALL:!aNULL:@SECLEVEL=0' -www
    s_server "$p_s_number" $(with number) -www
    s_server "$p_s_common" $(with common) -www
}
for s in future wildcard client12 client13 group signature dh purpose rule tls12; do
    port_for "s_$s"
done
# shellcheck disable=SC2046
{
    s_server "$p_s_future" $(with future) -www
    s_server "$p_s_wildcard" $(with wildcard) -www
    s_server "$p_s_client12" $(with good) -tls1_2 -Verify 1 -verify_return_error \
        -CAfile "$PKI/root.pem" -www
    s_server "$p_s_client13" $(with good) -tls1_3 -Verify 1 -verify_return_error \
        -CAfile "$PKI/root.pem" -www
    # RSA: a P-256 certificate would need that group too.
    s_server "$p_s_group" $(with rsa-leaf) -tls1_2 -groups P-224 -cipher ECDHE -www
    s_server "$p_s_signature" $(with rsa-leaf) -tls1_2 -sigalgs RSA+SHA1 \
        -cipher ECDHE:@SECLEVEL=0 -www
    # gnutls-serv would refuse a client that also offers the named groups of RFC 7919.
    s_server "$p_s_dh" $(with rsa-leaf) -tls1_2 -dhparam tests/foreign/dh1024.pem \
        -cipher DHE:@SECLEVEL=0 -www
    s_server "$p_s_purpose" $(with for-clients) -www
    s_server "$p_s_rule" $(with by-no-ca no-ca) -www
    s_server "$p_s_tls12" $(with good) -tls1_2 -www
}

for s in page http smtp ssh close reset silent stall cut newer turns rarely long f5 perhost; do
    port_for "py_$s"
done
start scripted "$PYTHON" tests/servers/serve.py "files:$p_aia:$TMP/files" "page:$p_py_page" \
    "http:$p_py_http" "smtp:$p_py_smtp" "ssh:$p_py_ssh" "close:$p_py_close" \
    "reset:$p_py_reset" "silent:$p_py_silent" "stall:$p_py_stall:$p_s_tls12/300" \
    "cut:$p_py_cut:$p_s_tls12/300" "intolerant:$p_py_newer:$p_s_tls12" \
    "flaky:$p_py_turns:$p_s_tls12/FFW" "flaky:$p_py_rarely:$p_s_tls12/FFFFW" \
    "lengths:$p_py_long:$p_s_tls12/300/9999" "lengths:$p_py_f5:$p_s_tls12/256/511" \
    "by-name:$p_py_perhost:shop.example/$p_s_group/$p_s_tls12"

if has gnutls-serv; then
    for s in tls10 tripledes rc4 key signature; do
        port_for "g_$s"
    done
    any='NONE:+AEAD:+SHA1:+SHA256:+SIGN-ALL:+COMP-NULL:+GROUP-ALL'
    gnutls_serv "$p_g_tls10" "$PKI/rsa-leaf.chain" "$PKI/rsa-leaf.key" --http \
        --priority 'NORMAL:-VERS-ALL:+VERS-TLS1.0'
    gnutls_serv "$p_g_tripledes" "$PKI/rsa-leaf.chain" "$PKI/rsa-leaf.key" --http \
        --priority "$any:+VERS-TLS1.2:+RSA:+ECDHE-RSA:+3DES-CBC"
    gnutls_serv "$p_g_rc4" "$PKI/rsa-leaf.chain" "$PKI/rsa-leaf.key" --http \
        --priority "$any:+VERS-TLS1.2:+RSA:+ECDHE-RSA:+ARCFOUR-128"
    gnutls_serv "$p_g_key" "$PKI/weak-key.chain" "$PKI/weak-key.key" --http \
        --priority NORMAL:%PROFILE_VERY_WEAK
    gnutls_serv "$p_g_signature" "$PKI/weak-signature.chain" "$PKI/weak-signature.key" --http \
        --priority NORMAL:%PROFILE_VERY_WEAK
fi

if has nginx; then
    for s in revoked stapled; do
        port_for "n_$s"
    done
    for s in good expired aia other both client reject default gateway handshake certificate inter strict \
        future; do
        port_for "n_$s"
    done
    take_port
    {
        nginx_server "$p_n_good" "$PKI/good.chain" "$PKI/good.key"
        nginx_server "$p_n_revoked" "$PKI/bad.chain" "$PKI/bad.key" \
            "ssl_stapling on; ssl_stapling_file $PKI/bad.ocsp;"
        nginx_server "$p_n_stapled" "$PKI/strict.chain" "$PKI/strict.key" \
            "ssl_stapling on; ssl_stapling_file $PKI/strict.ocsp;"
        nginx_server "$p_n_expired" "$PKI/expired.chain" "$PKI/expired.key"
        nginx_server "$p_n_future" "$PKI/future.chain" "$PKI/future.key"
        nginx_server "$p_n_aia" "$PKI/lonely.chain" "$PKI/lonely.key"
        nginx_server "$p_n_other" "$PKI/other.chain" "$PKI/other.key"
        nginx_server "$p_n_both" "$PKI/other-expired.chain" "$PKI/other-expired.key"
        nginx_server "$p_n_client" "$PKI/good.chain" "$PKI/good.key" \
            "ssl_verify_client on; ssl_client_certificate $PKI/root.pem;"
        echo "server { listen 127.0.0.1:$p_n_reject ssl default_server; ssl_reject_handshake on; }"
        nginx_server "$p_n_reject" "$PKI/good.chain" "$PKI/good.key"
        nginx_server "$p_n_default" "$PKI/placeholder.chain" "$PKI/placeholder.key" |
            sed 's/server_name .*/server_name _;/'
        nginx_server "$p_n_gateway" "$PKI/good.chain" "$PKI/good.key" '' \
            "proxy_pass http://127.0.0.1:$port;"
        nginx_server "$p_n_handshake" "$PKI/good.chain" "$PKI/good.key" \
            'add_header CF-RAY 8f2a1b3c4d5e6f70-FRA always;' 'return 525;'
        nginx_server "$p_n_certificate" "$PKI/good.chain" "$PKI/good.key" \
            'add_header CF-RAY 8f2a1b3c4d5e6f70-FRA always;' 'return 526;'
        nginx_server "$p_n_strict" "$PKI/good.chain" "$PKI/good.key" 'ssl_protocols TLSv1.3;'
        nginx_server "$p_n_inter" "$PKI/by-old.chain" "$PKI/by-old.key"
    } >"$TMP/nginx.servers"
    nginx_start "$TMP/nginx.servers"
fi

if has haproxy; then
    for s in self www client12 client13 strict turns; do
        port_for "h_$s"
    done
    {
        haproxy_front "$p_h_self" selfsigned selfsigned
        haproxy_front "$p_h_www" www www
        haproxy_front "$p_h_client12" good good \
            "ssl-max-ver TLSv1.2 verify required ca-file $PKI/root.pem"
        haproxy_front "$p_h_client13" good good \
            "ssl-min-ver TLSv1.3 verify required ca-file $PKI/root.pem"
        haproxy_front "$p_h_strict" good good strict-sni
        # Two servers behind it in turn, and only one was renewed.
        echo "listen turns
    mode tcp
    bind 127.0.0.1:$p_h_turns
    balance roundrobin
    server old 127.0.0.1:$p_s_aged
    server new 127.0.0.1:$p_s_tls12"
    } >"$TMP/haproxy.fronts"
    haproxy_start "$TMP/haproxy.fronts"
fi

if has stunnel4 || has stunnel; then
    port_for stunnel
    stunnel_service "$p_stunnel" "$PKI/lonelier.chain" "$PKI/lonelier.key" "$p_py_page" \
        >"$TMP/stunnel.services"
    stunnel_start "$TMP/stunnel.services"
fi

if has node; then
    port_for node_stranger
    port_for node_filter
    start node node tests/foreign/serve.js \
        "https:$p_node_stranger:$PKI/stranger.chain:$PKI/stranger.key" \
        "https:$p_node_filter:$PKI/filtered.chain:$PKI/filtered.key"
fi

# shellcheck disable=SC2086
check 'all servers listen' wait_for_ports $listening

# ---- the walks --------------------------------------------------------------------------------
# What only says how it broke has no experiment that could prove it: any certainty will do there.

maker='openssl s_server'
# This server sends no Date: nothing but this computer says what day it is.
certainty=likely
expect_cause chain.not-yet-valid "shop.example:$p_s_future"
expect_cause name.wildcard-depth "a.b.shop.example:$p_s_wildcard"
certainty=likely
expect_cause chain.missing-intermediate "shop.example:$p_s_bare"
certainty=likely
expect_cause chain.missing-intermediate "shop.example:$p_s_astray"
certainty=likely
expect_cause chain.missing-intermediate "shop.example:$p_s_lonely"
certainty=likely
expect_cause chain.unknown-authority "shop.example:$p_s_unheard"
certainty=likely
expect_cause chain.unknown-authority "shop.example:$p_s_renewed"
certainty=likely
expect_cause interception.leaked-authority "shop.example:$p_s_fished"
certainty=likely
expect_cause interception.leaked-authority "shop.example:$p_s_fished_else"
certainty=likely
expect_cause chain.unknown-authority "shop.example:$p_s_same"
expect_cause chain.weak-key "shop.example:$p_s_tiny"
direct=yes
expect_cause name.address-as-name "127.0.0.1:$p_s_number"
certainty=any
expect_cause name.no-san "shop.example:$p_s_common"
expect_cause client-certificate.required "shop.example:$p_s_client12"
expect_cause client-certificate.required "shop.example:$p_s_client13"
expect_cause cipher.no-group "shop.example:$p_s_group"
expect_cause cipher.no-signature "shop.example:$p_s_signature"
expect_cause cipher.dh-too-small "shop.example:$p_s_dh"
expect_cause chain.wrong-purpose "shop.example:$p_s_purpose"
expect_cause chain.revoked "shop.example:$p_s_revoked"
expect_cause chain.revoked "shop.example:$p_s_delegated"
expect_cause chain.revoked "shop.example:$p_s_called"
expect_cause chain.revoked "shop.example:$p_s_listed"
expect_cause chain.intermediate-revoked "shop.example:$p_s_under4"
notes=none
expect_works 'an authority in between that is not on the list' "shop.example:$p_s_under5"
notes=none
expect_works 'a certificate that openssl ocsp vouches for' "shop.example:$p_s_asked"
notes=none
expect_works 'a certificate that is not on the list' "shop.example:$p_s_unlisted"
notes=chain.revocation-untold
expect_works 'a certificate of which nobody tells' "shop.example:$p_s_lost"
expect_cause chain.must-staple "shop.example:$p_s_strict"
expect_cause chain.must-staple "shop.example:$p_s_strictother"
notes=chain.bad-staple
expect_works 'an old stapled proof' "shop.example:$p_s_old"
notes=chain.bad-staple
expect_works 'a stapled proof by a responder that is out of date' "shop.example:$p_s_expired"
notes=chain.bad-staple
expect_works 'a stapled proof that a stranger signed' "shop.example:$p_s_forged"
certainty=any
expect_cause chain.not-an-authority "shop.example:$p_s_rule"
direct=yes
expect_cause name.address "127.0.0.1:$p_s_tls12"
prefix="env OPENSSL_CONF=$TMP/openssl-policy.cnf"
expect_cause policy.refuses "shop.example:$p_s_tls12"
prefix="env GNUTLS_SYSTEM_PRIORITY_FILE=$TMP/gnutls-policy"
expect_cause policy.refuses "shop.example:$p_s_tls12"

maker=scripted
expect_cause reach.plain-http "shop.example:$p_py_http"
expect_cause reach.other-service "shop.example:$p_py_smtp"
expect_cause reach.other-service "shop.example:$p_py_ssh"
expect_cause protocol.newer-breaks "shop.example:$p_py_newer"
for pair in "refused $p_nobody" "closed $p_py_close" "reset $p_py_reset" \
    "broken-off $p_py_cut"; do
    certainty=any
    expect_cause "reach.${pair% *}" "shop.example:${pair#* }"
done
certainty=any
expect_cause reach.silent "shop.example:$p_py_silent" --timeout 1
certainty=any
expect_cause reach.stalled "shop.example:$p_py_stall" --timeout 1


# Whoever fails now and then must not be blamed on what was changed the moment that it worked.
once=yes
expect_cause reach.comes-and-goes "shop.example:$p_py_turns"
once=yes
expect_cause reach.comes-and-goes "shop.example:$p_py_rarely"
# A box that minds the length of the hello, which most changes change too.
expect_cause client.older-works "shop.example:$p_py_long"
expect_cause client.older-works "shop.example:$p_py_f5"
# The site of this name has the fault; another one at the same place is well.
expect_cause cipher.no-group "shop.example:$p_py_perhost"

if group gnutls-serv gnutls-serv; then
    expect_cause protocol.server-too-old "shop.example:$p_g_tls10"
    expect_cause cipher.none-in-common "shop.example:$p_g_tripledes"
    expect_cause cipher.none-in-common "shop.example:$p_g_rc4"
    expect_cause chain.weak-key "shop.example:$p_g_key"
    expect_cause chain.weak-signature "shop.example:$p_g_signature"
fi

if group nginx nginx; then
    expect_cause chain.expired "shop.example:$p_n_expired"
    expect_cause chain.revoked "shop.example:$p_n_revoked"
    expect_works 'the stapled proof that its certificate asks for' "shop.example:$p_n_stapled"
    expect_cause chain.not-yet-valid "shop.example:$p_n_future"
    expect_cause chain.missing-intermediate "shop.example:$p_n_aia"
    expect_cause chain.intermediate-expired "shop.example:$p_n_inter"
    expect_cause name.other-name "shop.example:$p_n_other"
    expect_cause chain.expired name.other-name "shop.example:$p_n_both"
    expect_cause name.default-certificate "shop.example:$p_n_default"
    certainty=any
    expect_cause name.unknown-to-server "nobody.example:$p_n_reject"
    expect_cause name.sni-needed "shop.example:$p_n_reject" --servername none
    certainty=any
    expect_cause client-certificate.required "shop.example:$p_n_client"
    # An old program on a site that has gone on: --client says hello as that program does.
    expect_cause protocol.client-too-old "shop.example:$p_n_strict" --client older
    expect_cause client.newer-works "shop.example:$p_n_strict" --client java-7
    for pair in "bad-gateway $p_n_gateway" "origin-handshake $p_n_handshake" \
        "origin-certificate $p_n_certificate"; do
        certainty=any
        expect_cause "edge.${pair% *}" "shop.example:${pair#* }"
    done
    # libfaketime and the sanitizers both want to be loaded first.
    if has faketime && ! grep -q __asan_init "$WHYTLS"; then
        prefix='env FAKETIME_DONT_FAKE_MONOTONIC=1 faketime -f -1095d'
        expect_cause clock.behind "shop.example:$p_n_good"
        prefix='env FAKETIME_DONT_FAKE_MONOTONIC=1 faketime -f +730d'
        expect_cause clock.ahead "shop.example:$p_n_good"
        prefix='env FAKETIME_DONT_FAKE_MONOTONIC=1 faketime -f -1095d'
        expect_cause clock.behind chain.expired "shop.example:$p_n_expired"
        # The battery of the clock was empty: it goes on from its first day.
        prefix="env FAKETIME_DONT_FAKE_MONOTONIC=1 faketime -f -$(($(date +%s) - 946688400))"
        expect_cause clock.behind "shop.example:$p_n_good"
    else
        skip 'nginx: clock.behind, clock.ahead, and both with chain.expired' 'no faketime for this build'
    fi
fi

if group HAProxy haproxy; then
    certainty=likely
    expect_cause chain.self-signed "shop.example:$p_h_self"
    expect_cause name.www "shop.example:$p_h_www"
    expect_cause client-certificate.required "shop.example:$p_h_client12"
    expect_cause client-certificate.required "shop.example:$p_h_client13"
    certainty=any
    expect_cause name.unknown-to-server "nobody.example:$p_h_strict"
    once=yes certainty=any
    expect_cause address.changing-certificate chain.expired "shop.example:$p_h_turns"
fi

if has stunnel4 || group stunnel stunnel; then
    maker=stunnel
    certainty=likely
    expect_cause chain.missing-intermediate "shop.example:$p_stunnel"
fi

if group Node node; then
    certainty=likely
    expect_cause chain.unknown-authority "shop.example:$p_node_stranger"
    certainty=any
    expect_cause between.known-product "shop.example:$p_node_filter"
fi

finish
