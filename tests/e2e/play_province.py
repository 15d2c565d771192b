#!/usr/bin/env python3
"""Plays the demo's province once for the tests that look at it in a browser, and keeps its folders as they were at three days:
`submitted` (18/09/2023: every commune has sent its dossiers), `decided` (30/10/2023: both districts have) and `over` (12/12/2023)."""

import argparse
import json
import pathlib
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "demo"), str(HERE.parent / "support")]

import scenes_after as after  # noqa: E402
import scenes_before as before  # noqa: E402
import story  # noqa: E402
from stage import Province  # noqa: E402

KEPT = {before.come_back: "submitted", after.districts: "decided", after.audit: "over"}


def keep(province, folder):
    """A copy of every data folder while no program has it open, and what a test must know of it."""
    server = province.server.process is not None and province.server.process.alive()
    running = [desk for desk in province.desks.values() if desk.process]
    province.end()
    if folder.exists():
        shutil.rmtree(folder)
    shutil.copytree(province.folder, folder, ignore=shutil.ignore_patterns("*.sock"))
    told = {"listen": province.server.listen, "accounts": province.accounts, "round": province.round,
            "entries": [vars(entry) | {"subject": entry.subject, "certificate": entry.certificate} for entry in province.entries + province.lapsed]}
    (folder / "province.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    if server:
        province.server.start()
    for desk in running:
        desk.start()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True, help="folder of hoso and hoso-server")
    parser.add_argument("--out", required=True, help="folder of the three states; what it held is removed")
    options = parser.parse_args()
    out = pathlib.Path(options.out)
    if out.exists():
        shutil.rmtree(out)
    province = Province(options.bin, out / "playing")
    try:
        for scene in story.SCENES:
            scene(province)
            if scene in KEPT:
                keep(province, out / KEPT[scene])
    finally:
        province.end()
    shutil.rmtree(out / "playing")


if __name__ == "__main__":
    main()
