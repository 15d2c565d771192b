"""The programs of the demo: one server, and a process and data folder of its own for every desk."""

import pathlib

import cast
from programs import Clock, Desk, Server, wait_for
from sheets import RuleSet

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Province:
    """Everything the story's scenes share."""

    def __init__(self, binaries, folder):
        self.binaries = pathlib.Path(binaries)
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.clock = Clock(self.folder / "clock", "2023-03-20T08:00:00+07:00")
        self.server = Server(self.binaries, self.folder / "server", self.clock)
        self.rules = RuleSet(ROOT / "schema" / "rules" / f"{cast.RULES}.json")
        self.desks = {}
        self.accounts = {}     # post -> account id
        self.passphrases = {}  # post -> file
        self.entries = cast.entries()
        self.lapsed = cast.lapsed()
        self.round = ""

    def at(self, text):
        """The story moves on to this day; every program reads the same clock."""
        self.clock.set(text if "T" in text else f"{text}T08:00:00+07:00")

    def scene(self, text):
        print(f"\n== {text}", flush=True)

    def say(self, text):
        print(f"   {text}", flush=True)

    def passphrase(self, post):
        file = self.folder / "passphrases" / f"{post}.txt"
        file.parent.mkdir(exist_ok=True)
        if not file.exists():
            file.write_text(f"cụm mật khẩu tập huấn của {post}\n", encoding="utf-8")
            file.chmod(0o600)
        return file

    def desk(self, name):
        if name not in self.desks:
            self.desks[name] = Desk(self.binaries, self.folder / name, self.clock)
        return self.desks[name]

    def by(self, desk, post, *arguments, stdin=None):
        """One public command on a desk, by the officer of a post."""
        who = ["--as", self.accounts[post], "--passphrase-file", self.passphrase(post)]
        return self.desk(desk).do(*who, *arguments, stdin=stdin)

    def admin(self, *arguments):
        return self.by("admin", "admin", *arguments)

    def account(self, post, title, unit, *mandates):
        """An account with its mandates, granted by the administrator; mandates are roles on the same unit."""
        self.accounts[post] = self.admin("account", "add", "--title", title, "--unit", unit)["account"]
        for role in mandates:
            self.admin("mandate", "grant", "--account", self.accounts[post], "--role", role, "--unit", unit, "--from", "2023-03-20",
                       "--basis", "Công văn 332 (17/03/2023)")

    def slip(self, post, unit):
        file = self.folder / "slips" / f"{post}.json"
        file.parent.mkdir(exist_ok=True)
        self.admin("slip", "issue", "--account", self.accounts[post], "--unit", unit, "--out", file)
        return file

    def enrol(self, desk, post, unit):
        """A new desk, by a slip used once; then its daemon, a process of its own."""
        slip = self.slip(post, unit)
        self.desk("admin").sync()
        self.desk(desk).do("enrol", "--slip", slip, "--passphrase-file", self.passphrase(post))
        self.desk(desk).start()

    def officers(self, desk, posts, unit):
        """Further officers on a desk that is enrolled: a key each, under a passphrase of their own."""
        slips = [self.slip(post, unit) for post in posts]
        self.desk("admin").sync()
        self.desk(desk).sync()
        for post, slip in zip(posts, slips):
            self.desk(desk).do("officer", "add", "--slip", slip, "--passphrase-file", self.passphrase(post))
        self.desk(desk).sync()

    def sync(self, *names):
        """Twice round, so that what one desk sent reaches the others."""
        for _ in range(2):
            for name in names or list(self.desks):
                self.desk(name).sync()

    def wait_until_synced(self, seconds=180):
        """Until every daemon has by itself sent what it had and received what the others sent."""
        running = [desk for desk in self.desks.values() if desk.process]

        def synced():
            states = [desk.do("status") for desk in running]
            return not any(s["waiting"] for s in states) and len({s["through"] for s in states}) == 1

        wait_for(synced, seconds, "the desks to sync by themselves", every=0.5)

    def criteria(self, entry):
        return self.rules.criteria(entry.product_set)

    def end(self):
        for desk in self.desks.values():
            desk.stop()
        if self.server.process and self.server.process.alive():
            self.server.stop()
