#!/bin/sh
# What the certificates of a public site name is fetched from public addresses only, whatever its
# name resolves to besides. In a network and with a hosts file of its own: needs to be root, or a
# kernel that lets users have namespaces.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1

if [ -z "${IN_A_NETWORK_OF_ITS_OWN:-}" ]; then
    for how in -nm -rnm; do
        if unshare $how true 2>/dev/null; then
            IN_A_NETWORK_OF_ITS_OWN=yes exec unshare $how sh "$0"
        fi
    done
fi
. tests/lib.sh
[ -n "${IN_A_NETWORK_OF_ITS_OWN:-}" ] || skip_all 'no network namespace can be made here'
has ip || skip_all 'ip (iproute2) is not installed'

# ---- a small Internet, all on lo: documentation addresses are the public ones (RFC 5737) ---------

PUBLIC=192.0.2.10 ISSUER=192.0.2.20
ip link set lo up
for address in $PUBLIC $ISSUER 10.0.0.1 169.254.169.254; do
    ip address add $address/32 dev lo
done
mkdir "$TMP/etc" "$TMP/web"
cat >"$TMP/etc/hosts" <<END
127.0.0.1 shop.example
$PUBLIC shop.example
127.0.0.1 ca.example
$ISSUER ca.example
127.0.0.1 inside.example
END
echo 'hosts: files' >"$TMP/etc/nsswitch.conf"
echo 'multi on' >"$TMP/etc/host.conf"
for file in hosts nsswitch.conf host.conf; do
    mount --bind "$TMP/etc/$file" /etc/$file || skip_all "/etc/$file can not be another one here"
done

pki_make
openssl x509 -in "$PKI/inter.pem" -outform DER -out "$TMP/web/inter.cer"
: >"$TMP/knocks"
start knock "$PYTHON" tests/foreign/knock.py "$TMP/knocks" "$TMP/web" \
    127.0.0.1:22 127.0.0.1:80 10.0.0.1:80 169.254.169.254:80 $ISSUER:80 $ISSUER:22
wait_for_ports 22 80

port=8443
# site KIND URL: a certificate that names this URL (as aia, ocsp or crl), shown at $PUBLIC:$port.
site() {
    port=$((port + 1))
    cert site -from -10 "-$1" "$2"
    cat "$PKI/site.pem" >"$TMP/$port.pem"
    [ "$1" = aia ] || cat "$PKI/inter.pem" >>"$TMP/$port.pem"
    start "site-$port" openssl s_server -quiet -www -accept "$PUBLIC:$port" -key "$PKI/site.key" \
        -cert "$PKI/site.pem" -cert_chain "$TMP/$port.pem"
    wait_for_port $port
}

# Who was knocked at by one check of that site; the case is $TMP/case.json.
look() {
    : >"$TMP/knocks"
    timeout "$WATCHDOG" "$WHYTLS" check --json --cacert "$CACERT" --timeout 4 shop.example:$port \
        >"$TMP/case.json" 2>"$TMP/err" </dev/null
    status=$?
    [ $status -le 1 ] && grep -q '"127.0.0.1"' "$TMP/case.json"
}
goes_nowhere() {
    look && cat "$TMP/knocks" && [ ! -s "$TMP/knocks" ]
}
goes_to() {
    look && sort -u "$TMP/knocks" && [ "$(sort -u "$TMP/knocks")" = "$1" ]
}
was() {
    "$PYTHON" -c 'import json, sys
states = [row["state"] for row in json.load(open(sys.argv[1]))["fetches"]]
print(*states)
sys.exit(sys.argv[2] not in states)' "$TMP/case.json" "$1"
}

# ---- nowhere -----------------------------------------------------------------------------------

for url in http://169.254.169.254/inter.cer http://127.0.0.1:22/inter.cer http://10.0.0.1/inter.cer \
    http://127.0.0.1/inter.cer http://localhost/inter.cer http://inside.example/inter.cer \
    'http://[::ffff:10.0.0.1]/inter.cer' http://0.0.0.0/inter.cer http://2130706433/inter.cer \
    http://$ISSUER:22/inter.cer; do
    site aia "$url"
    check "an issuer at $url is not asked" goes_nowhere
    check 'and the case says that we refused' was refused
done
for url in http://169.254.169.254 http://127.0.0.1:22 http://10.0.0.1; do
    site ocsp $url
    check "a responder at $url is not asked" goes_nowhere
    check 'and the case says that we refused' was refused
    site crl $url/list.crl
    check "a list at $url is not asked for" goes_nowhere
    check 'and the case says that we refused' was refused
done

# ---- only where it may ---------------------------------------------------------------------------

site aia http://$ISSUER/inter.cer
check 'an issuer at a public address is asked' goes_to $ISSUER:80
check 'and answers' was got
site aia http://ca.example/inter.cer
check 'of an issuer with two addresses, only at the public one' goes_to $ISSUER:80
check 'and answers, too' was got
for url in http://169.254.169.254/inter.cer http://127.0.0.1:22/inter.cer http://10.0.0.1/inter.cer \
    http://inside.example/inter.cer; do
    site aia "http://$ISSUER/to?$url"
    check "sent on to $url we do not go" goes_to $ISSUER:80
    check 'and that is refused, too' was refused
done
site aia "http://$ISSUER/to?http://ca.example/inter.cer"
check 'sent on to another public one we go' goes_to $ISSUER:80
check 'and that answers' was got

http_proxy=http://10.0.0.1:80/ ALL_PROXY=http://10.0.0.1:80/
export http_proxy ALL_PROXY
check 'a proxy of the environment is not asked' goes_to $ISSUER:80
finish
