#!/usr/bin/env python3
"""The desk's pages on a real socket: every path of the API refuses what another site's page, another user of this machine or a broken client sends,
and changes nothing by it; honest requests answer as docs/openapi.json says."""

import argparse
import http.client
import json
import pathlib
import re
import socket
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support")]

from programs import wait_for  # noqa: E402
from small_province import COMMUNE, SmallProvince  # noqa: E402

OPENAPI = HERE.parents[1] / "docs" / "openapi.json"


def check(condition, what):
    if not condition:
        raise AssertionError(what)


class Browser:
    def __init__(self, address):
        self.base, secret = address.split("/#k=")
        self.host = self.base.removeprefix("http://")
        status, headers, body = self.ask("POST", "/api/v1/session", {"secret": secret}, Cookie=None)
        check(status == 200, f"the launch secret lets nobody in: {status} {body}")
        self.cookie = headers["Set-Cookie"].split(";")[0]
        check("HttpOnly" in headers["Set-Cookie"] and "SameSite=Strict" in headers["Set-Cookie"], headers["Set-Cookie"])
        self.token = body["token"]

    def ask(self, method, path, body=None, raw=None, **changes):
        headers = {"Host": self.host, "Cookie": getattr(self, "cookie", None), "X-Hoso-Token": getattr(self, "token", None)}
        if method != "GET":
            headers |= {"Origin": self.base}
        headers |= {name.replace("_", "-"): value for name, value in changes.items()}
        connection = http.client.HTTPConnection("127.0.0.1", int(self.base.rsplit(":", 1)[1]), timeout=30)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in headers.items():
            if value is not None:
                connection.putheader(name, value)
        payload = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
        if payload or method != "GET":
            connection.putheader("Content-Length", str(len(payload)))
        connection.endheaders(payload)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        is_json = "json" in (answer.headers["Content-Type"] or "")
        return answer.status, answer.headers, json.loads(text) if is_json and text else text


CRAFTED = {
    "another host": {"Host": "evil.example"},
    "another host with our port": {"Host": "evil.example:{port}"},
    "a host that begins like ours": {"Host": "127.0.0.1:{port}.evil.example"},
    "our host without its port": {"Host": "127.0.0.1"},
    "no host": {"Host": None},
    "another site": {"Origin": "http://evil.example"},
    "another site with our port": {"Origin": "http://evil.example:{port}"},
    "an origin that begins like ours": {"Origin": "http://127.0.0.1:{port}.evil.example"},
    "another scheme": {"Origin": "https://127.0.0.1:{port}"},
    "a sandboxed page": {"Origin": "null"},
    "a form of another site": {"Sec_Fetch_Site": "cross-site"},
    "another port of this machine": {"Sec_Fetch_Site": "same-site"},
    "no token": {"X_Hoso_Token": None},
    "another token": {"X_Hoso_Token": "0" * 64},
    "no cookie": {"Cookie": None},
    "another cookie": {"Cookie": "hoso-{port}=" + "0" * 64},
    "a WebSocket": {"Upgrade": "websocket", "Connection": "Upgrade"},
}
CRAFTED_CHANGES = {"no origin": {"Origin": None}}


def crafted_requests(browser, desk):
    described = json.loads(OPENAPI.read_text(encoding="utf-8"))
    port = browser.base.rsplit(":", 1)[1]
    before = desk.do("outbox", "list", "--all")
    asked = 0
    for path, methods in described["paths"].items():
        target = path.replace("{root}", "0" * 64).replace("{key}", "draft")
        for method in methods:
            knocks = dict(CRAFTED)
            if method != "get":
                knocks |= CRAFTED_CHANGES
            for name, changes in knocks.items():
                if path == "/api/v1/session" and method == "post" and name in ("no cookie", "another cookie", "no token", "another token"):
                    continue  # what lets a browser in can ask for neither
                filled = {key: value.replace("{port}", port) if value else value for key, value in changes.items()}
                status, headers, body = browser.ask(method.upper(), target, {} if method != "get" else None, **filled)
                asked += 1
                check(400 <= status < 500 and status != 404, f"{method} {path} with {name}: {status}")
                check("Access-Control-Allow-Origin" not in headers, f"{method} {path} answers other sites")
                check(isinstance(body, dict) and set(body) <= {"type", "title", "status", "detail", "code", "message_vi", "message_en", "errors"},
                      f"{method} {path} with {name} says {body}")
    check(desk.do("outbox", "list", "--all") == before, "a crafted request recorded something")
    return asked


