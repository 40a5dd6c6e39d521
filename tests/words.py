"""words.py - measures the advice of every cause; see words.sh. Arguments: the program, the list of
codes and slugs, the table of words that each technical line must have. Prints a TAP line a cause.
Standard library, and `style` of the package diction.
SPDX-License-Identifier: MIT
"""
import re
import subprocess
import sys

MAX_SENTENCE, MAX_AVERAGE, MAX_KINCAID, MAX_TODO, MAX_DONT, MAX_WHAT = 18, 12.0, 7.0, 3, 2, 3
TERM = "In technical words"
HEADINGS = {"Answer", "Who can fix it", "What is wrong", "Do this", "Do not", "Why we say so",
            "What is fine", TERM, "You may have seen"}
BANNED = re.compile(r"\b(just|simply|please|oops|error occurred)\b", re.IGNORECASE)
# Words that are unfamiliar where the field has one of its own, and words that stand for a key that
# was not filled in: neither is in what a reader gets, nor in the technical line.
NOT_OURS = re.compile(
    r"\b((the|a|this|your|own|late|site's|which|one) cards?|cards\b|(ran|has run|have run|runs) out"
    r"|not good until|left (one|some|it) out|authority on top|top authority|on (our|your|this) list"
    r"|computer's list(?! of)|(vouches|vouch) for (itself|themselves)|called? (\w+ )?back|in force"
    r"|the star|an? star|takes? no calls|picks? up|hang(s|ing)? up|cut by force|greetings?"
    r"|says? hello|our hello|ways? to scramble|the box|a box|the site behind|something in between"
    r"|untold|nobody says|is ill|too much to do|can not|can't|he|him|virus checkers?"
    r"|the one in the middle|proves that it is another|its own proof"
    r"|the name the site|one of them has)\b", re.IGNORECASE)
# The field's words: the answer explains each, so that style counts it as a word of one syllable.
GLOSSARY = re.compile(
    r"\b(certificates?|intermediates?|authority|authorities|self-signed|signatures?|expired?|expires"
    r"|trusted|untrusted|revoked?|revokes|response|wildcards?|inspection|inspects?|antivirus"
    r"|firewalls?|proxy|proxies|servers?|client|address(es)?|handshake|cipher|version|origin|refused"
    r"|connections?|fingerprint|captive portal|overloaded|faulty|root|ClientHello"
    r"|IP|SNI|SAN|CA|CDN|OCSP|CRL|TLS|DNS|SHA-256)\b", re.IGNORECASE)
# Words that no instruction starts with: articles, pronouns, conditions, adverbs.
NO_VERB = set("""a an the this that these those it you your we our they he she if when where while
 because but and or so then there here not never do don't only also maybe perhaps first now for in on
 at by with from to of as is are was were be been has have had can could may might must shall should
 will would""".split())
NO_VERB -= {"do"}


def sections(text):
    """Heading -> items. Where lines are numbered or marked, what has no mark goes on with the item
    before it; where none is, each line is an item."""
    lines, current = {}, None
    for line in text.splitlines():
        word = line.strip().rstrip(":")
        if line.strip() and not line.startswith(" "):
            current = lines.setdefault(word, []) if word in HEADINGS else None
        elif current is not None and line.strip():
            current.append(re.match(r"\s*(?:((?:\d+[.)]?|[-*x])\s+))?(.*)", line).groups())
    found = {}
    for heading, rows in lines.items():
        items = found[heading] = []
        is_marked = any(mark for mark, _ in rows)
        for mark, words in rows:
            if items and is_marked and not mark:
                items[-1] += " " + words.strip()
            else:
                items.append(words.strip())
    return found


def measure(prose):
    """What style says: grade, average and longest sentence."""
    out = subprocess.run(["style"], input=prose, capture_output=True, text=True, check=True).stdout
    kincaid = float(re.search(r"Kincaid: (-?[\d.]+)", out)[1])
    average = float(re.search(r"sentences?, average length ([\d.]+) words", out)[1])
    longest = int(re.search(r"longest sent (\d+) wds", out)[1])
    return kincaid, average, longest


