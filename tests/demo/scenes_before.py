"""The scenes up to the submission: the province is founded, desks enrol, communes record while the server is down, two desks race."""

import cast
import sheets
from stage import ROOT


def found(p):
    p.scene("20/03/2023: the province opens its log (training), three founding officers, three rungs of Decision 148")
    titles = {"admin": "Quản trị hệ thống, Văn phòng điều phối NTM tỉnh", "founder-2": "Giám đốc Sở NN&PTNT",
              "founder-3": "Chánh Văn phòng UBND tỉnh"}
    cards = []
    for post, title in titles.items():
        card = p.folder / f"{post}.json"
        made = p.desk(post).do("founder", "new", "--title", title, "--training", "--passphrase-file", p.passphrase(post), "--out", card)
        p.accounts[post] = made["account"]
        cards += ["--founder", card]
    p.server.init("--origin", "hoso.example/hoa-binh", "--title", "Tỉnh Hòa Bình (tập huấn)", "--training", *cards, "--join", p.folder / "join.json",
                  "--address", "127.0.0.1:0")
    p.server.start()
    for post in titles:
        p.desk(post).do("join", "--file", p.folder / "join.json", "--address", p.server.listen)
    p.desk("admin").start()
    p.desk("admin").sync()
    units = p.admin("unit", "import", ROOT / "schema" / "units" / "hoabinh.csv")
    p.admin("ruleset", "publish", ROOT / "schema" / "rules" / f"{cast.RULES}.json")
    p.round = p.admin("round", "open", "--title", "Đợt đánh giá, phân hạng năm 2023", "--year", 2023, "--deadline", cast.ROUND_DEADLINE, "--basis",
                      "Công văn 332 (17/03/2023)")["round"]
    p.say(f"{units['recorded']} units of province 17, rule set {cast.RULES}, round with deadline 15/12/2023")


def enrol(p):
    p.scene("21/03/2023: accounts, mandates, one-time slips; every desk enrols with a key of its own")
    p.at("2023-03-21")
    p.account("province", "Thư ký OCOP tỉnh", cast.PROVINCE, "secretary", "officer", "adviser")
    p.account("province-signer", "Phó Chủ tịch UBND tỉnh", cast.PROVINCE, "signer")
    members = [f"province-member-{i}" for i in range(1, 6)]
    p.account("province-chair", "Chủ tịch Hội đồng OCOP tỉnh", cast.PROVINCE)
    for i, post in enumerate(members, 1):
        p.account(post, f"Thành viên {i} Hội đồng OCOP tỉnh", cast.PROVINCE)
    p.enrol("province", "province", cast.PROVINCE)
    p.officers("province", ["province-signer", "province-chair", *members], cast.PROVINCE)
    for district, (unit, name) in cast.DISTRICTS.items():
        p.account(district, f"Thư ký OCOP huyện {name}", unit, "secretary")
        p.account(f"{district}-adviser", f"Tổ trưởng Tổ tư vấn huyện {name}", unit, "adviser")
        p.account(f"{district}-signer", f"Chủ tịch UBND huyện {name}", unit, "signer")
        p.account(f"{district}-chair", f"Chủ tịch Hội đồng OCOP huyện {name}", unit)
        members = [f"{district}-member-{i}" for i in range(1, 6)]
        for i, post in enumerate(members, 1):
            p.account(post, f"Thành viên {i} Hội đồng OCOP huyện {name}", unit)
        p.enrol(district, district, unit)
        p.officers(district, [f"{district}-{post}" for post in ("adviser", "signer", "chair")] + members, unit)
    p.account("da-bac-2", "Phó phòng NN&PTNT huyện Đà Bắc", cast.DISTRICTS["da-bac"][0], "secretary")
    p.enrol("da-bac-2", "da-bac-2", cast.DISTRICTS["da-bac"][0])
    for commune, (unit, name, _) in cast.COMMUNES.items():
        p.account(commune, f"Cán bộ OCOP {name}", unit, "officer")
        p.enrol(commune, commune, unit)
    for desk, short in cast.SHORT.items():
        device = p.desk(desk).do("whoami")["device"]
        for kind, pattern in (("decision", f"{{}}/QĐ-UBND-{short}"), ("certificate", f"{{}}/2023/OCOP-{short}")):
            p.admin("numbers", "grant", "--device", device, "--kind", kind, "--pattern", pattern, "--first", 101 if kind == "decision" else 1, "--last", 400)
    p.sync()
    p.say(f"{len(p.accounts)} accounts, {len(p.desks)} desks, each a process with a data folder of its own")


