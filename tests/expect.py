"""expect.py - runs one walk (`whytls check ...` or `whytls lab NAME`) and holds its answer against
what it must be: exit code, the verdict's causes in order and no other, certainty, the headings of
the text, and that the saved case, opened again, gives the same JSON byte for byte and the same text.
Says what is wrong on stdout; exit status 1 where anything is. With --scenarios FILE it walks many
scenarios of the practice lab in one process, and prints a TAP line for each. Standard library only.
SPDX-License-Identifier: MIT
"""
import argparse
import datetime
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

HEADINGS = ["Answer", "Who can fix it", "What is wrong", "Do this", "Do not", "Why we say so",
            "What is fine"]
WHO = {"you", "site-owner", "your-it", "network", "program-maker", "nobody"}
CERTAINTY = {"proven", "likely", "unknown"}
NOT_A_CAUSE = {"works": 0, "unknown": 2, "not-tested": 3, "stopped": 3, "unjudged": 3, "file-good": 0,
               "file-unjudged": 3, "time-up": 3, "time-up-fails": 2}

# Causes that a changed probe or a chain judged again can prove: the text must name the one change.
BY_EXPERIMENT = re.compile(
    r"^(policy\.refuses|protocol\.|client\.|cipher\.|address\.other-works|name\.(?!unknown-to)"
    r"|chain\.(?!wrong-order|bad-signature)|clock\.)")
ONE_CHANGE = re.compile(r"chang\w*\s+only|only\s+((one\s+thing|these\s+things)\s+)?chang\w*"
                        r"|With\s+the\s+clock\s+set|Dated\s+(then|the\s+day\s+before)", re.IGNORECASE)


# What must not stand in the text beside a note or a cause of that slug ("*": any note): a promise that
# this very thing takes back.
CONTRADICTIONS = [
    ("*", r"what we tried works|the reply are good|Nothing is wrong on the way"
          r"|Do not change your settings|They are not the cause"),
    *[(slug, r"Do not change your (own )?clock|Your clock is right|Do not change (your|any) settings"
             r"|(your computer|your settings|It) (is|are) fine|not the cause\.$")
      for slug in ("clock.off", "clock.behind", "clock.ahead")],
    ("clock.sites-differ", r"Do not change your (own )?clock|Your clock is right"),
    ("chain.out-of-date-elsewhere", r"No certificate in the chain has expired|connection to \S+ works$|Not you\."),
    ("trust.one-store", r"connection to \S+ works$|Nobody needs to"),
    ("chain.distrusted-by-some", r"connection to \S+ works$|Nobody needs to"),
    ("chain.too-long-for-some", r"connection to \S+ works$|Nobody needs to"),
    ("chain.some-programs-refuse", r"connection to \S+ works$|Nobody needs to"),
    ("chain.revocation-untold", r"did not revoke the certificate"),
    ("chain.odd-order", r"in the right order"),
    ("client-certificate.no-page", r"but needs none|accepts yours|lets you in"),
    ("reach.no-reply", r"The site itself answers|and the site answered"),
]
# ... and what must stand there: why it works, or for whom, is no note at the end.
TITLES = [("chain.out-of-date-elsewhere", r"only because your clock is wrong"),
          ("trust.one-store", r"but not by .*trust store"),
          ("chain.distrusted-by-some", r"but its authority is no longer trusted by"),
          ("chain.too-long-for-some", r"but its certificate is valid for more days"),
          ("chain.some-programs-refuse", r"but some programs do not accept")]

# What must not stand under "What is fine" beside a cause or note of that slug.
FINE_AGAINST = [
    (r"clock\.(behind|ahead|off|sites-differ)", r"clock is right"),
    (r"reach\.(name-not-found|refused|no-answer)", r"can be reached"),
    (r"protocol\.", r"share a TLS version"),
    (r"cipher\.none-in-common", r"share a cipher"),
    (r"policy\.", r"policy allows"),
    (r"chain\.(missing|wrong)-intermediate", r"all of its certificates|chain is complete"),
    (r"chain\.(intermediate-|root-)?(expired|not-yet-valid)", r"in date|has expired"),
    (r"chain\.(self-signed|unknown-authority|private-authority)", r"authority"),
    (r"chain\.revoked", r"not revoked"),
    (r"name\.(other-name|www|wildcard-depth|address|default-certificate|no-san)",
     r"is for the name|matches the"),
    (r"edge\.", r"site itself answers"),
    # Something in between shows its own: all that came of it says nothing of the site's.
    (r"between\.(known-product|added-root)|interception\.",
     r"certificate|authority|Keys|cipher|TLS version|site itself"),
]
# Whoever is asked to do something is named; "Not you." is not said where it may be this computer or
# its network. What is to be done, and what must then be said of who, or must not.
WHO_AGREES = [
    (r"^(Tell|Ask|Send this answer to) the site's owner", r"site's owner", None),
    (r"whoever runs your network", r"network", None),
    (r"whoever looks after this computer", r"looks after this computer|\bIT\b", None),
    (r"another network|phone without Wi-Fi|[Rr]estart your|[Uu]pdate (the|your) program"
     r"|your program's settings|Check the (port|spelling|address)", None, r"Not you"),
]
# Words that stand where a case has no value: a live one has.
NO_VALUE = re.compile(r"this site|its IP address|in a failure|what the server offers|a wrong time|"
                      r"an earlier or later one|\{[a-z_]+\}")


