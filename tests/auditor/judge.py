"""Judges again what docs/judgement.md and docs/authorisation.md let be judged from the log alone: authority, dates, digests, tallies."""
import struct
from datetime import date
from nacl.bindings import crypto_scalarmult_base
from bundle import Event, open_box, sha256
from wire import Record, Refused

Verdict = tuple[str, str, int | None]  # outcome, reason, against (nothing where the documents do not say)
Table = dict[bytes, Record]
FINE: Verdict = ("effective", "none", None)
RANK = {"effective": 0, "held": 1, "void": 2}
NIL = bytes(16)
WHO = {kind: line.partition(":")[0].split() for line in """
administrator exact root: unitCreated unitClosed mandateGranted mandateEnded ruleSetPublished roundOpened numberBlockGranted judgeUpgraded officeCreated\
 officeRenamed unitRenamed calendarSet; adviser,secretary exact root: ideaReviewed; administrator within unit: accountCreated;
secretary,signer exact unit: councilEstablished noticeIssued resultsPublished; secretary,signer exact council: councilChanged;
signer exact unit: decisionSigned; secretary exact unit: packageSent; officer,secretary exact unit: formNumbered; secretary within unit: reminderSent;
officer,secretary within unit: difficultyRaised promotionHeld; secretary,signer within unit: difficultyResolved;
secretary,signer within stream: legacyRecognised expiryNotified revocationServed complaintResolved corrected;
officer within stream: renewalAnswered dossierOpened fieldSet documentAdded selfAssessed submitted withdrawn promotionJoined;
officer within registered: subjectRegistered productRegistered; officer,secretary within stream: productCoded complaintFiled;
officer,adviser,secretary within stream: inspected; officer,adviser,secretary,signer within stream: noteAdded; officer exact stage: opinionGiven;
secretary exact stage: received returned forwarded; adviser exact stage: advisoryReported; adviser,secretary exact stage: samplesReceived;
signer exact stage: declined; secretary,signer exact stage: recognised; secretary exact entering: resultEntered;
secretary,signer exact decision: certificateRevoked; chair,secretary seat council: meetingOpened meetingClosed tallied paperTallied minutesFiled;
chair,secretary,member seat council: sheetSubmitted recused; administrator within slip: slipIssued; signer within held: adopted annulled
""".split(";") for kind in line.partition(":")[2].split()}
BRACKET = {"dossierOpened": "filingDate", "recognised": "issued"} | dict.fromkeys(
    "submitted received forwarded declined renewalAnswered meetingOpened decisionSigned certificateRevoked formNumbered ideaReviewed expiryNotified "
    "inspected revocationServed complaintResolved corrected".split(), "date")
UPPER = {"councilEstablished": "decisionDate", "councilChanged": "decisionDate", "legacyRecognised": "issued"} | dict.fromkeys(
    "resultEntered paperTallied noticeIssued minutesFiled resultsPublished packageSent reminderSent difficultyRaised difficultyResolved productCoded "
    "samplesReceived complaintFiled promotionJoined".split(), "date")
DRAFT, SUBMITTED, RECEIVED, RETURNED, TALLIED, RECOGNISED, DECLINED, WITHDRAWN = range(8)
PHASES = {kind: phases for phases, kinds in {
    (DRAFT, RETURNED): "fieldSet selfAssessed opinionGiven submitted", (SUBMITTED,): "received resultEntered", (SUBMITTED, RECEIVED): "returned recused",
    (RECEIVED,): "advisoryReported sheetSubmitted tallied paperTallied", (TALLIED,): "recognised", (TALLIED, RECOGNISED): "forwarded",
    (RECEIVED, TALLIED): "declined"}.items() for kind in kinds.split()}
TURNS = ("submitted", "withdrawn", "received", "returned", "forwarded")
MAKES = {"accountCreated": "account", "unitCreated": "unit", "councilEstablished": "council", "meetingOpened": "meeting", "decisionSigned": "decision",
         "mandateGranted": "mandate"}

def worst(verdicts: list[Verdict]) -> Verdict:
    """The worst of these; of equals the first."""
    return max(verdicts, key=lambda v: RANK[v[0]], default=FINE)

