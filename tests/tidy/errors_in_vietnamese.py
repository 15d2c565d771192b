#!/usr/bin/env python3
"""Every sentence of an error that client/ and shared/ make has Vietnamese words in client/text/errors_*.cpp.

A sentence is the literals of an error's text with {} for what it names. Prints every sentence without words, and every row of the
tables that no source makes any more, and exits 1; says how many it looked at and exits 0 otherwise.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
# What makes an error of a sentence, besides Error{...} itself: the last of its arguments that holds words is the sentence.
MAKERS = ("wrong", "fault", "fail", "fail_at", "failed", "expect", "refused", "refuse", "malformed", "corrupt", "damaged", "broken",
          "none", "close", "finish", "breach", "protocol", "violation", "bye", "watermark_lost")
BEGINS = re.compile(
    r"\b(?:Error|Close)(?:\s\w+)?\s*\{|(?<=[\s(=,?:])\{(?=\s*(?:Errc::|code,|[\w>.\-()]+\.code,))|(?<![\w.:>])(?:\w+(?:\.|->))?(?:%s)\(" % "|".join(MAKERS))
LITERAL = re.compile(r'"((?:\\.|[^"\\])*)"')
CHARACTER = re.compile(r"'(?:\\.|[^'\\])'")
IN_BOTH_LANGUAGES = ("arguments_of.cpp",)  # says each fault twice
OPENS, CLOSES = "({[", ")}]"


def without_comments(text):
    return re.sub(r'("(?:\\.|[^"\\])*")|//[^\n]*', lambda found: found.group(1) or "", text)


def skip_token(text, at):
    """The end of the literal or character that begins here, or of one letter."""
    for form in (LITERAL, CHARACTER):
        found = form.match(text, at)
        if found:
            return found.end()
    return at + 1


def close_of(text, at):
    depth = 0
    while at < len(text):
        end = skip_token(text, at)
        if end == at + 1:
            depth += (text[at] in OPENS) - (text[at] in CLOSES)
            if depth == 0:
                return at
        at = end
    return at


def split(text, separator):
    """At separators that stand in no bracket, literal or other."""
    parts, depth, begin, at = [], 0, 0, 0
    while at < len(text):
        end = skip_token(text, at)
        if end == at + 1:
            depth += (text[at] in OPENS) - (text[at] in CLOSES)
            if depth == 0 and text[at] == separator and text[at - 1:at + 2].count(separator) == 1 and text[max(at - 1, 0):at + 2] != "->":
                parts.append(text[begin:at])
                begin = end
        at = end
    return [part.strip() for part in parts + [text[begin:]]]


def unescaped(literal):
    known = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}
    return re.sub(r"\\(.)", lambda escape: known.get(escape.group(1), escape.group(0)), literal)


def alternatives(part):
    """The texts that one summand of a sentence may be; {} for a value."""
    part = part.strip()
    wrapped = re.match(r"^(?:std::string(?:_view)?)?\s*([({])", part)
    if wrapped and close_of(part, wrapped.start(1)) == len(part) - 1:
        return sentences_of(part[wrapped.end(1):-1])
    if re.match(r'^("(?:\\.|[^"\\])*"\s*)+$', part):
        return {"".join(unescaped(each) for each in LITERAL.findall(part))}
    picked = re.match(r"^(?:\w+(?:\.|->))*(?:pick|say)\(", part)
    if picked and close_of(part, picked.end() - 1) == len(part) - 1:
        return {None}
    return {"{}"}


def sentences_of(expression):
    """All that the expression may read. Empty texts of a choice are a value's."""
    question = split(expression, "?")
    if len(question) == 2:
        return {each for side in split(question[1], ":") for each in sentences_of(side)}
    found = {""}
    for part in split(expression, "+"):
        found = {(None if left is None or right is None else left + right) for left in found for right in alternatives(part)}
    return found


def sentences():
    """Sentence -> where it is made."""
    found = {}
    for path in sorted(each for folder in ("client", "shared") for each in (ROOT / folder).rglob("*.[ch]pp")):
        if path.name.startswith("errors_") or "web" in path.relative_to(ROOT).parts or path.name in IN_BOTH_LANGUAGES:
            continue
        text = without_comments(path.read_text(encoding="utf-8"))
        for begin in BEGINS.finditer(text):
            opened = begin.end() - 1
            inside = " ".join(text[opened + 1:close_of(text, opened)].split())
            detail = ([each for each in split(inside, ",") if '"' in each] or [""])[-1]
            for said in sentences_of(detail):
                if said is None:
                    continue
                said = re.sub(r"(\{\})+", "{}", said)
                if re.search(r"[A-Za-z]{2}.* .*|^[A-Z][a-z]+$", said.replace("{}", "x")):
                    line = text[:begin.start()].count("\n") + 1
                    found.setdefault(said, f"{path.relative_to(ROOT)}:{line}")
    return found


def rows():
    """English -> Vietnamese of the tables."""
    found = {}
    for path in sorted((ROOT / "client/text").glob("errors_*.cpp")):
        text = path.read_text(encoding="utf-8")
        for row in re.finditer(r'\{\s*((?:"(?:\\.|[^"\\])*"\s*)+),\s*((?:"(?:\\.|[^"\\])*"\s*)+)\}', text):
            en, vi = ("".join(unescaped(each) for each in LITERAL.findall(side)) for side in row.groups())
            found[en] = (vi, path.name)
    return found


def literals():
    """All that the sources say between quotes, as one text."""
    runs = re.compile(r'(?:"(?:\\.|[^"\\\n])*"\s*)+')
    paths = (each for folder in ("client", "shared") for each in (ROOT / folder).rglob("*.[ch]pp") if not each.name.startswith("errors"))
    texts = (without_comments(path.read_text(encoding="utf-8")) for path in paths)
    return "\n".join("".join(unescaped(each) for each in LITERAL.findall(run)) for text in texts for run in runs.findall(text))


def faults(made, known, said):
    for sentence, where in made.items():
        # What begins with a place, "line 7: ", is known by the words behind it.
        if sentence not in known and sentence.removeprefix("{}") not in known:
            yield f"{where}: no Vietnamese words for: {sentence}"
    for en, (vi, where) in known.items():
        if en.count("{}") != vi.count("{}"):
            yield f"{where}: one language names more than the other: {en}"
        own = en in made or "{}" + en in made or where == "errors_command_line.cpp"
        if not own and not all(part.strip() in said for part in en.split("{}")):
            yield f"{where}: nobody says this any more: {en}"


if __name__ == "__main__":
    made, known = sentences(), rows()
    found = list(faults(made, known, literals()))
    print("\n".join(found))
    print(f"{len(made)} sentences of errors, {len(known)} rows of Vietnamese words, {len(found)} breaches")
    sys.exit(1 if found or len(made) < 500 else 0)
