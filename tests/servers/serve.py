"""serve.py - small servers that other makers' programs can't be told to be: banners of other
services, connections that end or stall at a given place. Arguments: MODE:PORT[:MORE] ..., all on
127.0.0.1. MORE: for `files` a folder, for the relays PORT/BYTES or PORT/MILLISECONDS.
Standard library only.
SPDX-License-Identifier: MIT
"""
import functools
import http.server
import re
import selectors
import socket
import socketserver
import ssl
import struct
import sys
import threading
import time


def read_hello(conn):
    """One whole TLS record, so that the client's hello is out before anything happens."""
    record = b""
    wanted = 5
    while len(record) < wanted:
        more = conn.recv(wanted - len(record))
        if not more:
            return b""
        record += more
        if len(record) == 5:
            wanted += struct.unpack(">H", record[3:5])[0]
    return record


def hold(conn):
    """Reads and says nothing until the other side goes."""
    while conn.recv(4096):
        pass


def reset(conn):
    """RST. Closed here: socketserver would send a FIN first."""
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    conn.close()


def say(text):
    def serve(conn, _more):
        conn.sendall(text)
        hold(conn)
    return serve


def close_after_hello(conn, _more):
    read_hello(conn)


def reset_after_hello(conn, _more):
    read_hello(conn)
    reset(conn)


def silent(conn, _more):
    hold(conn)


def trickle(conn, _more):
    """Begins a long ServerHello and goes on with a byte at a time: never silent, never done."""
    read_hello(conn)
    conn.sendall(b"\x16\x03\x03\x3e\x80\x02\x00\x3e\x7c\x03\x03")
    while True:
        conn.sendall(b"\x00")
        time.sleep(0.05)


def close_once(conn, more):
    """The first hello is dropped, those that follow get no answer."""
    read_hello(conn)
    with flaky_lock:
        turn = flaky_turns.get("once" + more, 0)
        flaky_turns["once" + more] = turn + 1
    if turn > 0:
        hold(conn)


