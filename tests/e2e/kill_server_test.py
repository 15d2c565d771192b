#!/usr/bin/env python3
"""Kills the server with SIGKILL in the middle of a push of 20 000 actions, 20 times at random moments.

After every restart nothing that was acknowledged is missing, positions are dense, and the desk finishes without help.
"""

import argparse
import json
import pathlib
import random
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from programs import run_json, wait_for  # noqa: E402
from small_province import COMMUNE, SmallProvince  # noqa: E402

OPTIONS = argparse.Namespace()


def wal_bytes(folder):
    """What the write-ahead logs of the server's database hold by now."""
    total = 0
    for file in folder.rglob("*.log"):
        try:
            total += file.stat().st_size
        except FileNotFoundError:
            pass  # it was archived between listing and looking
    return total


class KillServer(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="hoso-kill-")
        self.province = SmallProvince(OPTIONS.bin, self.temporary.name, OPTIONS.rules)
        self.random = random.Random(OPTIONS.seed)
        self.addCleanup(self.temporary.cleanup)

    def record_notes(self, desk, product, dossier, count, run):
        file = pathlib.Path(self.temporary.name) / f"notes-{run}.ndjson"
        with open(file, "w", encoding="utf-8") as lines:
            for i in range(count):
                body = {"noteAdded": {"dossier": dossier, "text": f"Ghi chú {run}.{i}: đã kiểm tra minh chứng"}}
                lines.write(json.dumps({"stream": product, "body": body}, ensure_ascii=False) + "\n")
        answer = self.province.by(desk, self.province.accounts["tu-ly"], "record", file)
        self.assertEqual(answer["recorded"], count)

    def acknowledged(self, desk):
        """action id -> position of every own action that this desk was told is logged."""
        return {a["action"]: a["position"] for a in desk.lines("outbox", "list", "--all") if a["status"] == "logged"}

    def on_disk(self):
        """action id -> position as the server's folder has it, read without the server."""
        lines = run_json(self.province.admin.arguments("log", "list", "--log", self.province.server.folder))
        positions = [line["position"] for line in lines]
        self.assertEqual(positions, list(range(len(positions))), "positions are dense")
        return {line["action"]: line["position"] for line in lines}

    def test_nothing_acknowledged_is_lost(self):
        one_push_a_group = ["--group-pushes", "1"]
        self.province.found(*one_push_a_group)
        desk = self.province.enrol("tu-ly", COMMUNE, "officer")
        product = self.province.product(desk, "tu-ly")
        round_id = self.province.as_admin("round", "open", "--title", "Đợt thử", "--year", 2023, "--deadline", "2023-12-15", "--basis", "thử")["round"]
        self.province.admin.sync()
        desk.sync()
        dossier = self.province.by(desk, self.province.accounts["tu-ly"], "dossier", "open", product, "--kind", "first", "--ruleset", "ocop-148-2023",
                                   "--round", round_id, "--filed", "2023-09-01")["dossier"]
        desk.sync()
        self.province.server.stop()
        self.record_notes(desk, product, dossier, OPTIONS.actions, 0)
        desk.start()
        self.addCleanup(desk.stop)
        kills, in_the_middle, runs, known = 0, 0, 1, {}
        while kills < OPTIONS.kills:
            threshold = self.random.randrange(4_000, 60_000)
            self.province.server.start(*one_push_a_group)
            before = wal_bytes(self.province.server.folder)  # a start sets old ones aside
            grown = asked = time.monotonic()
            while wal_bytes(self.province.server.folder) - before < threshold and time.monotonic() - grown < 60:
                if time.monotonic() - asked > 2:
                    if desk.do("status")["waiting"] == 0:
                        self.record_notes(desk, product, dossier, OPTIONS.actions, runs)
                        runs += 1
                    asked = time.monotonic()
            self.province.server.kill()
            kills += 1
            known.update(self.acknowledged(desk))
            waiting = desk.do("status")["waiting"]
            in_the_middle += waiting > 0
            stored = self.on_disk()
            lost = {action: position for action, position in known.items() if stored.get(action) != position}
            self.assertFalse(lost, f"after kill {kills}: acknowledged and missing or moved")
            print(f"kill {kills}: {len(stored)} events on disk, {len(known)} acknowledged, {waiting} still waiting", flush=True)
        self.assertGreaterEqual(in_the_middle, OPTIONS.kills * 3 // 4, "most kills must fall into a push")
        self.province.server.start(*one_push_a_group)
        wait_for(lambda: desk.do("status")["waiting"] == 0, 120, "the desk to finish without help")
        self.assertEqual(len([p for p in self.acknowledged(desk)]), len(desk.lines("outbox", "list", "--all")))
        self.province.server.stop()
        stored = self.on_disk()
        self.assertFalse({a: p for a, p in self.acknowledged(desk).items() if stored.get(a) != p})
        verified = self.province.admin.do("audit", "verify", "--log", self.province.server.folder)
        self.assertEqual(verified["size"], len(stored))
        print(f"{kills} kills, {in_the_middle} in the middle of a push, {runs * OPTIONS.actions} notes, log of {len(stored)} events verified")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--rules", required=True)
    parser.add_argument("--actions", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=20231215)
    parser.parse_args(namespace=OPTIONS)
    unittest.main(argv=sys.argv[:1], verbosity=2)
