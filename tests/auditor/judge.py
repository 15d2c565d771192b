"""Judges again what docs/judgement.md and docs/authorisation.md let be judged from the log alone: authority, dates, tallies, digests."""
from __future__ import annotations

import struct
from datetime import date
from typing import Any

from bundle import Event, open_box, public_of, sha256
from wire import Record

Verdict = tuple[str, str, int | None]  # outcome, reason, against (None where the documents do not say)
FINE: Verdict = ("effective", "none", None)
RANK = {"effective": 0, "held": 1, "void": 2}
NIL = bytes(16)
ROOT_KINDS = set("unitCreated unitClosed mandateGranted mandateEnded ruleSetPublished roundOpened numberBlockGranted judgeUpgraded officeCreated "
                 "officeRenamed unitRenamed calendarSet".split())
WHO = {kind: tuple(line.split(":")[0].split()) for line in f"""
administrator exact root: {" ".join(sorted(ROOT_KINDS))}
adviser,secretary exact root: ideaReviewed
administrator within unit: accountCreated
secretary,signer exact unit: councilEstablished noticeIssued resultsPublished
secretary,signer exact council: councilChanged
signer exact unit: decisionSigned
secretary exact unit: packageSent
officer,secretary exact unit: formNumbered
secretary within unit: reminderSent
officer,secretary within unit: difficultyRaised promotionHeld
secretary,signer within unit: difficultyResolved
secretary,signer within stream: legacyRecognised expiryNotified revocationServed complaintResolved corrected
officer within stream: subjectRegistered productRegistered renewalAnswered dossierOpened fieldSet documentAdded selfAssessed submitted
officer within stream: withdrawn promotionJoined
officer,secretary within stream: productCoded complaintFiled
officer,adviser,secretary within stream: inspected
officer,adviser,secretary,signer within stream: noteAdded
officer exact stage: opinionGiven
secretary exact stage: received returned forwarded
adviser exact stage: advisoryReported
adviser,secretary exact stage: samplesReceived
signer exact stage: declined
secretary,signer exact stage: recognised
secretary exact entering: resultEntered
secretary,signer exact decision: certificateRevoked
chair,secretary seat council: meetingOpened meetingClosed tallied paperTallied minutesFiled
chair,secretary,member seat council: sheetSubmitted recused
""".strip().splitlines() for kind in line.split(":")[1].split()}
BRACKET = {**{k: "date" for k in "submitted received forwarded declined renewalAnswered meetingOpened decisionSigned certificateRevoked formNumbered "
              "ideaReviewed expiryNotified inspected revocationServed complaintResolved corrected".split()},
           "dossierOpened": "filingDate", "recognised": "issued"}
UPPER = {**{k: "date" for k in "resultEntered paperTallied noticeIssued minutesFiled resultsPublished packageSent reminderSent difficultyRaised "
            "difficultyResolved productCoded samplesReceived complaintFiled promotionJoined".split()},
         "councilEstablished": "decisionDate", "councilChanged": "decisionDate"}
DRAFT, SUBMITTED, RECEIVED, RETURNED, TALLIED, RECOGNISED, DECLINED, WITHDRAWN = range(8)
PHASES = {"fieldSet": {0, 3}, "selfAssessed": {0, 3}, "opinionGiven": {0, 3}, "submitted": {0, 3}, "received": {1}, "returned": {1, 2},
          "advisoryReported": {2}, "sheetSubmitted": {2}, "recused": {1, 2}, "tallied": {2}, "paperTallied": {2}, "recognised": {4},
          "forwarded": {4, 5}, "declined": {2, 4}, "resultEntered": {1}}
TURNS = ("submitted", "withdrawn", "received", "returned", "forwarded")


def day_of(text: str) -> int:
    """The day of YYYY-MM-DD."""
    return date.fromisoformat(text).toordinal() - 719163


