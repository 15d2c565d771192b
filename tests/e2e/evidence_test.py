#!/usr/bin/env python3
"""Moves the photos of a dossier over a slow line that is cut every few seconds, while both ends are killed twice.

Facts arrive first: the district sees the submission at once, and cannot receive the dossier before every file is stored. Every file
arrives whole, and what crossed the line is counted: at most 2 % of the files' bytes crossed it twice.
"""

import argparse
import hashlib
import pathlib
import random
import signal
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import sheets  # noqa: E402
from programs import CommandFailed, wait_for  # noqa: E402
from slow_link import SlowLink  # noqa: E402
from small_province import COMMUNE, DISTRICT, SmallProvince  # noqa: E402

OPTIONS = argparse.Namespace()
JPEG_BEGIN = bytes.fromhex("ffd8ffe000104a46494600010100000100010000")
# What frames, TLS records and proofs add to a piece of 16 KiB, and a handshake with its Hello and Welcome.
FRAMING = 0.02
HANDSHAKE_BYTES = 8_000
SENT_TWICE = 0.02
FILES_OF_A_DOCUMENT = 50


def photo(randomness, size):
    """Bytes that are a JPEG by their beginning, and that nothing makes smaller."""
    return JPEG_BEGIN + randomness.randbytes(size - len(JPEG_BEGIN))


