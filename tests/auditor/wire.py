"""Reads what the log is written in: Cap'n Proto messages by the text of schema/*.capnp, and the canonical JSON of rule sets.

Offsets of fields are not written down anywhere in the schema. They follow from Cap'n Proto's packing: in the order of their numbers each
field takes the smallest hole that fits it, else half, a quarter and so on of a larger hole, else a new word. Pointers stand in order.
A struct that is one union of pointers (`Body`) has one pointer and a discriminant of 16 bits in its first word.
"""
from __future__ import annotations

import json
import re
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Record = dict[str, Any]
BITS = {"Bool": 1, "UInt8": 8, "UInt16": 16, "UInt32": 32, "UInt64": 64, "Int32": 32, "Int64": 64}
FIRST_DAY, LAST_DAY = -719162, 2932896  # 0001-01-01 and 9999-12-31
ID16 = set("device actor stream serverDevice unit parent account slip mandate office round council block meeting product dossier decision "
           "notice package reminder difficulty promotion subject carriesFrom inspection complaint".split())
HASH32 = set("log session seenRoot root commitment logKey recoveryKey officerKey deviceKey slipKey hash publicKey privateKey documentHash "
             "minutesHash ruleSetHash digest sheets actions".split())
SIZES = {**{n: 16 for n in ID16}, **{n: 32 for n in HASH32}, "slipSignature": 64}
MAY_BE_EMPTY = set("log session actor parent office round documentHash minutesHash dossier carriesFrom commitment seenRoot ruleSetHash".split())


class Refused(Exception):
    """Bytes that a reader must refuse, and why."""


@dataclass
class Field:
    """One field of a struct: where its bits or its pointer stand."""
    name: str
    number: int
    type: str
    at: int = 0


@dataclass
class Schema:
    """The structs and enums of schema files, by name."""
    structs: dict[str, list[Field]] = field(default_factory=dict)
    enums: dict[str, list[str]] = field(default_factory=dict)
    unions: set[str] = field(default_factory=set)

    def load(self, path: Path) -> None:
        """Adds what one schema file declares."""
        text = re.sub(r"#.*", "", path.read_text(encoding="utf-8"))
        for name, body in re.findall(r"\benum (\w+) \{(.*?)\}", text, re.S):
            pairs = sorted((int(n), key) for key, n in re.findall(r"(\w+) @(\d+)", body))
            self.enums[name] = [key for _, key in pairs]
        for name, body in re.findall(r"^struct (\w+) \{(.*?)^\}", text, re.S | re.M):
            found = re.findall(r"(\w+) @(\d+)\s*:\s*([\w()]+)", body)
            self.structs[name] = sorted((Field(key, int(n), kind) for key, n, kind in found), key=lambda f: f.number)
            if "union {" in body:
                self.unions.add(name)
        for name, fields in self.structs.items():
            if name not in self.unions:
                self.pack(fields)

    def bits(self, kind: str) -> int:
        """How many bits of data a field of this type takes; 0 for a pointer."""
        return 16 if kind in self.enums else BITS.get(kind, 0)

    def pack(self, fields: list[Field]) -> None:
        """Gives every field its place."""
        holes: dict[int, int] = {}
        words = pointers = 0
        for one in fields:
            size = self.bits(one.type)
            if size == 0:
                one.at, pointers = pointers, pointers + 1
                continue
            have = next((s for s in (1, 2, 4, 8, 16, 32) if s >= size and s in holes), 64)
            if have == 64:
                one.at, words = words * 64, words + 1
            else:
                one.at = holes.pop(have)
            while have > size:  # what is left of a split stays as a hole of each smaller size
                have //= 2
                holes[have] = one.at + have