def conforms(value, schema, described, where):
    """The part of JSON Schema that the description uses."""
    if "$ref" in schema:
        found = described
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        return conforms(value, found, described, where)
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}
    wanted = schema.get("type")
    wanted = [wanted] if isinstance(wanted, str) else wanted
    if wanted:
        check(any(isinstance(value, kinds[kind]) and not (kind == "integer" and isinstance(value, bool)) for kind in wanted),
              f"{where}: {value!r:.80} is no {wanted}")
    if isinstance(value, dict):
        known = schema.get("properties", {})
        for name in schema.get("required", []):
            check(name in value, f"{where}: {name} is missing")
        for name, inner in value.items():
            further = schema.get("additionalProperties", True)
            check(name in known or further is not False, f"{where}: {name} is not described")
            if name in known or isinstance(further, dict):
                conforms(inner, known.get(name, further), described, f"{where}/{name}")
    if isinstance(value, list) and "items" in schema:
        for i, inner in enumerate(value):
            conforms(inner, schema["items"], described, f"{where}/{i}")
    return None


def honest_answers(browser):
    """Every path that looks, asked without options: an answer or a problem of the described form."""
    status, _, described = browser.ask("GET", "/api/v1/openapi.json")
    check(status == 200 and described == json.loads(OPENAPI.read_text(encoding="utf-8")), "docs/openapi.json is not what is served")
    schemas = described["components"]["schemas"]
    answered = 0
    for path, methods in described["paths"].items():
        commands = methods.get("get", {}).get("responses", {}).get("200", {}).get("$ref")
        if not commands:
            continue
        status, _, body = browser.ask("GET", path)
        conforms(body, schemas["Answer"] if status == 200 else schemas["Problem"], described, path)
        answered += status == 200
    check(answered > 20, f"only {answered} commands answered")
    for path, methods in described["paths"].items():
        if "$ref" in methods.get("post", {}).get("responses", {}).get("200", {}):
            status, _, body = browser.ask("POST", path + "?dry_run=1", {"nothing": 1})
            check(status == 400 and body["errors"][0]["pointer"] == "/nothing", f"{path}: {status} {body}")
            conforms(body, schemas["Problem"], described, path)
    return answered


def raw_requests(port, alive):
    """What is no request of HTTP, or a very long one: the connection ends, the desk goes on."""
    for bytes_sent in (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                       b"GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\n\r\n",
                       b"POST /api/v1/session HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                       b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 5000 + b"\r\n", b"GET /%00%ff%zz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
            try:
                line.sendall(bytes_sent)
                line.shutdown(socket.SHUT_WR)
                got = line.recv(4096)
            except ConnectionError:
                got = b""
            check(not got or re.match(rb"HTTP/1\.1 4\d\d ", got), f"{bytes_sent[:40]!r}: {got[:80]!r}")
        check(alive(), f"{bytes_sent[:40]!r} ended the desk")


def files_and_uploads(browser, province, product):
    picture = b"\xff\xd8\xff\xe0" + b"<script>alert(1)</script>" * 1000
    status, _, body = browser.ask("POST", "/api/v1/uploads?name=..%2F..%2Fetc%2Fpasswd", raw=picture)
    check(status == 201 and body["bytes"] == len(picture), f"upload: {status} {body}")
    number = body["upload"]
    check(re.fullmatch(r"[0-9a-f]{32}", number), number)
    status, _, body = browser.ask("POST", "/api/v1/evidence/add", {"product": product, "file": ["/etc/passwd"], "document": "x"})
    check(status == 400 and body["errors"][0]["code"] == "not_found", f"a path of this machine is no upload: {status} {body}")
    status, _, body = browser.ask("GET", "/api/v1/ruleset/check?file=/etc/passwd")
    check(status == 400, f"a path of this machine is no upload: {status} {body}")
    for root in ("0" * 64, "..%2f..%2fdevice.key", "../../device.key", "%2e%2e/device.key"):
        status, _, body = browser.ask("GET", f"/api/v1/files/{root}")
        check(status in (400, 404), f"{root}: {status} {body}")
    check((province.folder / "commune").exists() and not (province.folder / "etc").exists(), "an upload left its folder")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--rules", required=True)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hoso-pages-") as folder:
        province = SmallProvince(options.bin, folder, options.rules)
        desk = None
        try:
            province.found()
            desk = province.enrol("commune", COMMUNE, "officer")
            product = province.product(desk, "commune")
            desk.start()
            wait_for(lambda: desk.do("status")["link"] == "live", 60, "the desk's link")
            browser = Browser(desk.do("address")["address"])
            answered = honest_answers(browser)
            asked = crafted_requests(browser, desk)
            raw_requests(int(browser.base.rsplit(":", 1)[1]), desk.process.alive)
            files_and_uploads(browser, province, product)
            print(f"{asked} crafted requests refused, {answered} commands answered as described")
        finally:
            if desk:
                desk.stop()
            if province.server.process and province.server.process.alive():
                province.server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
