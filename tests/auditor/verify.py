"""A second verifier of a log, written from the documents alone: python3 tests/auditor/verify.py FILE

One line answers one question. Exit codes: 0 everything holds, 1 it does not, 2 usage, 3 no such file.
"""
import sys
from collections import Counter
from pathlib import Path
from bundle import Bundle, Event, Tree, check_note, sha256, signed
from judge import NIL, WHO, Judge, Table
from wire import Record, Refused, Schema, read_rules

UNOFFICIAL = set(
    "subjectRegistered productRegistered renewalAnswered dossierOpened fieldSet documentAdded noteAdded selfAssessed opinionGiven submitted withdrawn "
    "received returned advisoryReported formNumbered reminderSent difficultyRaised difficultyResolved promotionHeld productCoded samplesReceived "
    "complaintFiled promotionJoined".split())
SERVERS, BY_SLIP = ("genesis", "slipMisused", "fileStored"), ("deviceEnrolled", "officerKeyAdded")
WHOLE = {"genesis", "slipMisused", "sessionOpened", "deviceEnrolled", "officerKeyAdded", "meetingClosed", "mandateEnded"}
BY_AUTHORITY = {"noMandate", "notAMember", "mandateEnded", "mandateUncertain", "unitClosed", "openingHeld"}
REFUSALS_TOO = {("mandateEnded", "mandateEnded"), ("unitClosed", "unitClosed"), ("unitRenamed", "unitClosed"), ("recused", "notAMember")}
QUESTIONS = {"complete": "Is it complete", "unchanged": "Is it unchanged", "signed": "Is it signed by whom it says",
             "seen": "Are the roots that it quotes its own", "order": "Are versions, sequences and times in order",
             "mandates": "Had everybody the mandate", "tallies": "Do sums, bands, gates and stars come from the sheets"}