class Message:
    """One unpacked Cap'n Proto message, read within the limits of docs/log_format.md."""

    def __init__(self, data: bytes, schema: Schema) -> None:
        if len(data) < 16 or len(data) % 8:
            raise Refused("not a whole number of words")
        count = int.from_bytes(data[:4], "little") + 1
        start = (4 + 4 * count + 7) // 8 * 8
        if count > 512 or start > len(data):
            raise Refused("segment table")
        self.segments: list[bytes] = []
        for size in struct.unpack_from(f"<{count}I", data, 4):
            if size * 8 > len(data) - start:
                raise Refused("a segment goes past the end")
            self.segments.append(data[start:start + size * 8])
            start += size * 8
        if start != len(data):
            raise Refused("trailing bytes")
        self.schema = schema
        self.budget = 4 * (len(data) // 8) + 1024

    def word(self, segment: int, at: int) -> int:
        """A word, if it is there."""
        if segment >= len(self.segments) or not 0 <= at * 8 <= len(self.segments[segment]) - 8:
            raise Refused("a pointer out of its segment")
        return int.from_bytes(self.segments[segment][at * 8:at * 8 + 8], "little")

    def follow(self, segment: int, at: int) -> tuple[int, int, int] | None:
        """Where a pointer leads: segment, first word, and the pointer's own word; nothing for a null pointer."""
        word = self.word(segment, at)
        if word == 0:
            return None
        if word & 3 == 2:
            other, pad = word >> 32, word >> 3 & 0x1FFFFFFF
            inner = self.word(other, pad)
            if word & 4:
                tag = self.word(other, pad + 1)
                if inner & 7 != 2 or tag & 2 or tag & 0xFFFFFFFC:
                    raise Refused("a far pointer's landing pad")
                return inner >> 32, inner >> 3 & 0x1FFFFFFF, tag
            segment, at, word = other, pad, inner
        if word & 2:
            raise Refused("a far pointer to a far one, or a capability")
        offset = (word & 0xFFFFFFFF) >> 2
        return segment, at + 1 + (offset - (1 << 30) if offset >> 29 else offset), word

    def take(self, segment: int, at: int, words: int, charge: int = 0) -> None:
        """Checks that words are there before anybody believes in them, and counts them as read."""
        if segment >= len(self.segments) or at < 0 or (at + words) * 8 > len(self.segments[segment]):
            raise Refused("an object goes past its segment")
        self.budget -= max(words, charge)
        if self.budget < 0:
            raise Refused("read more than its size allows")

    def pointed(self, kind: str, segment: int, at: int, depth: int) -> Any:
        """The value behind a pointer."""
        found = self.follow(segment, at)
        if kind in self.schema.structs:
            if found is None:
                return self.record(kind, segment, 0, 0, 0, depth - 1)
            segment, at, word = found
            if word & 3:
                raise Refused("a list where a struct is due")
            data, pointers = word >> 32 & 0xFFFF, word >> 48
            self.take(segment, at, data + pointers)
            return self.record(kind, segment, at, data, pointers, depth - 1)
        if depth <= 0:
            raise Refused("nested too deep")
        if found is None:
            return "" if kind == "Text" else b"" if kind == "Data" else []
        segment, at, word = found
        if word & 3 != 1:
            raise Refused("a struct where a list is due")
        form, count = word >> 32 & 7, word >> 35
        if kind in ("Text", "Data"):
            if form != 2:
                raise Refused("bytes of another element size")
            self.take(segment, at, (count + 7) // 8)
            raw = self.segments[segment][at * 8:at * 8 + count]
            return raw if kind == "Data" else as_text(raw)
        return self.items(kind[5:-1], form, count, segment, at, depth)

    def items(self, kind: str, form: int, count: int, segment: int, at: int, depth: int) -> list[Any]:
        """The elements of a list that is not bytes."""
        if kind in self.schema.structs:
            if form != 7:
                raise Refused("structs not in a composite list")
            tag = self.word(segment, at)
            number, data, pointers = (tag & 0xFFFFFFFF) >> 2, tag >> 32 & 0xFFFF, tag >> 48
            if tag & 3 or number * (data + pointers) > count:
                raise Refused("tag of a list")
            self.take(segment, at, count + 1, number)
            step = data + pointers
            return [self.record(kind, segment, at + 1 + i * step, data, pointers, depth - 1) for i in range(number)]
        size = self.schema.bits(kind)
        if form != (6 if size == 0 else {8: 2, 16: 3, 32: 4, 64: 5}[size]):
            raise Refused("elements of another size")
        self.take(segment, at, (count * (size or 64) + 63) // 64)
        if size == 0:
            return [self.pointed(kind, segment, at + i, depth - 1) for i in range(count)]
        return [self.number(kind, segment, at, i * size, size) for i in range(count)]

    def number(self, kind: str, segment: int, at: int, bit: int, size: int) -> Any:
        """A number, truth value or enumerator."""
        byte = at * 8 + bit // 8
        raw = self.segments[segment][byte:byte + max(1, size // 8)]
        value = int.from_bytes(raw, "little", signed=kind.startswith("Int"))
        if kind == "Bool":
            return bool(value >> bit % 8 & 1)
        if kind == "Int32" and not FIRST_DAY <= value <= LAST_DAY:
            raise Refused("a date outside the years 1 to 9999")
        if kind in self.schema.enums:
            if value >= len(self.schema.enums[kind]):
                raise Refused(f"an unknown enumerator of {kind}")
            return self.schema.enums[kind][value]
        return value

    def record(self, kind: str, segment: int, at: int, data: int, pointers: int, depth: int) -> Record:
        """A struct as its fields by name; a union as its member's name (`is`) and value (`of`)."""
        if depth < 0:
            raise Refused("nested too deep")
        fields = self.schema.structs[kind]
        if kind in self.schema.unions:
            which = self.word(segment, at) & 0xFFFF if data else 0
            if which >= len(fields):
                raise Refused("an unknown kind")
            if not pointers:
                raise Refused("a body without content")
            return {"is": fields[which].name, "of": self.pointed(fields[which].type, segment, at + data, depth)}
        out: Record = {}
        for one in fields:
            size = self.schema.bits(one.type)
            if size:
                inside = one.at + size <= data * 64
                out[one.name] = self.number(one.type, segment, at, one.at, size) if inside else self.default(one.type)
            else:
                out[one.name] = self.pointed(one.type, segment, at + data + one.at, depth) if one.at < pointers else self.default(one.type)
            self.fixed(one.name, one.type, out[one.name])
        return out

    def default(self, kind: str) -> Any:
        """The value of a field that the message does not hold."""
        if kind in self.schema.structs:
            return self.record(kind, 0, 0, 0, 0, 1)
        if kind in self.schema.enums:
            return self.schema.enums[kind][0]
        return {"Text": "", "Data": b"", "Bool": False}.get(kind, [] if kind.startswith("List") else 0)

    @staticmethod
    def fixed(name: str, kind: str, value: Any) -> None:
        """Refuses an id, hash, key or signature of another size."""
        want = SIZES.get(name)
        if want is None or kind not in ("Data", "List(Data)"):
            return
        for one in value if kind == "List(Data)" else [value]:
            if len(one) != want and (one or name not in MAY_BE_EMPTY):
                raise Refused(f"{name} has {len(one)} bytes instead of {want}")


def as_text(raw: bytes) -> str:
    """Text: UTF-8 with one zero byte at its end and none before."""
    if not raw or raw[-1] or 0 in raw[:-1]:
        raise Refused("text with a NUL, or without its end")
    try:
        return raw[:-1].decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("text that is not UTF-8") from None


def read_action(data: bytes, schema: Schema) -> Record:
    """An action's header and body."""
    if len(data) > 65536:
        raise Refused("an action of more than 65536 bytes")
    message = Message(data, schema)
    if not message.segments[0]:
        raise Refused("no root")
    out: Record = message.pointed("Action", 0, 0, 16)
    if out["header"]["schemaVersion"] != 1:
        raise Refused("an unknown schema version")
    return out


def read_rules(raw: bytes, schema: Schema) -> Record:
    """A rule set from its published bytes, with the defaults of rules.capnp filled in."""
    if len(raw) > 1 << 20:
        raise Refused("a rule set of more than 1 MiB")

    def pairs(found: list[tuple[str, Any]]) -> Record:
        if len({key for key, _ in found}) != len(found):
            raise Refused("a key twice")
        return dict(found)

    def whole(digits: str) -> int:
        if len(digits.lstrip("-")) > 10:
            raise Refused("a number of more than ten digits")
        return int(digits)

    try:
        text = raw.decode("utf-8")
        parsed = json.loads(text, object_pairs_hook=pairs, parse_int=whole)
        again = json.dumps(parsed, ensure_ascii=False, separators=(",", ":"))
    except (ValueError, RecursionError):
        raise Refused("not JSON") from None
    if again != text or re.search(r"(?<!\\)(?:\\\\)*\\u", text):
        raise Refused("not canonical JSON")
    return shaped("RuleSet", parsed, schema, 16)


def shaped(kind: str, value: Any, schema: Schema, depth: int) -> Any:
    """A JSON value that has the schema's type, with defaults for what is absent."""
    if depth < 0:
        raise Refused("nested too deep")
    if kind in schema.structs:
        if not isinstance(value, dict) or set(value) - {f.name for f in schema.structs[kind]}:
            raise Refused(f"not a {kind}")
        blank: Record = {"Text": "", "Bool": False}
        out: Record = {}
        for one in schema.structs[kind]:
            if one.name in value:
                out[one.name] = shaped(one.type, value[one.name], schema, depth - 1)
            elif one.type in schema.structs:
                out[one.name] = shaped(one.type, {}, schema, depth - 1)
            elif one.type in schema.enums:
                out[one.name] = schema.enums[one.type][0]
            else:
                out[one.name] = blank.get(one.type, [] if one.type.startswith("List") else 0)
        return out
    if kind.startswith("List("):
        if not isinstance(value, list) or len(value) > 256:
            raise Refused("not a list of at most 256")
        return [shaped(kind[5:-1], one, schema, depth - 1) for one in value]
    fits = {"Text": isinstance(value, str), "Bool": isinstance(value, bool)}.get(kind)
    if kind in schema.enums:
        fits = value in schema.enums[kind]
    elif fits is None:
        fits = type(value) is int and 0 <= value < 1 << BITS[kind]
    if not fits:
        raise Refused(f"not a {kind}")
    return value