class Walk:
    """One run of the program."""

    def __init__(self, argv, env=None):
        done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, timeout=600,
                              env=env, check=False)
        self.argv, self.status = argv, done.returncode
        self.out, self.err = done.stdout, done.stderr

    def text(self):
        return self.out.decode("utf-8", "replace")


def heading_of(line):
    """The heading that this line is, with or without a colon or an underline; or None."""
    word = line.rstrip().rstrip(":")
    return word if word in HEADINGS else None


DATE = re.compile(r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|"
                  r"November|December) \d{4}\b")


def masked(text):
    """Case code, durations, the time of day, and fingerprints and numbers of certificates made on the
    spot differ from one run to the next, and where lines end with them; nothing else may."""
    text = " ".join(text.split())
    text = re.sub(r"\b[0-9a-f]{64}\b", "FINGERPRINT", text)
    text = re.sub(r"\b\d\d:\d\d UTC\b", "TIME", text)
    text = re.sub(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "TIME", text)
    text = re.sub(r"\((in )?(at (least|most) )?\d+ (minute|hour|day|year)s?( ago)?\)", "(TIME)", text)
    text = re.sub(r"\b[0-9a-f]{2}(:[0-9a-f]{2}){7,}\b", "SERIAL", text)
    text = re.sub(r"\b[1-9A-HJKMNP-TV-Z]{3}-[1-9A-HJKMNP-TV-Z]{4}\b", "CASE", text)
    return re.sub(r"\b\d+(\.\d+)?\s*(ms|s|seconds?)\b", "TIME", text)


def judge_headings(text, n_causes, complain):
    found = [h for h in map(heading_of, text.splitlines()) if h]
    if n_causes == 0:
        if not found or found[0] != "Answer" or found[-1] != "What is fine":
            complain(f"headings of the text: {found}")
        return
    block = HEADINGS[:-1]
    wanted = block * n_causes + HEADINGS[-1:]
    # "Do not" may have nothing under it for a cause that tempts nobody to harm.
    if [h for h in found if h != "Do not"] != [h for h in wanted if h != "Do not"]:
        complain(f"headings of the text: {found}, wanted {wanted}")


def judge_verdict(case, args, complain):
    slugs = [entry.get("cause") for entry in case.get("verdict", [])]
    if slugs != args.verdict.split():
        complain(f"verdict: {slugs}, wanted {args.verdict.split()}")
        for entry in case.get("verdict", []):
            complain(f"  {json.dumps(entry)[:400]}")
    for entry in case.get("verdict", []):
        slug = entry.get("cause")
        if entry.get("who") not in WHO or entry.get("certainty") not in CERTAINTY:
            complain(f"{slug}: who {entry.get('who')!r}, certainty {entry.get('certainty')!r}")
        if not re.fullmatch(r"W-\d{3}", entry.get("code", "")):
            complain(f"{slug}: code {entry.get('code')!r}")
        if slug in NOT_A_CAUSE:
            continue
        if args.certainty != "any" and entry.get("certainty") != args.certainty:
            complain(f"{slug}: {entry.get('certainty')}, wanted {args.certainty}")
        if entry.get("certainty") == "proven" and not entry.get("proof"):
            complain(f"{slug}: proven, and no proof is shown")


def judge_notes(case, wanted, complain):
    notes = [n if isinstance(n, str) else n.get("cause") for n in case.get("notes", [])]
    wanted = "" if wanted == "none" else wanted
    if sorted(notes) != sorted(wanted.split()):
        complain(f"notes: {notes}, wanted {wanted.split()}")


def judge_text(text, slugs, args, complain):
    causes = [s for s in slugs if s not in NOT_A_CAUSE]
    judge_headings(text, len(causes), complain)
    if re.search(r"[^\n\x20-\x7e\u0080-\U0010ffff]", text):
        complain("the text holds a raw control byte")
    if re.search(r"\{[a-z_.]+\}", text):
        complain(f"the text has a key that was not filled in: {re.search('{[a-z_.]+}', text)[0]}")
    for slug in causes:
        if args.certainty == "proven" and BY_EXPERIMENT.match(slug) and not ONE_CHANGE.search(text):
            complain(f"{slug} is proven, and the text does not name the one change")
            break


