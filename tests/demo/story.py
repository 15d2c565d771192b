#!/usr/bin/env python3
"""The 2023 round of a province, played with the real programs: ./dev demo [--stay] [--folder FOLDER]."""

import argparse
import pathlib
import shutil
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "support")]

import scenes_after as after  # noqa: E402
import scenes_before as before  # noqa: E402
from programs import wait_for  # noqa: E402
from stage import Province  # noqa: E402

SCENES = [before.found, before.enrol, before.enter_legacy, before.record_offline, before.come_back, before.race, after.districts, after.province,
          after.revoke, after.centre, after.table, after.audit]


# Whose pages to look at: a desk, what it is, and the post that signs in there.
PAGES = [
    ("tu-ly", "commune Tú Lý", "tu-ly"),
    ("da-bac", "district Đà Bắc", "da-bac"),
    ("province", "province", "province"),
    ("auditor", "auditor", "auditor"),
]


def stay(province):
    province.server.start()
    for desk in province.desks.values():
        if desk.process is None and (desk.folder / "join.json").exists():
            desk.start()
    hoso = province.binaries / "hoso"
    clock = " ".join(province.clock.option)
    print(f"\nThe province goes on running ({province.server.listen}). Its desks, in a browser; an address is good once:\n")
    for name, whose, post in PAGES:
        wait_for(lambda: province.desks[name].do("status"), 60, f"the desk {name}")
        print(f"   {whose:28} {province.desks[name].do('address')['address']}")
        title = next(row["title"] for row in province.desks[name].lines("account", "list") if row["account"] == province.accounts[post])
        print(f"   {'':28} {title}; passphrase: {province.passphrase(post).read_text(encoding='utf-8').strip()}")
    print(f"""
A new address: {hoso} --data {province.folder / 'province'} address. Or try, in another terminal:
   {hoso} --data {province.folder / 'province'} {clock} product list
   {hoso} --data {province.folder / 'province'} {clock} progress --round {province.round}
   {hoso} --data {province.folder / 'da-bac-2'} {clock} outbox list --all
   {hoso} --data {province.folder / 'auditor'} {clock} log list --limit 20
Ctrl-C ends it and leaves the folder {province.folder}.""", flush=True)
    try:
        while True:
            time.sleep(1)
    except KeyboardInterrupt:
        print()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True, help="folder of hoso and hoso-server")
    parser.add_argument("--folder", help="where the province's folders go; default: a temporary folder, removed at the end")
    parser.add_argument("--stay", action="store_true", help="leave everything running and say what to try")
    options = parser.parse_args()
    folder = pathlib.Path(options.folder or tempfile.mkdtemp(prefix="hoso-demo-"))
    if options.folder and folder.exists() and any(folder.iterdir()):
        print(f"{folder} is not empty; name a new folder", file=sys.stderr)
        return 4
    province = Province(options.bin, folder)
    began = time.monotonic()
    done = False
    try:
        for scene in SCENES:
            scene(province)
        commands = sum(desk.commands for desk in province.desks.values())
        print(f"\nThe round is over: {commands} commands on {len(province.desks)} desks in {time.monotonic() - began:.0f} s.", flush=True)
        done = True
        if options.stay:
            stay(province)
    finally:
        province.end()
        if not done:
            print(f"\nThe demo stopped; its folders are left in {folder}", file=sys.stderr)
        elif not options.folder and not options.stay:
            shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