class Judge:
    """The registry and the dossiers, as the effective events so far made them."""
    def __init__(self, genesis: Event, rules: Table) -> None:
        self.rules, self.root, self.published = rules, NIL, list[bytes]()
        self.founders = {f["account"] for f in genesis.body["founders"]}
        self.made: dict[str, Table] = {name: {} for name in MAKES.values()}
        self.made["account"] = {f: {"unit": NIL} for f in self.founders}
        self.streams: Table = {}  # of subjects and products
        self.dossiers: Table = {}
        self.held: dict[bytes, Event] = {}
    def over(self, unit: bytes, day: int, parents: bool) -> set[bytes]:
        """The unit and those that stand for it that day; with parents, also those it lies within."""
        found, todo, units = set[bytes](), [unit], self.made["unit"]
        while todo:
            one = todo.pop()
            if one in units and one not in found:
                found.add(one)
                closed = units[one].get("closed")
                todo += (closed["successors"] if closed and closed["last"] < day else []) + ([units[one]["parent"]] if parents else [])
        return found
    def closed(self, unit: bytes, e: Event) -> Verdict:
        """What a unit's closing makes of an act by its people."""
        closed = self.made["unit"].get(unit, {}).get("closed")
        if not closed or closed["last"] >= e.day:
            return FINE
        return "void" if e.seen > closed["at"] and closed["last"] < e.seen_day else "held", "unitClosed", closed["at"]
    def mandate(self, m: Record, e: Event) -> Verdict:
        """What one mandate lets through."""
        ended, last = m.get("ended"), m["last"]
        steps: list[tuple[bool, Verdict]] = [
            (ended is not None and e.seen > ended, ("void", "mandateEnded", ended)), (last < e.seen_day, ("void", "mandateEnded", None)), (ended is not None,
            ("held", "mandateEnded", ended)), (last < e.day, ("held", "mandateEnded", None)), (m["validFrom"] > e.seen_day, ("held", "mandateUncertain", None))]
        return worst([self.closed(m["unit"], e), next((v for hit, v in steps if hit), FINE)])
    def by_mandate(self, e: Event, roles: str, mode: str, place: bytes) -> Verdict:
        """The best that the actor's mandates let through at this place."""
        reach = self.over(place, e.day, mode == "within")
        found = [self.mandate(m, e) for m in self.made["mandate"].values() if m["account"] == e.header["actor"]
                 and m["role"] in roles.split(",") and m["unit"] in reach and m["validFrom"] <= e.day]
        return FINE if roles == "administrator" and e.header["actor"] in self.founders else min(found, key=lambda v: RANK[v[0]], default=("void", "noMandate", None))
    def stage(self, dossier: Record | None, key: str) -> Record:
        """A stage of the dossier's ladder; without a key the one it stands at."""
        stages = self.rules[dossier["rules"]]["stages"] if dossier else []
        return next((s for i, s in enumerate(stages) if (s["key"] == key if key else dossier and i == dossier["stage"])), {})
    def stage_unit(self, e: Event, key: str) -> bytes:
        """The product's unit, or the one above it, that has the level of a stage; no bytes if none has."""
        stage, unit, units = self.stage(self.dossiers.get(e.body["dossier"]), key), self.streams.get(e.stream, {}).get("unit", b""), self.made["unit"]
        while unit and units.get(unit, {}).get("level") != stage.get("level", "-"):
            unit = units.get(unit, {}).get("parent", b"")
        return bytes(unit)
    def council(self, b: Record) -> Record:
        """The council that an act names, itself or by its meeting."""
        return self.made["council"].get(b["council"] if "council" in b else self.made["meeting"].get(b["meeting"], {}).get("council", b""), {})
    def places(self, e: Event) -> list[bytes]:
        """The units an act is asked for; one of no bytes where there is none."""
        what, b, mine = WHO[e.kind][2], e.body, self.streams.get(e.stream, {}).get("unit", b"")
        if what == "slip":
            out = [b["unit"], self.made["account"].get(b["account"], {}).get("unit", NIL)]
            out += [m["unit"] for m in self.made["mandate"].values() if m["account"] == b["account"] and "ended" not in m and m["last"] >= e.day]
            out += [c["unit"] for c in self.made["council"].values() if b["account"] in c["seats"]]
            return [self.root if p == NIL else p for p in out]
        if what == "held":
            return [p or self.root for x in b["actions"] if x in self.held for p in self.places(self.held[x])]
        if what in ("stage", "entering"):
            entering = self.stage(self.dossiers.get(b["dossier"]), b.get("stage", "")).get("enteredBy") or "-"
            return [self.stage_unit(e, entering if what == "entering" else b.get("stage", ""))]
        if what in ("decision", "council"):
            unit = (self.council(b) if what == "council" else self.made["decision"].get(b["decision"], {})).get("unit", b"")
            return [unit if what == "council" or unit in self.over(mine, e.day, True) else b""]
        return [{"root": self.root, "stream": mine}.get(what, b.get("unit", b""))]
    def authority(self, e: Event) -> Verdict:
        """Whether the actor may, by docs/judgement.md, section Authority."""
        if e.kind not in WHO:
            return FINE
        roles, mode, what = WHO[e.kind]
        if what == "held" and e.stream not in self.streams:
            return self.by_mandate(e, "administrator", "exact", self.root)
        places = self.places(e)
        if mode == "seat":
            seat = self.council(e.body).get("seats", {}).get(e.header["actor"])
            return self.closed(places[0], e) if seat in roles.split(",") else ("void", "notAMember", None)
        return worst([self.closed(place, e) for place in places[:what == "registered"]] + [self.by_mandate(e, roles, mode, place) for place in places])
    def opening(self, e: Event) -> int | None:
        """The position of an opening that waits for a person itself, and that this act needs."""
        waiting = [h for h in self.held.values() if h.stream == e.stream and WHO.get(e.kind, [""])[1:] == ["within", "stream"] and (
            h.kind == "productRegistered" or h.kind == "dossierOpened" != e.kind and h.body["dossier"] == e.body.get("dossier"))]
        return min((h.position for h in waiting), default=None)
    def dates(self, e: Event) -> str:
        """The reason why the stated dates leave the act to a person, or none."""
        b, dossier = e.body, self.dossiers.get(e.body.get("dossier", b""))
        name = b["ruleSetHash"] if e.kind == "dossierOpened" else dossier["rules"] if dossier else self.published[-1] if self.published else b""
        back = self.rules.get(name, {"datesBackMaxDays": 0})["datesBackMaxDays"]
        stated = [b[t[e.kind]] for t in (BRACKET, UPPER) if e.kind in t] + ([b["decisionDate"]] if e.kind == "legacyRecognised" else [])
        if any(d > e.day for d in stated) or e.kind in BRACKET and stated[0] < e.seen_day - back:
            return "timeUncertain"
        if dossier and e.kind in ("recognised", "resultEntered") and b["stars"]:
            day = str(date.fromordinal(b["issued" if e.kind == "recognised" else "date"] + 719163))
            for t in self.rules[dossier["rules"]]["forms"]:
                governs = t["kind"] == dossier["kind"] and t["filedFrom"] <= dossier["filed"] <= (t["filedTo"] or "9999")
                if governs and t["decidedBy"] and day > t["decidedBy"]:
                    return "rulesLapsed"
        return "none"
    def tally(self, e: Event) -> tuple[str, str]:
        """The reason against a tally, or none, by the sheets that the published key opens; and what they give."""
        b, dossier, meeting = e.body, self.dossiers.get(e.body["dossier"]), self.made["meeting"].get(e.body["meeting"], {})
        if not dossier or "closed" not in meeting:
            return "unknownMeeting", "no such dossier or closed meeting"
        where = [(i, c) for i, s in enumerate(dossier["sections"]) for g in s["groups"] for c in g["criteria"]]
        points: list[list[int]] = []
        for author, (name, sealed) in dossier["sheets"].get(b["meeting"], {}).items():
            head = b"HSS1" + b["meeting"] + dossier["product"] + b["dossier"] + author + struct.pack("<I", len(where))
            plain = open_box(sealed, meeting["publicKey"], meeting["privateKey"])
            marks, recused = plain[len(head):], dossier["recused"].get((meeting["council"], author), meeting["closed"]) < meeting["closed"]
            if name in meeting["sheets"] and plain.startswith(head) and len(marks) == len(where) and not recused:
                if all(m <= len(c["options"]) for m, (_, c) in zip(marks, where)):
                    points.append([c["options"][m - 1]["points"] if m else 0 for m, (_, c) in zip(marks, where)])
        totals, added, n = [sum(p) for p in points], [sum(p) for p in zip(*points)], len(points)
        if n < max(meeting["quorum"], 1):
            return "quorumNotMet", f"{n} valid sheets, {meeting['quorum']} needed"
        if max(totals) - min(totals) > meeting["spreadMax"]:
            return "spreadExceeded", f"spread {max(totals) - min(totals)} over {meeting['spreadMax']}"
        sums = [sum(p for p, (i, _) in zip(added, where) if i == s) for s in range(len(dossier["sections"]))]
        stars = 0
        for band in self.rules[dossier["rules"]]["bands"]:
            gates = all(p >= n * o["points"] for p, (_, c) in zip(added, where) for o in c["options"] if 0 < o["gate"] <= band["stars"])
            if sum(sums) < band["from"] * n or not gates:
                break
            stars = band["stars"]
        return "none" if (b["sheets"], b["sums"], b["stars"]) == (n, sums, stars) else "wrongTally", f"{n} sheets, sums {sums}, {stars} stars"
    def bands(self, dossier: Record, average: int) -> list[int]:
        """The stars of every band that an average reaches, ascending."""
        return [x["stars"] for x in self.rules[dossier["rules"]]["bands"] if x["from"] <= average]
    def paper(self, e: Event) -> tuple[str, str]:
        """The same of a tally whose sheets are on paper: what its averages allow."""
        b, dossier, council = e.body, self.dossiers.get(e.body["dossier"]), self.council(e.body)
        if not dossier or b["sheets"] < council.get("quorum", 1 << 16):
            return "quorumNotMet", "fewer sheets than the council's quorum"
        bands = self.bands(dossier, sum(b["averages"]))
        fits = len(b["averages"]) == len(dossier["sections"]) and all(a <= s["points"] for a, s in zip(b["averages"], dossier["sections"]))
        return "none" if fits and b["stars"] in bands else "wrongTally", f"the averages allow {bands} stars"
    def against(self, e: Event) -> str:
        """Why an act that is said to have passed its refusals did not, as far as these are judged again here; nothing if it may have."""
        b, k, made, name = e.body, e.kind, self.made, e.body.get("dossier", b"")
        d = self.dossiers.get(name) if k not in ("dossierOpened", "formNumbered") else None
        if "dossier" in b and k not in ("dossierOpened", "formNumbered") and (not d or d["product"] != e.stream):
            return "no such dossier in this stream"
        for key in ("account", "unit", "council", "meeting", "decision"):
            if key in b and (b[key] in made[key]) == (MAKES.get(k) == key):
                return f"{key} {b[key].hex()} is not known, or there already"
        stage = self.stage(d, "")
        result = d["results"][-1] if d and d["results"] else {"stars": -1, "sums": [], "sheets": 0}
        decision = made["decision"].get(b.get("decision", b""), {"kind": "", "lines": []})
        line = next((x for x in decision["lines"] if (x["product"], x["dossier"]) == (e.stream, name)), {"stars": -1})
        meeting = made["meeting"].get(b.get("meeting", b""), {})
        digest = sha256(b"hoso/digest/v1", name, d["rules"], struct.pack("<BBI", d["phase"], d["stage"], len(d["ids"])), *sorted(d["ids"])) if d else b""
        checks: list[tuple[bool, str]] = [
            (bool(e.header["files"]) and k != "documentAdded", "it names files"),
            (d is not None and k in PHASES and d["phase"] not in PHASES[k], "its dossier is in another phase"),
            (d is not None and k in TURNS and b["turn"] != d["turn"], "its dossier is in another turn"),
            (d is not None and "digest" in b and b["digest"] != digest, "its digest is not that of the dossier"),
            (k == "ruleSetPublished" and self.rules.get(b.get("hash", b""), {"id": None})["id"] != b.get("id"), "the bundle has no such rule set"),
            (k == "dossierOpened" and b.get("ruleSetHash") not in self.published, "its rule set is not published"),
            (k == "meetingClosed" and ("closed" in meeting or crypto_scalarmult_base(b["privateKey"]) != meeting["publicKey"]), "closed, or not the meeting's key"),
            (k == "mandateEnded" and made["mandate"].get(b.get("mandate", b""), {"ended": 0}).get("ended") is not None, "no such mandate, or ended"),
            (k == "recognised" and (decision["kind"] != "recognition" or any(line.get(x) != b[x] for x in ("stars", "certificate"))), "not as decided"),
            (k == "recognised" and (b["stars"] != result["stars"] or b["stars"] not in stage["decides"]), f"the tally gave {result['stars']} stars"),
            (k in ("sheetSubmitted", "tallied") and (e.stream, name) not in [(x["product"], x["dossier"]) for x in meeting["dossiers"]], "not of this meeting"),
            (k in ("sheetSubmitted", "tallied", "paperTallied", "recognised") and (decision if k == "recognised" else self.council(b)).get("unit")
             not in self.over(self.stage_unit(e, b.get("stage", "")), e.day, False), "its council or decision is not of the stage's unit"),
            (k == "forwarded" and sum(result["sums"]) < stage.get("forwardsFrom", 0) * result["sheets"], "its average is too low"),
            (k == "resultEntered" and d is not None and b["stars"] and b["stars"] not in self.bands(d, b["average"])[-1:], "the average lies in another band"),
            (k in ("adopted", "annulled") and any(x not in self.held or self.held[x].stream != e.stream for x in b["actions"]), "not held in this stream")]
        return next((why for hit, why in checks if hit), "")
    def fold(self, e: Event, at: int) -> None:
        """Applies an effective act, its own or by adoption at a later position."""
        b, k, d = e.body, e.kind, self.dossiers.get(e.body.get("dossier", b""))
        if k in MAKES:
            self.made[MAKES[k]][b[MAKES[k]]] = b | {"last": b.get("validTo") or 1 << 31}
        if k == "unitCreated" and self.root == NIL:
            self.root = b["unit"]
        elif k == "unitClosed":
            self.made["unit"][b["unit"]]["closed"] = {"last": b["validTo"], "at": at, "successors": [s["unit"] for s in b["successors"]]}
        elif k == "mandateEnded" and b["mandate"] in self.made["mandate"]:
            self.made["mandate"][b["mandate"]]["ended"] = at
        elif k == "ruleSetPublished":
            if b["hash"] not in self.rules:
                raise Refused(f"position {at}: no rule set {b['hash'].hex()} in the bundle")
            self.published.append(b["hash"])
        elif k in ("councilEstablished", "councilChanged"):
            self.made["council"][b["council"]].update(quorum=b["quorum"], spreadMax=b["spreadMax"], seats={m["account"]: m["seat"] for m in b["members"]})
        elif k == "meetingOpened":
            self.made["meeting"][b["meeting"]].update({x: self.made["council"][b["council"]][x] for x in ("quorum", "spreadMax")})
        elif k == "meetingClosed":
            self.made["meeting"][b["meeting"]].update(closed=at, privateKey=b["privateKey"], sheets=set(b["sheets"]))
        elif k == "dossierOpened":
            sets = [s["sections"] for s in self.rules[b["ruleSetHash"]]["productSets"] if s["key"] == self.streams[e.stream].get("productSet")]
            self.dossiers[b["dossier"]] = {
                "product": e.stream, "rules": b["ruleSetHash"], "kind": b["kind"], "filed": str(date.fromordinal(b["filingDate"] + 719163)), "sections": (sets or [[]])[0],
                "phase": DRAFT, "stage": 0, "ids": {e.id}, "turn": 0, "sheets": {}, "recused": {}, "results": [], "count": 0, "recognised": False}
        elif k in ("adopted", "annulled"):
            named = [self.held.pop(x) for x in b["actions"] if x in self.held]
            for one in sorted(named, key=lambda h: h.kind not in ("productRegistered", "dossierOpened")) if k == "adopted" else []:
                if not self.against(one) and (one.kind != "tallied" or self.tally(one)[0] == "none"):
                    self.fold(one, at)
        if d and d["product"] == e.stream and k not in ("noteAdded", "samplesReceived"):
            self.step(e, at, d)
            d["ids"].add(e.id)
    def step(self, e: Event, at: int, d: Record) -> None:
        """Moves a dossier on."""
        b, k, stages = e.body, e.kind, self.rules[d["rules"]]["stages"]
        d["turn"] += k in TURNS
        d["recognised"] |= k == "recognised"
        after = {"withdrawn": WITHDRAWN, "received": RECEIVED, "recognised": RECOGNISED, "declined": DECLINED, "returned": RETURNED,
                 "submitted": SUBMITTED, "forwarded": SUBMITTED, "resultEntered": RECOGNISED if d["recognised"] or b.get("stars") else DECLINED}
        if k == "submitted" and d["phase"] == DRAFT:
            d["stage"] = [s["does"] for s in stages].index("council")
        elif k == "returned":
            d.update(sheets={}, count=0)
        elif k == "sheetSubmitted" and "closed" not in self.made["meeting"].get(b["meeting"], {"closed": 0}):
            d["sheets"].setdefault(b["meeting"], {})[e.header["actor"]] = (e.id, b["sealed"])
        elif k == "recused":
            d["recused"].setdefault((b["council"], b["account"]), at)
        elif k in ("tallied", "paperTallied"):
            d["results"].append({"stars": b["stars"], "sums": b.get("sums", []), "sheets": b["sheets"] if k == "tallied" else 0})
            d["count"] += 1
            after[k] = TALLIED if d["count"] >= stages[d["stage"]]["meetings"] else RECEIVED
        elif k == "forwarded":
            d.update(stage=d["stage"] + 1, count=0)
        elif k == "resultEntered" and after[k] == DECLINED and stages[d["stage"]]["fallsBack"]:
            d["stage"] = [s["key"] for s in stages].index(stages[d["stage"]]["enteredBy"])
            stars = max((s for s in self.bands(d, b["average"]) if s in stages[d["stage"]]["decides"]), default=0)
            d["results"].append({"stars": stars, "sums": [b["average"]], "sheets": 1})
            after[k] = TALLIED
        d["phase"] = after.get(k, d["phase"])
