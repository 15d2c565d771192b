#!/usr/bin/env python3
"""The public lookup on a real TLS socket: every state of a certificate, codes as QR readers and people give them, what strangers try, limits of how
often, how many and how long, what it says without the province, and its pages in Chromium. Pictures are left in --pictures, for the eye."""

import argparse
import http.client
import json
import os
import pathlib
import re
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE.parent / "support")]

from programs import wait_for  # noqa: E402
from small_province import COMMUNE, SmallProvince  # noqa: E402

LOOK = ROOT / "client" / "web" / "test" / "browser" / "look.mjs"
NODE = next((str(path) for path in (ROOT / ".cache/node/bin/node",) if path.exists()), "node")
HOSTILE = "<script>alert(1)</script> Chè \"Shan\" & 'tuyết'"
CONNECTIONS_MAX = 128


def check(condition, what):
    if not condition:
        raise AssertionError(what)


def free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


class Stranger:
    """Somebody behind a proxy on this machine, who tells the desk whom it asks for."""

    def __init__(self, port, address="203.0.113.5"):
        self.port = port
        self.address = address
        self.tls = ssl.create_default_context()
        self.tls.check_hostname = False
        self.tls.verify_mode = ssl.CERT_NONE
        self.tls.minimum_version = ssl.TLSVersion.TLSv1_3

    def ask(self, path, method="GET", body=None, **headers):
        line = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=30, context=self.tls)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(method, path, body, {"X-Forwarded-For": f"10.0.0.1, {self.address}"} | named)
        answer = line.getresponse()
        text = answer.read().decode()
        line.close()
        return answer.status, answer.headers, text

    def json(self, number):
        status, headers, text = self.ask("/v/" + urllib.parse.quote(number), Accept="application/json")
        check(headers["Content-Type"].startswith("application/json"), headers["Content-Type"])
        return status, json.loads(text)


def register(province, desk):
    """Two products: one whose certificate ran out, and a hostile name with one that is good."""
    by = lambda *arguments: province.by(desk, province.accounts["province"], *arguments)
    old = province.product(desk, "province")
    subject = by("subject", "register", "--unit", COMMUNE, "--name", "Hợp tác xã <b>hai</b>", "--type", "cooperative", "--registration", "BI-MAT-2")["subject"]
    good = by("product", "register", "--subject", subject, "--unit", COMMUNE, "--name", HOSTILE, "--set", "tea")["product"]
    for product, number, issued in ((old, "OCOP-2019-001", "2019-12-10"), (good, "1/2021/OCOP-ĐB", "2021-05-05")):
        by("legacy", "add", product, "--decision", "2365/QĐ-UBND", "--date", issued, "--certificate", number, "--stars", "3", "--issued", issued,
           "--ruleset", "ocop-1048-2019")
    desk.sync()


def states(stranger):
    status, answer = stranger.json("1 2021 ocop-đb")
    check(status == 200 and answer["training"] is True, answer)
    found = answer["certificates"][0]
    check((found["certificate"], found["status"], found["good_until"], found["name"]) == ("1/2021/OCOP-ĐB", "good", "2024-05-05", HOSTILE), found)
    check(answer["as_of"]["connected"] and answer["as_of"]["current"] and answer["as_of"]["follows"] is None, answer["as_of"])
    check(stranger.json("OCOP-2019-001")[1]["certificates"][0]["status"] == "expired", "it ran out in 2022")
    check(stranger.json("OCOP-2019-002")[0] == 404, "there is none")
    status, headers, page = stranger.ask("/v/1/2021/OCOP-%C4%90B")
    check(status == 200 and "Còn hiệu lực" in page and "TẬP HUẤN" in page, page)
    check("<script" not in page and "<b>" not in page and "&lt;script&gt;" in page, "a name became markup")
    check("BI-MAT-2" not in page, "the subject's registration is on no certificate")
    check("default-src 'none'" in headers["Content-Security-Policy"] and headers["X-Content-Type-Options"] == "nosniff", headers)
    check("Set-Cookie" not in headers and headers["Cache-Control"] == "no-store", headers)
    status, headers, _ = stranger.ask("/v?number=1/2021/OCOP-%C4%90B&lang=en")
    check(status == 303 and headers["Location"] == "/v/1/2021/OCOP-%C4%90B?lang=en", headers)
    check("Valid" in stranger.ask(headers["Location"])[2], "in English")


