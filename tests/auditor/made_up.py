"""A small province made up for the tests of the second verifier: actions written by the schema's text, keys, a log, and its bundle."""
from __future__ import annotations

import base64
import contextlib
import hashlib
import io
import json
import os
import struct
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import nacl.bindings as sodium  # noqa: E402

import verify  # noqa: E402
from bundle import Tree, signed  # noqa: E402
from wire import Schema  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
ACTIONS = Schema(ROOT / "schema/action.capnp", ROOT / "schema/event.capnp")
RULES = Schema(ROOT / "schema/rules.capnp")
GOLDEN = sorted((ROOT / "tests/golden/actions").glob("*.hex"))
SAMPLE = os.environ.get("HOSO_SAMPLE_BUNDLE")
T0 = 1_700_000_000_000_000
DAY = 86_400_000_000


def golden(path: Path) -> bytes:
    """The bytes of a golden action."""
    return bytes.fromhex(path.read_text().replace("\n", ""))


def ask(data: bytes) -> tuple[int, str]:
    """Exit code and answers for a file with these bytes."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            code = verify.main([file.name])
    return code, out.getvalue()


def ended(body: bytes) -> bytes:
    """A bundle's bytes with the end that belongs to them."""
    return body + hashlib.sha256(body).digest()


def encode(kind: str, value: Any, schema: Schema) -> bytes:
    """A message in one segment; the test's own writer."""
    words = bytearray(8)

    def room(count: int) -> int:
        at = len(words) // 8
        words.extend(bytes(8 * count))
        return at

    def point(at: int, to: int, low: int, high: int) -> None:
        struct.pack_into("<II", words, at * 8, ((to - at - 1) << 2 & 0xFFFFFFFF) | low, high)

    def sizes(name: str) -> tuple[int, int]:
        if name in schema.unions:
            return 1, 1
        fields = schema.structs[name]
        bits = max([f[2] + schema.bits(f[1]) for f in fields if schema.bits(f[1])], default=0)
        return (bits + 63) // 64, sum(not schema.bits(f[1]) for f in fields)

    def fill(name: str, one: Any, at: int, data: int) -> None:
        if name in schema.unions:
            fields = schema.structs[name]
            which = [f[0] for f in fields].index(one["is"])
            struct.pack_into("<H", words, at * 8, which)
            put(fields[which][1], one["of"], at + data)
            return
        for key, form, place in schema.structs[name]:
            if key in one:
                if schema.bits(form):
                    number(form, one[key], at, place)
                else:
                    put(form, one[key], at + data + place)

    def number(form: str, one: Any, at: int, bit: int) -> None:
        value = schema.enums[form].index(one) if form in schema.enums else int(one)
        old = int.from_bytes(words[at * 8:], "little")
        size = schema.bits(form)
        old |= (value % (1 << size)) << bit
        words[at * 8:] = old.to_bytes(len(words) - at * 8, "little")

    def put(form: str, one: Any, at: int) -> None:
        if form in schema.structs:
            data, pointers = sizes(form)
            to = room(data + pointers)
            point(at, to, 0, data | pointers << 16)
            fill(form, one, to, data)
        elif form in ("Text", "Data"):
            raw = one.encode() + b"\0" if form == "Text" else one
            if form == "Text" and not one or not raw:
                return
            to = room((len(raw) + 7) // 8)
            words[to * 8:to * 8 + len(raw)] = raw
            point(at, to, 1, 2 | len(raw) << 3)
        elif one:
            inner = form[5:-1]
            if inner in schema.structs:
                data, pointers = sizes(inner)
                to = room(1 + len(one) * (data + pointers))
                struct.pack_into("<II", words, to * 8, len(one) << 2, data | pointers << 16)
                point(at, to, 1, 7 | len(one) * (data + pointers) << 3)
                for i, item in enumerate(one):
                    fill(inner, item, to + 1 + i * (data + pointers), data)
            elif schema.bits(inner):
                size = schema.bits(inner)
                to = room((size * len(one) + 63) // 64)
                point(at, to, 1, {8: 2, 16: 3, 32: 4, 64: 5}[size] | len(one) << 3)
                for i, item in enumerate(one):
                    number(inner, item, to, i * size)
            else:
                to = room(len(one))
                point(at, to, 1, 6 | len(one) << 3)
                for i, item in enumerate(one):
                    put(inner, item, to + i)

    put(kind, value, 0)
    return struct.pack("<II", 0, len(words) // 8) + bytes(words)


class Key:
    """An Ed25519 key pair from a word."""

    def __init__(self, word: str) -> None:
        self.public, self.secret = sodium.crypto_sign_seed_keypair(hashlib.sha256(word.encode()).digest())

    def sign(self, text: bytes) -> bytes:
        """A detached signature."""
        return bytes(sodium.crypto_sign(text, self.secret)[:64])


def uid(word: str) -> bytes:
    """An id from a word."""
    return hashlib.sha256(b"id" + word.encode()).digest()[:16]


class Province:
    """A small log, sealed and signed; `change` lets a test spoil an act before it is signed."""

    def __init__(self, change: Any = None) -> None:
        self.change = change or (lambda kind, body: None)
        self.leaves: list[bytes] = []
        self.tree, self.roots = Tree(), [bytes(32)]
        self.filed: dict[tuple[str, bytes], int] = {}
        self.desks: dict[str, dict[str, Any]] = {}
        self.scope: dict[bytes, bytes] = {bytes(16): bytes(16)}
        self.day = 0
        self.verdicts: dict[str, tuple[int, ...]] = {}  # by kind: outcome, reason, and what stands in the way
        self.saw: int | None = None
        self.ids: dict[str, list[bytes]] = {}
        self.log = b""
        for name in ("server", "f1", "f2", "f3"):
            self.desk(name, bytes(16))
        founders = [{"account": uid("account " + f), "title": f, "officerKey": Key("officer " + f).public, "device": uid("device " + f),
                     "deviceKey": Key("device " + f).public} for f in ("f1", "f2", "f3")]
        self.push("server", [("", b"", "genesis", {
            "origin": "test.example/tinh", "title": "T", "logKey": Key("device server").public, "serverDevice": uid("device server"),
            "recoveryKey": bytes(range(32)), "founders": founders, "judgeVersion": 1})])

    def desk(self, name: str, unit: bytes) -> None:
        """A device, with a chain of its own."""
        self.desks[name] = {"seq": 0, "previous": bytes(32), "session": {}}
        self.scope[uid("device " + name)] = unit

    def push(self, desk: str, acts: list[tuple[str, bytes, str, dict[str, Any]]]) -> None:
        """One sealed push of acts: who, stream, kind, body."""
        d, device, ids, first, seen = self.desks[desk], uid("device " + desk), [], self.desks[desk]["seq"], self.saw or len(self.leaves)
        made = []
        for who, stream, kind, body in acts:
            self.change(kind, body)
            header = {"schemaVersion": 1, "epoch": 1, "seq": d["seq"], "log": self.log, "device": device, "stream": stream or bytes(16),
                      "actor": uid("account " + who) if who else b"", "session": d["session"].get(who, b"") if kind != "sessionOpened" else b"",
                      "seenSize": seen, "seenRoot": self.roots[seen], "claimedTime": T0}
            raw = encode("Action", {"header": header, "body": {"is": kind, "of": body}}, ACTIONS)
            name = hashlib.sha256(raw).digest()
            if kind == "sessionOpened":
                d["session"][who] = name
            self.log = self.log or name
            ids.append(name)
            self.ids.setdefault(kind, []).append(name)
            sign = Key("officer " + who).sign(b"hoso/act/v1" + name) if who and kind not in verify.UNOFFICIAL else b""
            made.append((header["stream"], kind, body, raw, sign, d["seq"]))
            d["seq"] += 1
        text = struct.pack("<QQ", first, d["seq"] - 1) + d["previous"] + Tree(ids).root()
        statement = b"hoso/push-seal/v1" + self.log + device + struct.pack("<I", 1) + text
        signature = Key("device " + desk).sign(statement)
        d["previous"] = hashlib.sha256(statement + signature).digest()
        for i, (stream, kind, body, raw, sign, seq) in enumerate(made):
            outcome, reason, against = (*self.verdicts.get(kind, (0, 0)), 2**64 - 1)[:3]
            if kind.endswith("Registered"):
                self.scope[stream] = body["unit"]
            stream = stream if stream in self.scope else bytes(16)
            scope, seal = self.scope[stream], text + signature if i + 1 == len(made) else b""
            numbers = [self.filed.get(("stream", stream), 0), self.filed.get(("scope", scope), 0)]
            self.filed["stream", stream], self.filed["scope", scope] = numbers[0] + 1, numbers[1] + 1
            signatures = struct.pack("<II", 1, 64) + sign if sign else b""
            seen_time = T0 if not seen else struct.unpack_from("<q", self.leaves[seen - 1], 16)[0]
            head = b"HLF1" + struct.pack("<IQqqQQQBBHI16s16sQIIII", 1, len(self.leaves), T0 + self.day * DAY, seen_time, *numbers, against,
                                         outcome, 0, reason, 1, scope, device, seq, len(raw), len(signatures), len(seal), 0)
            self.leaves.append(head + raw + signatures + seal)
            self.tree.add(self.leaves[-1])
            self.roots.append(self.tree.root())

    def bundle(self, rules: list[bytes]) -> bytes:
        """The log as a bundle."""
        origin, key = "test.example/tinh", Key("device server")
        text = f"{origin}\n{len(self.leaves)}\n{base64.b64encode(self.tree.root()).decode()}\n"
        raw = hashlib.sha256(origin.encode() + b"\n\x01" + key.public).digest()[:4] + key.sign(text.encode())
        note = f"{text}\n\u2014 {origin} {base64.b64encode(raw).decode()}\n".encode()

        def block(data: bytes) -> bytes:
            return struct.pack("<Q", len(data)) + data + bytes(-len(data) % 8)

        out = b"hosoaud1" + self.log + struct.pack("<Q", len(self.leaves)) + block(note) + struct.pack("<Q", len(rules))
        out += b"".join(name + block(one) for name, one in sorted((hashlib.sha256(r).digest(), r) for r in rules))
        return ended(out + b"".join(struct.pack("<II", len(leaf), 0) + leaf for leaf in self.leaves))


def compact(name: str) -> bytes:
    """A rule set's published bytes."""
    return json.dumps(json.loads((ROOT / "schema/rules" / name).read_text()), ensure_ascii=False, separators=(",", ":")).encode()


def sheet(private_of: bytes, meeting: bytes, product: bytes, dossier: bytes, who: str, marks: bytes) -> bytes:
    """A sealed score sheet."""
    plain = b"HSS1" + meeting + product + dossier + uid("account " + who) + struct.pack("<I", len(marks)) + marks
    return bytes(sodium.crypto_box_seal(plain, private_of))


def played(change: Any = None, verdicts: dict[str, tuple[int, ...]] | None = None) -> tuple[Province, list[bytes]]:
    """A province in which one dossier is filed, scored by three members and tallied."""
    raw = compact("ocop-148-2023.json")
    rules = json.loads(raw)
    tea = next(s for s in rules["productSets"] if s["key"] == "tea")
    leaves = [(i, c) for i, s in enumerate(tea["sections"]) for g in s["groups"] for c in g["criteria"]]
    p = Province(change)
    p.verdicts = verdicts or {}
    expires = T0 + 400 * DAY
    units = {"tinh": ("", "province"), "huyen": ("tinh", "district"), "xa": ("huyen", "commune")}
    people = {"officer": ("xa", "officer"), "secretary": ("huyen", "secretary"), "adviser": ("huyen", "adviser"), "member": ("huyen", "auditor"),
              "signer": ("tinh", "signer")}
    p.push("f1", [("f1", uid("device f1"), "sessionOpened", {"account": uid("account f1"), "officerKey": Key("officer f1").public, "firstSeq": 0,
                                                             "expires": expires})])
    acts: list[tuple[str, bytes, str, dict[str, Any]]] = [
        ("f1", b"", "ruleSetPublished", {"id": rules["id"], "hash": hashlib.sha256(raw).digest(), "json": b"\x28\xb5\x2f\xfd"})]
    acts += [("f1", b"", "unitCreated", {"unit": uid(u), "parent": uid(q) if q else b"", "level": level, "kind": level, "code": "1", "name": u})
             for u, (q, level) in units.items()]
    acts += [("f1", b"", "accountCreated", {"account": uid("account " + a), "title": a, "unit": uid(u)}) for a, (u, _) in people.items()]
    acts += [("f1", b"", "mandateGranted", {"mandate": uid("mandate " + a), "account": uid("account " + a), "role": r, "unit": uid(u)})
             for a, (u, r) in people.items()]
    acts += [("f1", b"", "slipIssued", {"slip": uid("slip " + a), "slipKey": Key("slip " + a).public, "account": uid("account " + a),
                                        "unit": uid("huyen"), "expires": expires}) for a in people]
    p.push("f1", acts)

    def by_slip(a: str, device_key: bytes) -> dict[str, Any]:
        text = b"hoso/slip/v1" + p.log + uid("slip " + a) + uid("device desk") + device_key + uid("account " + a) + Key("officer " + a).public
        return {"slip": uid("slip " + a), "account": uid("account " + a), "officerKey": Key("officer " + a).public,
                "slipSignature": Key("slip " + a).sign(text)}

    p.desks["desk"] = {"seq": 0, "previous": bytes(32), "session": {}}
    key = Key("device desk").public
    p.push("desk", [("", b"", "deviceEnrolled", {"deviceKey": key, **by_slip("officer", key)})])
    p.scope[uid("device desk")] = uid("huyen")
    p.push("desk", [("", b"", "officerKeyAdded", by_slip(a, bytes(32))) for a in people if a != "officer"])
    p.push("desk", [(a, uid("device desk"), "sessionOpened", {"account": uid("account " + a), "officerKey": Key("officer " + a).public, "firstSeq": 0,
                                                              "expires": expires}) for a in people])
    p.day = 1
    day, product, dossier, meeting = T0 // DAY + 1, uid("product"), uid("dossier"), uid("meeting")
    public, private = sodium.crypto_box_seed_keypair(bytes(32))
    p.push("desk", [
        ("officer", product, "productRegistered", {"unit": uid("xa"), "subject": uid("subject"), "name": "Chè", "productSet": "tea"}),
        ("officer", product, "dossierOpened", {"dossier": dossier, "ruleSetHash": hashlib.sha256(raw).digest(), "round": b"", "filingDate": day}),
        ("officer", product, "submitted", {"dossier": dossier, "turn": 0, "date": day}),
        ("secretary", product, "received", {"dossier": dossier, "turn": 1, "stage": "district", "date": day}),
        ("adviser", product, "advisoryReported", {"dossier": dossier, "stage": "district", "agrees": True, "text": "x"}),
        ("secretary", b"", "councilEstablished", {
            "council": uid("council"), "unit": uid("huyen"), "stage": "district", "decisionNumber": "1", "decisionDate": day, "quorum": 2,
            "spreadMax": 1000, "members": [{"account": uid("account secretary"), "seat": "chair"}, {"account": uid("account member"), "seat": "member"},
                                           {"account": uid("account adviser"), "seat": "secretary"}]})])
    p.push("desk", [("secretary", b"", "meetingOpened", {"meeting": meeting, "council": uid("council"), "date": day, "publicKey": public,
                                                         "dossiers": [{"product": product, "dossier": dossier}]})])
    marks = {a: bytes(max(1, len(c["options"]) - (i < 2 and a == "member")) for i, (_, c) in enumerate(leaves)) for a in ("secretary", "member", "adviser")}
    p.push("desk", [(a, product, "sheetSubmitted", {"dossier": dossier, "meeting": meeting, "sealed": sheet(public, meeting, product, dossier, a, m)})
                    for a, m in marks.items()])
    p.push("desk", [("secretary", b"", "meetingClosed", {"meeting": meeting, "privateKey": private, "sheets": list(p.ids["sheetSubmitted"])})])
    sums = [sum(c["options"][m[i] - 1]["points"] for m in marks.values() for i, (s, c) in enumerate(leaves) if s == section)
            for section in range(len(tea["sections"]))]
    ids = sorted(p.ids["dossierOpened"] + p.ids["submitted"] + p.ids["received"] + p.ids["advisoryReported"] + p.ids["sheetSubmitted"])
    digest = hashlib.sha256(b"hoso/digest/v1" + dossier + hashlib.sha256(raw).digest() + struct.pack("<BBI", 2, 1, len(ids)) + b"".join(ids)).digest()
    p.push("desk", [("secretary", product, "tallied", {"dossier": dossier, "meeting": meeting, "stage": "district", "digest": digest, "sheets": 3,
                                                       "sums": sums, "stars": 5})])
    return p, [raw]