def enter_legacy(p):
    p.scene("03/04/2023: the 23 certificates of 2019 that ran out are entered as legacy recognitions")
    p.at("2023-04-03")
    for entry in [e for e in p.entries if e.renewal] + p.lapsed:
        unit = cast.COMMUNES[entry.commune][0] if entry.commune in cast.COMMUNES else entry.commune
        subject = p.by("province", "province", "subject", "register", "--unit", unit, "--name", entry.subject, "--type", "cooperative",
                       "--registration", f"MH-{entry.number:03}")["subject"]
        entry.ids["product"] = p.by("province", "province", "product", "register", "--subject", subject, "--unit", unit, "--name", entry.name,
                                    "--set", entry.product_set)["product"]
        p.by("province", "province", "legacy", "add", entry.ids["product"], "--decision", "2365/QĐ-UBND", "--date", "2019-12-10",
             "--certificate", entry.certificate, "--stars", 3, "--issued", "2019-12-10", "--ruleset", "ocop-1048-2019")
    p.by("province", "province", "notice", "issue", "--unit", cast.PROVINCE, "--round", p.round, "--number", "332/SNN", "--date", "2023-03-17", "--title",
         "Triển khai Chương trình OCOP năm 2023", "--deadline", f"{cast.ROUND_DEADLINE}:province")
    expired = [c for c in p.desk("province").lines("cert", "list", "--expired", "--at", "2023-04-03")]
    p.say(f"{len(expired)} certificates have run out (36 months from 10/12/2019)")
    assert len(expired) == 23, expired
    p.sync()


def record_offline(p):
    p.scene("11/09/2023: the server is down; four communes in two districts go on recording")
    p.at("2023-09-11")
    p.server.stop()
    for entry in p.entries:
        file_one(p, entry)
    waiting = {c: p.desk(c).do("status")["waiting"] for c in cast.COMMUNES}
    p.say("waiting on the desks: " + ", ".join(f"{cast.COMMUNES[c][1]} {n}" for c, n in waiting.items()))
    assert all(n > 0 for n in waiting.values()), waiting


def file_one(p, entry):
    """Registration, documents, full self-assessment, the commune's opinion, submission: all by the commune's own officer."""
    desk = entry.commune
    unit = cast.COMMUNES[desk][0]

    def do(*arguments):
        return p.by(desk, desk, *arguments)

    if entry.renewal:
        do("renewal", "answer", entry.ids["product"], "--certificate", entry.certificate, "--renews", "yes", "--date", "2023-09-11")
    else:
        subject = do("subject", "register", "--unit", unit, "--name", entry.subject, "--type", "cooperative", "--registration",
                     f"MH-{entry.number:03}")["subject"]
        entry.ids["product"] = do("product", "register", "--subject", subject, "--unit", unit, "--name", entry.name, "--set",
                                  entry.product_set)["product"]
    product = entry.ids["product"]
    do("dossier", "open", product, "--kind", "re-evaluation" if entry.renewal else "first", "--ruleset", cast.RULES, "--round", p.round, "--filed",
       "2023-09-11")
    for document, title in (("registration_form", "Phiếu đăng ký"), ("self_evaluation_report", "Báo cáo tự đánh giá"),
                            ("evidence_annex", "Phụ lục minh chứng")):
        do("dossier", "document", product, "--document", document, "--title", title)
    criteria = p.criteria(entry)
    own = sheets.choose(criteria, min(9800, entry.score * 100 + 300), min(5, entry.stars + 1))
    do("dossier", "assess", product, "--options", sheets.as_hex(own))
    opinion = [own[i] for i in p.rules.assessed_by(entry.product_set, "commune")]
    do("dossier", "opinion", product, "--stage", "commune", "--options", sheets.as_hex(opinion), "--agrees", "yes", "--text", "Đúng thực tế tại xã")
    do("dossier", "submit", product)


def come_back(p):
    p.scene("18/09/2023: the server is back; the desks sync by themselves")
    p.at("2023-09-18")
    p.server.start()
    p.wait_until_synced()
    for entry in p.entries:
        entry.ids["dossier"] = p.desk(entry.commune).do("dossier", "show", entry.ids["product"])["dossier"]
    p.say("all sent, without a command: every action has its place in the log and its verdict")


def race(p):
    p.scene("20/09/2023: no network in Đà Bắc; two desks decide about one dossier")
    p.at("2023-09-20")
    entry = p.entries[1]
    p.server.stop()
    p.by("da-bac", "da-bac", "dossier", "receive", entry.ids["product"], "--stage", "district")
    lost = p.by("da-bac-2", "da-bac-2", "dossier", "return", entry.ids["product"], "--stage", "district", "--item", "evidence_annex=Thiếu phiếu kiểm nghiệm")
    p.desk("da-bac-2").stop()  # the network comes back to one desk before the other
    p.server.start()
    p.desk("da-bac").sync()
    p.desk("da-bac-2").start()
    p.desk("da-bac-2").sync()
    row = [a for a in p.desk("da-bac-2").lines("outbox", "list", "--all") if a["action"] == lost["action"]][0]
    p.say(f"first logged: received. The other desk sees: {row['verdict']['outcome']}({row['verdict']['reason']}) against position {row['verdict']['against']}")
    assert (row["verdict"]["outcome"], row["verdict"]["reason"]) == ("void", "lost_race"), row
    asks = p.desk("da-bac-2").do("status")["status"]
    p.desk("da-bac-2").do("outbox", "seen", row["seq"])
    p.say(f"its status says {asks} until its officer has looked: then {p.desk('da-bac-2').do('status')['status']}")
