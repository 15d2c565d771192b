#!/usr/bin/env python3
"""The house rules that a compiler does not see: arrows between folders, a pure core, files that fit on a desk.

Prints every breach as file:line and exits 1; says what it looked at and exits 0 otherwise.
With --archives FOLDER it also asks nm whether the core's libraries reach for a clock, a socket, a file or a thread.
"""

import argparse
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Which folders each folder may include, besides itself.
ARROWS = {
    "shared/base": {"schema"},
    "shared/domain": {"schema", "shared/base"},
    "shared/log": {"shared/base"},
    "shared/replica": {"schema", "shared/base", "shared/domain", "shared/log"},
    "shared/sync": {"schema", "shared/base", "shared/domain", "shared/log", "shared/replica"},
    "shared/io": {"schema", "shared/base", "shared/domain", "shared/log", "shared/replica", "shared/sync"},
    "shared/run": {"shared/base"},
    "shared/net": {"shared/base", "shared/log", "shared/sync", "shared/io", "shared/run"},
    "server": {"schema", "shared/*"},
    "client": {"schema", "shared/*"},
}
PURE = ("shared/base", "shared/domain", "shared/log", "shared/replica", "shared/sync")
# Disk, socket, clock, thread, randomness and floating point have no place in what is replayed.
IMPURE_HEADERS = re.compile(
    r"<(filesystem|fstream|iostream|thread|mutex|condition_variable|future|atomic|semaphore|random|ctime|time\.h|unistd\.h|fcntl\.h"
    r"|sys/.*|netinet/.*|rocksdb/.*|boost/asio.*|boost/beast.*|spdlog/.*)>")
IMPURE_WORDS = re.compile(r"\b(float|double|unordered_(?:map|set|flat_map|flat_set)|system_clock|steady_clock|high_resolution_clock)\b")
IMPURE_SYMBOLS = re.compile(
    r"\b(clock_gettime|gettimeofday|time|getrandom|randombytes\w*|rand|random|pthread_create|socket|connect|open|open64|read|write"
    r"|fopen|fopen64)(@|$)")
LINES_MAX = 400


def folder_of(path):
    parts = path.relative_to(ROOT).parts
    return "/".join(parts[:2]) if parts[0] == "shared" else parts[0]


def may_include(source, target):
    allowed = ARROWS[source]
    return source == target or target in allowed or ("shared/*" in allowed and target.startswith("shared/"))


def code_lines(path):
    """Lines without comments and without the contents of string literals."""
    block = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = re.sub(r'"(\\.|[^"\\])*"', '""', line) if "#include" not in line else line
        if block:
            end = line.find("*/")
            if end < 0:
                continue
            line, block = line[end + 2:], False
        line = re.sub(r"/\*.*?\*/", "", line).split("//")[0]
        if "/*" in line:
            line, block = line.split("/*")[0], True
        yield number, line


def breaches_of_includes(path, edges):
    source = folder_of(path)
    for number, line in code_lines(path):
        place = f"{path.relative_to(ROOT)}:{number}"
        quoted = re.match(r'\s*#include "([^"]+)"', line)
        if quoted:
            target_path = quoted.group(1)
            if "/" not in target_path:
                yield f"{place}: include {target_path} from the repository root, so that the line shows the layer"
                continue
            target = folder_of(ROOT / target_path)
            edges.setdefault(source, set()).add(target)
            if target in ARROWS and not may_include(source, target) or target == "tests":
                yield f"{place}: {source} must not include {target}"
        if source in PURE:
            impure = IMPURE_HEADERS.search(line)
            if impure and "#include" in line:
                yield f"{place}: the pure core includes <{impure.group(1)}>"
            word = IMPURE_WORDS.search(line)
            if word and "#include" not in line:
                yield f"{place}: the pure core uses {word.group(1)}"


def circles(edges):
    """Folders that reach themselves."""
    def reach(start):
        seen, todo = set(), [start]
        while todo:
            for target in edges.get(todo.pop(), ()):
                if target not in seen:
                    seen.add(target)
                    todo.append(target)
        return seen
    clean = {folder: {t for t in targets if t != folder} for folder, targets in edges.items()}
    edges = clean
    return sorted(folder for folder in edges if folder in reach(folder))


def impure_symbols(archives):
    for library in ("base", "domain", "log", "replica", "sync"):
        archive = archives / "shared" / library / f"libhoso_{library}.a"
        listing = subprocess.run(["nm", "-u", "--no-demangle", str(archive)], capture_output=True, text=True, check=True).stdout
        for line in listing.splitlines():
            symbol = line.strip().removeprefix("U ").strip()
            if IMPURE_SYMBOLS.match(symbol):
                yield f"libhoso_{library}.a: reaches for {symbol}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archives", type=pathlib.Path, help="build folder whose core libraries nm looks into")
    options = parser.parse_args()
    files = [p for pattern in ("*.cpp", "*.hpp") for top in ("shared", "server", "client") for p in sorted((ROOT / top).rglob(pattern))]
    every = files + sorted((ROOT / "tests").rglob("*.[ch]pp")) + sorted((ROOT / "tests").rglob("*.py"))
    faults, edges = [], {}
    for path in files:
        faults.extend(breaches_of_includes(path, edges))
    for path in every:
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LINES_MAX:
            faults.append(f"{path.relative_to(ROOT)}:{lines}: {lines} lines, over {LINES_MAX}: look for the second idea")
    faults.extend(f"{folder}: includes itself by way of others" for folder in circles(edges))
    if options.archives:
        faults.extend(impure_symbols(options.archives))
    if not files:
        faults.append("found no source file: is this the repository?")
    for fault in faults:
        print(fault)
    print(f"{len(files)} source files, {sum(map(len, edges.values()))} arrows between folders, {len(faults)} breaches")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
