"""bench_screen.py - figures of the wizard on a terminal: how soon it is there, how soon a key is seen
while eight probes run, and what a painting costs in bytes for each cell that has changed. For
bench.py. Standard library only.
SPDX-License-Identifier: MIT
"""
import fcntl
import os
import pty
import select
import signal
import socket
import struct
import subprocess
import tempfile
import termios
import threading
import time

WIDTH, HEIGHT = 200, 60
PROBES = 8
GAP = 0.004  # a painting is over; longer, and the next second's would be taken for a part of it
PAGES = ["t", "<", "d", "2", "3", "<", "c", "<", "s", "esc", "6", "<", "?", "esc"]


class Screen:
    """The program on a terminal of its own, 80x24 or as told."""

    def __init__(self, argv, columns=80, rows=24):
        self.began = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.environ.update(TERM="xterm-256color", ESCDELAY="5")
            os.execv(argv[0], argv)

    def read(self, seconds):
        """What comes next, or b"" after this long."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return b""
        try:
            return os.read(self.fd, 65536)
        except OSError:
            return b""

    def read_until(self, text, seconds=10):
        seen, until = b"", time.perf_counter() + seconds
        while text not in seen and time.perf_counter() < until:
            seen += self.read(0.5)
        return text in seen

    def press(self, key):
        """What it paints for a key, and how long after it the last of that came."""
        began = last = time.perf_counter()
        os.write(self.fd, b"\033" if key == "esc" else key.encode())
        painted = self.read(2)
        more = painted
        while more:
            last = time.perf_counter()
            more = self.read(GAP)
            painted += more
        return painted, last - began

    def leave(self):
        """Seconds from Ctrl-C until the program is over."""
        began = time.perf_counter()
        os.write(self.fd, b"\003")
        while self.read(1):  # until the terminal is closed
            pass
        os.waitpid(self.pid, 0)
        os.close(self.fd)
        return time.perf_counter() - began

    def end(self):
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        os.close(self.fd)
        os.waitpid(self.pid, 0)


class Holding:
    """A server that hangs up after the first hello, so that there is something to find out, and then
    takes every connection and says nothing."""

    def __init__(self):
        self.held = []
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        first, _ = self.listener.accept()
        with first:
            first.recv(65536)
        while True:
            self.held.append(self.listener.accept()[0])


def bench_first_screen(args, say):
    times = []
    for _ in range(10):
        screen = Screen([args.program])
        if screen.read_until(b"What would you like"):
            times.append(time.perf_counter() - screen.began)
        screen.end()
    say("first_screen", min(times) * 1000 if times else "failed", "ms")


def bench_keys(args, say):
    server = Holding()
    screen = Screen([args.program, "--timeout", "60", "--connect-to", f"127.0.0.1:{server.port}",
                     "shop.example"], WIDTH, HEIGHT)
    screen.read_until(b"STEP")
    until = time.perf_counter() + 10
    while len(server.held) < PROBES and time.perf_counter() < until:
        screen.read(0.05)
    times = []
    for n in range(20 * len(PAGES)):
        while screen.read(0.01):
            pass
        painted, took = screen.press(PAGES[n % len(PAGES)])
        times += [took] if painted else []
    running = len(server.held)
    leave = screen.leave()
    say("leave", leave * 1000, "ms from Ctrl-C, the case saved")
    say("key_to_paint_probes", running, "probes running")
    if running < PROBES or len(times) < 19 * len(PAGES):
        say("key_to_paint_p99", "failed", f"({len(times)} keys painted anything)")
        return
    times.sort()
    say("key_to_paint_median", times[len(times) // 2] * 1000, "ms")
    say("key_to_paint_p99", times[int(len(times) * 0.99) - 1] * 1000, "ms")


def cells_of(case, program):
    """The cells after each key, as a script has them: what stands there, and as what."""
    lines = ["wait page:answer", f"resize {WIDTH} {HEIGHT}"]
    for key in [None] + PAGES:
        lines += ([f"key {key}"] if key else []) + ["snap -", "roles -"]
    with tempfile.NamedTemporaryFile("w", suffix=".script") as f:
        f.write("\n".join(lines) + "\n")
        f.flush()
        out = subprocess.run([program, "open", case], env=dict(os.environ, WHYTLS_SCRIPT=f.name),
                             capture_output=True, stdin=subprocess.DEVNULL, check=True).stdout
    rows = [row.ljust(WIDTH) for row in out.decode().split("\n")]
    for at in range(0, len(rows) - 2 * HEIGHT + 1, 2 * HEIGHT):
        yield list(zip("".join(rows[at:at + HEIGHT]), "".join(rows[at + HEIGHT:at + 2 * HEIGHT])))


def bench_bytes(args, say):
    """Cells that changed, against bytes that were sent for them; and the same where all is painted."""
    screens = list(cells_of(args.case, args.program))
    screen = Screen([args.program, "open", args.case], WIDTH, HEIGHT)
    screen.read_until(b"ANSWER")
    while screen.read(0.1):
        pass
    sent = changed = 0
    worst = 0.0
    for key, before, after in zip(PAGES, screens, screens[1:]):
        n = sum(a != b for a, b in zip(before, after))
        painted, _ = screen.press(key)
        sent, changed, worst = sent + len(painted), changed + n, max(worst, len(painted) / n)
    whole, _ = screen.press("\014")
    idle = len(screen.read(1.5))
    screen.end()
    say("paint_cells", changed / len(PAGES), "changed cells a page")
    say("paint_bytes", sent / changed, "bytes a changed cell")
    say("paint_bytes_worst_page", worst, "bytes a changed cell")
    say("paint_bytes_redraw", len(whole) / (WIDTH * HEIGHT), "bytes a cell, all painted anew")
    say("paint_bytes_idle", idle, "bytes where nothing happens")
