"""A small training province for the end-to-end tests: one administrator's desk, one district, one commune desk with a product."""

import pathlib

from programs import Clock, Desk, Server

UNITS = """level,code,name_vi,kind,parent_code,parent_name_vi,valid_from,valid_to,successors_2025,successor_names_vi
province,17,Tỉnh Hòa Bình,province,,,,,,
district,150,Huyện Đà Bắc,district,17,Tỉnh Hòa Bình,,,,
commune,04867,Xã Tú Lý,commune,150,Huyện Đà Bắc,,,,
commune,04876,Xã Cao Sơn,commune,150,Huyện Đà Bắc,,,,
"""
COMMUNE = "17/150/04867"
DISTRICT = "17/150"


class SmallProvince:
    def __init__(self, binaries, folder, rules):
        self.binaries = pathlib.Path(binaries)
        self.folder = pathlib.Path(folder)
        self.rules = pathlib.Path(rules)
        self.clock = Clock(self.folder / "clock", "2023-09-01T08:00:00+07:00")
        self.server = Server(self.binaries, self.folder / "server", self.clock)
        self.passphrase = self.folder / "passphrase.txt"
        self.passphrase.write_text("cụm mật khẩu tập huấn\n", encoding="utf-8")
        self.passphrase.chmod(0o600)
        self.accounts = {}
        self.admin = self.desk("admin")

    def desk(self, name):
        return Desk(self.binaries, self.folder / name, self.clock)

    def by(self, desk, account, *arguments, stdin=None):
        return desk.do("--as", account, "--passphrase-file", self.passphrase, *arguments, stdin=stdin)

    def as_admin(self, *arguments):
        return self.by(self.admin, self.accounts["admin"], *arguments)

    def found(self, *server_options):
        cards = []
        for post in ("admin", "founder-2", "founder-3"):
            card = self.folder / f"{post}.json"
            made = self.desk(post).do("founder", "new", "--title", post, "--training", "--passphrase-file", self.passphrase, "--out", card)
            self.accounts[post] = made["account"]
            cards += ["--founder", card]
        self.server.init("--origin", "hoso.example/test", "--title", "Test", "--training", *cards, "--join", self.folder / "join.json", "--address",
                         "127.0.0.1:0")
        self.server.start(*server_options)
        self.admin.do("join", "--file", self.folder / "join.json", "--address", self.server.listen)
        self.admin.sync()
        units = self.folder / "units.csv"
        units.write_text(UNITS, encoding="utf-8")
        self.as_admin("unit", "import", units)
        self.as_admin("ruleset", "publish", self.rules)
        self.admin.sync()

    def account(self, name, unit, *roles):
        self.accounts[name] = self.as_admin("account", "add", "--title", name, "--unit", unit)["account"]
        for role in roles:
            self.as_admin("mandate", "grant", "--account", self.accounts[name], "--role", role, "--unit", unit, "--from", "2023-01-01", "--basis", "test")

    def slip(self, name, unit):
        file = self.folder / f"slip-{name}.json"
        self.as_admin("slip", "issue", "--account", self.accounts[name], "--unit", unit, "--out", file)
        self.admin.sync()
        return file

    def enrol(self, name, unit, *roles):
        """An account with its roles on a desk of its own, synced once."""
        self.account(name, unit, *roles)
        desk = self.desk(name)
        desk.do("enrol", "--slip", self.slip(name, unit), "--passphrase-file", self.passphrase)
        desk.sync()
        return desk

    def product(self, desk, name):
        subject = self.by(desk, self.accounts[name], "subject", "register", "--unit", COMMUNE, "--name", "Hợp tác xã thử", "--type", "cooperative",
                          "--registration", "T-1")["subject"]
        return self.by(desk, self.accounts[name], "product", "register", "--subject", subject, "--unit", COMMUNE, "--name", "Sản phẩm thử", "--set",
                       "tea")["product"]