class Audit:
    """One pass over the events of a bundle; what does not hold is collected by question."""
    def __init__(self, data: bytes, schemas: Path) -> None:
        self.bundle = bundle = Bundle(data)
        self.schema, shapes = Schema(schemas / "action.capnp", schemas / "event.capnp"), Schema(schemas / "rules.capnp")
        self.wrong: dict[str, list[str]] = {q: [] for q in QUESTIONS}
        self.counts: Counter[str] = Counter(complete=bundle.size, unchanged=bundle.size + len(bundle.rules))
        self.unjudged: Counter[str] = Counter()
        tree, self.events = Tree(), list[Event]()
        self.roots = [bytes(32)]  # what seen nothing quotes
        for position, leaf in enumerate(bundle.leaves):
            try:
                self.events.append(Event(leaf, self.schema))
            except ValueError as bad:
                raise Refused(f"position {position}: {bad}") from None
            tree.add(leaf)
            self.roots.append(tree.root())
        genesis, g = self.events[0], self.events[0].body
        if genesis.kind != "genesis" or genesis.id != bundle.log:
            raise Refused("position 0: not the genesis whose hash the log id is")
        check_note(bundle.note, g, bundle.size, self.roots[-1])
        self.judge = Judge(genesis, {name: read_rules(raw, shapes) for name, raw in bundle.rules.items()})
        self.server, self.version = g["serverDevice"], g["judgeVersion"]
        self.devices: Table = {f["device"]: {"key": f["deviceKey"], "keys": {(f["account"], f["officerKey"])}, "unit": NIL} for f in g["founders"]}
        self.devices[self.server] = {"key": g["logKey"], "keys": set(), "unit": NIL}
        self.scopes: dict[bytes, bytes] = {NIL: NIL} | dict.fromkeys(self.devices, NIL)
        self.slips: Table = {}
        self.sessions: dict[bytes, Event] = {}
        self.chains: dict[tuple[bytes, int], Record] = {}
        self.filed: Counter[tuple[str, bytes]] = Counter()
    def check(self, question: str, e: Event, holds: bool, why: str) -> None:
        """Counts what was looked at, and notes what does not hold."""
        self.counts[question] += 1
        if not holds:
            self.wrong[question].append(f"position {e.position}: {e.kind}: {why}")
    def run(self) -> None:
        """Looks at every event in its place, and at the end for what is missing."""
        for position, e in enumerate(self.events):
            try:
                self.event(e, position)
            except (LookupError, ValueError) as bad:
                self.check("complete", e, False, str(bad) if isinstance(bad, Refused) else "it rests on what is not there")
                break
        self.wrong["complete"] += [f"position {self.bundle.size}: device {device.hex()}: no seal over its last {len(chain['ids'])} actions"
                                   for (device, _), chain in self.chains.items() if chain["ids"]]
        self.wrong["complete"] += [f"position {self.bundle.size}: nobody published rule set {x.hex()}" for x in set(self.bundle.rules) - set(self.judge.published)]
    def event(self, e: Event, position: int) -> None:
        """Looks at one event, and lets it change what the next ones are looked at by."""
        h, seen, before = e.header, min(e.seen, position), self.events[max(position - 1, 0)]
        self.check("complete", e, e.position == position, f"it stands at {position} and says {e.position}")
        self.check("order", e, e.received >= before.received and e.judge == self.version, "received before the one before, or another judge")
        self.check("seen", e, e.seen == seen and h["seenRoot"] == self.roots[seen], f"the first {e.seen} events have another root")
        self.check("seen", e, e.seen_time == self.events[max(seen - 1, 0)].received, "its seen time is not that of what it had seen")
        head = (e.device, e.epoch, e.seq, self.bundle.log if position else b"")
        self.check("signed", e, head == (h["device"], h["epoch"], h["seq"], h["log"]), "head and header differ, or it was made for another log")
        why, said = self.unauthentic(e), e.reason if e.reason in ("unauthentic", "sessionExpired") else ""
        self.check("signed", e, why == said and (not why or e.outcome == "void"), f"logged {e.outcome}({e.reason}), it is {why or 'authentic'}")
        if not why:
            self.verdict(e)
        if e.outcome == "effective":
            self.enter(e)
            self.judge.fold(e, position)
            self.version = e.body["judgeVersion"] if e.kind == "judgeUpgraded" else self.version
        elif e.outcome == "held":
            self.judge.held[e.id] = e
        self.chain(e)
        self.place(e)
    def unauthentic(self, e: Event) -> str:
        """The reason why an action is not from whom it says; nothing if it is."""
        h, b = e.header, e.body
        if e.kind in BY_SLIP:
            slip = self.slips.get(b["slip"])
            text = b"hoso/slip/v1" + self.bundle.log + b["slip"] + h["device"] + b.get("deviceKey", bytes(32)) + b["account"] + b["officerKey"]
            return "" if not slip or signed(slip["slipKey"], text, b["slipSignature"]) else "unauthentic"
        if e.kind in SERVERS:
            return "" if e.device == self.server else "unauthentic"
        session = e if e.kind == "sessionOpened" else self.sessions.get(h["session"], e)
        s, own = session.body, session is e
        if session.kind != "sessionOpened" or (session.device, session.epoch, s["account"]) != (e.device, e.epoch, h["actor"]):
            return "unauthentic"
        if not own and s["firstSeq"] > e.seq or e.kind not in UNOFFICIAL and not any(signed(s["officerKey"], b"hoso/act/v1" + e.id, raw) for raw in e.signatures):
            return "unauthentic"
        return "sessionExpired" if not own and s["expires"] < e.seen_time else ""
    def enter(self, e: Event) -> None:
        """What slips, devices, keys and sessions an effective event brings."""
        b, here = e.body, self.devices.get(e.device, {"keys": set(), "unit": None})
        if e.kind == "slipIssued":
            self.check("signed", e, b["slip"] not in self.slips and b["account"] in self.judge.made["account"], "slip there already, or nobody's")
            self.slips[b["slip"]] = dict(b)
        elif e.kind in BY_SLIP:
            slip, new = self.slips.pop(b["slip"], {"account": None, "unit": None, "expires": 0}), e.kind == "deviceEnrolled"
            fits = slip["account"] == b["account"] and slip["expires"] >= e.received
            fits &= e.device not in self.scopes and e.seq == 0 if new else slip["unit"] == here["unit"]
            self.check("signed", e, fits, "its slip is unknown, used, expired or another's")
            if new and fits:
                here = self.devices[e.device] = {"key": b["deviceKey"], "keys": set(), "unit": slip["unit"]}
                self.scopes[e.device] = here["unit"]
            here["keys"].add((b["account"], b["officerKey"]))
        elif e.kind == "sessionOpened":
            self.check("signed", e, (b["account"], b["officerKey"]) in here["keys"], "the key is none of this account on this device")
            self.sessions[e.id] = e
    def chain(self, e: Event) -> None:
        """The chain of seals of a device and epoch."""
        chain = self.chains.setdefault((e.device, e.epoch), {"next": 0, "ids": [], "previous": bytes(32), "seen": 0})
        self.check("signed", e, e.seq == chain["next"], f"seq {e.seq} where {chain['next']} is due")
        self.check("seen", e, e.seen >= chain["seen"], "it saw less than the action before it")
        chain.update(next=e.seq + 1, seen=e.seen)
        chain["ids"].append(e.id)
        if e.seal:
            text = b"hoso/push-seal/v1" + self.bundle.log + e.device + e.epoch.to_bytes(4, "little") + e.seal[:80]
            first, signature = (e.seq + 1 - len(chain["ids"])) % 2**64, e.seal[80:]
            whole = first.to_bytes(8, "little") + e.seq.to_bytes(8, "little") + chain["previous"] + Tree(chain["ids"]).root()
            self.check("signed", e, e.seal[:80] == whole, "its seal does not cover what came since the one before, or forks")
            self.check("signed", e, signed(self.devices.get(e.device, {"key": b""})["key"], text, signature), "the signature of its seal does not hold")
            chain.update(previous=sha256(text, signature), ids=[])
    def place(self, e: Event) -> None:
        """Stream and scope, and the numbers in them."""
        if e.kind in ("subjectRegistered", "productRegistered") and e.stream not in self.scopes and e.outcome != "void":
            self.scopes[e.stream], self.judge.streams[e.stream] = e.body["unit"], e.body
        stream, scope = e.stream if e.stream in self.scopes else NIL, self.scopes.get(e.stream, NIL)
        due = (scope, self.filed["stream", stream], self.filed["scope", scope])
        self.check("order", e, (e.scope, e.version, e.sequence) == due, f"scope {scope.hex()}, version {due[1]} and sequence {due[2]} are due")
        self.filed.update([("stream", stream), ("scope", scope)])
    def verdict(self, e: Event) -> None:
        """Compares a verdict with what is judged again."""
        j, logged, effective = self.judge, f"logged {e.outcome}({e.reason})", e.outcome == "effective"
        want, opening = j.authority(e), j.opening(e)
        if opening is not None and want[0] != "void":
            want = ("held", "openingHeld", opening)
        passed = effective or e.outcome == "held" and e.reason != "openingHeld"
        if e.kind in WHO:
            same = want[0] != "void" or not (passed or WHO[e.kind][:3] == ["administrator", "exact", "root"])
            if effective or e.reason in BY_AUTHORITY and (e.kind, e.reason) not in REFUSALS_TOO:
                same = want[:2] == (e.outcome, e.reason) and want[2] in (None, e.against)
            self.check("mandates", e, same, f"{logged}, by authority it is {want[0]}({want[1]})")
            if effective or e.reason in ("timeUncertain", "rulesLapsed"):
                self.check("mandates", e, j.dates(e) == e.reason, f"{logged}, by its dates it is {j.dates(e)}")
        why = j.against(e) if passed else ""
        self.check("mandates", e, not why, f"{logged}: {why}")
        self.check("order", e, not effective or e.against == 2**64 - 1, "effective, and something stands in its way")
        if e.kind in ("tallied", "paperTallied") and (passed or e.reason in ("quorumNotMet", "spreadExceeded", "wrongTally")):
            found, words = j.tally(e) if e.kind == "tallied" else j.paper(e)
            self.check("tallies", e, found == (e.reason if e.outcome == "void" else "none"), f"{logged}, recomputed {found}: {words}")
        if effective and e.kind not in WHOLE or not effective and e.reason not in BY_AUTHORITY:
            self.unjudged[e.kind if effective else f"{e.outcome}({e.reason}) of {e.kind}"] += 1

def main(arguments: list[str]) -> int:
    """Prints the answers about a file."""
    if len(arguments) != 1:
        print("usage: python3 tests/auditor/verify.py FILE")
        return 2
    try:
        with open(arguments[0], "rb") as file:
            audit = Audit(file.read(1 << 30), Path(__file__).resolve().parents[2] / "schema")
        audit.run()
    except OSError as bad:
        print(f"No such file: {bad}")
        return 3
    except Exception as bad:  # whatever the input does, the answer is a line
        print(f"Is it complete and unchanged: no: {'' if isinstance(bad, ValueError) else type(bad).__name__ + ': '}{bad}")
        return 1
    for question, words in QUESTIONS.items():
        wrong = audit.wrong[question]
        print(f"{words}: " + (f"no: {wrong[0]} ({len(wrong)} in all)" if wrong else f"yes: {audit.counts[question]} checks"))
    print("Not re-judged, but for authority: " + (", ".join(f"{kind} {n}" for kind, n in sorted(audit.unjudged.items())) or "none"))
    return int(any(audit.wrong.values()))

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
