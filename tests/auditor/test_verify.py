"""Tests of the second verifier: python3 -m unittest discover tests/auditor

Golden actions and public vectors, a small province made here with keys of its own, and, where HOSO_SAMPLE_BUNDLE names one, the bundle of a
province that was played: it must hold, and every damage to it must be refused.
"""
from __future__ import annotations

import contextlib
import io
import json
import random
import struct
import sys
import unittest
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent))

import verify  # noqa: E402
from bundle import Event, Tree, signed  # noqa: E402
from made_up import ACTIONS, DAY, T0, GOLDEN, ROOT, RULES, SAMPLE, Key, Province, ask, compact, encode, ended, golden, played, uid  # noqa: E402
from wire import Refused, read_action, read_rules  # noqa: E402


class Reader(unittest.TestCase):
    """Cap'n Proto by the schema's text."""

    def test_golden_actions(self) -> None:
        self.assertGreater(len(GOLDEN), 70)
        for path in GOLDEN:
            action = read_action(golden(path), ACTIONS)
            words = "".join(w.capitalize() for w in path.stem.split("_"))
            self.assertTrue(words.lower().startswith(action["body"]["is"].lower()), path.stem)
            self.assertEqual(action["header"]["seq"], 41)
            again = read_action(encode("Action", action, ACTIONS), ACTIONS)
            self.assertEqual(again, action, path.stem)

    def test_any_bit_of_a_golden_action_is_read_or_refused(self) -> None:
        chance = random.Random(1)
        for path in GOLDEN:
            raw = golden(path)
            for _ in range(60):
                bit = chance.randrange(len(raw) * 8)
                other = bytearray(raw)
                other[bit // 8] ^= 1 << bit % 8
                with contextlib.suppress(ValueError):
                    read_action(bytes(other), ACTIONS)

    def test_refusals(self) -> None:
        raw = golden(ROOT / "tests/golden/actions/council_established.hex")
        for bad in (raw + bytes(8), raw[:-8], raw[:-1], b"", raw[:8], bytes(16), bytes(65544), struct.pack("<II", 0, 1) + bytes(8)):
            with self.assertRaises(Refused):
                read_action(bad, ACTIONS)
        action = read_action(raw, ACTIONS)
        for field, value in (("council", bytes(15)), ("council", b""), ("stage", "a\0b"), ("decisionDate", 2932897), ("decisionDate", -719163)):
            body = {"is": "councilEstablished", "of": action["body"]["of"] | {field: value}}
            with self.assertRaises(Refused):
                read_action(encode("Action", {"header": action["header"], "body": body}, ACTIONS), ACTIONS)
        with self.assertRaises(Refused):
            read_action(encode("Action", {"header": action["header"] | {"schemaVersion": 2}, "body": action["body"]}, ACTIONS), ACTIONS)

    def test_far_pointers(self) -> None:
        raw = encode("Action", read_action(golden(GOLDEN[0]), ACTIONS), ACTIONS)
        inner, root = raw[16:], struct.unpack_from("<Q", raw, 8)[0]
        far = struct.pack("<IIII", 1, 1, len(inner) // 8 + 1, 0) + struct.pack("<II", 2, 1) + struct.pack("<Q", root) + inner
        self.assertEqual(read_action(far, ACTIONS), read_action(raw, ACTIONS))

    def test_a_list_of_nothing_is_bounded(self) -> None:
        words = struct.pack("<II", 0, 4) + struct.pack("<QQQQ", 1 << 48, 1 | 7 << 32, 0x3FFFFFFF << 2 & 0xFFFFFFFF, 0)
        with self.assertRaises(Refused):
            read_action(words, ACTIONS)

    def test_rule_sets(self) -> None:
        for path in (ROOT / "schema/rules").glob("*.json"):
            self.assertTrue(read_rules(compact(path.name), RULES)["id"])
        small = compact("ocop-1048-2019.json")
        for bad in (small.replace(b'"schemaVersion":1', b'"schemaVersion": 1', 1), small.replace(b'"schemaVersion":1', b'"schemaVersion":1.0', 1),
                    small.replace(b'"schemaVersion":1', b'"schemaVersion":-1', 1), small.replace(b'"schemaVersion":1', b'"schemaVersion":1,"schemaVersion":1', 1),
                    small.replace(b'"schemaVersion"', b'"other"', 1), small.replace(b'"id":"o', b'"id":"\\u006f', 1), small.replace(b":1,", b":null,", 1),
                    b"[" * 100000, b"\xff", b"", b"1", small + b"\n"):
            with self.assertRaises((ValueError, RecursionError), msg=bad[:40]):
                read_rules(bad, RULES)


class Hashes(unittest.TestCase):
    """Public vectors."""

    def test_rfc_6962(self) -> None:
        data = [bytes.fromhex(x) for x in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]
        roots = {0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                 2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125", 3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                 8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"}
        for size, root in roots.items():
            self.assertEqual(Tree(data[:size]).root().hex(), root)

    def test_rfc_8032(self) -> None:
        key = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
        text = bytes.fromhex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
        self.assertTrue(signed(key, b"\x72", text))
        self.assertFalse(signed(key, b"\x73", text))
        order = 2**252 + 27742317777372353535851937790883648493
        more = (int.from_bytes(text[32:], "little") + order).to_bytes(32, "little")
        self.assertFalse(signed(key, b"\x72", text[:32] + more), "S that is not canonical")
        self.assertFalse(signed(b"\1" + bytes(31), b"x", b"\1" + bytes(63)), "a key of small order")
        self.assertFalse(signed(b"", b"x", text) or signed(key, b"x", b""))


class SmallProvince(unittest.TestCase):
    """A log made here: it holds, and each lie in it is told by its question."""

    def no(self, words: str, p: Province, rules: list[bytes]) -> None:
        """Asserts that an answer with these words refuses the log."""
        code, out = ask(p.bundle(rules))
        self.assertEqual(code, 1, out)
        self.assertIn(words, out)
        self.assertNotIn("Error", out)

    def test_it_holds(self) -> None:
        p, rules = played()
        code, out = ask(p.bundle(rules))
        self.assertEqual(code, 0, out)

    def test_lies_in_a_tally(self) -> None:
        for field, value in (("stars", 4), ("sheets", 2), ("sums", [1, 2, 3])):
            self.no("recomputed wrongTally", *played(lambda k, b, f=field, v=value: b.update({f: v}) if k == "tallied" else None))
        self.no("not of this meeting", *played(lambda k, b: b.update(dossiers=[]) if k == "meetingOpened" else None))
        self.no("digest", *played(lambda k, b: b.update(digest=bytes(32)) if k == "tallied" else None))
        self.no("recomputed quorumNotMet", *played(lambda k, b: b.update(sheets=b["sheets"][:1]) if k == "meetingClosed" else None))
        self.no("recomputed none", *played(verdicts={"tallied": (2, 45)}))
        self.no("recomputed spreadExceeded", *played(lambda k, b: b.update(spreadMax=1) if k == "councilEstablished" else None))

    def test_lies_about_mandates(self) -> None:
        wrong = {"secretary": "adviser", "adviser": "secretary"}
        self.no("void(noMandate)", *played(lambda k, b: b.update(role=wrong.get(b["role"], b["role"])) if k == "mandateGranted" else None))
        self.no("void(noMandate)", *played(lambda k, b: b.update(unit=uid("xa")) if k == "mandateGranted" and b["role"] == "secretary" else None))
        self.no("held(mandateUncertain)", *played(lambda k, b: b.update(validFrom=T0 // DAY + 2) if k == "mandateGranted" else None))
        self.no("void(notAMember)", *played(lambda k, b: b["members"][1].update(seat="support") if k == "councilEstablished" else None))
        self.no("by authority it is effective", *played(verdicts={"received": (2, 4)}))
        self.no("timeUncertain", *played(lambda k, b: b.update(date=b["date"] + 5) if k == "received" else None))

    def test_held_and_adopted(self) -> None:
        def late(verdict: tuple[int, ...], unseen: bool, after: tuple[str, str] = ("signer", "adopted")) -> tuple[Province, list[bytes]]:
            p, rules = played()
            p.saw, end = len(p.leaves) if unseen else None, len(p.leaves)
            p.push("f1", [("f1", b"", "mandateEnded", {"mandate": uid("mandate adviser"), "reason": "x"})])
            p.verdicts = {"samplesReceived": (*verdict, end)}
            p.push("desk", [("adviser", uid("product"), "samplesReceived", {"dossier": uid("dossier"), "stage": "district", "count": 1,
                                                                            "date": T0 // DAY + 1})])
            p.saw = None
            p.push("desk", [(after[0], uid("product"), after[1], {"actions": p.ids["samplesReceived"], "reason": "x"})] if after[0] else [])
            return p, rules

        for kind in ("adopted", "annulled"):
            code, out = ask(late((1, 5), True, ("signer", kind))[0].bundle([compact("ocop-148-2023.json")]))
            self.assertEqual(code, 0, out)
        self.no("by authority it is void(mandateEnded)", *late((1, 5), False))
        self.no("by authority it is held(mandateEnded)", *late((2, 5), True))
        self.no("by authority it is void(noMandate)", *late((1, 5), True, ("secretary", "adopted")))
        self.no("not held in this stream", *late((2, 5), False))

    def test_lies_about_who(self) -> None:
        self.no("no: position", *played(lambda k, b: b.update(slipSignature=bytes(64)) if k == "deviceEnrolled" else None))
        self.no("its slip is unknown", *played(lambda k, b: b.update(expires=T0 - 1) if k == "slipIssued" else None))
        self.no("sessionExpired", *played(lambda k, b: b.update(expires=T0 - 1) if k == "sessionOpened" else None))
        p, rules = played()
        p.push("desk", [("f1", uid("device desk"), "sessionOpened", {"account": uid("account f1"), "officerKey": Key("officer f1").public, "firstSeq": 0,
                                                                     "expires": T0 + 9 * DAY})])
        self.no("none of this account", p, rules)

    def test_lies_in_heads(self) -> None:
        for at, form, words in ((8, "<Q", "Is it complete"), (24, "<q", "seen time"), (32, "<Q", "version"), (40, "<Q", "sequence"), (4, "<I", "judge"),
                                (48, "<Q", "stands in its way"), (60, "<I", "head and header"), (96, "<Q", "head and header"), (64, "<Q", "scope")):
            p, rules = played()
            leaf = bytearray(p.leaves[-2])
            struct.pack_into(form, leaf, at, struct.unpack_from(form, leaf, at)[0] ^ 1)
            p.leaves[-2], p.tree = bytes(leaf), Tree(p.leaves[:-2] + [bytes(leaf), p.leaves[-1]])
            self.no(words, p, rules)

    def test_seals_and_signatures(self) -> None:
        for back, words in ((1, "signature of its seal"), (80, "does not cover"), (-1, "it is unauthentic")):
            p, rules = played()
            leaf = bytearray(p.leaves[-1])
            leaf[-back if back > 0 else -150] ^= 1
            p.leaves[-1], p.tree = bytes(leaf), Tree(p.leaves[:-1] + [bytes(leaf)])
            self.no(words, p, rules)

    def test_what_is_missing(self) -> None:
        p, rules = played()
        p.leaves.pop()
        p.tree = Tree(p.leaves)
        self.assertEqual(ask(p.bundle(rules))[0], 0, "a log that ends with a push is whole")
        for _ in range(2):
            p.leaves.pop()
        p.tree = Tree(p.leaves)
        self.no("no seal over its last 2", p, rules)
        p, rules = played()
        self.no("nobody published", p, rules + [compact("ocop-26-2026.json")])
        self.no("no rule set", p, [])


class Damage(unittest.TestCase):
    """Every damage to a bundle that holds is refused, also where the end is made to fit it."""

    def setUp(self) -> None:
        p, rules = played()
        self.bundles = [p.bundle(rules)] + ([Path(SAMPLE).read_bytes()] if SAMPLE else [])

    def parts(self, data: bytes) -> tuple[bytes, list[bytes]]:
        """What stands before the events, and the events' records."""
        at = 56 + (int.from_bytes(data[48:56], "little") + 7) // 8 * 8
        count, at = int.from_bytes(data[at:at + 8], "little"), at + 8
        for _ in range(count):
            at += 40 + (int.from_bytes(data[at + 32:at + 40], "little") + 7) // 8 * 8
        head, records = data[:at], []
        while at < len(data) - 32:
            length = 8 + int.from_bytes(data[at:at + 4], "little")
            records.append(data[at:at + length])
            at += length
        return head, records

    def test_whole(self) -> None:
        for data in self.bundles:
            code, out = ask(data)
            self.assertEqual(code, 0, out)

    def test_flipped_bits(self) -> None:
        chance = random.Random(4)
        for data in self.bundles:
            head = len(self.parts(data)[0])
            places = [chance.randrange(len(data)) for _ in range(100)] + [chance.randrange(head, len(data)) for _ in range(60)]
            for place in places + list(range(0, 130, 3)) + [len(data) - 1]:
                bad = bytearray(data)
                bad[place] ^= 1 << chance.randrange(8)
                code, out = ask(bytes(bad))
                self.assertEqual(code, 1, f"byte {place}: {out}")
                if place < len(data) - 32:
                    code, out = ask(ended(bytes(bad[:-32])))
                    self.assertEqual(code, 1, f"byte {place}, with its end: {out}")
                    self.assertNotIn("Error", out)

    def test_whoever_holds_the_log_key(self) -> None:
        """Bits of actions, signatures, seals and most of a head are refused also where the note is signed anew."""
        chance = random.Random(6)
        with mock.patch.object(verify, "check_note", lambda *_: None):
            for data in self.bundles:
                head, records = self.parts(data)
                for _ in range(120):
                    i = chance.randrange(1, len(records))
                    free = {*range(8), *range(24, 32), 65}  # the record, when it was received and by which path
                    leaf = bytearray(records[i])
                    place = chance.choice([x for x in range(len(leaf)) if x not in free])
                    leaf[place] ^= 1 << chance.randrange(8)
                    code, out = ask(ended(head + b"".join(records[:i]) + bytes(leaf) + b"".join(records[i + 1:])))
                    self.assertEqual(code, 1, f"record {i}, byte {place} of {len(leaf)}: {out}")

    def test_cut(self) -> None:
        for data in self.bundles:
            for size in (0, 7, 8, 39, 48, 100, len(data) // 2, len(data) - 33, len(data) - 1):
                self.assertEqual(ask(data[:size])[0], 1)
                self.assertEqual(ask(ended(data[:size]))[0], 1)
            self.assertEqual(ask(data + b"\0")[0], 1)
            self.assertEqual(ask(ended(data[:-32] + bytes(8)))[0], 1)

    def test_records_deleted_doubled_swapped(self) -> None:
        chance = random.Random(5)
        for data in self.bundles:
            head, records = self.parts(data)
            for _ in range(25):
                i, j = sorted(chance.sample(range(len(records)), 2))
                for made in (records[:i] + records[i + 1:], records[:i] + records[i:i + 1] + records[i:], records[:-1],
                             records[:i] + [records[j]] + records[i + 1:j] + [records[i]] + records[j + 1:]):
                    count = head[:40] + struct.pack("<Q", len(made)) + head[48:]
                    for first in {head, count}:
                        code, out = ask(ended(first + b"".join(made)))
                        self.assertEqual(code, 1, out)
                        self.assertNotIn("Error", out)


class Usage(unittest.TestCase):
    """Exit codes for what is no bundle."""

    def test_codes(self) -> None:
        with contextlib.redirect_stdout(io.StringIO()):
            self.assertEqual((verify.main([]), verify.main(["a", "b"]), verify.main(["/no/such"]), verify.main(["/"])), (2, 2, 3, 3))
        for bad in (b"", b"hosoaud1", ended(b"hosoaud1"), ended(b"hosoaud1" + bytes(200)), ended(b"hosoaud1" + b"\xff" * 200), random.Random(2).randbytes(5000)):
            self.assertEqual(ask(bad)[0], 1)

    def test_any_leaf_is_read_or_refused(self) -> None:
        leaf = bytearray(played()[0].leaves[-1])
        chance = random.Random(3)
        for _ in range(3000):
            bit = chance.randrange(len(leaf) * 8)
            leaf[bit // 8] ^= 1 << bit % 8
            with contextlib.suppress(ValueError):
                Event(bytes(leaf), ACTIONS)
            leaf[bit // 8] ^= 1 << bit % 8


if __name__ == "__main__":
    unittest.main()
