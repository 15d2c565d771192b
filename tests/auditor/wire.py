"""Reads what the log is written in: Cap'n Proto messages by the text of schema/*.capnp, and the canonical JSON of rule sets.
Offsets follow from Cap'n Proto's packing: in the order of their numbers each field takes the smallest hole that fits it, else a part of a
larger one, else a new word; pointers stand in order. A struct that is one union of pointers (`Body`) has a 16-bit discriminant and one pointer.
"""
import json
import re
import struct
from datetime import date
from pathlib import Path
from typing import Any

Field = tuple[str, str, int]  # of a struct: name, type, and the bit or the pointer where it stands
Record = dict[str, Any]
BITS = {"Bool": 1, "UInt8": 8, "UInt16": 16, "UInt32": 32, "UInt64": 64, "Int32": 32, "Int64": 64}
SIZES = {"slipSignature": 64} | dict.fromkeys(
    "device actor stream serverDevice unit parent account slip mandate office round council block meeting product dossier decision notice package "
    "reminder difficulty promotion subject carriesFrom inspection complaint".split(), 16) | dict.fromkeys(
    "log session seenRoot root commitment logKey recoveryKey officerKey deviceKey slipKey hash publicKey privateKey documentHash minutesHash "
    "ruleSetHash digest sheets actions".split(), 32)
MAY_BE_EMPTY = set("log session actor parent office round documentHash minutesHash dossier carriesFrom commitment ruleSetHash".split())

class Refused(ValueError):
    """Bytes that a reader must refuse, and why."""

class Schema:
    """The structs, unions and enums that schema files declare."""
    def __init__(self, *paths: Path) -> None:
        self.structs: dict[str, list[Field]] = {}
        self.enums: dict[str, list[str]] = {}
        self.unions: set[str] = set()
        text = "".join(re.sub(r"#.*", "", path.read_text(encoding="utf-8")) for path in paths)
        for name, body in re.findall(r"\benum (\w+) \{(.*?)\}", text, re.S):
            self.enums[name] = [key for key, _ in sorted(re.findall(r"(\w+) @(\d+)", body), key=lambda f: int(f[1]))]
        for name, body in re.findall(r"^struct (\w+) \{(.*?)^\}", text, re.S | re.M):
            found = sorted(re.findall(r"(\w+) @(\d+)\s*:\s*([\w()]+)", body), key=lambda f: int(f[1]))
            self.unions |= {name} if "union {" in body else set()
            self.structs[name] = [(key, kind, 0) for key, _, kind in found] if "union {" in body else self.pack(found)
    def bits(self, kind: str) -> int:
        """How many bits of data a field of this type takes; 0 for a pointer."""
        return 16 if kind in self.enums else BITS.get(kind, 0)
    def pack(self, found: list[tuple[str, str, str]]) -> list[Field]:
        """Gives every field its place."""
        out, holes, words, pointers = list[Field](), dict[int, int](), 0, 0
        for name, _, kind in found:
            size = self.bits(kind)
            have = next((s for s in (1, 2, 4, 8, 16, 32) if s >= size and s in holes), 64)
            out.append((name, kind, pointers if not size else holes.pop(have, words * 64)))
            words, pointers = words + (size > 0 and have == 64), pointers + (size == 0)
            while have > size > 0:  # of what is split, a hole of each smaller size stays
                have //= 2
                holes[have] = out[-1][2] + have
        return out
    def empty(self, kind: str) -> Any:
        """The value of what is not there."""
        if kind in self.structs:
            return {} if kind in self.unions else {name: self.empty(form) for name, form, _ in self.structs[kind]}
        return self.enums[kind][0] if kind in self.enums else {"Text": "", "Data": b"", "Bool": False}.get(kind, 0 if self.bits(kind) else [])

