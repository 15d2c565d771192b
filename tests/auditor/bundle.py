"""The file of docs/audit_bundle.md taken apart, and the hashes and signatures of docs/log_format.md."""
import base64
import hashlib
import re
import struct
from typing import Iterable
import nacl.bindings
import nacl.exceptions
from wire import Record, Refused, Schema, read_action

def sha256(*parts: bytes) -> bytes:
    """SHA-256 of the parts joined."""
    return hashlib.sha256(b"".join(parts)).digest()

class Tree:
    """RFC 6962 tree head over leaves added one by one; only the complete subtrees are kept."""
    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self.size, self.peaks = 0, list[bytes]()
        for leaf in leaves:
            self.add(leaf)
    def add(self, leaf: bytes) -> None:
        """Adds a leaf's data."""
        node, number = sha256(b"\0", leaf), self.size
        while number & 1:
            node, number = sha256(b"\1", self.peaks.pop(), node), number >> 1
        self.peaks.append(node)
        self.size += 1
    def root(self) -> bytes:
        """The head of what was added so far."""
        node = self.peaks[-1] if self.peaks else sha256()
        for left in self.peaks[-2::-1]:
            node = sha256(b"\1", left, node)
        return node

def signed(key: bytes, statement: bytes, signature: bytes) -> bool:
    """Whether an Ed25519 signature holds. libsodium refuses an S that is not canonical, and keys and R of small order."""
    try:
        return (len(key), len(signature)) == (32, 64) and bool(nacl.bindings.crypto_sign_open(signature + statement, key) == statement)
    except (nacl.exceptions.CryptoError, ValueError):
        return False

def open_box(sealed: bytes, public: bytes, private: bytes) -> bytes:
    """What a sealed box holds; nothing if the key does not open it."""
    try:
        return bytes(nacl.bindings.crypto_box_seal_open(sealed, public, private))
    except (nacl.exceptions.CryptoError, ValueError, TypeError):
        return b""

class Event:
    """A leaf taken apart to its last byte. What stands in its head is what the ledger says; none of it is believed yet."""
    def __init__(self, leaf: bytes, schema: Schema) -> None:
        if len(leaf) < 120 or len(leaf) % 8 or leaf[:4] != b"HLF1":
            raise Refused("not a leaf")
        (self.judge, self.position, self.received, self.seen_time, self.version, self.sequence, self.against, outcome, path, reason, self.epoch,
         self.scope, self.device, self.seq, action, signatures, seal, zero) = struct.unpack_from("<IQqqQQQBBHI16s16sQIIII", leaf, 4)
        reasons, end = schema.enums["Reason"], 120 + action + signatures
        if outcome > 2 or path > 1 or reason >= len(reasons) or (outcome == 0) != (reason == 0) or zero:
            raise Refused("the head of its leaf")
        if seal not in (0, 144) or action % 8 or end + seal != len(leaf):
            raise Refused("the lengths of its leaf")
        self.outcome, self.reason = ("effective", "held", "void")[outcome], reasons[reason]
        self.signatures: list[bytes] = []  # of kind 1
        at = 120 + action
        for _ in range(4):
            if at + 8 <= end:
                kind, length = struct.unpack_from("<II", leaf, at)
                after = at + 8 + (length + 7) // 8 * 8
                if length > 16384 or after > end or any(leaf[at + 8 + length:after]):
                    raise Refused("a signature in its leaf")
                self.signatures += [leaf[at + 8:at + 8 + length]] if kind == 1 else []
                at = after
        if at != end:
            raise Refused("the signatures in its leaf")
        self.action, self.seal = leaf[120:120 + action], leaf[end:]
        self.day, self.seen_day = ((t + 7 * 3_600_000_000) // 86_400_000_000 for t in (self.received, self.seen_time))  # at +07:00
        self.id, parsed = sha256(self.action), read_action(self.action, schema)
        self.header, self.kind, self.body = parsed["header"], str(parsed["body"]["is"]), parsed["body"]["of"]
        self.stream, self.seen = bytes(self.header["stream"]), int(self.header["seenSize"])

class Bundle:
    """What a file holds, once its end is the hash of the rest. Sizes are compared with what is left before they are believed."""
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data[:-32], 8
        if data[:8] != b"hosoaud1" or sha256(self.data) != data[-32:]:
            raise Refused("no audit bundle, or more than 1 GiB, or its end is not the hash of what stands before it")
        self.log, self.size = self.take(32), self.number(8)
        self.note = self.block(4096)
        self.rules: dict[bytes, bytes] = {}
        self.leaves: list[bytes] = []
        last = b""
        for _ in range(self.fits(self.number(8), 40)):
            name, raw = self.take(32), self.block(1 << 20)
            if name <= last or sha256(raw) != name:
                raise Refused(f"rule set {name.hex()} is out of order, or its bytes have another hash")
            self.rules[name], last = raw, name
        for position in range(self.fits(self.size, 128)):
            length, flags = self.number(4), self.number(4)
            if flags or length > 120 + 65536 + 4 * 16392 + 144:
                raise Refused(f"position {position}: flags or length of its record")
            self.leaves.append(self.take(length))
        if self.at != len(self.data) or not self.size:
            raise Refused("bytes behind the last event, or no event at all")
    def take(self, size: int) -> bytes:
        """The next bytes."""
        self.at += self.fits(size, 1)
        return self.data[self.at - size:self.at]
    def number(self, size: int) -> int:
        """The next number."""
        return int.from_bytes(self.take(size), "little")
    def fits(self, count: int, least: int) -> int:
        """A count, if so many things of the least size can follow."""
        if count * least > len(self.data) - self.at:
            raise Refused(f"byte {self.at}: {count} are said to follow, and do not fit")
        return count
    def block(self, limit: int) -> bytes:
        """The next block, its padding looked at."""
        length = self.number(8)
        out = self.take(length) if length <= limit else b""
        if length > limit or any(self.take(-length % 8)):
            raise Refused(f"byte {self.at}: a block that is too long, or padding that is not zero")
        return out

def check_note(note: bytes, genesis: Record, size: int, root: bytes) -> None:
    """The checkpoint: origin, size and root are those of this log, and the log key signed them."""
    origin, key, held = genesis["origin"], genesis["logKey"], 0
    text = f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n".encode()
    if not note.startswith(text + b"\n") or not note.endswith(b"\n"):
        raise Refused("the note's origin, size or root is not that of these events")
    for line in note[len(text) + 1:-1].split(b"\n"):
        (dash, name, coded), raw = (line.split(b" ") + [b"", b""])[:3], b""
        if re.fullmatch(rb"(?:[\w+/]{4})+(?:[\w+/]{3}=|[\w+/]{2}==)?", coded):
            raw = base64.b64decode(coded)
        if line != b" ".join(["\u2014".encode(), name, base64.b64encode(raw)]) or len(raw) < 5:
            raise Refused("a signature line of the note")
        if name == origin.encode() and raw[:4] == sha256(name, b"\n\x01", key)[:4]:
            held += 1 if signed(key, text, raw[4:]) else 2
    if held != 1:
        raise Refused("not one signature of the log key under the note, or one that does not hold")