def what_strangers_try(port, alive):
    stranger = Stranger(port, "203.0.113.6")
    for path in ("/api/v1/me", "/api/v1/status", "/api/v1/office", "/index.html", "/v/../api/v1/me", "/..%2f..%2fdevice.key"):
        status, _, page = stranger.ask(path)
        check(status == 404 and "<form" in page, f"{path}: {status}")
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"):
        status, headers, _ = stranger.ask("/v/OCOP-2019-001", method)
        check(status == 405 and headers["Allow"] == "GET, HEAD", f"{method}: {status}")
        try:  # nothing here takes a body: the line is cut, or the answer comes first
            status, _, _ = stranger.ask("/v/OCOP-2019-001", method, body=b"x" * 100_000)
            check(400 <= status < 500, f"{method} with a body: {status}")
        except OSError:
            pass
    for raw in (b"GET\r\n\r\n", b"GET http://evil.example/ HTTP/1.1\r\nHost: a\r\n\r\n", b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\n\r\n",
                b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 40_000 + b"\r\n", b"GET /v/%00%ff%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                b"POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", port), timeout=20) as plain, stranger.tls.wrap_socket(plain) as line:
            try:
                line.sendall(raw)
                got = line.recv(4096)
            except OSError:
                got = b""
            check(not got or re.match(rb"HTTP/1\.1 4\d\d ", got), f"{raw[:40]!r}: {got[:80]!r}")
    with socket.create_connection(("127.0.0.1", port), timeout=20) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        try:
            got = plain.recv(4096)
        except OSError:
            got = b""
        check(not got.startswith(b"HTTP/"), "it answers without TLS")
    old = ssl.create_default_context()
    old.check_hostname, old.verify_mode, old.maximum_version = False, ssl.CERT_NONE, ssl.TLSVersion.TLSv1_2
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=20) as plain, old.wrap_socket(plain):
            check(False, "it speaks TLS 1.2")
    except ssl.SSLError:
        pass
    check(alive(), "a stranger ended the desk")


def limits(port):
    eager, other = Stranger(port, "203.0.113.7"), Stranger(port, "198.51.100.7")
    said = [eager.ask("/")[0] for _ in range(90)]
    check(said[:50] == [200] * 50 and 429 in said and set(said) == {200, 429}, f"asked 90 times: {said}")
    check(other.ask("/")[0] == 200, "another address waits as well")
    began = time.monotonic()
    silent = [socket.create_connection(("127.0.0.1", port), timeout=30) for _ in range(CONNECTIONS_MAX + 10)]
    for line in silent[-9:]:  # past the limit: ended at once
        check(line.recv(1) == b"" and time.monotonic() - began < 8, "more connections than there may be")
    check(silent[0].recv(1) == b"" and time.monotonic() - began < 25, "a silent connection is held")
    wait_for(lambda: quiet(other), 20, "the page after the silent connections")
    for line in silent:
        line.close()


def quiet(stranger):
    try:
        return stranger.ask("/")[0] == 200
    except OSError:
        return False


def without_the_province(province, desk, stranger):
    province.server.stop()
    wait_for(lambda: desk.do("status")["link"] != "live", 60, "the desk to miss the province")
    check("chưa mới nhất" not in stranger.ask("/v/OCOP-2019-001")[2], "it heard an hour ago")
    province.clock.set("2023-09-04T08:00:00+07:00")
    _, answer = stranger.json("OCOP-2019-001")
    check(not answer["as_of"]["current"] and answer["as_of"]["heard"].startswith("2023-09-01"), answer["as_of"])
    check("Có thể chưa mới nhất" in stranger.ask("/v/1/2021/OCOP-%C4%90B")[2], "it says nothing of three days without the province")


def in_chromium(port, pictures):
    faults = 0
    paths = ["/", "/v/OCOP-2019-001", "/v/1/2021/OCOP-%C4%90B", "/v/OCOP-2019-002", "/nothing"]
    for language in ("vi", "en"):
        time.sleep(31)  # the browser is one address, and what it asked for is counted
        asked = [f"{path}?lang={language}" for path in paths]
        done = subprocess.run([NODE, LOOK, f"https://127.0.0.1:{port}/", pathlib.Path(pictures) / language, *asked], capture_output=True, text=True,
                              encoding="utf-8", env=dict(os.environ, HOSO_LANGUAGE=language, HOSO_OWN_CERTIFICATE="1"), check=False)
        print(f"Chromium, {language}: {len(asked)} pages, exit {done.returncode}\n{done.stdout}{done.stderr}", flush=True)
        faults += done.returncode != 0
    check(faults == 0, "Chromium or axe found something")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--rules", required=True)
    parser.add_argument("--pictures", help="where the pictures go; default: a temporary folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hoso-lookup-") as folder:
        province = SmallProvince(options.bin, folder, options.rules)
        desk = None
        try:
            province.found()
            desk = province.enrol("province", "17", "officer", "secretary")
            register(province, desk)
            port = free_port()
            desk.start("--lookup", f"127.0.0.1:{port}")
            wait_for(lambda: desk.do("status")["link"] == "live", 60, "the desk's link")
            stranger = Stranger(port)
            states(stranger)
            what_strangers_try(port, desk.process.alive)
            in_chromium(port, options.pictures or pathlib.Path(folder) / "pictures")
            limits(port)
            without_the_province(province, desk, stranger)
            print("every state answered, nothing else served, limits held")
        finally:
            if desk:
                desk.stop()
            if province.server.process and province.server.process.alive():
                province.server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
