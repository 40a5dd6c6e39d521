"""keys.py - presses every key that a page shows, in the real program led by a script, and looks whether
something comes of it: another screen, or the end. Arguments: NAME SCRIPT PROGRAM [ARGUMENTS...];
the script leads to the page. Prints what was pressed, or what did nothing. Standard library only.
SPDX-License-Identifier: MIT
"""
import os
import re
import subprocess
import sys
import tempfile


def play(lines, argv):
    """The exit code, and the pieces that `snap -` and `roles -` have printed."""
    with tempfile.NamedTemporaryFile("w", suffix=".script") as f:
        f.write("\n".join(lines) + "\n")
        f.flush()
        done = subprocess.run(argv, env=dict(os.environ, WHYTLS_SCRIPT=f.name), capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=600, check=False)
    if done.returncode not in (0, 130):
        sys.exit(f"exit code {done.returncode}: {done.stderr.decode()}")
    return done.returncode, done.stdout.decode()


def keys_shown(screen, roles):
    """What has the role of a key on the last two rows; "Left/Right" is two."""
    for text, role in list(zip(screen, roles))[-2:]:
        for found in re.finditer("k+", role):
            yield text[found.start():found.end()]


def main():
    name, script, argv = sys.argv[1], sys.argv[2].split(";"), sys.argv[3:]
    _, out = play(script + ["snap -", "roles -"], argv)
    rows = out.split("\n")[:-1]
    screen, roles = rows[:len(rows) // 2], rows[len(rows) // 2:]
    shown = list(keys_shown([row.ljust(80) for row in screen], roles)) + ["Enter"]
    dead = []
    for key in shown:
        for one in key.split("/") if len(key) > 1 else [key]:
            _, after = play(script + [f"key {one}", "snap -"], argv)
            if after.split("\n")[:-1] != screen:
                break
        else:
            dead.append(key)
    print(name, "shows", *shown)
    if dead or len(shown) < 3:
        sys.exit(f"nothing comes of {' '.join(dead)}; the page was:\n" + "\n".join(screen))


main()
