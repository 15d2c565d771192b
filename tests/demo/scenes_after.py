"""The scenes from the district's desk to the auditor's: councils, decisions, certificates, revocation, progress, replay."""

import cast
import sheets


def councils(p, desk, unit, stage, listed, score_of, day, decision):
    """One meeting: advice on every dossier, seven blind sheets each, closing, tallies."""
    p.at(day)
    office = desk if desk == "province" else f"{desk}"
    members = [(f"{desk}-chair", "chair"), (office, "secretary")] + [(f"{desk}-member-{i}", "member") for i in range(1, 6)]
    adviser = "province" if desk == "province" else f"{desk}-adviser"
    for entry in listed:
        if p.desk(desk).do("dossier", "show", entry.ids["product"])["phase"] != "received":
            p.by(desk, office, "dossier", "receive", entry.ids["product"], "--stage", stage)
        p.by(desk, adviser, "dossier", "advise", entry.ids["product"], "--stage", stage, "--agrees", "yes", "--text", "Đã kiểm tra thực tế")
    seats = [option for post, seat in members for option in ("--member", f"{p.accounts[post]}:{seat}")]
    signer = f"{desk}-signer"
    council = p.by(desk, signer, "council", "establish", "--unit", unit, "--stage", stage, "--decision", decision, "--date", day, *seats, "--quorum", 5,
                   "--spread", "10")["council"]
    dossiers = [option for entry in listed for option in ("--dossier", entry.ids["product"])]
    meeting = p.by(desk, f"{desk}-chair", "meeting", "open", "--council", council, *dossiers)["meeting"]
    for number, (post, _) in enumerate(members):
        for entry in listed:
            p.by(desk, post, "meeting", "sheet", meeting, entry.ids["product"], "--options", sheets.as_hex(sheet(p, entry, score_of(entry), number)))
    p.by(desk, f"{desk}-chair", "meeting", "close", meeting)
    for entry in listed:
        tally = p.by(desk, f"{desk}-chair", "meeting", "tally", meeting, entry.ids["product"])
        entry.ids[f"average-{stage}"] = tally["average"]
        entry.ids[f"stars-{stage}"] = tally["stars"]
    p.by(desk, f"{desk}-chair", "meeting", "minutes", meeting, "--number", f"05/BB-{cast.SHORT[desk]}")
    p.desk(desk).sync()
    p.say(f"{desk}: {len(listed)} dossiers, {len(listed) * len(members)} sheets sealed until the chair closed the meeting")


def sheet(p, entry, score, assessor):
    criteria = p.criteria(entry)
    chosen = sheets.choose(criteria, score * 100 + (assessor % 3 - 1) * 100, 4 if entry.misses_gate else entry.stars if entry.stars >= 3 else 2, salt=assessor)
    return sheets.miss_gate(criteria, chosen, entry.misses_gate) if entry.misses_gate else chosen


def recognise(p, desk, unit, stage, listed, day):
    """One decision over many products; each is then recognised by itself and gets its certificate."""
    p.at(day)
    products = [option for entry in listed for option in ("--product", entry.ids["product"])]
    decision = p.by(desk, f"{desk}-signer", "decision", "sign", "--kind", "recognition", "--unit", unit, "--stage", stage, *products)
    for entry in listed:
        entry.ids["certificate"] = p.by(desk, f"{desk}-signer", "dossier", "recognise", entry.ids["product"], "--decision", decision["decision"])["certificate"]
    p.by(desk, f"{desk}-signer", "decision", "publish", decision["decision"], "--place", "Cổng thông tin điện tử")
    p.say(f"{desk}: decision {decision['number']} of {day}: {len(listed)} products, certificates for 36 months")


