"""The file of docs/audit_bundle.md taken apart, and the hashes and signatures of docs/log_format.md."""
from __future__ import annotations

import base64
import binascii
import hashlib
import struct
from dataclasses import dataclass, field
from typing import Any, Iterable

import nacl.bindings
import nacl.exceptions

from wire import Record, Refused

OUTCOMES = ("effective", "held", "void")
NONE = 2**64 - 1


def sha256(*parts: bytes) -> bytes:
    """SHA-256 of the parts joined."""
    return hashlib.sha256(b"".join(parts)).digest()


class Tree:
    """RFC 6962 tree head over leaves added one by one; only the complete subtrees are kept."""

    def __init__(self) -> None:
        self.size = 0
        self.peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Adds a leaf's data."""
        node, number = sha256(b"\0", leaf), self.size
        while number & 1:
            node, number = sha256(b"\1", self.peaks.pop(), node), number >> 1
        self.peaks.append(node)
        self.size += 1

    def root(self) -> bytes:
        """The head of what was added so far."""
        if not self.peaks:
            return sha256()
        node = self.peaks[-1]
        for left in reversed(self.peaks[:-1]):
            node = sha256(b"\1", left, node)
        return node


def tree_head(leaves: Iterable[bytes]) -> bytes:
    """The head over all these leaves."""
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


def signed(key: bytes, statement: bytes, signature: bytes) -> bool:
    """Whether an Ed25519 signature holds; libsodium refuses large S, keys and R of small order and keys not in canonical form."""
    if len(key) != 32 or len(signature) != 64:
        return False
    try:
        return bool(nacl.bindings.crypto_sign_open(signature + statement, key) == statement)
    except (nacl.exceptions.CryptoError, ValueError):
        return False


@dataclass
class Event:
    """A leaf taken apart. What stands in its head is what the ledger says; nothing of it is believed yet."""
    position: int
    judge: int
    received: int
    seen_time: int
    version: int
    sequence: int
    against: int
    outcome: str
    reason: int
    epoch: int
    scope: bytes
    device: bytes
    seq: int
    action: bytes
    signatures: list[tuple[int, bytes]]
    seal: bytes
    id: bytes = b""
    header: Record = field(default_factory=dict)
    kind: str = ""
    body: Record = field(default_factory=dict)

    @property
    def seen(self) -> int:
        """How many events the author had seen."""
        return int(self.header["seenSize"])

    @property
    def day(self) -> int:
        """The day of receipt at +07:00."""
        return local(self.received)

    @property
    def seen_day(self) -> int:
        """The day of the seen time at +07:00."""
        return local(self.seen_time)