class Evidence(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="hoso-evidence-")
        self.addCleanup(self.temporary.cleanup)
        self.folder = pathlib.Path(self.temporary.name)
        self.random = random.Random(OPTIONS.seed)
        self.province = SmallProvince(OPTIONS.bin, self.folder, OPTIONS.rules)
        self.addCleanup(self.stop_server)

    def stop_server(self):
        if self.province.server.process:
            self.province.server.stop()

    def by(self, desk, name, *arguments):
        return self.province.by(desk, self.province.accounts[name], *arguments)

    def make_dossier(self, desk):
        product = self.province.product(desk, "tu-ly")
        round_id = self.province.as_admin("round", "open", "--title", "Đợt thử", "--year", 2023, "--deadline", "2023-12-15", "--basis", "thử")["round"]
        self.province.admin.sync()
        desk.sync()
        self.by(desk, "tu-ly", "dossier", "open", product, "--kind", "first", "--ruleset", "ocop-148-2023", "--round", round_id, "--filed", "2023-09-01")
        return product

    def fill(self, desk, product):
        """Everything a submission asks for; photos of the wanted size, each a file of the annex."""
        self.photos = self.folder / "ảnh"
        self.photos.mkdir()
        left, hashes, count = OPTIONS.megabytes * 1_000_000, {}, 0
        while left > 0:
            size = min(left, self.random.randrange(300_000, 1_500_000))
            data = photo(self.random, max(size, 1_000))
            file = self.photos / f"ảnh-{count:03}.jpg"
            file.write_bytes(data)
            left -= size
            count += 1
        for key in ("registration_form", "self_evaluation_report"):
            self.by(desk, "tu-ly", "dossier", "document", product, "--document", key, "--title", key)
        photos = sorted(self.photos.iterdir())
        for first in range(0, len(photos), FILES_OF_A_DOCUMENT):
            some = photos[first : first + FILES_OF_A_DOCUMENT]
            added = self.by(desk, "tu-ly", "evidence", "add", product, *some, "--document", "evidence_annex", "--title", "Ảnh cơ sở sản xuất", "--no-preview")
            for row in added["files"]:
                hashes[row["file"]] = hashlib.sha256((self.photos / row["name"]).read_bytes()).hexdigest()
        rules = sheets.RuleSet(OPTIONS.rules)
        own = sheets.choose(rules.criteria("tea"), 7000, 3)
        self.by(desk, "tu-ly", "dossier", "assess", product, "--options", sheets.as_hex(own))
        opinion = sheets.as_hex([own[i] for i in rules.assessed_by("tea", "commune")])
        self.by(desk, "tu-ly", "dossier", "opinion", product, "--options", opinion, "--agrees", "yes", "--text", "Đúng")
        return hashes

    def received(self, district, product):
        try:
            self.by(district, "da-bac", "dossier", "receive", product)
        except CommandFailed as refused:
            return refused
        return None

    def test_every_file_arrives_whole_once(self):
        province = self.province
        province.found()
        desk = province.enrol("tu-ly", COMMUNE, "officer")
        district = province.enrol("da-bac", DISTRICT, "secretary")
        product = self.make_dossier(desk)
        hashes = self.fill(desk, product)
        self.by(desk, "tu-ly", "dossier", "submit", product)
        total = sum(file.stat().st_size for file in self.photos.iterdir())

        link = SlowLink(province.server.listen, OPTIONS.bits_per_second)
        self.addCleanup(link.close)
        desk.do("province", "move", link.address)
        desk.start()
        self.addCleanup(desk.stop)
        wait_for(lambda: desk.do("status")["waiting"] == 0, 60, "the facts to be logged")
        status = desk.do("status")
        self.assertEqual(status["files_waiting"], len(hashes), "facts travel before photos")
        self.assertNotEqual(status["status"], "all_sent")
        district.sync()
        refused = self.received(district, product)
        self.assertIsNotNone(refused, "the district cannot receive what is not there")
        self.assertIn("files_missing", refused.stderr)

        kills = ["server", "desk"] * OPTIONS.kills
        cuts, began, left = 0, time.monotonic(), total
        while left > 0:
            time.sleep(self.random.uniform(1.5, 4))
            self.assertLess(time.monotonic() - began, OPTIONS.seconds, f"{left} bytes are still missing")
            status = desk.do("status")
            self.assertLessEqual(status["left_bytes"], total)
            left = status["left_bytes"] if status["files_waiting"] else 0
            if left == 0:
                break
            self.assertNotEqual(status["status"], "all_sent", "never all sent while a chunk is missing")
            if kills and left < total * len(kills) / (2 * OPTIONS.kills + 1):
                self.kill(kills.pop(0), desk)
            else:
                cuts += link.cut()
        desk.stop()
        self.assertFalse(kills, "both ends were killed twice")

        self.look_at_every_file(district, product, hashes)
        self.assertIsNone(self.received(district, product), "now the district receives it")
        twice = link.up - total * (1 + FRAMING) - HANDSHAKE_BYTES * link.connections
        print(f"{len(hashes)} files, {total} bytes: {link.up} bytes crossed the line on {link.connections} connections, {cuts} cuts, {2 * OPTIONS.kills} kills, "
              f"{time.monotonic() - began:.0f} s; beyond files, frames and handshakes {max(0, twice) / total:.2%}", flush=True)
        self.assertLessEqual(twice, SENT_TWICE * total, "bytes were sent twice")

    def kill(self, which, desk):
        if which == "server":
            self.province.server.kill()
            self.province.server.start()
        else:
            desk.process.stop(signal.SIGKILL)
            desk.start()

    def look_at_every_file(self, district, product, hashes):
        """From the province, by another desk, byte for byte."""
        district.sync()
        rows = district.do("dossier", "show", product)
        stored = {file["file"] for document in rows["documents"] for file in document["files"] if file["stored"]}
        self.assertEqual(stored, set(hashes))
        self.assertEqual(rows["missing_files"], [])
        for file, digest in hashes.items():
            out = self.folder / "out.jpg"
            district.do("evidence", "get", file, "--out", out, "--force", "--wait", 120)
            self.assertEqual(hashlib.sha256(out.read_bytes()).hexdigest(), digest)
        self.assertEqual(district.do("evidence", "verify")["damaged"], [])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--rules", required=True)
    parser.add_argument("--megabytes", type=int, default=8, help="100 for the long form")
    parser.add_argument("--bits-per-second", type=int, default=2_000_000)
    parser.add_argument("--kills", type=int, default=2, help="of each end")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=20231215)
    parser.parse_args(namespace=OPTIONS)
    unittest.main(argv=sys.argv[:1], verbosity=2)