def districts(p):
    p.scene("20/10/2023: one council meeting per district; 30/10/2023: their decisions")
    listed = {d: [e for e in p.entries if cast.COMMUNES[e.commune][2] == d] for d in cast.DISTRICTS}
    for district, (unit, name) in cast.DISTRICTS.items():
        p.desk(district).sync()
        councils(p, district, unit, "district", listed[district], lambda e: e.score, "2023-10-20", f"20/QĐ-UBND {name}")
    for district, (unit, _) in cast.DISTRICTS.items():
        by_stars = {entry.number: entry.ids["stars-district"] for entry in listed[district]}
        recognise(p, district, unit, "district", [e for e in listed[district] if by_stars[e.number] == 3], "2023-10-30")
        for entry in listed[district]:
            if by_stars[entry.number] >= 4:
                p.by(district, district, "dossier", "forward", entry.ids["product"], "--stage", "district")
            elif by_stars[entry.number] < 3:
                p.by(district, f"{district}-signer", "dossier", "decline", entry.ids["product"], "--stage", "district", "--advice",
                     "Hoàn thiện hồ sơ, đăng ký đợt sau")
        p.desk(district).sync()
    gate = [e for e in p.entries if e.misses_gate][0]
    p.say(f"{gate.name}: {gate.ids['average-district']} points, but it misses a gate of {gate.misses_gate} stars: {gate.ids['stars-district']} stars")
    under = [e for e in p.entries if e.stars < 3][0]
    p.say(f"{under.name}: {under.ids['average-district']} points, under 50: declined with advice")


def province(p):
    p.scene("28/11/2023: the province's council; 05/12/2023: its decision; 90 and over go to the centre")
    p.sync("da-bac", "kim-boi", "province")
    listed = [e for e in p.entries if e.province_score]
    councils(p, "province", cast.PROVINCE, "province", listed, lambda e: e.province_score, "2023-11-28", "1500/QĐ-UBND")
    # A product for the centre is the province's potential five stars: the centre decides those.
    four = [e for e in listed if e.ids["stars-province"] == 4]
    recognise(p, "province", cast.PROVINCE, "province", four, "2023-12-05")
    for entry in [e for e in listed if e.ids["stars-province"] == 5]:
        p.by("province", "province", "dossier", "forward", entry.ids["product"], "--stage", "province")
        p.say(f"{entry.name}: {entry.ids['average-province']} points, forwarded to the centre")
    above = [option for e in listed if e.ids["stars-province"] == 5 for option in ("--product", e.ids["product"])]
    p.by("province", "province", "package", "send", "--unit", cast.PROVINCE, "--stage", "province", "--number", "12/TTr-UBND", "--to",
         "Bộ Nông nghiệp và Phát triển nông thôn", *above)
    p.desk("province").sync()


def revoke(p):
    p.scene("08/12/2023: the nine that did not register again are revoked")
    p.at("2023-12-08")
    for entry in p.lapsed:
        p.by("province", "province", "renewal", "answer", entry.ids["product"], "--certificate", entry.certificate, "--renews", "no", "--date", "2023-12-08")
    listed = p.by("province", "province", "notice", "issue", "--unit", cast.PROVINCE, "--round", p.round, "--number", "401/SNN", "--title",
                  "Sản phẩm hết hạn: tiếp tục và không tiếp tục tham gia", "--answers")
    # Those that were recognised again in the meantime no longer wait for it.
    go_on = [e for e in p.entries if e.renewal and "certificate" not in e.ids]
    p.say(f"dispatch {listed['number']} names {listed.get('continues', 0)} products that go on and {listed['lapses']} that do not")
    assert (listed.get("continues", 0), listed["lapses"]) == (len(go_on), 9), listed
    lines = [option for e in p.lapsed for option in ("--product", e.ids["product"], "--certificate", e.certificate)]
    decision = p.by("province", "province-signer", "decision", "sign", "--kind", "revocation", "--unit", cast.PROVINCE, "--stage", "province", *lines)
    for entry in p.lapsed:
        p.by("province", "province-signer", "cert", "revoke", entry.ids["product"], "--certificate", entry.certificate, "--decision", decision["decision"],
             "--ground", "not_re_evaluated")
        p.by("province", "province", "cert", "serve", entry.ids["product"], "--certificate", entry.certificate, "--to", "Chủ thể", "--to",
             "Cục Quản lý thị trường")
    revoked = p.desk("province").lines("cert", "list", "--revoked")
    p.say(f"decision {decision['number']}: {len(revoked)} certificates revoked")
    assert len(revoked) == 9, revoked


