# makers.sh - how each maker's server is started with a configuration that touches nothing outside
# $TMP. Sourced after lib.sh by the scripts here.
# SPDX-License-Identifier: MIT
# shellcheck shell=sh

listening=
# port_for NAME: takes a port of the claimed ones, keeps it in p_NAME, in $port and in $listening.
port_for() {
    take_port
    eval "p_$1=$port"
    listening="$listening $port"
}
# port_of NAME: that port again.
port_of() {
    eval "echo \$p_$1"
}

# rsa_leaf: a certificate for the site with an RSA key, and its chain: rsa-leaf.
rsa_leaf() {
    key_make rsa rsa:2048
    cert rsa-leaf -key rsa
    chain rsa-leaf rsa-leaf inter
}

# s_server PORT OPTIONS...: openssl's. Its stdin never ends: at end of file it would stop.
s_server() {
    s_port=$1
    shift
    start "s_server-$s_port" openssl s_server -accept "127.0.0.1:$s_port" "$@"
}

# ocsp_responder PORT: openssl's, with what $PKI/index knows of inter's certificates.
ocsp_responder() {
    start "ocsp-$1" openssl ocsp -port "$1" -index "$PKI/index" -CA "$PKI/inter.pem" -ndays 3 \
        -rsigner "$PKI/inter.pem" -rkey "$PKI/inter.key" -ignore_err
}

# with CERT: the options for openssl s_server that show this certificate and its chain.
with() {
    echo "-cert $PKI/$1.pem -key $PKI/$1.key -cert_chain $PKI/${2:-inter}.pem"
}

# gnutls_serv PORT CHAIN KEY OPTIONS...
gnutls_serv() {
    g_port=$1 g_chain=$2 g_key=$3
    shift 3
    start "gnutls-serv-$g_port" gnutls-serv --quiet -p "$g_port" \
        --x509certfile "$g_chain" --x509keyfile "$g_key" "$@"
}

# nginx_start FILE-WITH-SERVER-BLOCKS: one process, in the foreground.
nginx_start() {
    mkdir -p "$TMP/nginx"
    cat >"$TMP/nginx.conf" <<END
daemon off;
master_process off;
pid $TMP/nginx/pid;
error_log $TMP/nginx/error.log;
events { worker_connections 256; }
http {
    access_log off;
    client_body_temp_path $TMP/nginx/body;
    proxy_temp_path $TMP/nginx/proxy;
    fastcgi_temp_path $TMP/nginx/fastcgi;
    uwsgi_temp_path $TMP/nginx/uwsgi;
    scgi_temp_path $TMP/nginx/scgi;
    ssl_session_tickets on;
    server_names_hash_bucket_size 128;
    include $1;
}
END
    # -e: without it the built-in log, which only root may write, is opened first.
    start nginx nginx -p "$TMP/nginx" -c "$TMP/nginx.conf" -e "$TMP/nginx/error.log"
}

# nginx_server PORT CHAIN KEY [DIRECTIVES]: a server block on stdout.
nginx_server() {
    echo "server {
        listen 127.0.0.1:$1 ssl;
        server_name shop.example;
        ssl_certificate $2;
        ssl_certificate_key $3;
        location / { ${5:-return 200 ok;} }
        ${4:-}
    }"
}

# haproxy_start FILE-WITH-FRONTENDS
haproxy_start() {
    cat >"$TMP/haproxy.cfg" <<END
global
    maxconn 200
    tune.ssl.default-dh-param 2048
defaults
    mode http
    timeout client 20s
    timeout server 20s
    timeout connect 5s
END
    cat "$1" >>"$TMP/haproxy.cfg"
    start haproxy haproxy -db -q -f "$TMP/haproxy.cfg"
}

# haproxy_front PORT CERT CHAIN [BIND-OPTIONS]: key and chain go into one file.
haproxy_front() {
    cat "$PKI/$3.chain" "$PKI/$2.key" >"$PKI/$3.haproxy.pem"
    echo "frontend f$1
    bind 127.0.0.1:$1 ssl crt $PKI/$3.haproxy.pem ${4:-}
    http-request return status 200 content-type text/plain string ok"
}

# stunnel_start FILE-WITH-SERVICES
stunnel_start() {
    {
        echo 'foreground = yes'
        echo 'pid ='
        echo 'syslog = no'
        cat "$1"
    } >"$TMP/stunnel.conf"
    stunnel=stunnel4
    has "$stunnel" || stunnel=stunnel
    start stunnel "$stunnel" "$TMP/stunnel.conf"
}

# stunnel_service PORT CHAIN KEY BACKEND-PORT
stunnel_service() {
    echo "[s$1]
accept = 127.0.0.1:$1
connect = 127.0.0.1:$4
cert = $2
key = $3"
}

# apache_start FILE-WITH-SITES: one process, in the foreground. Debian's layout of modules.
apache_start() {
    mkdir -p "$TMP/apache/pages"
    echo ok >"$TMP/apache/pages/index.html"
    {
        for module in mpm_event authz_core dir ssl; do
            echo "LoadModule ${module}_module /usr/lib/apache2/modules/mod_$module.so"
        done
        echo "ServerName shop.example
        PidFile $TMP/apache/pid
        ErrorLog $TMP/apache/error.log
        DefaultRuntimeDir $TMP/apache
        Mutex file:$TMP/apache
        DocumentRoot $TMP/apache/pages
        SSLSessionCache none"
        cat "$1"
    } >"$TMP/apache.conf"
    start apache apache2 -X -d "$TMP/apache" -f "$TMP/apache.conf"
}

# apache_site PORT CHAIN KEY [DIRECTIVES]: a virtual host on stdout.
apache_site() {
    echo "Listen 127.0.0.1:$1
    <VirtualHost 127.0.0.1:$1>
        SSLEngine on
        SSLCertificateFile $2
        SSLCertificateKeyFile $3
        ${4:-}
    </VirtualHost>"
}

# group MAKER COMMAND: the tests of one maker, skipped with a notice where it is not here.
group() {
    if has "$2"; then
        maker=$1
        return 0
    fi
    skip "$1" "there is no $2 here"
    return 1
}
