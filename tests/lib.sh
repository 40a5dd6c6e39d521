# lib.sh - what the test scripts share: TAP lines, ports, servers that are ended again, certificates
# made with openssl, and what must come of a check. Sourced from the project's root, POSIX sh.
# Uses python3 (standard library) and openssl; starts nothing by itself.
# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2034

BUILD=${BUILD:-build}
WHYTLS=${WHYTLS:-$BUILD/whytls}
case $WHYTLS in /*) ;; *) WHYTLS=$PWD/$WHYTLS ;; esac
export BUILD WHYTLS
PATH=$PATH:/usr/sbin:/sbin

# The same surroundings everywhere: nothing of the user's may steer a test.
unset http_proxy https_proxy all_proxy no_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY
unset OPENSSL_CONF GNUTLS_SYSTEM_PRIORITY_FILE SSL_CERT_FILE SSL_CERT_DIR
unset NO_COLOR WHYTLS_PLAIN WHYTLS_A11Y SOURCE_DATE_EPOCH FAKETIME
WATCHDOG=600 # seconds, after which a program that hangs is ended; no measure of one that is slow
LC_ALL=C.UTF-8
TZ=UTC
export LC_ALL TZ

# A python3 on the PATH may be a slow wrapper around the real one.
if [ -z "${PYTHON:-}" ]; then
    PYTHON=$(python3 -c 'import sys; print(sys.executable)')
    export PYTHON
fi

TMP=$(mktemp -d "${TMPDIR:-/tmp}/whytls-test.XXXXXX")
HOME=$TMP
XDG_DATA_HOME=$TMP/data XDG_CONFIG_HOME=$TMP/config XDG_CACHE_HOME=$TMP/cache XDG_STATE_HOME=$TMP/state
export HOME XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME XDG_STATE_HOME

# A pipe that is open and never says anything: stdin of servers that would stop at end of file.
mkfifo "$TMP/never"
exec 9<>"$TMP/never"

# ---- the end ----------------------------------------------------------------------------------

server_pids=
stop_servers() {
    for pid in $server_pids; do
        kill "$pid" 2>/dev/null
    done
    for pid in $server_pids; do
        wait "$pid" 2>/dev/null
    done
    server_pids=
}

on_exit=:
clean_up() {
    status=$?
    trap - EXIT INT TERM HUP
    $on_exit
    stop_servers
    if [ -n "${KEEP_TMP:-}" ]; then
        echo "# kept: $TMP"
    else
        rm -rf "$TMP"
    fi
    exit $status
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# mask_head <ANSWER: the head of an answer has the time and the code of its case, another in each run.
mask_head() {
    sed -E 's/^(whytls [0-9.]+), .* UTC, case [0-9A-Z-]+$/\1, TIME, case CASE/'
}

# ---- TAP --------------------------------------------------------------------------------------

tap_count=0
tap_failed=0

ok() {
    tap_count=$((tap_count + 1))
    echo "ok $tap_count - $1"
}

# not_ok NAME [LOG ...]: the files are shown, cut at 60 lines each.
not_ok() {
    tap_count=$((tap_count + 1))
    tap_failed=$((tap_failed + 1))
    echo "not ok $tap_count - $1"
    shift
    for log in "$@"; do
        [ -s "$log" ] && awk 'NR <= 60 { print "# " $0 }' "$log"
    done
    return 0
}

skip() {
    tap_count=$((tap_count + 1))
    echo "ok $tap_count - $1 # SKIP $2"
}

# check NAME COMMAND...: ok where the command succeeds; what it prints is the log.
check() {
    check_name=$1
    shift
    if "$@" >"$TMP/check.log" 2>&1; then
        ok "$check_name"
    else
        not_ok "$check_name" "$TMP/check.log"
    fi
}

# Takes in TAP lines that a background worker wrote with its own numbers.
tap_merge() {
    for file in "$@"; do
        while IFS= read -r line; do
            case $line in
            "ok "*)
                tap_count=$((tap_count + 1))
                echo "ok $tap_count ${line#ok * }"
                ;;
            "not ok "*)
                tap_count=$((tap_count + 1))
                tap_failed=$((tap_failed + 1))
                echo "not ok $tap_count ${line#not ok * }"
                ;;
            "1.."*) ;;
            *) echo "$line" ;;
            esac
        done <"$file"
    done
}

# The last line of every script.
finish() {
    echo "1..$tap_count"
    [ "$tap_failed" -eq 0 ]
    exit
}

# skip_all REASON: the whole script has nothing to stand on.
skip_all() {
    skip "$(basename "$0")" "$1"
    finish
}

has() {
    command -v "$1" >/dev/null 2>&1
}

# Whether the program is the build with AddressSanitizer.
is_sanitized() {
    grep -q __asan_init "$WHYTLS"
}

# ---- ports and servers ------------------------------------------------------------------------

# claim_ports: a block of ports that no other test script has, into $port_block (its first one). The
# lock on fd 8 is the claim: the kernel gives it up with this shell and its servers, however they end.
PORTS_FROM=15000 PORTS_A_BLOCK=250 PORT_BLOCKS=68
claim_ports() {
    [ -n "${port_block:-}" ] && return
    claims=${TMPDIR:-/tmp}/whytls-ports.$(id -u)
    mkdir -p "$claims"
    block=$(($$ % PORT_BLOCKS))
    tries=0
    while [ $tries -lt $PORT_BLOCKS ]; do
        exec 8>"$claims/$block"
        has flock && flock -n 8 && break
        block=$(((block + 1) % PORT_BLOCKS))
        tries=$((tries + 1))
    done
    port_block=$((PORTS_FROM + block * PORTS_A_BLOCK))
}

# free_ports N: N ports of the claimed block that nobody has, outside the range that the kernel
# hands out to outgoing connections, so that none is taken between now and the server's start.
free_ports() {
    "$PYTHON" - "$1" "$port_block" "$PORTS_A_BLOCK" <<'END'
import random, socket, sys
wanted, first, size = map(int, sys.argv[1:])
found = []
while len(found) < wanted:
    port = random.randint(first, first + size - 1)
    if port in found:
        continue
    try:
        for family, host in ((socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::")):
            try:
                s = socket.socket(family)
            except OSError:
                continue
            with s:
                if family == socket.AF_INET6:
                    s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                try:
                    s.bind((host, port))
                except OSError:
                    if family == socket.AF_INET:
                        raise
    except OSError:
        continue
    found.append(port)
print(*found)
END
}

# take_port: the next of the ports in $ports, into $port.
take_port() {
    # shellcheck disable=SC2086
    set -- $ports
    port=$1
    shift
    ports=$*
}

# start NAME COMMAND...: a server in the background; its output is $TMP/NAME.log.
start() {
    start_name=$1
    shift
    "$@" <&9 >"$TMP/$start_name.log" 2>&1 &
    server_pids="$server_pids $!"
}

# wait_for_ports PORT...: until all are listened on. Looks at the kernel's table where there is
# one, so that no server sees a connection of ours. Bounded; false where one never came.
wait_for_ports() {
    "$PYTHON" - "$@" <<'END'
import socket, sys, time

def listening():
    ports = set()
    for name in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            with open(name) as f:
                rows = [line.split() for line in f][1:]
        except OSError:
            if name.endswith("tcp"):
                return None
            continue
        ports |= {int(r[1].rsplit(":", 1)[1], 16) for r in rows if r[3] == "0A"}
    return ports

def answers(port):
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", port)) == 0

wanted = {int(p) for p in sys.argv[1:]}
for _ in range(400):
    have = listening()
    wanted -= have if have is not None else {p for p in wanted if answers(p)}
    if not wanted:
        sys.exit(0)
    time.sleep(0.05)
print("nobody listens on", *sorted(wanted))
sys.exit(1)
END
}
wait_for_port() {
    wait_for_ports "$1"
}

# ---- certificates -----------------------------------------------------------------------------

PKI=$TMP/pki
mkdir "$PKI"

# key_make NAME [ec|rsa:BITS]: $PKI/NAME.key
key_make() {
    case ${2:-ec} in
    rsa:*) openssl genpkey -quiet -algorithm RSA -pkeyopt "rsa_keygen_bits:${2#rsa:}" -out "$PKI/$1.key" ;;
    *) openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$PKI/$1.key" ;;
    esac 2>>"$TMP/openssl.log"
}

# cert NAME [-is leaf|ca|root] [-by ISSUER|self] [-cn CN] [-org O] [-san LIST] [-key KEY] [-from DAYS]
#      [-days N] [-md NAME] [-aia URL] [-ocsp URL] [-crl URL] [-use EKU] [-basic CONSTRAINTS]
#      [-more LINE]
# $PKI/NAME.pem and NAME.key; leaves share one key. -from: first day, counted from today. A key
# that is not there yet is made: EC, unless key_make made it before (RSA ones are named rsa...).
cert() {
    cert_name=$1
    shift
    c_is=leaf c_by=inter c_cn= c_org= c_san=DNS:shop.example,DNS:www.shop.example c_key=
    c_from=0 c_days=90 c_md=sha256 c_aia= c_use=serverAuth c_basic= c_ocsp= c_crl= c_more= c_without=
    while [ $# -gt 0 ]; do
        case $1 in
        -is) c_is=$2 ;; -by) c_by=$2 ;; -cn) c_cn=$2 ;; -org) c_org=$2 ;; -san) c_san=$2 ;; -key) c_key=$2 ;;
        -from) c_from=$2 ;; -days) c_days=$2 ;; -md) c_md=$2 ;; -aia) c_aia=$2 ;; -use) c_use=$2 ;;
        -basic) c_basic=$2 ;; -ocsp) c_ocsp=$2 ;; -crl) c_crl=$2 ;; -more) c_more=$2 ;;
        -without) c_without=$2 ;;
        *)
            echo "cert: unknown option $1" >&2
            return 1
            ;;
        esac
        shift 2
    done
    [ "$c_is" = leaf ] && c_key=${c_key:-leaf}
    if [ -z "$c_key" ]; then
        c_key=$cert_name
        key_make "$c_key"
    elif [ ! -f "$PKI/$c_key.key" ]; then
        key_make "$c_key"
    fi
    [ "$c_key" = "$cert_name" ] || cp "$PKI/$c_key.key" "$PKI/$cert_name.key"
    {
        echo '[req]'
        echo 'prompt = no'
        echo 'utf8 = yes'
        echo 'distinguished_name = dn'
        echo 'x509_extensions = ext'
        echo '[dn]'
        [ -n "$c_org" ] && echo "O = $c_org"
        echo "CN = ${c_cn:-shop.example}"
        echo '[ext]'
        echo 'subjectKeyIdentifier = hash'
        if [ "$c_is" = leaf ]; then
            echo "basicConstraints = ${c_basic:-critical,CA:FALSE}"
            case $c_key in
            rsa*) echo 'keyUsage = critical,digitalSignature,keyEncipherment' ;;
            *) echo 'keyUsage = critical,digitalSignature' ;;
            esac
            echo "extendedKeyUsage = $c_use"
            [ -n "$c_san" ] && echo "subjectAltName = $c_san"
        else
            echo "basicConstraints = ${c_basic:-critical,CA:TRUE}"
            echo 'keyUsage = critical,keyCertSign,cRLSign'
        fi
        [ "$c_is" = root ] || [ "$c_by" = self ] || echo 'authorityKeyIdentifier = keyid'
        [ -n "$c_aia" ] && echo "authorityInfoAccess = caIssuers;URI:$c_aia"
        [ -n "$c_ocsp" ] && echo "authorityInfoAccess = OCSP;URI:$c_ocsp"
        [ -n "$c_crl" ] && echo "crlDistributionPoints = URI:$c_crl"
        [ -n "$c_more" ] && echo "$c_more"
    } | grep -v "^${c_without:-none} = " >"$PKI/$cert_name.cnf"
    set -- openssl req -new -x509 -config "$PKI/$cert_name.cnf" -key "$PKI/$cert_name.key" \
        "-$c_md" -days "$c_days" -out "$PKI/$cert_name.pem"
    [ "$c_is" = root ] || [ "$c_by" = self ] || \
        set -- "$@" -CA "$PKI/$c_by.pem" -CAkey "$PKI/$c_by.key"
    case $c_from in
    0) ;;
    -*) set -- faketime -f "${c_from}d" "$@" ;;
    *) set -- faketime -f "+${c_from}d" "$@" ;;
    esac
    "$@" 2>>"$TMP/openssl.log" || {
        echo "cert $cert_name: openssl failed" >&2
        tail -n 5 "$TMP/openssl.log" >&2
        return 1
    }
}

# chain NAME CERT...: $PKI/NAME.chain, the certificates in this order.
chain() {
    chain_name=$1
    shift
    for c in "$@"; do
        cat "$PKI/$c.pem"
    done >"$PKI/$chain_name.chain"
}

# register CERT... [-revoked CERT...]: $PKI/index, what inter knows of them, in the form of openssl ca.
register() {
    mark=V revoked=
    for c in "$@"; do
        [ "$c" = -revoked ] && mark=R revoked=$(date -u -d '2 days ago' +%y%m%d%H%M%SZ) && continue
        serial=$(openssl x509 -in "$PKI/$c.pem" -noout -serial)
        printf '%s\t%s\t%s\t%s\tunknown\t/CN=%s\n' $mark 491231235959Z "$revoked" \
            "${serial#serial=}" "$c"
    done >"$PKI/index"
    echo 'unique_subject = no' >"$PKI/index.attr"
}

# word NAME CERT [SIGNER] [DAYS-AGO]: $PKI/NAME.ocsp, what SIGNER (inter) says of it by $PKI/index,
# good for three days.
word() {
    w_signer=${3:-inter}
    openssl ocsp -issuer "$PKI/inter.pem" -cert "$PKI/$2.pem" -no_nonce -reqout "$PKI/$1.ask" \
        2>>"$TMP/openssl.log"
    set -- "$1" "$4" openssl ocsp -index "$PKI/index" -CA "$PKI/inter.pem" -ndays 3 \
        -rsigner "$PKI/$w_signer.pem" -rkey "$PKI/$w_signer.key" -reqin "$PKI/$1.ask" \
        -respout "$PKI/$1.ocsp"
    w_name=$1 w_ago=$2
    shift 2
    [ -n "$w_ago" ] && set -- faketime -f "-${w_ago}d" "$@"
    "$@" >>"$TMP/openssl.log" 2>&1
}

# list_by_index: $PKI/list.pem and list.der, the CRL of what inter has called back by $PKI/index.
list_by_index() {
    printf '%s\n' '[ca]' 'default_ca = it' '[it]' "database = $PKI/index" 'default_md = sha256' \
        >"$PKI/list.cnf"
    openssl ca -config "$PKI/list.cnf" -gencrl -cert "$PKI/inter.pem" -keyfile "$PKI/inter.key" \
        -crldays 3 -out "$PKI/list.pem" 2>>"$TMP/openssl.log" &&
        openssl crl -in "$PKI/list.pem" -outform DER -out "$PKI/list.der" 2>>"$TMP/openssl.log"
}

# The usual family: root, inter, and `good` for shop.example with its chain.
pki_make() {
    key_make leaf
    cert root -is root -cn 'Test Root R1' -org 'Test Trust' -from -400 -days 3650
    cert inter -is ca -by root -cn 'Test Issuing CA 3' -org 'Test Trust' -from -300 -days 1825
    cert good -from -10
    chain good good inter
    CACERT=$PKI/root.pem
}

# ---- what must come of a check ----------------------------------------------------------------

# Set these before an expect_...; each expect_... sets them back.
maker=             # whose server: the first word of the test's name; stays
certainty=proven   # of every cause
prefix=            # a command in front of whytls: env X=Y, faketime ...
options=           # more options
once=              # yes: one walk only, of a server that is another the next time
notes=             # the notes that must be there, and no other: slugs, or none; empty: any
direct=            # yes: no --connect-to, the target as it stands

# expect_verdict NAME SLUGS HOST:PORT [OPTIONS]
expect_verdict() {
    expect_name=$1 slugs=$2 where=$3
    shift 3
    if [ -n "$direct" ]; then
        set -- "$@" "$where"
    else
        set -- "$@" --connect-to "127.0.0.1:${where##*:}" "${where%:*}"
    fi
    # shellcheck disable=SC2086
    if "$PYTHON" tests/expect.py --verdict "$slugs" --certainty "$certainty" \
        --prefix "$prefix" --scratch "$TMP" --max-probes "${max_probes:-64}" \
        ${notes:+--notes "$notes"} ${once:+--once} -- "$WHYTLS" check --cacert "$CACERT" --timeout 4 $options "$@" \
        >"$TMP/expect.log" 2>&1; then
        ok "$expect_name"
    else
        not_ok "$expect_name" "$TMP/expect.log"
    fi
    certainty=proven prefix= options= direct= max_probes= notes= once=
}

# expect_works NAME HOST:PORT [OPTIONS]: exit code 0, verdict `works`, at most 4 probes.
expect_works() {
    works_name=$1
    shift
    max_probes=${max_probes:-4}
    expect_verdict "$maker: $works_name works" works "$@"
}

# expect_cause SLUG [SLUG2 ...] HOST:PORT [OPTIONS]: exactly these causes, in this order.
expect_cause() {
    wanted=
    while :; do
        case $1 in
        *:*) break ;;
        *) wanted="$wanted${wanted:+ }$1" ;;
        esac
        shift
    done
    expect_verdict "$maker: $wanted" "$wanted" "$@"
}
