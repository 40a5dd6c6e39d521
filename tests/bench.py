"""bench.py - measures the program against servers that bench.sh has started; prints a line a figure:
bench NAME = VALUE UNIT. Standard library only.
SPDX-License-Identifier: MIT
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

import bench_screen as bench_screen_parts


def say(name, value, unit):
    shown = f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else value
    print(f"bench {name} = {shown} {unit}", flush=True)


def run(argv):
    """Seconds, exit code, stdout and peak memory (KiB) of one run."""
    with tempfile.TemporaryFile() as out:
        began = time.perf_counter()
        child = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=out,
                                 stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        took = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        return took, child.returncode, out.read(), usage.ru_maxrss


def fastest(argv, times):
    return min(run(argv)[0] for _ in range(times))


def check(args, port):
    return [args.program, "check", "--json", "--cacert", args.cacert, "--connect-to",
            f"127.0.0.1:{port}", "shop.example"]


def bench_start(args):
    say("start", fastest([args.program, "--version"], 20) * 1000, "ms")


def bench_size(args):
    copy = os.path.join(args.scratch, "stripped")
    shutil.copy(args.program, copy)
    subprocess.run(["strip", copy], check=True)
    say("size", os.path.getsize(copy) / 1024, "KiB")


def bench_walk(args):
    runs = [run(check(args, args.healthy)) for _ in range(5)]
    say("healthy_time", min(r[0] for r in runs) * 1000, "ms")
    say("healthy_connections", len(json.loads(runs[0][2])["probes"]), "connections")
    say("healthy_memory", max(r[3] for r in runs) / 1024, "MiB")
    case = os.path.join(args.scratch, "case.json")
    with open(case, "wb") as f:
        f.write(runs[0][2])
    say("case_size", len(runs[0][2]) / 1024, "KiB")
    opened = fastest([args.program, "open", "--json", case], 20)
    started = fastest([args.program, "--version"], 20)
    say("open_time", opened * 1000, "ms")
    say("open_to_start", opened / started, "ratio")


def bench_round_trips(args):
    for pair in args.pairs.split():
        name, cause, near, far = pair.split(":")
        near_runs = [run(check(args, near)) for _ in range(3)]
        far_runs = [run(check(args, far)) for _ in range(3)]
        case = json.loads(far_runs[0][2])
        found = [entry["cause"] for entry in case["verdict"]]
        if found != [cause]:
            say(f"round_trips_{name}", "failed", f"(found {' '.join(found)}, wanted {cause})")
            continue
        trips = (min(r[0] for r in far_runs) - min(r[0] for r in near_runs)) / 0.1
        say(f"round_trips_{name}", trips, "round trips")
        say(f"connections_{name}", len(case["probes"]), "connections")


def bench_screen(args):
    bench_screen_parts.bench_first_screen(args, say)
    bench_screen_parts.bench_keys(args, say)
    bench_screen_parts.bench_bytes(args, say)


def main():
    p = argparse.ArgumentParser()
    for name in ("--program", "--cacert", "--scratch", "--healthy", "--case", "--pairs"):
        p.add_argument(name, required=True)
    p.add_argument("words", nargs="*")
    args = p.parse_args()
    for bench in (bench_start, bench_size, bench_walk, bench_round_trips, bench_screen):
        if not args.words or any(w in bench.__name__ for w in args.words):
            try:
                bench(args)
            except (OSError, ValueError, KeyError, subprocess.SubprocessError) as why:
                say(bench.__name__[6:], "failed", f"({why!r})")


sys.exit(main())