def plain(prose):
    """The glossary's words, and what stands in quotation marks or is a name, are one syllable."""
    prose = re.sub(r'"[^"\n]*"', "card", prose)
    prose = re.sub(r"\b[\w-]+\.(example|internal)\b", "card", prose)
    return GLOSSARY.sub(lambda m: " ".join("card" for _ in m[0].split()), prose)


def sentences(text):
    return [s for s in re.split(r"(?<=[.!?])\s+", text) if s]


def judge_term(parts, wanted):
    """It is there, and holds one of the alternatives of each group of words."""
    term = " ".join(parts.get(TERM, []))
    if not term:
        yield f"nothing under {TERM!r}"
    elif wanted is None:
        yield "no row in tests/terms.tsv: which words must its technical line have?"
    elif not any(w.strip().lower() in term.lower() for w in wanted.split("|")):
        yield f"the technical line has none of {wanted!r}: {term}"


def judge(text, wanted):
    parts = sections(text)
    yield from judge_term(parts, wanted)
    for heading in ("Answer", "What is wrong"):
        if not parts.get(heading):
            yield f"nothing under {heading!r}:\n{text}"
            return
    todo, dont = parts.get("Do this", []), parts.get("Do not", [])
    if len(todo) > MAX_TODO or len(dont) > MAX_DONT:
        yield f"{len(todo)} things to do, {len(dont)} not to do"
    if len(sentences(" ".join(parts["What is wrong"]))) > MAX_WHAT:
        yield f"What is wrong: more than {MAX_WHAT} sentences"
    for item in todo:
        first = item.split()[0]
        if not first[0].isupper() or first.lower().strip(".,") in NO_VERB:
            yield f"does not start with a verb: {item}"
    prose = [parts["Answer"][-1]] + parts["What is wrong"] + todo + dont
    # A code or a mark of certainty in the heading is no sentence.
    prose = [re.sub(r"\bW-\d{3}\b", "", p).strip() for p in prose]
    whole = "\n\n".join(p if p[-1:] in ".!?" else p + "." for p in prose if p)
    for found in BANNED.finditer(text):
        yield f"says {found[0]!r}"
    # What other programs print is theirs.
    ours = re.sub(r"(?ms)^You may have seen\n.*?(?=^\S|\Z)", "", text)
    for found in NOT_OURS.finditer(re.sub(r"\s+", " ", ours)):
        yield f"says {found[0]!r}"
    if re.search(r"\{[a-z_0-9.]+\}", text):
        yield "has a {key} that was not filled in"
    kincaid, average, longest = measure(plain(whole))
    if kincaid > MAX_KINCAID:
        yield f"Flesch-Kincaid {kincaid}, at most {MAX_KINCAID}"
    if average > MAX_AVERAGE:
        yield f"{average} words a sentence, at most {MAX_AVERAGE}"
    if longest > MAX_SENTENCE:
        yield f"a sentence of {longest} words, at most {MAX_SENTENCE}"


def main():
    program, listing, terms = sys.argv[1:4]
    with open(terms, encoding="utf-8") as f:
        wanted = dict(line.rstrip("\n").split("\t") for line in f
                      if line.strip() and not line.startswith("#"))
    with open(listing, encoding="utf-8") as f:
        causes = [line.split()[:2] for line in f if line.split()]
    for n, (code, slug) in enumerate(causes, 1):
        done = subprocess.run([program, "explain", code], capture_output=True, text=True,
                              check=False)
        by_slug = subprocess.run([program, "explain", slug], capture_output=True, text=True,
                                 check=False)
        wrong = list(judge(done.stdout, wanted.get(slug)))
        if done.returncode != 0 or done.stderr:
            wrong.append(f"exit code {done.returncode}: {done.stderr}")
        if by_slug.stdout != done.stdout:
            wrong.append("explain by its slug says something else")
        if code not in done.stdout:
            wrong.append("the code is not on the page")
        print(f"{'not ok' if wrong else 'ok'} {n} - {code} {slug}")
        for line in wrong:
            print("# " + line.replace("\n", "\n# "))
    strangers = sorted(set(wanted) - {slug for _, slug in causes})
    print(f"{'not ok' if strangers else 'ok'} {len(causes) + 1} - tests/terms.tsv names causes only")
    for slug in strangers:
        print("# no such cause: " + slug)


main()
