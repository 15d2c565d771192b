"""A second verifier of a log, from the documents alone: python3 tests/auditor/verify.py FILE

Answers one question a line. Exit code 0: everything holds; 1: it does not; 2: usage; 3: no such file.
"""
from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from bundle import NONE, Bundle, Event, Tree, check_note, read_bundle, read_leaf, seal_statement, sha256, signed, tree_head
from judge import NIL, ROOT_KINDS, WHO, Judge
from wire import Record, Refused, Schema, read_action, read_rules

FILE_MAX = 1 << 32
OFFICIAL = set(
    "sessionOpened unitCreated unitClosed accountCreated slipIssued mandateGranted mandateEnded ruleSetPublished roundOpened councilEstablished "
    "numberBlockGranted meetingOpened meetingClosed decisionSigned judgeUpgraded sheetSubmitted tallied paperTallied recognised forwarded declined "
    "resultEntered certificateRevoked legacyRecognised adopted annulled officeCreated officeRenamed unitRenamed calendarSet noticeIssued "
    "councilChanged minutesFiled resultsPublished packageSent ideaReviewed recused expiryNotified inspected revocationServed complaintResolved "
    "corrected".split())
DEVICE_ALONE = {"genesis", "slipMisused", "fileStored", "deviceEnrolled", "officerKeyAdded"}
WHOLE = {"genesis", "slipMisused", "sessionOpened", "deviceEnrolled", "officerKeyAdded", "meetingClosed", "mandateEnded"}
BY_AUTHORITY = {"noMandate", "notAMember", "mandateEnded", "mandateUncertain", "unitClosed"}
REFUSALS_TOO = {("mandateEnded", "mandateEnded"), ("unitClosed", "unitClosed"), ("unitRenamed", "unitClosed"), ("recused", "notAMember")}
QUESTIONS = {"complete": "Is it complete", "unchanged": "Is it unchanged", "signed": "Is it signed by whom it says", "seen": "Are quoted roots those of this log",
             "order": "Are versions, sequences and times in order", "mandates": "Had whoever acted the mandate",
             "tallies": "Do sums, bands, gates and stars come from the sheets"}


