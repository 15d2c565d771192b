#!/usr/bin/env python3
"""What an auditor takes away from a played province: the program and the second verifier, which shares no code with it, both accept the bundle,
and both refuse it with one bit changed anywhere."""

import argparse
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

AUDITOR = pathlib.Path(__file__).resolve().parent.parent / "auditor"
FLIPS = 24


def run(*command, **more):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, encoding="utf-8", check=False, **more)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--played", required=True)
    options = parser.parse_args()
    hoso = pathlib.Path(options.bin) / "hoso"
    with tempfile.TemporaryDirectory(prefix="hoso-audit-") as folder:
        desk, bundle = pathlib.Path(folder) / "auditor", pathlib.Path(folder) / "log.hoso"
        shutil.copytree(pathlib.Path(options.played) / "over" / "auditor", desk)
        verifiers = ([hoso, "audit", "verify"], [sys.executable, AUDITOR / "verify.py"])
        done = run(hoso, "--data", desk, "--json", "audit", "export", "--out", bundle)
        assert done.returncode == 0, done.stderr
        for verifier in verifiers:
            done = run(*verifier, bundle)
            assert done.returncode == 0, f"{verifier}: {done.stdout}{done.stderr}"
            print(done.stdout)
        whole, changed, chance = bundle.read_bytes(), pathlib.Path(folder) / "changed.hoso", random.Random(6)
        for _ in range(FLIPS):
            byte, bit = chance.randrange(len(whole)), chance.randrange(8)
            changed.write_bytes(whole[:byte] + bytes([whole[byte] ^ (1 << bit)]) + whole[byte + 1 :])
            for verifier in verifiers:
                done = run(*verifier, changed)
                assert done.returncode == 1, f"{verifier} takes a bundle with bit {bit} of byte {byte} changed: {done.returncode} {done.stderr}"
        print(f"{len(whole)} bytes, {FLIPS} bits changed, refused by both each time")
        tests = run(sys.executable, AUDITOR / "test_verify.py", cwd=AUDITOR, env=dict(os.environ, HOSO_SAMPLE_BUNDLE=str(bundle)))
        print(tests.stderr[-600:])
        assert tests.returncode == 0, tests.stdout + tests.stderr
    return 0


if __name__ == "__main__":
    sys.exit(main())