def centre(p):
    p.scene("12/12/2023: the province looks at its deadline; the centre's answer is entered")
    p.at("2023-12-12")
    five = [e for e in p.entries if e.stars == 5][0]
    p.by("province", "province", "result", "enter", five.ids["product"], "--stage", "central", "--decision-number", "5000/QĐ-BNN-VPĐP", "--date",
         "2023-12-11", "--average", "91,5", "--stars", 5, "--certificate", "OCOP-TW-2023-001")
    p.desk("province").sync()
    for line in p.desk("province").lines("progress", "--round", p.round, "--at", "2023-12-12"):
        if line.get("district"):
            counts = ", ".join(f"{k} {line[k]}" for k in ("registered", "submitted", "received", "tallied", "recognised", "declined") if k in line)
            p.say(f"{line['district']:<20} {counts}; {line['days_left']} days left")


    funnel = {line["step"]: line["products"] for line in p.desk("province").lines("round", "funnel", "--round", p.round)}
    p.say("from the lists to the stars: " + ", ".join(f"{step} {n}" for step, n in funnel.items() if n))
    late = p.desk("province").lines("task", "list", "--late", "--at", "2023-12-16")
    p.say(f"{len(p.desk('province').lines('task', 'list'))} tasks are open, {len(late)} will be late the day after the deadline")


def table(p):
    p.scene("Every product as the province sees it")
    print(f"   {'product':<44}{'commune':<12}{'district':>9}{'province':>9}  status")
    stars = {}
    for entry in p.entries:
        shown = p.desk("province").do("product", "show", entry.ids["product"])
        last = shown["certificates"][-1] if shown["certificates"] else {}
        valid = last and not last.get("legacy")
        stars[last["stars"] if valid else 0] = stars.get(last["stars"] if valid else 0, 0) + 1
        status = f"{last['stars']} sao, {last['certificate']}, đến {last['last_day']}" if valid else "không công nhận"
        averages = [entry.ids.get("average-district", ""), entry.ids.get("average-province", "")]
        print(f"   {entry.name:<44}{cast.COMMUNES[entry.commune][1]:<12}{averages[0]:>9}{averages[1]:>9}  {status}")
        want = entry.stars if entry.stars >= 3 else 0
        assert (last["stars"] if valid else 0) == want, (entry, last)
    p.say(f"3 stars {stars.get(3, 0)}, 4 stars {stars.get(4, 0)}, 5 stars {stars.get(5, 0)}, not recognised {stars.get(0, 0)}; 9 certificates of 2019 revoked")
    p.say("Sheets are borrowed from Decision 26/2026 and product data is invented for the demo: illustrative (minh họa).")


def audit(p):
    p.scene("An auditor's fresh desk takes the whole log and judges it again")
    p.account("auditor", "Kiểm toán viên", cast.PROVINCE, "auditor")
    p.enrol("auditor", "auditor", cast.PROVINCE)
    p.sync()
    here = p.desk("province").do("state-hash")
    p.desk("auditor").stop()
    replayed = p.desk("auditor").do("audit", "replay")
    verified = p.desk("auditor").do("audit", "verify")
    p.end()
    server = p.server.info()
    on_server = p.desk("auditor").do("audit", "verify", "--log", p.server.folder)
    for name, answer in (("province", here), ("auditor", replayed), ("auditor verify", verified), ("server", server), ("server's data", on_server)):
        p.say(f"{name:<15} size {answer['size']}  root {answer['root'][:16]}…  state {answer['state_hash'][:16]}…")
        assert (answer["size"], answer["root"], answer["state_hash"]) == (here["size"], here["root"], here["state_hash"]), (name, answer)
    p.say("one log, one state: the auditor's answer is the province's, byte for byte")
