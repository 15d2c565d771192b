#!/usr/bin/env python3
"""Kills the server with SIGKILL in the middle of pushing 20 000 actions, 20 times at random moments.

A kill counts as in the middle when some of the actions were logged since the start before it, and some were not logged yet. After
every kill nothing that was acknowledged is missing and positions are dense; at the end the desk finishes without help.
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

    def wait_for_growth(self, threshold):
        """Until the server has written so much since its start, which sets older write-ahead logs aside: it is at work on the pushes."""
        start = held = wal_bytes(self.province.server.folder)
        grown = time.monotonic()
        while held - start < threshold:
            now = wal_bytes(self.province.server.folder)
            if now != held:
                held, grown = now, time.monotonic()
            self.assertLess(time.monotonic() - grown, 120, "nobody pushes: the server's log does not grow")

    def own(self, desk):
        return [a["action"] for a in desk.lines("outbox", "list", "--all")]

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
        rounds, in_the_middle, runs, known = 0, 0, 1, {}
        events = len(self.on_disk())
        while in_the_middle < OPTIONS.kills:
            rounds += 1
            self.assertLessEqual(rounds, 2 * OPTIONS.kills, f"only {in_the_middle} of {rounds - 1} kills fell into a push")
            if desk.do("status")["waiting"] < OPTIONS.actions // 2:
                self.record_notes(desk, product, dossier, OPTIONS.actions, runs)
                runs += 1
            self.province.server.start(*one_push_a_group)
            self.wait_for_growth(self.random.randrange(4_000, 60_000))
            self.province.server.kill()
            known.update(self.acknowledged(desk))
            stored = self.on_disk()
            self.assertGreaterEqual(len(stored), events, f"after kill {rounds}: events are gone")
            lost = {action: position for action, position in known.items() if stored.get(action) != position}
            self.assertFalse(lost, f"after kill {rounds}: acknowledged and missing or moved")
            logged = len(stored) - events
            left = sum(action not in stored for action in self.own(desk))
            events = len(stored)
            in_the_middle += logged > 0 and left > 0
            print(f"kill {rounds}: {logged} events logged since the start, {left} not yet, {len(known)} acknowledged", flush=True)
        self.province.server.start(*one_push_a_group)
        wait_for(lambda: desk.do("status")["waiting"] == 0, 120, "the desk to finish without help")
        self.assertEqual(len([p for p in self.acknowledged(desk)]), len(desk.lines("outbox", "list", "--all")))
        self.province.server.stop()
        stored = self.on_disk()
        self.assertFalse({a: p for a, p in self.acknowledged(desk).items() if stored.get(a) != p})
        verified = self.province.admin.do("audit", "verify", "--log", self.province.server.folder)
        self.assertEqual(verified["size"], len(stored))
        print(f"{rounds} kills, {in_the_middle} in the middle of a push, {runs * OPTIONS.actions} notes, log of {len(stored)} events verified")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--rules", required=True)
    parser.add_argument("--actions", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=20231215)
    parser.parse_args(namespace=OPTIONS)
    unittest.main(argv=sys.argv[:1], verbosity=2)
