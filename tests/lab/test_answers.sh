#!/bin/sh
# What the user tells after the walk changes the verdict, and only as it should: saved cases of the
# practice lab get an answer each and are opened again, with no network.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh

for s in one-store internal-site healthy no-link; do
    "$WHYTLS" lab $s --json >"$TMP/$s.case"
done

# told SCENARIO QUESTION ANSWER VERDICT NOTES: the verdict of its case with this answer.
told() {
    told_name="$1, $2 $3: $4"
    "$PYTHON" - "$WHYTLS" "$TMP/$1.case" "$TMP/told.case" "$2" "$3" "$4" "$5" >"$TMP/told.log" 2>&1 \
        <<'END'
import json, subprocess, sys
program, saved, told, question, answer, verdict, notes = sys.argv[1:]
with open(saved) as f:
    case = json.load(f)
for name in ("verdict", "notes", "path", "fine"):
    case.pop(name)          # for readers only: they must come out of the evidence again
case["answers"] = {question: answer} if answer != "unasked" else {}
with open(told, "w") as f:
    json.dump(case, f)
opened = [subprocess.run([program, "open", form, told], capture_output=True, check=False)
          for form in ("--json", "--plain")]
again = json.loads(opened[0].stdout)
found = [entry["cause"] for entry in again["verdict"]]
noted = [entry["cause"] for entry in again["notes"]]
wanted = 0 if verdict == "works" else 1
if found != verdict.split() or noted != notes.split() or opened[0].returncode != wanted:
    sys.exit(f"exit code {opened[0].returncode}, verdict {found}, notes {noted}")
for entry in again["verdict"]:
    if entry["cause"] == "trust.program-list":
        words = " ".join(entry["proof"]["words"] + [entry["title"], entry["what"]])
        if entry["certainty"] != "likely" or "Firefox" not in words or "Corp Root" not in words:
            sys.exit(f"{entry['certainty']}: {words}")
if b"{" in opened[1].stdout or not opened[1].stdout.startswith(b"whytls "):
    sys.exit(opened[1].stdout.decode())
END
    told_rc=$?
    if [ $told_rc -eq 0 ]; then ok "$told_name"; else not_ok "$told_name" "$TMP/told.log"; fi
}

# A list that lacks the authority is a note, until one program is said to fail: then it is why.
told one-store other-program unasked works trust.one-store
told one-store other-program yes trust.program-list ''
told one-store other-program no works trust.one-store
told one-store other-program not-sure works trust.one-store
# So is a rule of strict programs.
told no-link other-program unasked works chain.some-programs-refuse
told no-link other-program yes chain.program-refuses ''
# No list lacks it: then a program that fails does so for reasons of its own.
told healthy other-program yes client.one-program ''
told internal-site other-program yes client.one-program ''
finish