class Audit:
    """One pass over the events; what does not hold is collected by question."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.wrong: dict[str, list[tuple[int, str]]] = {q: [] for q in QUESTIONS}
        self.counts: Counter[str] = Counter()
        self.unjudged: Counter[str] = Counter()
        schemas = Path(__file__).resolve().parents[2] / "schema"
        self.schema, shapes = Schema(), Schema()
        for name in ("action.capnp", "event.capnp"):
            self.schema.load(schemas / name)
        shapes.load(schemas / "rules.capnp")
        self.events = [self.read(i, leaf) for i, leaf in enumerate(bundle.leaves)]
        tree = Tree()
        self.roots = [tree.root()]
        for leaf in bundle.leaves:
            tree.add(leaf)
            self.roots.append(tree.root())
        genesis = self.events[0]
        if genesis.kind != "genesis" or genesis.id != bundle.log:
            raise Refused("position 0: not the genesis that the log id is the hash of")
        check_note(bundle.note, genesis.body, bundle.size, self.roots[-1])
        rules = {name: read_rules(raw, shapes) for name, raw in bundle.rules.items()}
        self.judge = Judge(genesis, rules)
        g = genesis.body
        self.server = g["serverDevice"]
        self.devices: dict[bytes, Record] = {f["device"]: {"key": f["deviceKey"], "keys": {(f["account"], f["officerKey"])}, "unit": NIL}
                                             for f in g["founders"]}
        self.devices[self.server] = {"key": g["logKey"], "keys": set(), "unit": NIL}
        self.slips: dict[bytes, Record] = {}
        self.sessions: dict[bytes, Event] = {}
        self.chains: dict[tuple[bytes, int], Record] = {}
        self.version: Counter[bytes] = Counter()
        self.sequence: Counter[bytes] = Counter()
        self.scopes: dict[bytes, bytes] = {NIL: NIL, **{d: NIL for d in self.devices}}

    def read(self, position: int, leaf: bytes) -> Event:
        """A leaf with its action."""
        try:
            event = read_leaf(leaf)
            action = read_action(event.action, self.schema)
            if event.position != position or event.reason >= len(self.schema.enums["Reason"]):
                raise Refused("its position or reason")
        except Refused as bad:
            raise Refused(f"position {position}: {bad}") from None
        event.header, event.kind, event.body = action["header"], action["body"]["is"], action["body"]["of"]
        return event

    def no(self, question: str, e: Event, why: str) -> None:
        """Writes down what does not hold."""
        self.wrong[question].append((e.position, f"{e.kind}: {why}"))

    def check(self, question: str, e: Event, holds: bool, why: str) -> None:
        """Counts what was looked at, and writes down what does not hold."""
        self.counts[question] += 1
        if not holds:
            self.no(question, e, why)

    def run(self) -> None:
        """Looks at every event in its place."""
        judge_version, received = self.events[0].body["judgeVersion"], self.events[0].received
        for e in self.events:
            h = e.header
            self.check("order", e, e.received >= received, "received before the event before it")
            self.check("order", e, e.judge == judge_version, f"judge version {e.judge}, in force is {judge_version}")
            received = e.received
            seen_time = self.events[max(e.seen - 1, 0)].received if e.seen <= e.position else None
            self.check("seen", e, seen_time == e.seen_time, "seen time is not that of what was seen")
            self.check("seen", e, e.seen <= e.position and h["seenRoot"] == self.roots[e.seen], f"root of {e.seen} events is another")
            self.check("signed", e, (e.device, e.epoch, e.seq) == (h["device"], h["epoch"], h["seq"]), "head and header differ")
            self.check("signed", e, h["log"] == (b"" if e.kind == "genesis" else self.bundle.log), "made for another log")
            reason = self.schema.enums["Reason"][e.reason]
            against = self.authentic(e)
            self.check("signed", e, (against or "ok") == (reason if reason in ("unauthentic", "sessionExpired") else "ok"),
                       f"logged {e.outcome}({reason}), it is {against or 'authentic'}")
            if not against:
                self.verdict(e, reason)
            if e.outcome == "effective":
                self.enter(e)
                self.judge.fold(e, e.position)
                judge_version = e.body["judgeVersion"] if e.kind == "judgeUpgraded" else judge_version
            elif e.outcome == "held":
                self.judge.held[e.id] = e
            self.chain(e)
            self.place(e)
        for (device, epoch), chain in self.chains.items():
            if chain["ids"]:
                self.wrong["complete"].append((self.bundle.size, f"device {device.hex()} epoch {epoch}: no seal over its last {len(chain['ids'])} actions"))
        named = set(self.judge.published)
        for name in named ^ set(self.bundle.rules):
            self.wrong["complete"].append((self.bundle.size, f"rule set {name.hex()}: {'not in the bundle' if name in named else 'nobody published it'}"))

    def authentic(self, e: Event) -> str | None:
        """The reason why an action is not from whom it says, or nothing."""
        h, b = e.header, e.body
        if e.kind in ("deviceEnrolled", "officerKeyAdded"):
            slip = self.slips.get(b["slip"])
            text = b"hoso/slip/v1" + self.bundle.log + b["slip"] + h["device"] + b.get("deviceKey", bytes(32)) + b["account"] + b["officerKey"]
            return None if not slip or signed(slip["slipKey"], text, b["slipSignature"]) else "unauthentic"
        if e.kind in DEVICE_ALONE:
            return None
        if e.kind == "sessionOpened":
            session = e
            if h["actor"] != b["account"]:
                return "unauthentic"
        else:
            found = self.sessions.get(h["session"])
            if not found or (found.device, found.epoch, found.body["account"]) != (e.device, e.epoch, h["actor"]) or found.body["firstSeq"] > e.seq:
                return "unauthentic"
            session = found
        if e.kind in OFFICIAL:
            text = b"hoso/act/v1" + e.id
            if not any(kind == 1 and signed(session.body["officerKey"], text, raw) for kind, raw in e.signatures):
                return "unauthentic"
        return "sessionExpired" if session is not e and session.body["expires"] < e.seen_time else None

    def enter(self, e: Event) -> None:
        """What slips, devices, keys and sessions an effective event brings."""
        b = e.body
        if e.kind == "slipIssued":
            self.check("signed", e, b["slip"] not in self.slips and b["account"] in self.judge.accounts, "slip there already, or account unknown")
            self.slips[b["slip"]] = {**b, "used": False}
        elif e.kind in ("deviceEnrolled", "officerKeyAdded"):
            slip, new = self.slips.get(b["slip"]), e.kind == "deviceEnrolled"
            fits = slip and not slip["used"] and slip["expires"] >= e.received and slip["account"] == b["account"]
            fits = fits and (e.device not in self.scopes and e.seq == 0 if new else slip["unit"] == self.devices.get(e.device, {}).get("unit"))
            self.check("signed", e, bool(fits), "the slip is unknown, used, expired, or another's")
            if slip and new:
                self.devices[e.device] = {"key": b["deviceKey"], "keys": set(), "unit": slip["unit"]}
                self.scopes[e.device] = slip["unit"]
            if slip and e.device in self.devices:
                slip["used"] = True
                self.devices[e.device]["keys"].add((b["account"], b["officerKey"]))
        elif e.kind == "sessionOpened":
            there = (b["account"], b["officerKey"]) in self.devices.get(e.device, {"keys": ()})["keys"]
            self.check("signed", e, there, "the key is none of this account on this device")
            self.sessions[e.id] = e
        elif e.kind in ("genesis", "slipMisused", "fileStored"):
            self.check("signed", e, e.device == self.server and (e.kind != "genesis" or e.position == 0), "not by the server's device")

    def chain(self, e: Event) -> None:
        """The device's chain of seals."""
        chain = self.chains.setdefault((e.device, e.epoch), {"next": 0, "ids": [], "previous": bytes(32), "seen": 0})
        self.check("signed", e, e.seq == chain["next"], f"seq {e.seq} where {chain['next']} is due")
        self.check("seen", e, e.seen >= chain["seen"], "saw less than the action before it")
        chain.update(next=e.seq + 1, seen=e.seen)
        chain["ids"].append(e.id)
        if not e.seal:
            return
        text = seal_statement(self.bundle.log, e.device, e.epoch, e.seal)
        first, last = (int.from_bytes(e.seal[i:i + 8], "little") for i in (0, 8))
        fits = (first, last) == (e.seq + 1 - len(chain["ids"]), e.seq) and e.seal[16:48] == chain["previous"]
        self.check("signed", e, fits and e.seal[48:80] == tree_head(chain["ids"]), "the seal does not cover what came since the one before")
        self.check("signed", e, signed(self.devices.get(e.device, {"key": b""})["key"], text, e.seal[80:]), "the seal's signature does not hold")
        chain.update(previous=sha256(text, e.seal[80:]), ids=[])
        self.counts["seals"] += 1

    def place(self, e: Event) -> None:
        """Stream, scope and their numbers."""
        stream = e.header["stream"]
        if e.kind in ("subjectRegistered", "productRegistered") and stream not in self.scopes and e.outcome != "void":
            self.scopes[stream] = e.body["unit"]
        stream = stream if stream in self.scopes else NIL
        scope = self.scopes[stream]
        for what, mine, due in (("scope", e.scope, scope), ("stream version", e.version, self.version[stream]),
                                ("scope sequence", e.sequence, self.sequence[scope])):
            self.check("order", e, mine == due, f"{what} is another")
        self.version[stream] += 1
        self.sequence[scope] += 1

    def verdict(self, e: Event, reason: str) -> None:
        """Compares the verdict with what can be judged again."""
        j, logged = self.judge, f"logged {e.outcome}({reason})"
        want = j.authority(e)
        opening = j.opening(e)
        if opening is not None and want[0] != "void":
            want = ("held", "openingHeld", opening)
        passed = e.outcome == "effective" or e.outcome == "held" and reason != "openingHeld"
        if e.kind in WHO or e.kind in ("slipIssued", "adopted", "annulled"):
            compare = (e.outcome == "effective" or reason in BY_AUTHORITY | {"openingHeld"}) and (e.kind, reason) not in REFUSALS_TOO
            same = (want[:2] == (e.outcome, reason) and want[2] in (None, e.against)) if compare else \
                want[0] != "void" if e.kind in ROOT_KINDS or passed else True
            self.check("mandates", e, same, f"{logged}, by authority it is {want[0]}({want[1]})")
            dates = "timeUncertain" if not j.dates_hold(e) else "rulesLapsed" if j.lapsed(e) else "none"
            if e.outcome == "effective" or reason in ("timeUncertain", "rulesLapsed"):
                self.check("mandates", e, dates == reason, f"{logged}, by its dates it is {dates}")
        if passed:
            why = j.against(e) or ("files named" if e.header["files"] and e.kind != "documentAdded" else "")
            self.check("mandates", e, not why, f"{logged}: {why}")
        if e.outcome == "effective":
            self.check("order", e, e.against == NONE, "effective, and something stands in the way")
        if e.kind in ("tallied", "paperTallied") and (passed or reason in ("quorumNotMet", "spreadExceeded", "wrongTally")):
            found, words = j.tally(e) if e.kind == "tallied" else j.paper(e)
            self.check("tallies", e, found == (reason if e.outcome == "void" else "none"), f"{logged}, recomputed {found}: {words}")
        if e.outcome == "void" and reason not in BY_AUTHORITY:
            self.unjudged[f"void({reason}) of {e.kind}"] += 1
        elif e.outcome == "effective" and e.kind not in WHOLE:
            self.unjudged[e.kind] += 1