def judge_contradictions(case, text, slugs, complain):
    """The answer and what was seen besides never say opposite things."""
    notes = [n.get("cause") for n in case.get("notes", [])]
    found = notes + slugs + (["*"] if notes else [])
    for slug, phrase in CONTRADICTIONS:
        for line in text.splitlines():
            if slug in found and re.search(phrase, line):
                complain(f"beside {slug} the text says: {line.strip()}")
    title = (case.get("verdict") or [{}])[0].get("title", "")
    for slug, phrase in TITLES:
        if slugs == ["works"] and slug in notes and not re.search(phrase, title):
            complain(f"beside {slug} the answer is: {title}")


def judge_fine(case, slugs, complain):
    """Nothing under "What is fine" takes back what was found."""
    found = [n.get("cause") for n in case.get("notes", [])] + slugs
    for slug, phrase in FINE_AGAINST:
        for line in case.get("fine", []):
            if any(re.match(slug, f) for f in found) and re.search(phrase, line):
                complain(f"beside {found} this is fine: {line}")


def who_of(text):
    """What stands under "Who can fix it", an entry each."""
    found = []
    for line in text.splitlines():
        heading = heading_of(line)
        if heading:
            is_who = heading == "Who can fix it"
            found += [""] if is_who else []
        elif found and is_who:
            found[-1] += " " + line.strip()
    return found


def judge_who(case, text, complain):
    """Who can fix it agrees with what is to be done; no value is wanting for whom it is passed on to."""
    for entry, who in zip(case.get("verdict", []), who_of(text)):
        slug, todo = entry.get("cause"), entry.get("do", [])
        if NO_VALUE.search(entry.get("term") or ""):
            complain(f"{slug}: no value: {entry['term']}")
        for asks, wanted, unwanted in WHO_AGREES:
            is_asked = slug not in NOT_A_CAUSE and any(re.search(asks, line) for line in todo)
            if is_asked and wanted and not re.search(wanted, who):
                complain(f"{slug}: {todo}, and who can fix it is{who}")
            if is_asked and unwanted and re.search(unwanted, who):
                complain(f"{slug}: {todo}, and who can fix it is{who}")


def judge_replay(whytls, live, path, is_brief, complain):
    """The case, opened elsewhere: another time zone, no servers to ask that it needs."""
    env = dict(os.environ, TZ="Pacific/Auckland")
    again = Walk([whytls, "open", "--json", path], env)
    if again.out != live.out:
        complain("open --json differs from what was saved:")
        a, b = live.text().splitlines(), again.text().splitlines()
        for n, (x, y) in enumerate(zip(a, b), 1):
            if x != y:
                complain(f"  line {n}: saved  {x[:300]}\n  line {n}: opened {y[:300]}")
                break
        complain(f"  {len(live.out)} bytes saved, {len(again.out)} opened; {again.err[:300]!r}")
    if again.status != live.status:
        complain(f"open --json: exit code {again.status}, was {live.status}")
    plain = Walk([whytls, "open", "--plain", path], env)
    if not is_brief and plain.out != Walk([whytls, "open", path], env).out:
        complain("open without a screen differs from open --plain")
    if plain.status != live.status:
        complain(f"open --plain: exit code {plain.status}, was {live.status}; {plain.err[:300]!r}")
    return plain.text()


def fits(first, then):
    """All of an answer is in the first screen's 18 rows, but for what is to be passed on."""
    for rows in (first, then):
        shown = re.search(r"(\d+)-\d+ of \d+$", rows[21])
        if not shown:
            return True
        for place, row in enumerate(rows[3:21]):
            if re.match(r"\s*(In technical words|You may have seen)", row):
                return int(shown[1]) + place <= 18 + 2
    return False


def judge_screen(whytls, case, path, scratch, complain):
    """One fault and nothing beside it: its answer is all on 24 rows, down to what is fine; below it is
    what is there to be passed on."""
    with tempfile.NamedTemporaryFile("w", dir=scratch, suffix=".script") as f:
        f.write("wait page:answer\nsnap -\nkey pgdn\nsnap -\n")
        f.flush()
        screen = Walk([whytls, "open", path], dict(os.environ, WHYTLS_SCRIPT=f.name)).text()
    rows = screen.split("\n")
    is_alone = len(case.get("verdict", [])) == 1 and not case.get("notes")
    if len(rows) != 2 * 24 + 1 or (is_alone and not fits(rows[:24], rows[24:])):
        complain(f"the answer does not stand on one screen:\n{screen}")


def differ_in_clock_alone(earlier, later):
    """Two walks say the same, but for the time of day and a midnight between them."""
    if DATE.sub("DATE", masked(earlier)) != DATE.sub("DATE", masked(later)):
        return False
    days = [[datetime.datetime.strptime(d, "%d %B %Y") for d in DATE.findall(masked(text))]
            for text in (earlier, later)]
    return all(b - a in (datetime.timedelta(0), datetime.timedelta(1)) for a, b in zip(*days))