def local(instant: int) -> int:
    """The day at +07:00."""
    return (instant // 1_000_000 + 7 * 3600) // 86400


def read_leaf(leaf: bytes) -> Event:
    """Takes a leaf apart, to the last byte."""
    if len(leaf) < 120 or len(leaf) % 8 or leaf[:4] != b"HLF1":
        raise Refused("not a leaf")
    (judge, position, received, seen_time, version, sequence, against, outcome, path, reason, epoch, scope, device, seq, action, signatures,
     seal, zero) = struct.unpack_from("<IQqqQQQBBHI16s16sQIIII", leaf, 4)
    if outcome > 2 or path > 1 or zero or seal not in (0, 144) or action % 8 or 120 + action + signatures + seal != len(leaf):
        raise Refused("head of the leaf")
    if OUTCOMES[outcome] == "effective" and reason:
        raise Refused("effective, and a reason against it")
    found: list[tuple[int, bytes]] = []
    at, end = 120 + action, 120 + action + signatures
    while at < end:
        if end - at < 8 or len(found) == 4:
            raise Refused("signatures of the leaf")
        kind, length = struct.unpack_from("<II", leaf, at)
        at, after = at + 8, at + 8 + (length + 7) // 8 * 8
        if length > 16384 or after > end or any(leaf[at + length:after]):
            raise Refused("a signature of the leaf")
        found.append((kind, leaf[at:at + length]))
        at = after
    raw = leaf[120:120 + action]
    return Event(position, judge, received, seen_time, version, sequence, against, OUTCOMES[outcome], reason, epoch, scope, device, seq, raw, found,
                 leaf[end:], sha256(raw))


@dataclass
class Bundle:
    """What the file holds."""
    log: bytes
    size: int
    note: bytes
    rules: dict[bytes, bytes]
    leaves: list[bytes]


class Cursor:
    """Reads a file from its beginning, and nothing that is not there."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, size: int) -> bytes:
        """The next bytes."""
        if size > len(self.data) - self.at:
            raise Refused(f"at byte {self.at}: {size} bytes are said to follow, and do not")
        self.at += size
        return self.data[self.at - size:self.at]

    def number(self, size: int) -> int:
        """The next number."""
        return int.from_bytes(self.take(size), "little")

    def block(self, limit: int) -> bytes:
        """The next block, its padding looked at."""
        length = self.number(8)
        if length > limit:
            raise Refused(f"at byte {self.at}: a block of {length} bytes, more than {limit}")
        out = self.take(length)
        if any(self.take(-length % 8)):
            raise Refused(f"at byte {self.at}: padding that is not zero")
        return out


def read_bundle(data: bytes) -> Bundle:
    """The parts of a bundle, once its end is the hash of the rest."""
    if len(data) < 96 or data[:8] != b"hosoaud1":
        raise Refused("not an audit bundle")
    if sha256(data[:-32]) != data[-32:]:
        raise Refused("the end is not the hash of what stands before it")
    cursor = Cursor(data[:-32])
    cursor.take(8)
    log, size = cursor.take(32), cursor.number(8)
    note = cursor.block(4096)
    rules: dict[bytes, bytes] = {}
    last = b""
    for _ in range(bounded(cursor, cursor.number(8), 40)):
        name, raw = cursor.take(32), cursor.block(1 << 20)
        if name <= last or sha256(raw) != name:
            raise Refused(f"rule set {name.hex()}: out of order, or not its hash")
        rules[name] = raw
        last = name
    leaves: list[bytes] = []
    for position in range(bounded(cursor, size, 128)):
        length, flags = cursor.number(4), cursor.number(4)
        if flags or length > 1 << 18:
            raise Refused(f"record {position}: its flags or its length")
        leaves.append(cursor.take(length))
    if cursor.at != len(cursor.data) or not size:
        raise Refused("bytes behind the last event, or no event at all")
    return Bundle(log, size, note, rules, leaves)


def bounded(cursor: Cursor, count: int, least: int) -> int:
    """A count, if so many things of the least size fit in what is left."""
    if count * least > len(cursor.data) - cursor.at:
        raise Refused(f"at byte {cursor.at}: {count} things are said to follow, and do not fit")
    return count


def check_note(note: bytes, genesis: Record, size: int, root: bytes) -> None:
    """The checkpoint: origin, size and root are those of this log, and the log key signed them."""
    try:
        text, _, lines = note.decode("utf-8").partition("\n\n")
        origin, count, head = text.split("\n")
    except ValueError:
        raise Refused("the note is not three lines, an empty line and signatures") from None
    if origin != genesis["origin"] or count != str(size) or head != base64.b64encode(root).decode():
        raise Refused("the note's origin, size or root is not that of these events")
    if not lines.endswith("\n"):
        raise Refused("the note has no end")
    statement, key = (text + "\n").encode(), genesis["logKey"]
    held = False
    for line in lines[:-1].split("\n"):
        parts = line.split(" ")
        try:
            raw = base64.b64decode(parts[2], validate=True)
        except (IndexError, binascii.Error, ValueError):
            raise Refused("a signature line of the note") from None
        if len(parts) != 3 or parts[0] != "\u2014" or len(raw) < 5 or base64.b64encode(raw).decode() != parts[2]:
            raise Refused("a signature line of the note")
        if parts[1] == origin and raw[:4] == sha256(origin.encode(), b"\n\x01", key)[:4]:
            if not signed(key, statement, raw[4:]):
                raise Refused("the log key did not sign this note")
            held = True
    if not held:
        raise Refused("no signature of the log key")


def seal_statement(log: bytes, device: bytes, epoch: int, seal: bytes) -> bytes:
    """What a push seal signs."""
    return b"hoso/push-seal/v1" + log + device + struct.pack("<I", epoch) + seal[:80]


def open_box(sealed: bytes, public: bytes, private: bytes) -> bytes | None:
    """What a sealed box holds, or nothing."""
    try:
        return bytes(nacl.bindings.crypto_box_seal_open(sealed, public, private))
    except (nacl.exceptions.CryptoError, ValueError, TypeError):
        return None


def public_of(private: bytes) -> bytes:
    """The X25519 public key of a private one."""
    return bytes(nacl.bindings.crypto_scalarmult_base(private))


def ignore(_: Any) -> None:
    """Nothing."""
