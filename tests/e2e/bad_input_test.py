#!/usr/bin/env python3
"""What people and networks get wrong, against the real programs: a clear message, a distinct exit code, nothing lost, nothing half written."""

import argparse
import base64
import json
import os
import pathlib
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from programs import CommandFailed, Desk, Server, run  # noqa: E402
from small_province import COMMUNE, DISTRICT, SmallProvince  # noqa: E402

OPTIONS = argparse.Namespace()
OTHER_PASSPHRASE = "một cụm khác\n"


def web_socket(address):
    """A TLS 1.3 connection to the server with a finished WebSocket handshake, by hand: no library checks what we send."""
    host, port = address.rsplit(":", 1)
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    stream = context.wrap_socket(socket.create_connection((host, int(port)), timeout=20))
    key = base64.b64encode(os.urandom(16)).decode()
    stream.sendall((f"GET /sync HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: hoso.sync.v1\r\nSec-WebSocket-Key: {key}\r\n\r\n").encode())
    answer = b""
    while b"\r\n\r\n" not in answer:
        got = stream.recv(4096)
        if not got:
            break
        answer += got
    assert answer.startswith(b"HTTP/1.1 101"), answer
    return stream


def binary_frame(payload):
    mask = os.urandom(4)
    length = bytes([0x80 | len(payload)]) if len(payload) < 126 else struct.pack("!BH", 0x80 | 126, len(payload)) \
        if len(payload) < 65536 else struct.pack("!BQ", 0x80 | 127, len(payload))
    return b"\x82" + length + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(payload))


def until_closed(stream):
    """Everything the server still says; it must end the connection by itself."""
    said = b""
    try:
        while True:
            got = stream.recv(65536)
            if not got:
                return said
            said += got
    except (ConnectionError, ssl.SSLError):
        return said