def first_difference(a, b):
    at = len(os.path.commonprefix([a, b]))
    return f"{a[max(at - 40, 0):at + 80]!r} against {b[max(at - 40, 0):at + 80]!r}"


def judge_as_text(text, opened, status, complain):
    """The same walk once more, as text: the words are those of the saved case."""
    if text.status != status:
        complain(f"as text: exit code {text.status}, wanted {status}; {text.err[-300:]!r}")
    if not differ_in_clock_alone(opened, text.text()):
        complain("the text of the walk differs from the text of its case: "
                 + first_difference(masked(text.text()), masked(opened)))


def parse_arguments():
    p = argparse.ArgumentParser()
    p.add_argument("--verdict")
    p.add_argument("--certainty", default="proven")
    p.add_argument("--notes")
    p.add_argument("--max-probes", type=int, default=64)
    p.add_argument("--prefix", default="")
    p.add_argument("--scratch")
    p.add_argument("--screen", action="store_true")
    p.add_argument("--once", action="store_true")  # a server that is another the next time
    p.add_argument("--brief", action="store_true")  # without what is the same for every case
    p.add_argument("--scenarios")  # lines of: name, verdict, notes, certainty, with tabs between
    p.add_argument("--jobs", type=int, default=2)  # of them at a time
    p.add_argument("argv", nargs="+")
    return p.parse_args()


def judge_walk(args):
    """What is wrong, in lines; none where all is right."""
    wrong = []
    complain = wrong.append
    prefix = shlex.split(args.prefix)

    live = Walk(prefix + args.argv + ["--json"])
    if live.err:
        complain(f"on stderr: {live.err[-1500:].decode('utf-8', 'replace')}")
    try:
        case = json.loads(live.out)
    except ValueError as why:
        return [f"exit code {live.status}, and no JSON: {why}",
                f"{live.out[:500]} " + live.err[-2000:].decode("utf-8", "replace")]
    slugs = args.verdict.split()
    status = NOT_A_CAUSE.get(slugs[0], 1)
    if live.status != status:
        complain(f"exit code {live.status}, wanted {status}")
    if case.get("schema") != "whytls.case/1":
        complain(f"schema {case.get('schema')!r}")
    judge_verdict(case, args, complain)
    if args.notes is not None:
        judge_notes(case, args.notes, complain)
    if len(case.get("probes", [])) > args.max_probes:
        complain(f"{len(case['probes'])} probes, at most {args.max_probes} are needed")

    with tempfile.NamedTemporaryFile(dir=args.scratch, suffix=".json", delete=False) as f:
        f.write(live.out)
    opened = judge_replay(args.argv[0], live, f.name, args.brief, complain)
    judge_text(opened, slugs, args, complain)
    judge_contradictions(case, opened, slugs, complain)
    judge_fine(case, slugs, complain)
    judge_who(case, opened, complain)
    if args.screen:
        judge_screen(args.argv[0], case, f.name, args.scratch, complain)
    if not args.once:
        judge_as_text(Walk(prefix + args.argv + ["--plain"]), opened, status, complain)
    os.unlink(f.name)
    if wrong:
        complain("ran: " + shlex.join(live.argv))
    return wrong


# How `open` takes a pipe for --plain is held by each of so many scenarios: it is the same for all.
EACH_AT_LENGTH = 10


def judge_scenario(args, number, line):
    """A TAP line, and under it what is wrong."""
    name, verdict, notes, certainty = line.split("\t")
    one = argparse.Namespace(**vars(args))
    one.verdict, one.notes, one.certainty = verdict, notes, certainty
    one.max_probes = 4 if verdict == "works" else args.max_probes
    one.brief = args.brief or number % EACH_AT_LENGTH != 0
    one.argv = args.argv + ["lab", name]
    try:
        wrong = "\n".join(judge_walk(one)).splitlines()
    except Exception as why:  # of one scenario: the others go on
        wrong = [f"{type(why).__name__}: {why}"]
    return "\n".join([f"{'not ok' if wrong else 'ok'} 1 - {name}: {verdict}"]
                     + ["# " + x for x in wrong[:60]])


def judge_scenarios(args):
    with open(args.scenarios, encoding="utf-8") as f:
        lines = f.read().splitlines()
    with ThreadPoolExecutor(args.jobs) as pool:
        for said in pool.map(lambda at: judge_scenario(args, *at), enumerate(lines)):
            print(said, flush=True)
    return 0


def main():
    args = parse_arguments()
    if args.scenarios:
        return judge_scenarios(args)
    wrong = judge_walk(args)
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