def worst(verdicts: list[Verdict]) -> Verdict:
    """The worst of these; of equals the first."""
    return max(verdicts, key=lambda v: RANK[v[0]])


class Judge:
    """The registry and the dossiers, as the effective events so far made them."""

    def __init__(self, genesis: Event, rules: dict[bytes, Record]) -> None:
        self.rules = rules
        self.published: list[bytes] = []
        self.founders = {f["account"] for f in genesis.body["founders"]}
        self.accounts: dict[bytes, bytes] = {f: NIL for f in self.founders}
        self.units: dict[bytes, Record] = {}
        self.root = NIL
        self.mandates: dict[bytes, Record] = {}
        self.councils: dict[bytes, Record] = {}
        self.meetings: dict[bytes, Record] = {}
        self.decisions: dict[bytes, Record] = {}
        self.blocks: dict[bytes, Record] = {}
        self.used: set[tuple[str, str]] = set()
        self.streams: dict[bytes, Record] = {}  # of subjects and products: unit, opening, and of a product its set
        self.dossiers: dict[bytes, Record] = {}
        self.held: dict[bytes, Event] = {}

    # ---- who may -----------------------------------------------------------------------------------------------------

    def over(self, unit: bytes, day: int, parents: bool) -> set[bytes]:
        """The unit and those that stand for it that day; with parents, also those it lies within."""
        found, todo = set(), [unit]
        while todo:
            one = todo.pop()
            if one in self.units and one not in found:
                found.add(one)
                closed = self.units[one].get("closed")
                todo += closed["successors"] if closed and closed["last"] < day else []
                todo += [self.units[one]["parent"]] if parents else []
        return found

    def closed(self, unit: bytes, e: Event) -> Verdict:
        """What a unit's closing makes of an act by its people."""
        closed = self.units.get(unit, {}).get("closed")
        if not closed or closed["last"] >= e.day:
            return FINE
        late = e.seen > closed["position"] and closed["last"] < e.seen_day
        return ("void" if late else "held", "unitClosed", closed["position"])

    def mandate(self, m: Record, e: Event) -> Verdict | None:
        """What one mandate lets through."""
        own: Verdict = FINE
        if m["validFrom"] > e.day:
            return None
        if m["ended"] is not None and e.seen > m["ended"]:
            own = ("void", "mandateEnded", m["ended"])
        elif m["validTo"] and m["validTo"] < e.seen_day:
            own = ("void", "mandateEnded", None)
        elif m["ended"] is not None:
            own = ("held", "mandateEnded", m["ended"])
        elif m["validTo"] and m["validTo"] < e.day:
            own = ("held", "mandateEnded", None)
        elif m["validFrom"] > e.seen_day:
            own = ("held", "mandateUncertain", None)
        return worst([self.closed(m["unit"], e), own])

    def by_mandate(self, e: Event, roles: str, mode: str, place: bytes | None) -> Verdict:
        """The best that the actor's mandates let through at this place."""
        actor = e.header["actor"]
        if actor in self.founders and "administrator" in roles:
            return FINE
        reach = self.over(place, e.day, mode == "within") if place else set()
        found = [self.mandate(m, e) for m in self.mandates.values()
                 if m["account"] == actor and m["role"] in roles.split(",") and m["unit"] in reach]
        return min((v for v in found if v), key=lambda v: RANK[v[0]], default=("void", "noMandate", None))

    def stage_unit(self, e: Event, key: str) -> bytes | None:
        """The product's unit or the one above it that has the level of this stage."""
        stage = self.stage(self.dossiers.get(e.body.get("dossier", b"")), key)
        unit = self.streams.get(e.header["stream"], {}).get("unit", b"")
        while stage and stage["level"] and unit in self.units:
            if self.units[unit]["level"] == stage["level"]:
                return bytes(unit)
            unit = self.units[unit]["parent"]
        return None

    def stage(self, dossier: Record | None, key: str) -> Record | None:
        """A stage of the dossier's ladder; without a key the one it stands at."""
        if not dossier:
            return None
        stages = self.rules[dossier["rules"]]["stages"]
        return next((s for i, s in enumerate(stages) if (s["key"] == key if key else i == dossier["stage"])), None)

    def place(self, e: Event) -> bytes | None:
        """The unit an act is asked for; nothing where there is none."""
        what, b = WHO.get(e.kind, ("", "", "stream"))[2], e.body
        if what == "root":
            return self.root
        if what == "unit":
            return bytes(b["unit"])
        if what == "council":
            council = b["council"] if "council" in b else self.meetings.get(b["meeting"], {}).get("council")
            return self.councils.get(council, {}).get("unit")
        if what == "stage":
            return self.stage_unit(e, b.get("stage", ""))
        if what == "entering":
            stage = self.stage(self.dossiers.get(b["dossier"]), b["stage"])
            return self.stage_unit(e, stage["enteredBy"]) if stage and stage["enteredBy"] else None
        if what == "decision":
            unit = self.decisions.get(b["decision"], {}).get("unit")
            mine = self.streams.get(e.header["stream"], {}).get("unit", b"")
            return unit if unit in self.over(mine, e.day, True) else None
        if e.kind in ("subjectRegistered", "productRegistered"):
            return bytes(b["unit"])
        return self.streams.get(e.header["stream"], {}).get("unit")

    def authority(self, e: Event) -> Verdict:
        """Whether the actor may, by docs/judgement.md, section Authority."""
        if e.kind == "slipIssued":
            mine = [m["unit"] for m in self.mandates.values() if m["account"] == e.body["account"] and m["ended"] is None
                    and not (m["validTo"] and m["validTo"] < e.day)]
            seats = [c["unit"] for c in self.councils.values() if e.body["account"] in c["members"]]
            places = [e.body["unit"], self.accounts.get(e.body["account"], NIL) or NIL, *mine, *seats]
            return worst([self.by_mandate(e, "administrator", "within", self.root if p == NIL else p) for p in places])
        if e.kind in ("adopted", "annulled"):
            if e.header["stream"] not in self.streams:
                return self.by_mandate(e, "administrator", "exact", self.root)
            named = self.named(e, set())
            return worst([self.by_mandate(e, "signer", "within", self.place(h) or self.root) for h in named] or [FINE])
        if e.kind not in WHO:
            return FINE
        roles, mode, _ = WHO[e.kind]
        place = self.place(e)
        if mode == "seat":
            council = e.body["council"] if "council" in e.body else self.meetings.get(e.body["meeting"], {}).get("council")
            seat = self.councils.get(council, {}).get("members", {}).get(e.header["actor"])
            return self.closed(place or b"", e) if seat in roles.split(",") else ("void", "notAMember", None)
        verdict = self.by_mandate(e, roles, mode, place)
        return worst([self.closed(place or b"", e), verdict]) if e.kind in ("subjectRegistered", "productRegistered") else verdict

    def named(self, e: Event, met: set[bytes]) -> list[Event]:
        """The held acts that an adoption or annulment names; those of an adoption in place of itself."""
        out: list[Event] = []
        for one in e.body["actions"]:
            if one in self.held and one not in met:
                held = self.held[one]
                out += self.named(held, met | {one}) if held.kind in ("adopted", "annulled") else [held]
        return out

    def opening(self, e: Event) -> int | None:
        """The position of an opening that waits for a person itself, and which this act needs."""
        if WHO.get(e.kind, ("", "", ""))[1:] != ("within", "stream") or e.kind in ("subjectRegistered", "productRegistered"):
            return None
        for held in self.held.values():
            if held.header["stream"] == e.header["stream"] and (held.kind == "productRegistered" or held.kind == "dossierOpened"
                                                                and held.body["dossier"] == e.body.get("dossier") and e.kind != held.kind):
                return held.position
        return None

    def dates_hold(self, e: Event) -> bool:
        """Whether the stated dates lie in the bracket."""
        dossier = self.dossiers.get(e.body.get("dossier", b""))
        name = dossier["rules"] if dossier else e.body["ruleSetHash"] if e.kind == "dossierOpened" else self.published[-1] if self.published else b""
        back = self.rules[name]["datesBackMaxDays"] if name in self.rules else 0
        days = [e.body["decisionDate"], e.body["issued"]] if e.kind == "legacyRecognised" else []
        days += [e.body[UPPER[e.kind]]] if e.kind in UPPER else []
        if e.kind in BRACKET:
            days.append(e.body[BRACKET[e.kind]])
            if days[-1] < e.seen_day - back:
                return False
        return all(d <= e.day for d in days)

    def lapsed(self, e: Event) -> bool:
        """Whether the regulation decides such dossiers no more on the day of a result."""
        dossier = self.dossiers.get(e.body.get("dossier", b""))
        if not dossier or e.kind not in ("recognised", "resultEntered") or not e.body["stars"]:
            return False
        day = e.body["issued" if e.kind == "recognised" else "date"]
        return any(t["kind"] == dossier["kind"] and day_of(t["filedFrom"]) <= dossier["filed"] and bool(t["decidedBy"])
                   and (not t["filedTo"] or dossier["filed"] <= day_of(t["filedTo"])) and day > day_of(t["decidedBy"])
                   for t in self.rules[dossier["rules"]]["forms"])

    # ---- tallies -----------------------------------------------------------------------------------------------------

    def product_set(self, dossier: Record) -> Record | None:
        """The product set of a dossier, in its own rule set."""
        code = self.streams[dossier["product"]]["set"]
        return next((s for s in self.rules[dossier["rules"]]["productSets"] if s["key"] == code), None)

    def valid_sheets(self, b: Record, dossier: Record, meeting: Record, criteria: list[Record]) -> list[bytes]:
        """The options of every valid sheet of a meeting for a dossier."""
        out = []
        for author, (name, sealed) in dossier["sheets"].get(b["meeting"], {}).items():
            plain = open_box(sealed, meeting["publicKey"], meeting["privateKey"]) or b""
            head = b"HSS1" + b["meeting"] + dossier["product"] + b["dossier"] + author + struct.pack("<I", len(criteria))
            recused = dossier["recused"].get((meeting["council"], author), meeting["closed"])
            marks = plain[len(head):]
            if (name in meeting["sheets"] and recused >= meeting["closed"] and plain.startswith(head) and len(marks) == len(criteria)
                    and all(m <= len(c["options"]) for m, c in zip(marks, criteria))):
                out.append(marks)
        return out

    def tally(self, e: Event) -> tuple[str, str]:
        """The reason against a tally, or none, by the sheets; and what they give."""
        b, dossier, meeting = e.body, self.dossiers.get(e.body["dossier"]), self.meetings.get(e.body["meeting"])
        kind = self.product_set(dossier) if dossier else None
        if not dossier or not meeting or not kind or "closed" not in meeting:
            return "unknownMeeting", "no such dossier, closed meeting or product set"
        rules = self.rules[dossier["rules"]]
        where = [(i, c) for i, s in enumerate(kind["sections"]) for g in s["groups"] for c in g["criteria"]]
        sheets = self.valid_sheets(b, dossier, meeting, [c for _, c in where])
        points = [[c["options"][m - 1]["points"] if m else 0 for m, (_, c) in zip(marks, where)] for marks in sheets]
        totals, added, n = [sum(p) for p in points], [sum(p) for p in zip(*points)], len(sheets)
        if n < meeting["quorum"] or not n:
            return "quorumNotMet", f"{n} valid sheets, {meeting['quorum']} needed"
        if max(totals) - min(totals) > meeting["spread"]:
            return "spreadExceeded", f"spread {max(totals) - min(totals)} over {meeting['spread']}"
        sums = [sum(p for p, (i, _) in zip(added, where) if i == s) for s in range(len(kind["sections"]))]
        stars = 0
        for band in rules["bands"]:
            gates = all(p >= n * o["points"] for p, (_, c) in zip(added, where) for o in c["options"] if 0 < o["gate"] <= band["stars"])
            if sum(sums) < band["from"] * n or not gates:
                break
            stars = band["stars"]
        right = (b["sheets"], b["sums"], b["stars"]) == (n, sums, stars)
        return "none" if right else "wrongTally", f"{n} sheets, sums {sums}, {stars} stars"

    def paper(self, e: Event) -> tuple[str, str]:
        """The same of a tally whose sheets are on paper: what its averages allow."""
        b, dossier, council = e.body, self.dossiers.get(e.body["dossier"]), self.councils.get(e.body["council"])
        kind = self.product_set(dossier) if dossier else None
        if not dossier or not council or not kind:
            return "unknownCouncil", "no such dossier, council or product set"
        if b["sheets"] < council["quorum"]:
            return "quorumNotMet", f"{council['quorum']} needed"
        fits = len(b["averages"]) == len(kind["sections"]) and all(a <= s["points"] for a, s in zip(b["averages"], kind["sections"]))
        bands = [x["stars"] for x in self.rules[dossier["rules"]]["bands"] if x["from"] <= sum(b["averages"])]
        return "none" if fits and b["stars"] in bands else "wrongTally", f"averages {b['averages']} allow {bands} stars"

    def digest(self, name: bytes) -> bytes:
        """The digest of a dossier."""
        d = self.dossiers[name]
        return sha256(b"hoso/digest/v1", name, d["rules"], struct.pack("<BBI", d["phase"], d["stage"], len(d["ids"])), *sorted(d["ids"]))

    # ---- what an effective act must not contradict -------------------------------------------------------------------

    def number(self, e: Event, number: Record, kind: str) -> str | None:
        """The printed text of a number, if this device was granted it and nobody used it."""
        block = self.blocks.get(number["block"])
        if not block or block["device"] != e.device or block["kind"] != kind or not block["first"] <= number["value"] <= block["last"]:
            return None
        text = block["pattern"].replace("{}", str(number["value"]))
        return None if (kind, text) in self.used else text

    def against(self, e: Event) -> str | None:
        """Why an effective act cannot have been effective, as far as it is judged again here."""
        b, dossier = e.body, self.dossiers.get(e.body.get("dossier", b""))
        if "dossier" in b and e.kind not in ("dossierOpened", "formNumbered"):
            if not dossier or dossier["product"] != e.header["stream"]:
                return "no such dossier in this stream"
            if e.kind in PHASES and dossier["phase"] not in PHASES[e.kind]:
                return f"phase {dossier['phase']}"
            if e.kind in TURNS and b["turn"] != dossier["turn"]:
                return f"turn {b['turn']} after {dossier['turn']}"
            if "digest" in b and b["digest"] != self.digest(b["dossier"]):
                return "the digest is not that of the dossier"
        known = {"account": self.accounts, "unit": self.units, "council": self.councils, "meeting": self.meetings, "decision": self.decisions}
        makes = {"accountCreated": "account", "unitCreated": "unit", "councilEstablished": "council", "meetingOpened": "meeting",
                 "decisionSigned": "decision"}.get(e.kind)
        for name, there in known.items():
            if name in b and (b[name] in there) == (name == makes):
                return f"{name} {b[name].hex()} is {'there already' if name == makes else 'not known'}"
        if e.kind == "ruleSetPublished" and (b["hash"] not in self.rules or self.rules[b["hash"]]["id"] != b["id"] or b["json"][:4] != b"\x28\xb5\x2f\xfd"):
            return "its bytes are not in the bundle, have another id, or are no zstd frame"
        if e.kind == "dossierOpened" and b["ruleSetHash"] not in self.published:
            return "rule set not published"
        if e.kind == "meetingClosed" and ("closed" in self.meetings[b["meeting"]] or public_of(b["privateKey"]) != self.meetings[b["meeting"]]["publicKey"]):
            return "closed already, or the private key does not make the public one"
        if e.kind == "mandateEnded" and self.mandates.get(b["mandate"], {"ended": 0})["ended"] is not None:
            return "no such mandate, or ended"
        if e.kind == "decisionSigned":
            texts = [self.number(e, b["number"], "decision")] + [self.number(e, x["certificate"], "certificate") for x in b["lines"]
                                                                if b["kind"] == "recognition"]
            if None in texts or len(set(texts)) != len(texts):
                return "a number not granted to this device, or used"
        if e.kind == "recognised" and dossier:
            decision, result = self.decisions[b["decision"]], dossier["results"][-1]
            line = next((x for x in decision["lines"] if x["dossier"] == b["dossier"] and x["product"] == e.header["stream"]), None)
            stage = self.stage(dossier, "")
            if decision["kind"] != "recognition" or not line or (line["stars"], line["certificate"]) != (b["stars"], b["certificate"]):
                return "the decision has no such line"
            if b["stars"] != result["stars"] or not stage or b["stars"] not in stage["decides"]:
                return f"{b['stars']} stars, the tally gave {result['stars']}"
        if e.kind == "forwarded" and dossier:
            stage, result = self.stage(dossier, ""), dossier["results"][-1]
            if not result["paper"] and stage and sum(result["sums"]) < stage["forwardsFrom"] * result["sheets"]:
                return "the average is below what this stage forwards from"
        if e.kind == "resultEntered" and dossier and b["stars"]:
            below = [x["stars"] for x in self.rules[dossier["rules"]]["bands"] if x["from"] <= b["average"]]
            if not below or below[-1] != b["stars"]:
                return "the average lies in another band"
        if e.kind in ("adopted", "annulled") and any(self.held[x].header["stream"] != e.header["stream"] if x in self.held else True for x in b["actions"]):
            return "names what is not held in this stream"
        return None

    # ---- what it changes ---------------------------------------------------------------------------------------------

    def fold(self, e: Event, at: int) -> None:
        """Applies an effective act, its own or by adoption at a later position."""
        b, k, dossier = e.body, e.kind, self.dossiers.get(e.body.get("dossier", b""))
        if k == "unitCreated":
            self.units[b["unit"]] = {"parent": b["parent"], "level": b["level"]}
            self.root = self.root if self.root != NIL else b["unit"]
        elif k == "unitClosed":
            self.units[b["unit"]]["closed"] = {"last": b["validTo"], "position": at, "successors": [s["unit"] for s in b["successors"]]}
        elif k == "accountCreated":
            self.accounts[b["account"]] = b["unit"]
        elif k == "mandateGranted":
            self.mandates[b["mandate"]] = {**b, "ended": None}
        elif k == "mandateEnded" and b["mandate"] in self.mandates:
            self.mandates[b["mandate"]]["ended"] = at
        elif k == "ruleSetPublished":
            self.published.append(b["hash"])
        elif k in ("councilEstablished", "councilChanged"):
            members = {m["account"]: m["seat"] for m in b["members"]}
            self.councils.setdefault(b["council"], {**b}).update(members=members, quorum=b["quorum"], spreadMax=b["spreadMax"])
        elif k == "numberBlockGranted":
            self.blocks[b["block"]] = b
        elif k == "meetingOpened":
            council = self.councils[b["council"]]
            self.meetings[b["meeting"]] = {**b, "quorum": council["quorum"], "spread": council["spreadMax"]}
        elif k == "meetingClosed":
            self.meetings[b["meeting"]].update(closed=at, privateKey=b["privateKey"], sheets=set(b["sheets"]))
        elif k == "decisionSigned":
            self.decisions[b["decision"]] = b
            used = [(b["number"], "decision")] + [(x["certificate"], "certificate") for x in b["lines"] if b["kind"] == "recognition"]
            self.used |= {(kind, self.number(e, n, kind) or "") for n, kind in used}
        elif k == "formNumbered":
            self.used.add(("form", self.number(e, b["number"], "form") or ""))
        elif k in ("subjectRegistered", "productRegistered"):
            self.streams[e.header["stream"]] = {"unit": b["unit"], "set": b.get("productSet", "")}
        elif k == "dossierOpened":
            self.dossiers[b["dossier"]] = {"product": e.header["stream"], "rules": b["ruleSetHash"], "kind": b["kind"], "filed": b["filingDate"],
                                           "phase": DRAFT, "stage": 0, "ids": {e.id}, "turn": 0, "sheets": {}, "recused": {}, "results": [], "count": 0,
                                           "recognised": False}
        elif k in ("adopted", "annulled"):
            named = self.named(e, set()) if k == "adopted" else []
            for one in b["actions"]:
                self.held.pop(one, None)
            for held in sorted(named, key=lambda h: h.kind not in ("productRegistered", "dossierOpened")):
                self.held.pop(held.id, None)
                self.fold(held, at)
        if dossier and dossier["product"] == e.header["stream"] and k not in ("noteAdded", "samplesReceived"):
            self.step(e, at, dossier)
            dossier["ids"].add(e.id)

    def step(self, e: Event, at: int, d: Record) -> None:
        """Moves a dossier on."""
        b, k, stages = e.body, e.kind, self.rules[d["rules"]]["stages"]
        d["turn"] += k in TURNS
        if k == "submitted":
            first = next(i for i, s in enumerate(stages) if s["does"] == "council")
            d.update(phase=SUBMITTED, stage=first if d["phase"] == DRAFT else d["stage"])
        elif k == "returned":
            d.update(phase=RETURNED, sheets={}, count=0)
        elif k == "sheetSubmitted" and "closed" not in self.meetings.get(b["meeting"], {"closed": 0}):
            mine: dict[bytes, Any] = d["sheets"].setdefault(b["meeting"], {})
            mine[e.header["actor"]] = (e.id, b["sealed"])
        elif k == "recused":
            d["recused"].setdefault((b["council"], b["account"]), at)
        elif k in ("tallied", "paperTallied"):
            d["results"].append({"stars": b["stars"], "sums": b.get("sums", []), "sheets": b["sheets"], "paper": k == "paperTallied"})
            d["count"] += 1
            d["phase"] = TALLIED if d["count"] >= stages[d["stage"]]["meetings"] else RECEIVED
        elif k == "forwarded":
            d.update(phase=SUBMITTED, stage=d["stage"] + 1, count=0)
        elif k == "resultEntered" and not b["stars"] and stages[d["stage"]]["fallsBack"]:
            back = next(i for i, s in enumerate(stages) if s["key"] == stages[d["stage"]]["enteredBy"])
            bands = self.rules[d["rules"]]["bands"]
            stars = max((x["stars"] for x in bands if x["from"] <= b["average"] and x["stars"] in stages[back]["decides"]), default=0)
            d["results"].append({"stars": stars, "sums": [b["average"]], "sheets": 1, "paper": False})
            d.update(phase=RECOGNISED if d["recognised"] else TALLIED, stage=d["stage"] if d["recognised"] else back)
        else:
            after = {"withdrawn": WITHDRAWN, "received": RECEIVED, "recognised": RECOGNISED, "declined": DECLINED,
                     "resultEntered": RECOGNISED if d["recognised"] or b.get("stars") else DECLINED}
            d["phase"] = after.get(k, d["phase"])
        d["recognised"] = d["recognised"] or k == "recognised"
