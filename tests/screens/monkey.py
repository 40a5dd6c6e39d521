"""monkey.py - a key monkey: thousands of random keys, pastes, noise and new sizes, the same for the
same seed, to the real program on a terminal of its own. It must live through them whatever they
are (none of them quits: Esc least of all), and Ctrl-C must then leave by itself, with code 130, the
terminal as it was and, where a site was asked (`live`), the case in a file that opens again.
Arguments: SEED KEYS live|other PROGRAM [ARGUMENTS...]. Files go below the folder where it is
started. Standard library only.
SPDX-License-Identifier: MIT
"""
import fcntl
import json
import os
import pathlib
import random
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time

PATIENCE = 60  # seconds; only for a program that hangs
SPECIAL = [b"\r", b"\n", b"\t", b"\033[Z", b"\177", b"\b", b"\033[3~", b"\033OA", b"\033OB",
           b"\033OC", b"\033OD", b"\033[A", b"\033[B", b"\033[5~", b"\033[6~", b"\033[H",
           b"\033[F", b"\033OP", b"\033OQ", b"\033OR", b"\033OS", b"\033[15~", b"\033[17~",
           b"\033[18~", b"\033[19~", b"\033[20~", b"\033[23~", b"\033[24~", b"\033"]
# Not: q and F10 (they quit), l (it may leave the screen), 0 (Esc and 0 is F10).
LETTERS = b"".join(bytes([c]) for c in range(32, 127) if chr(c) not in "qQlL0")
# Not: Ctrl-C, Esc alone, Ctrl-Z, Ctrl-backslash.
CONTROLS = bytes(c for c in range(32) if c not in (3, 26, 27, 28))
REDRAW, CLEAR = b"\014", b"\033[2J"  # Ctrl-L, and what it begins with: all before it was read
SIZES = [(24, 80), (30, 100), (40, 120), (60, 200), (25, 81), (200, 500)]


def token(dice, letters):
    """What a hand, a clipboard, a mouse or a broken line may send."""
    kind = dice.random()
    if kind < 0.40:
        return dice.choice(SPECIAL)
    if kind < 0.85:
        return bytes([dice.choice(letters)])
    if kind < 0.90:
        return bytes([dice.choice(CONTROLS)])
    if kind < 0.94:
        return chr(dice.choice((0xE9, 0x4E2D, 0x301, 0x202E, 0x200B, 0x1F600))).encode()
    if kind < 0.96:
        return bytes(dice.randrange(128, 256) for _ in range(dice.randrange(1, 6)))
    if kind < 0.98:
        text = bytes(dice.choice(LETTERS + b"\n\t") for _ in range(dice.randrange(60)))
        return b"\033[200~" + text + b"\033[201~"
    return b"\033[<%d;%d;%dM" % (dice.randrange(4), dice.randrange(1, 99), dice.randrange(1, 60))


class Terminal:
    def __init__(self, argv):
        self.master, self.slave = os.openpty()
        self.resize(*SIZES[0])
        self.before = termios.tcgetattr(self.slave)
        self.tail = b""
        self.clears = 0
        self.code = None
        self.pid = os.fork()
        if self.pid == 0:
            os.setsid()
            fcntl.ioctl(self.slave, termios.TIOCSCTTY, 0)
            for fd in range(3):
                os.dup2(self.slave, fd)
            os.close(self.master)
            os.environ.update(TERM="xterm-256color", ESCDELAY="5")
            os.execv(argv[0], argv)

    def resize(self, rows, columns):
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def drain(self, seconds):
        """Takes what it paints; false where nothing came."""
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        more = os.read(self.master, 65536)
        self.clears += (self.tail[-len(CLEAR) + 1:] + more).count(CLEAR)
        self.tail = (self.tail + more)[-65536:]
        return True

    def is_over(self):
        if self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
        return self.code is not None

    def until(self, condition):
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                return False
            self.drain(0.02)
        return True


def fail(terminal, why):
    print(f"{why} (exit code {terminal.code}); it painted last: {terminal.tail[-300:]!r}")
    if terminal.code is None:
        os.kill(terminal.pid, signal.SIGKILL)
        os.waitpid(terminal.pid, 0)
    sys.exit(1)


def check_left(terminal):
    """As it was before: the code, what the modes are, the terminal's own settings."""
    if terminal.code != 130:
        fail(terminal, "Ctrl-C leaves with another code than 130")
    for name, bytes_ in (("the other screen", b"\033[?1049l"), ("pastes", b"\033[?2004l"),
                         ("the mouse", b"\033[?1000l"), ("the cursor", b"\033[?12l\033[?25h")):
        on = bytes_.replace(b"l", b"h") if name != "the cursor" else b"\033[?25l"
        if terminal.tail.rfind(bytes_) < terminal.tail.rfind(on):
            fail(terminal, f"{name} is not as it was")
    if termios.tcgetattr(terminal.slave) != terminal.before:
        fail(terminal, "the terminal's settings are not as they were")


def check_saved(terminal, program):
    """The file that it names; where the monkey has saved the case itself, that one."""
    said = re.search(rb"The case is saved: +(.*?\.json)\r", terminal.tail)
    found = [said[1].decode()] if said else [str(p) for p in pathlib.Path().rglob("*.json")]
    if not found:
        fail(terminal, "the case is not saved")
    for file in found:
        opened = subprocess.run([program, "open", "--json", file], capture_output=True, check=False)
        if opened.returncode not in (0, 1, 2, 3) or "probes" not in json.loads(opened.stdout):
            fail(terminal, f"{file} does not open: {opened.stderr!r}")


def main():
    seed, keys, is_live, argv = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "live", sys.argv[4:]
    dice = random.Random(seed)
    # A case that was stopped before anything came of it has nothing to be saved: no full stop.
    letters = LETTERS.replace(b".", b"") if is_live else LETTERS
    terminal = Terminal(argv)
    if not terminal.until(lambda: terminal.is_over() or b"Enter =" in terminal.tail):
        fail(terminal, "no screen came up")
    sent = []
    for n in range(keys):
        sent.append(token(dice, letters))
        if len(sent) < 20 and n + 1 < keys:
            continue
        if dice.random() < 0.1:
            terminal.resize(*dice.choice(SIZES))
        os.write(terminal.master, b"".join(sent))
        while terminal.drain(0.002):
            pass
        for _ in range(2):  # what the last key began has begun
            clears = terminal.clears
            os.write(terminal.master, REDRAW)
            if not terminal.until(lambda: terminal.is_over() or terminal.clears > clears):
                fail(terminal, f"after {n} keys it no longer hears any, the last were {sent!r}")
            if terminal.is_over():
                fail(terminal, f"it ended after {n} keys, the last of them {sent!r}")
        sent = []
    os.write(terminal.master, b"\003")
    if not terminal.until(terminal.is_over):
        fail(terminal, "Ctrl-C does not leave")
    while terminal.drain(0):
        pass
    check_left(terminal)
    if is_live:
        check_saved(terminal, argv[0])


main()