def answer(path: str) -> int:
    """Prints the answers about a file."""
    try:
        with open(path, "rb") as file:
            if os.fstat(file.fileno()).st_size > FILE_MAX:
                raise Refused("a file of more than 4 GiB")
            data = file.read(FILE_MAX + 1)
    except OSError as bad:
        print(f"no such file: {path}: {bad.strerror}")
        return 3
    audit: Any = None
    try:
        audit = Audit(read_bundle(data))
        audit.run()
    except Refused as bad:
        print(f"Is it complete and unchanged: no: {bad}")
        return 1
    except Exception as bad:  # whatever an input does, the answer is a line
        print(f"Can it be read: no: {type(bad).__name__}: {bad}")
        return 1
    bundle, counts = audit.bundle, audit.counts
    counts.update(complete=bundle.size, unchanged=bundle.size + len(bundle.rules))
    for question, words in QUESTIONS.items():
        wrong = audit.wrong[question]
        first = f"no: position {wrong[0][0]}: {wrong[0][1]}" + (f" (and {len(wrong) - 1} more)" if wrong[1:] else "") if wrong else ""
        print(f"{words}: {first or f'yes: {counts[question]} looked at'}")
    print(f"Not re-judged, verdicts by kind: {', '.join(f'{k} {n}' for k, n in sorted(audit.unjudged.items())) or 'none'}")
    return int(any(audit.wrong.values()))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print("usage: python3 tests/auditor/verify.py FILE")
        sys.exit(2)
    sys.exit(answer(sys.argv[1]))
