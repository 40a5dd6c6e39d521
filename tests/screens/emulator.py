"""emulator.py - what the program paints, on an emulated terminal (pyte), against what it means to show:
after each step the screen must come to be what a script (WHYTLS_SCRIPT) of the same keys snaps.
So nothing that was on the screen before shines through, and nothing is painted in a wrong place;
each role looks as its theme says (golden/screens/looks.txt), and what is sent for it is in proportion
to the cells that have changed.
Arguments: TERM LOOK CASE PROGRAM; LOOK is a column of looks.txt, or "any". Standard library, and pyte.
SPDX-License-Identifier: MIT
"""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

import pyte
import pyte.graphics

LOOKS = "tests/golden/screens/looks.txt"
PATIENCE = 60  # seconds; only where the screen never comes
# Bytes for a cell that changed (a character has up to three, a change of colour some more), and for
# what comes with every painting: the cursor, the other parts of the screen.
BYTES_A_CELL, BYTES_A_PAINTING = 4, 600
KEYS = {"enter": b"\r", "esc": b"\033", "tab": b"\t"}
# A line of a script each; a page follows another with which it has little in common.
STEPS = ["wait page:answer", "key t", "key e", "key G", "key g", "key /", "type expired", "key enter",
         "key n", "key esc", "key d", "key tab", "key tab", "key tab", "key tab", "resize 120 40",
         "key 1", "key <", "key 6", "key w", "key w", "key z", "resize 80 24", "key z", "key x", "key t",
         "key c", "resize 79 23", "resize 200 60", "key s", "key esc", "key x", "resize 80 24",
         "key ?", "key ?", "key esc", "key r"]


def sizes(steps):
    size = (80, 24)
    for step in steps:
        words = step.split()
        if words[0] == "resize":
            size = (int(words[1]), int(words[2]))
        yield size


def snaps(argv):
    """The screen after each step, as the program means it: the rows, and their roles."""
    lines = [line for step in STEPS for line in (step, "snap -", "roles -")]
    with tempfile.NamedTemporaryFile("w", suffix=".script") as f:
        f.write("\n".join(lines) + "\n")
        f.flush()
        done = subprocess.run(argv, env=dict(os.environ, WHYTLS_SCRIPT=f.name), check=True,
                              capture_output=True, stdin=subprocess.DEVNULL, timeout=600)
    rows = done.stdout.decode().split("\n")
    for _, height in sizes(STEPS):
        yield [row.rstrip() for row in rows[:height]], rows[height:2 * height]
        rows = rows[2 * height:]


def read_looks(column):
    """Letter of a role -> colour (pyte's words), bold, underlined, reversed."""
    if column == "any":
        return {}
    with open(LOOKS, encoding="utf-8") as f:
        head, *lines = f.read().splitlines()
    place = re.split(r"\s{2,}", head.rstrip()).index(column)
    looks = {}
    for line in lines:
        colours, _, words = re.split(r"\s{2,}", line[3:].rstrip())[place].partition(" ")
        number = int(colours.split("/")[0])
        looks[line[0]] = ("default" if number < 0 else pyte.graphics.FG_BG_256[number],
                          "bold" in words, "underline" in words, "reverse" in words)
    return looks


def wrong_looks(screen, roles, looks):
    """Cells that look otherwise than their role. What a blank's ink would be, nobody sees."""
    for y, row in enumerate(roles):
        for x, letter in enumerate(row):
            cell, (ink, bold, under, reverse) = screen.buffer[y][x], looks[letter]
            is_blank = not cell.data.strip()
            seen = (ink if is_blank else cell.fg, bold if is_blank else cell.bold,
                    cell.underscore, cell.reverse)
            if seen != (ink, bold, under, reverse):
                yield f"row {y + 1}, column {x + 1}: {cell.data!r} is {seen}, as {letter}"


class Screen(pyte.Screen):
    """With the scrolling by several lines that tmux-256color has and pyte has not."""

    def _at_margin(self, is_top, move, lines):
        x, y = self.cursor.x, self.cursor.y
        top, bottom = self.margins or (0, self.lines - 1)
        self.cursor.y = top if is_top else bottom
        for _ in range(lines or 1):
            move()
        self.cursor.x, self.cursor.y = x, y

    def scroll_up(self, lines=1, **_):
        self._at_margin(False, self.index, lines)

    def scroll_down(self, lines=1, **_):
        self._at_margin(True, self.reverse_index, lines)


class Stream(pyte.ByteStream):
    csi = dict(pyte.ByteStream.csi, S="scroll_up", T="scroll_down")
    events = pyte.ByteStream.events | {"scroll_up", "scroll_down"}


class Terminal:
    def __init__(self, argv):
        self.screen = Screen(80, 24)
        self.stream = Stream(self.screen)
        self.received = 0
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            os.environ["ESCDELAY"] = "10"
            os.execv(argv[0], argv)

    def resize(self, columns, rows):
        self.screen.resize(rows, columns)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def rows(self):
        return [row.rstrip() for row in self.screen.display]

    def comes_to(self, rows, roles, looks):
        end = time.monotonic() + PATIENCE
        while self.rows() != rows or (looks and any(wrong_looks(self.screen, roles, looks))):
            if time.monotonic() > end:
                return False
            if select.select([self.fd], [], [], 0.1)[0]:
                more = os.read(self.fd, 65536)
                self.received += len(more)
                self.stream.feed(more)
        return True

    def cells(self):
        return [[self.screen.buffer[y][x] for x in range(self.screen.columns)]
                for y in range(self.screen.lines)]

    def end(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def send(terminal, step):
    verb, _, what = step.partition(" ")
    if verb == "key":
        os.write(terminal.fd, KEYS.get(what, what.encode()))
    elif verb == "type":
        os.write(terminal.fd, what.encode())
    elif verb == "resize":
        terminal.resize(*map(int, what.split()))


def check_cost(terminal, step, before):
    if not step.startswith("key"):
        return
    changed = sum(a != b for old, new in zip(before, terminal.cells()) for a, b in zip(old, new))
    print(step, terminal.received, "bytes for", changed, "cells")
    if terminal.received > BYTES_A_CELL * changed + BYTES_A_PAINTING:
        terminal.end()
        sys.exit(f"after {step!r}: {terminal.received} bytes for {changed} cells that have changed")


def show_difference(terminal, step, rows, roles, looks):
    print(f"after {step!r}, - is what it means, + what is there:")
    for row, there in zip(rows, terminal.rows()):
        print(*([f" {row}"] if row == there else [f"-{row}", f"+{there}"]), sep="\n")
    if looks:
        print(*list(wrong_looks(terminal.screen, roles, looks))[:10], sep="\n")


def main():
    os.environ["TERM"], column, case, program = sys.argv[1:5]
    argv = [program, "open", case]
    wanted = list(snaps(argv))
    all_looks = read_looks(column)
    is_presenter = False  # that has a theme of its own
    terminal = Terminal(argv)
    for step, (rows, roles) in zip(STEPS, wanted):
        before, terminal.received = terminal.cells(), 0
        is_presenter ^= step == "key z"
        looks = {} if is_presenter else all_looks
        send(terminal, step)
        if not terminal.comes_to(rows, roles, looks):
            terminal.end()
            show_difference(terminal, step, rows, roles, looks)
            sys.exit(1)
        check_cost(terminal, step, before)
    terminal.end()
    print(len(wanted), "screens")


main()