def plain_http(conn, _more):
    """What nginx and others say to a TLS hello: a 400 in plain text."""
    conn.recv(4096)
    body = b"<html><title>400 Bad Request</title></html>\n"
    conn.sendall(b"HTTP/1.1 400 Bad Request\r\nServer: test\r\nContent-Type: text/html\r\n"
                 b"Content-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(body), body))


def relay(conn, more, after):
    """Passes everything through to PORT; of its answer only the first BYTES, then `after`."""
    port, limit = (int(x) for x in more.split("/"))
    with socket.create_connection(("127.0.0.1", port)) as back, selectors.DefaultSelector() as sel:
        sel.register(conn, selectors.EVENT_READ)
        sel.register(back, selectors.EVENT_READ)
        passed = 0
        while True:
            for key, _ in sel.select():
                data = key.fileobj.recv(65536)
                if not data:
                    return
                if key.fileobj is conn:
                    back.sendall(data)
                    continue
                data = data[:limit - passed]
                passed += len(data)
                if data:
                    conn.sendall(data)
                if passed == limit:
                    after(conn)
                    return


def pass_on(conn, port, hello):
    """The rest of a connection whose hello was looked at: both ways, until one side ends."""
    with socket.create_connection(("127.0.0.1", port)) as back:
        back.sendall(hello)
        up = threading.Thread(target=pump, args=(conn, back, 0, 0), daemon=True)
        up.start()
        pump(back, conn, 0, 0)
        up.join()


def flaky(conn, more):
    """PORT/PATTERN: by turns, W passes to PORT and F drops."""
    port, pattern = more.split("/")
    with flaky_lock:
        turn = flaky_turns.get(more, 0)
        flaky_turns[more] = turn + 1
    hello = read_hello(conn)
    if pattern[turn % len(pattern)] == "F":
        reset(conn)
    else:
        pass_on(conn, int(port), hello)


flaky_turns, flaky_lock = {}, threading.Lock()


def lengths(conn, more):
    """PORT/LEAST/MOST: drops who says hello with so many bytes; others pass to PORT."""
    port, least, most = (int(x) for x in more.split("/"))
    hello = read_hello(conn)
    if least <= len(hello) <= most:
        reset(conn)
    else:
        pass_on(conn, port, hello)


def by_name(conn, more):
    """NAME/PORT/OTHER: a router that looks at the name in the hello."""
    name, port, other = more.split("/")
    hello = read_hello(conn)
    pass_on(conn, int(port if name.encode() in hello else other), hello)


def hang_up(conn, more):
    """CHAIN,KEY,VERSION: shakes hands as it should, reads what is asked for, and drops the line."""
    chain, key, version = more.split(",")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    context.num_tickets = 0
    context.minimum_version = context.maximum_version = ssl.TLSVersion[version]
    line = context.wrap_socket(conn, server_side=True)
    line.recv(4096)
    reset(line)


def intolerant(conn, more):
    """Drops who offers TLS 1.3 (supported_versions, RFC 8446 4.2.1); others pass to PORT."""
    hello = read_hello(conn)
    for found in re.finditer(rb"\x00\x2b\x00(.)(.)", hello, re.DOTALL):
        length, listed = found[1][0], found[2][0]
        versions = hello[found.end():found.end() + listed]
        if length == listed + 1 and b"\x03\x04" in [versions[i:i + 2] for i in range(0, listed, 2)]:
            reset(conn)
            return
    pass_on(conn, int(more), hello)


def pump(source, sink, delay, first_delay):
    """Passes bytes on, each `delay` after it came; the first ones not before `first_delay` is over:
    that stands for the round trip of TCP's own handshake, which a relay can't delay."""
    queue, more = [], threading.Condition()

    def write():
        while True:
            with more:
                while not queue:
                    more.wait()
                due, data = queue.pop(0)
            wait = due - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            try:
                if not data:
                    sink.shutdown(socket.SHUT_WR)
                    return
                sink.sendall(data)
            except OSError:
                return

    threading.Thread(target=write, daemon=True).start()
    ready = time.monotonic() + first_delay
    while True:
        try:
            data = source.recv(65536)
        except OSError:
            data = b""
        with more:
            queue.append((max(time.monotonic(), ready) + delay, data))
            more.notify()
        if not data:
            return


def delay_relay(conn, more):
    port, ms = (int(x) for x in more.split("/"))
    with socket.create_connection(("127.0.0.1", port)) as back:
        for s in (conn, back):
            s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        one_way = ms / 2000
        up = threading.Thread(target=pump, args=(conn, back, one_way, 2 * one_way), daemon=True)
        up.start()
        pump(back, conn, one_way, one_way)
        up.join()
        time.sleep(one_way)


MODES = {
    "smtp": say(b"220 mail.shop.example ESMTP ready\r\n"),
    "ssh": say(b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"),
    "close": close_after_hello,
    "reset": reset_after_hello,
    "silent": silent,
    "http": plain_http,
    "trickle": trickle,
    "close-once": close_once,
    "stall": lambda conn, more: relay(conn, more, hold),
    "cut": lambda conn, more: relay(conn, more, lambda c: None),
    "cut-reset": lambda conn, more: relay(conn, more, reset),
    "delay": delay_relay,
    "intolerant": intolerant,
    "flaky": flaky,
    "lengths": lengths,
    "by-name": by_name,
    "hang-up": hang_up,
}


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request, client_address):
        pass


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        try:
            MODES[self.server.mode](self.request, self.server.more)
        except OSError:
            pass


class Files(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


class Page(Files):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"ok\n")

    do_HEAD = do_GET


def make(mode, port, more):
    address = ("127.0.0.1", port)
    if mode == "files":
        return http.server.ThreadingHTTPServer(address, functools.partial(Files, directory=more))
    if mode in ("page", "https"):
        server = http.server.ThreadingHTTPServer(address, Page)
        if mode == "https":
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            chain, key, *ciphers = more.split(",")
            context.load_cert_chain(chain, key)
            if ciphers:  # of TLS 1.2, and nothing newer
                context.maximum_version = ssl.TLSVersion.TLSv1_2
                context.set_ciphers(ciphers[0])
            # The handshake belongs to the connection's thread, not to accept().
            server.socket = context.wrap_socket(server.socket, server_side=True,
                                                do_handshake_on_connect=False)
        server.handle_error = lambda *args: None
        return server
    server = Server(address, Handler)
    server.mode, server.more = mode, more
    return server


def main():
    servers = []
    for word in sys.argv[1:]:
        mode, port, more = (word.split(":", 2) + [""])[:3]
        servers.append(make(mode, int(port), more))
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    threading.Event().wait()


main()