class Message:
    """One unpacked Cap'n Proto message, read within the limits of docs/log_format.md."""
    def __init__(self, data: bytes, schema: Schema) -> None:
        count = int.from_bytes(data[:4], "little") + 1
        start = (4 + 4 * count + 7) // 8 * 8
        if len(data) % 8 or count > 512 or start > len(data):
            raise Refused("segment table")
        self.segments: list[bytes] = []
        for size in struct.unpack_from(f"<{count}I", data, 4):
            if size * 8 > len(data) - start:
                raise Refused("a segment goes past the end")
            self.segments.append(data[start:start + size * 8])
            start += size * 8
        if start != len(data):
            raise Refused("trailing bytes")
        self.schema, self.budget = schema, 4 * (len(data) // 8) + 1024
    def take(self, segment: int, at: int, words: int, charge: int | None = None) -> bytes:
        """Words, once it is known that they are there, counted as read."""
        if segment >= len(self.segments) or at < 0 or (at + words) * 8 > len(self.segments[segment]):
            raise Refused("a pointer goes out of its segment")
        self.budget -= words if charge is None else charge
        if self.budget < 0:
            raise Refused("reading it takes more than its size allows")
        return self.segments[segment][at * 8:(at + words) * 8]
    def word(self, segment: int, at: int) -> int:
        """One word, as a number; looking at a pointer costs nothing."""
        return int.from_bytes(self.take(segment, at, 1, 0), "little")
    def follow(self, segment: int, at: int) -> tuple[int, int, int]:
        """Where a pointer leads: segment, first word, and the pointer's own word (0: nowhere)."""
        word = self.word(segment, at)
        if word & 3 == 2:
            segment, at = word >> 32, word >> 3 & 0x1FFFFFFF
            far, word = word & 4, self.word(segment, at)
            if far:
                tag = self.word(segment, at + 1)
                if word & 7 != 2 or tag & 0xFFFFFFFE:
                    raise Refused("landing pad of a far pointer")
                return word >> 32, word >> 3 & 0x1FFFFFFF, tag
        if word & 2:
            raise Refused("a far pointer to a far one, or a capability")
        offset = (word & 0xFFFFFFFF) >> 2
        return segment, at + 1 + (offset - (1 << 30) if offset >> 29 else offset), word
    def pointed(self, kind: str, segment: int, at: int, depth: int) -> Any:
        """The value behind a pointer."""
        segment, at, word = self.follow(segment, at)
        if not word:
            return self.schema.empty(kind)
        if depth <= 0 or word & 3 != (0 if kind in self.schema.structs else 1):
            raise Refused("nested too deep, or a list where a struct is due, or the other way round")
        if kind in self.schema.structs:
            data, pointers = word >> 32 & 0xFFFF, word >> 48
            self.take(segment, at, data + pointers)
            return self.record(kind, segment, at, data, pointers, depth - 1)
        form, count = word >> 32 & 7, word >> 35
        inner = kind[5:-1]
        size = self.schema.bits(inner)
        if form != (2 if kind in ("Text", "Data") else 7 if inner in self.schema.structs else {0: 6, 8: 2, 16: 3, 32: 4, 64: 5}[size]):
            raise Refused("a list with elements of another size")
        if form == 7:
            tag = self.word(segment, at)
            number, data, pointers = (tag & 0xFFFFFFFF) >> 2, tag >> 32 & 0xFFFF, tag >> 48
            step = data + pointers
            if tag & 3 or number * step > count:
                raise Refused("tag of a list")
            self.take(segment, at, count + 1, max(count + 1, number))
            return [self.record(inner, segment, at + 1 + i * step, data, pointers, depth - 1) for i in range(number)]
        raw = self.take(segment, at, (count * {2: 8, 6: 64}.get(form, size) + 63) // 64)
        if kind == "Text":
            if raw[count - 1:count] != b"\0" or 0 in raw[:count - 1]:
                raise Refused("text that holds a NUL, or has no end")
            return raw[:count - 1].decode("utf-8")
        if form == 6:
            return [self.pointed(inner, segment, at + i, depth - 1) for i in range(count)]
        return raw[:count] if kind == "Data" else [self.number(inner, raw, i * size) for i in range(count)]
    def number(self, kind: str, raw: bytes, bit: int) -> Any:
        """A number, truth value or enumerator that stands at a bit of these bytes."""
        part = raw[bit // 8:(bit + self.schema.bits(kind) + 7) // 8]
        value = int.from_bytes(part, "little", signed=kind.startswith("Int"))
        names = self.schema.enums.get(kind)
        if kind == "Int32" and not date.min.toordinal() <= value + 719163 <= date.max.toordinal() or names and value >= len(names):
            raise Refused("a date outside the years 1 to 9999, or an unknown enumerator")
        return names[value] if names else bool(value >> bit % 8 & 1) if kind == "Bool" else value
    def record(self, kind: str, segment: int, at: int, data: int, pointers: int, depth: int) -> Record:
        """A struct as its fields by name; a union as its member's name (`is`) and value (`of`)."""
        fields = self.schema.structs[kind]
        raw = self.segments[segment][at * 8:(at + data) * 8]
        if kind in self.schema.unions:
            which = int.from_bytes(raw[:2], "little")
            if which >= len(fields) or not pointers or not self.word(segment, at + data):
                raise Refused("an unknown kind, or a body without content")
            return {"is": fields[which][0], "of": self.pointed(fields[which][1], segment, at + data, depth)}
        out: Record = {}
        for name, form, place in fields:
            size = self.schema.bits(form)
            if place + size > data * 64 if size else place >= pointers:
                out[name] = self.schema.empty(form)
            else:
                out[name] = self.number(form, raw, place) if size else self.pointed(form, segment, at + data + place, depth)
            if name in SIZES and form in ("Data", "List(Data)"):
                for one in [out[name]] if form == "Data" else out[name]:
                    if len(one) != SIZES[name] and (one or name not in MAY_BE_EMPTY):
                        raise Refused(f"{name} has {len(one)} bytes instead of {SIZES[name]}")
        return out

def read_action(data: bytes, schema: Schema) -> Record:
    """An action's header and body."""
    if len(data) > 65536:
        raise Refused("an action of more than 65536 bytes")
    out: Record = Message(data, schema).pointed("Action", 0, 0, 16)
    if out["header"]["schemaVersion"] != 1 or not out["body"]:
        raise Refused("an unknown schema version, or no body")
    return out

def read_rules(raw: bytes, schema: Schema) -> Any:
    """A rule set from its published bytes, with the defaults of rules.capnp filled in."""
    text = raw.decode("utf-8")
    parsed = json.loads(text)
    if json.dumps(parsed, ensure_ascii=False, separators=(",", ":")) != text or re.search(r"(?<!\\)(?:\\\\)*\\u", text):
        raise Refused("not canonical JSON")  # white space, a key twice, a number like 1e2 and most escapes do not come back
    return shaped("RuleSet", parsed, schema, 16)

def shaped(kind: str, value: Any, schema: Schema, depth: int) -> Any:
    """A JSON value that has the schema's type; what is absent gets its default."""
    if kind in schema.structs and isinstance(value, dict) and depth:
        types = {name: form for name, form, _ in schema.structs[kind]}
        if set(value) <= set(types):
            return {n: shaped(t, value[n], schema, depth - 1) if n in value else schema.empty(t) for n, t in types.items()}
    if kind.startswith("List(") and isinstance(value, list) and len(value) <= 256 and depth:
        return [shaped(kind[5:-1], one, schema, depth - 1) for one in value]
    if {"Text": str, "Bool": bool}.get(kind) is type(value) or kind in schema.enums and value in schema.enums[kind] or (
            kind in BITS and kind != "Bool" and type(value) is int and 0 <= value < min(1 << BITS[kind], 10**10)):
        return value
    raise Refused(f"rules: {str(value)[:40]} is no {kind}, or nested too deep")