class BadInput(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="hoso-bad-")
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.province = SmallProvince(OPTIONS.bin, cls.folder, OPTIONS.rules)
        cls.province.found()
        cls.addClassCleanup(lambda: cls.province.server.process.alive() and cls.province.server.stop())
        cls.commune = cls.province.enrol("tu-ly", COMMUNE, "officer")

    def refused(self, code, words, command):
        with self.assertRaises(CommandFailed) as caught:
            command()
        self.assertEqual(caught.exception.exit_code, code, str(caught.exception))
        for word in words:
            self.assertIn(word, caught.exception.stderr.lower())

    def as_commune(self, *arguments):
        return self.province.by(self.commune, self.province.accounts["tu-ly"], *arguments)

    def test_wrong_passphrase(self):
        wrong = self.folder / "wrong.txt"
        wrong.write_text(OTHER_PASSPHRASE, encoding="utf-8")
        before = self.commune.do("status")
        self.refused(6, ["passphrase"], lambda: self.commune.do("--as", self.province.accounts["tu-ly"], "--passphrase-file", wrong, "subject", "register",
                                                                "--unit", COMMUNE, "--name", "X", "--type", "cooperative", "--registration", "1"))
        self.assertEqual(self.commune.do("status")["waiting"], before["waiting"])

    def test_unknown_unit(self):
        self.refused(3, ["17/999"], lambda: self.province.as_admin("account", "add", "--title", "X", "--unit", "17/999"))

    def test_unknown_command_and_option(self):
        self.refused(2, [], lambda: self.commune.do("dossierr", "list"))
        self.refused(2, [], lambda: self.commune.do("dossier", "list", "--nonsense"))

    def test_slip_used_twice(self):
        self.province.account("cao-son", DISTRICT, "secretary")
        slip = self.province.slip("cao-son", DISTRICT)
        self.province.desk("first").do("enrol", "--slip", slip, "--passphrase-file", self.province.passphrase)
        self.refused(6, ["slip"], lambda: self.province.desk("second").do("enrol", "--slip", slip, "--passphrase-file", self.province.passphrase))
        self.province.admin.sync()
        kinds = [line["kind"] for line in self.province.admin.lines("log", "list")]
        self.assertIn("slipMisused", kinds, "the misuse is in the log")

    def test_truncated_files(self):
        slip = self.folder / "cut.json"
        self.province.account("cut", DISTRICT)
        whole = self.province.slip("cut", DISTRICT).read_text(encoding="utf-8")
        for length in (0, 1, len(whole) // 2, len(whole) - 3):
            slip.write_text(whole[:length], encoding="utf-8")
            self.refused(2, [], lambda: self.province.desk("cut").do("enrol", "--slip", slip, "--passphrase-file", self.province.passphrase))

    def test_bad_lines_record_nothing(self):
        file = self.folder / "bad.ndjson"
        no_person = {"commitment": "00" * 32}
        good = {"stream": "new", "body": {"subjectRegistered": {"unit": {"unit": COMMUNE}, "name": "Hợp tác xã", "type": "cooperative", "registration": "1",
                                                                "representative": no_person, "phone": no_person, "address": no_person}}}
        for bad in ('{"stream": "new"', '{"stream": "new", "body": {"noSuchKind": {}}}', '{"body": {}}', "[]", '"\\ud800"'):
            file.write_text(json.dumps(good, ensure_ascii=False) + "\n" + bad + "\n", encoding="utf-8")
            before = self.registered()
            self.refused(2, ["line 2"], lambda: self.as_commune("record", file))
            self.assertEqual(self.registered(), before, bad)

    def registered(self):
        """Subjects in the outbox; an unlocked session may have been recorded before the file was refused."""
        return sum(line["kind"] == "subjectRegistered" for line in self.commune.lines("outbox", "list", "--all"))

    def test_second_server_on_one_data_directory(self):
        second = Server(OPTIONS.bin, self.province.server.folder, self.province.clock)
        done = subprocess.run([second.program, "run", "--data", second.folder, "--listen", "127.0.0.1:0", *second.clock], capture_output=True, text=True,
                              timeout=60, check=False)
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertIn(str(second.folder), done.stderr)
        self.commune.sync()

    def test_port_in_use(self):
        other = SmallProvince(OPTIONS.bin, self.folder_for("other"), OPTIONS.rules)
        other.found()
        other.server.stop()
        done = subprocess.run([other.server.program, "run", "--data", other.server.folder, "--listen", self.province.server.listen, *other.clock.option],
                              capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 5, done.stderr)
        self.assertIn(self.province.server.listen.rsplit(":", 1)[1], done.stderr)

    def folder_for(self, name):
        folder = self.folder / name
        folder.mkdir()
        return folder

    def test_server_out_of_disk(self):
        self.as_commune("subject", "register", "--unit", COMMUNE, "--name", "Trước khi đầy", "--type", "cooperative", "--registration", "F-1")
        waiting = self.commune.do("status")["waiting"]
        self.assertGreater(waiting, 0)
        self.province.server.stop()
        self.province.server.start("--disk-reserve", str(1 << 60))
        with self.assertRaises(CommandFailed) as caught:
            self.commune.sync(5)
        self.assertIn(caught.exception.exit_code, (5, 7), str(caught.exception))
        self.assertIn("disk", caught.exception.stderr.lower() + self.commune.do("status").get("text", "").lower())
        self.assertEqual(self.commune.do("status")["waiting"], waiting)
        self.province.server.stop()
        self.province.server.start()
        self.commune.sync()
        self.assertEqual(self.commune.do("status")["waiting"], 0)

    def test_desk_out_of_disk(self):
        if os.geteuid() != 0:
            self.skipTest("a small file system is mounted by root only")
        folder = self.folder_for("small-disk")
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=72m", "tmpfs", folder], capture_output=True, check=False).returncode != 0:
            self.skipTest("this machine mounts no tmpfs")
        self.addCleanup(subprocess.run, ["umount", "-l", folder], check=True)
        self.province.account("full", COMMUNE, "officer")
        slip = self.province.slip("full", COMMUNE)
        desk = self.province.desk("small-disk/desk")
        desk.do("enrol", "--slip", slip, "--passphrase-file", self.province.passphrase)
        desk.sync()
        ballast = folder / "ballast"
        ballast.write_bytes(b"\0" * (12 << 20))
        before = len(desk.lines("outbox", "list", "--all"))
        self.refused(7, ["disk", "nothing was recorded"], lambda: self.province.by(desk, self.province.accounts["full"], "subject", "register", "--unit",
                                                                                    COMMUNE, "--name", "X", "--type", "cooperative", "--registration", "1"))
        self.assertEqual(len(desk.lines("outbox", "list", "--all")), before)
        ballast.unlink()
        self.province.by(desk, self.province.accounts["full"], "subject", "register", "--unit", COMMUNE, "--name", "X", "--type", "cooperative",
                         "--registration", "1")
        desk.sync()

    def test_malformed_frames(self):
        random_bytes = os.urandom(4000)
        lying = struct.pack("<BBHI", 1, 0, 0, 0xFFFFFFFF) + b"\0" * 64
        newer = struct.pack("<BBHI", 9, 0, 0, 64) + b"\0" * 64
        bomb = struct.pack("<BBHI", 1, 1, 0, 1 << 20) + bytes.fromhex("28b52ffd")
        for payload in (b"", b"\0", random_bytes, lying, newer, bomb, b"\1" * 20_000):
            with web_socket(self.province.server.listen) as stream:
                stream.sendall(binary_frame(payload))
                until_closed(stream)
        self.assertTrue(self.province.server.process.alive())
        self.commune.sync()

    def test_real_log_refuses_a_handed_in_clock(self):
        folder = self.folder_for("real")
        cards = []
        for post in ("a", "b", "c"):
            run([self.province.admin.program, "--data", folder / post, "founder", "new", "--title", post, "--passphrase-file", self.province.passphrase,
                 "--out", folder / f"{post}.json"])
            cards += ["--founder", folder / f"{post}.json"]
        run([self.province.server.program, "init", "--data", folder / "server", "--origin", "hoso.example/real", "--title", "Real", *cards, "--join",
             folder / "join.json", "--address", "127.0.0.1:0"])
        self.refused(6, ["training"], lambda: run([self.province.server.program, "run", "--data", folder / "server", "--listen", "127.0.0.1:0", "--now",
                                                "2023-01-01"]))
        desk = Desk(OPTIONS.bin, folder / "a")
        desk.do("join", "--file", folder / "join.json")
        self.refused(6, ["training"], lambda: desk.do("--now", "2023-01-01", "status"))
        desk.start()
        self.addCleanup(desk.stop)
        self.refused(6, ["training"], lambda: desk.do("--now", "2023-01-01", "status"))
        self.assertEqual(desk.do("status")["waiting"], 0)

    def test_what_is_no_file_of_actions(self):
        self.refused(2, ["folder"], lambda: self.as_commune("record", self.folder))
        self.refused(2, [], lambda: self.commune.do("--passphrase-file", self.folder, "--as", self.province.accounts["tu-ly"], "unlock"))
        marked = self.folder / "marked.ndjson"
        no_person = {"commitment": "00" * 32}
        body = {"subjectRegistered": {"unit": {"unit": COMMUNE}, "name": "Hợp tác xã", "type": "cooperative", "registration": "1", "representative": no_person,
                                      "phone": no_person, "address": no_person}}
        marked.write_text("\ufeff" + json.dumps({"stream": "new", "body": body}) + "\n", encoding="utf-8")
        self.assertEqual(self.as_commune("record", marked)["recorded"], 1, "an editor's byte order mark is no error")

    def test_lists_go_to_spreadsheets(self):
        self.as_commune("subject", "register", "--unit", COMMUNE, "--name", "=1+1 Chè Đà", "--type", "cooperative", "--registration", "1")
        text, book = self.folder / "subjects.csv", self.folder / "subjects.xlsx"
        shown = self.commune.lines("--csv", text, "--xlsx", book, "subject", "list")
        self.assertEqual(len(text.read_text(encoding="utf-8-sig").splitlines()), len(shown) + 2, "a heading, and that it is practice")
        self.assertIn("'=1+1 Chè Đà", text.read_text(encoding="utf-8-sig"))
        with zipfile.ZipFile(book) as parts:
            page = parts.read("xl/worksheets/sheet1.xml").decode("utf-8")
        self.assertIn("=1+1 Chè Đà", page)
        self.assertNotIn("<f>", page, "text is no formula")
        self.refused(2, ["list"], lambda: self.commune.do("--csv", text, "status"))
        self.refused(70, ["cannot be written"], lambda: self.commune.do("--xlsx", self.folder / "none" / "x.xlsx", "subject", "list"))

    def test_the_province_moves(self):
        address = self.commune.do("status")["province"]
        self.refused(2, ["host:port"], lambda: self.commune.do("province", "move", "nowhere"))
        before = len(self.commune.lines("unit", "list"))
        self.commune.do("province", "move", "127.0.0.1:1")
        self.refused(5, [], lambda: self.commune.do("sync", "--wait", "2"))
        self.refused(5, [], lambda: self.commune.do("sync", "--again", "--wait", "2"))
        self.assertEqual(len(self.commune.lines("unit", "list")), before, "the copy stays until the province answers")
        self.assertEqual(self.commune.do("province", "move", address)["province"], address)
        self.commune.do("sync", "--again")
        self.assertEqual(len(self.commune.lines("unit", "list")), before)

    def test_the_log_is_fetched_again(self):
        self.as_commune("subject", "register", "--unit", COMMUNE, "--name", "Trước khi lấy lại", "--type", "cooperative", "--registration", "F-2")
        before = self.commune.do("sync")["through"]
        for desk in (self.commune, self.province.admin):
            again = desk.do("sync", "--again")
            self.assertGreaterEqual(again["through"], before)
            self.assertGreater(again["received"], 1, "everything came once more")
        self.commune.start()
        self.addCleanup(self.commune.stop)
        self.assertGreater(self.commune.do("sync", "--again")["received"], 1, "also in the running desk")
        self.assertEqual(self.commune.do("status")["waiting"], 0)

    def test_officer_added_by_a_used_slip(self):
        self.province.account("cao-son-2", COMMUNE, "officer")
        slip = self.province.slip("cao-son-2", COMMUNE)
        self.province.desk("cao-son-2").do("enrol", "--slip", slip, "--passphrase-file", self.province.passphrase)
        self.commune.sync()
        self.refused(6, ["slip_used"], lambda: self.commune.do("officer", "add", "--slip", slip, "--passphrase-file", self.province.passphrase))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--rules", required=True)
    _, rest = parser.parse_known_args(namespace=OPTIONS)
    unittest.main(argv=sys.argv[:1] + rest, verbosity=2)
