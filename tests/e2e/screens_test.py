#!/usr/bin/env python3
"""Every screen of five desks of the demo's province, in Chromium at a desk's and a phone's width, in Vietnamese with an officer who signed in and in
English with nobody: no fault of the page, nothing that axe finds, nothing wider than its window. Pictures are left in --pictures, for the eye."""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE.parent / "demo"), str(HERE.parent / "support")]

from stage import Province  # noqa: E402

LOOK = ROOT / "client" / "web" / "test" / "browser" / "look.mjs"
LANGUAGES = ("vi", "en")
NODE = next((str(path) for path in (ROOT / ".cache/node/bin/node",) if path.exists()), "node")


def first(desk, *command, key):
    rows = desk.lines(*command)
    return rows[0][key] if rows else None


def screens(province):
    """The addresses of each desk's screens: every page once where its officers work, with each of its parts; lists and one of each kind of thing."""
    desk = province.desks["province"]
    product = first(desk, "product", "list", key="product")
    meeting = first(desk, "meeting", "list", key="meeting")
    scored = desk.do("meeting", "show", meeting)["dossiers"][0]["product"]
    decision = first(desk, "decision", "list", key="decision")
    letter = first(desk, "package", "list", key="package")
    certificate = first(desk, "cert", "list", key="certificate").replace("/", "%2F")
    issued = next(row["certificate"] for row in desk.lines("cert", "list") if not row.get("legacy")).replace("/", "%2F")
    own = first(province.desks["tu-ly"], "product", "list", key="product")
    dossier = [f"/dossiers/{own}{part}" for part in ("", "/evidence", "/self", "/submit", "/review", "/points", "/history")]
    reviewed = [f"/dossiers/{product}/review{part}" for part in ("", "?part=opinion", "?part=advice", "?part=decide")]
    session = [f"/sessions/{meeting}{part}" for part in ("", "?part=members", "?part=recusal", "?part=minutes", "/tally", f"/score/{scored}")]
    admin = [f"/admin/{part}" for part in ("accounts", "mandates", "devices", "units", "rules", "offices", "numbers", "calendar", "rounds")]
    counted = f"round={first(desk, 'round', 'list', key='round')}&step=tallied"
    return {
        "tu-ly": ["/", "/login", "/dossiers", "/dossiers/new", "/search?q=che", "/sync", "/sync?show=all", "/import", f"/products/{own}", *dossier],
        "da-bac": ["/", "/sync", "/sessions", "/sessions?part=establish", "/sessions?part=open", "/decisions", "/decisions?form=sign"],
        "province": ["/", "/dossiers", f"/dossiers?{counted}", "/products", f"/products?{counted}", f"/dossiers/{product}", *reviewed, *session,
                     "/decisions?form=send", f"/decisions/{decision}", f"/packages/{letter}", "/certificates", "/certificates?kind=expired",
                     f"/certificates/{certificate}", f"/certificates/{issued}", f"/certificates/{issued}?part=history", f"/certificates/{issued}?part=revoke",
                     "/expiring", "/expiring?when=expired", "/revocations", "/dashboard", "/history", "/no-such-page"],
        "admin": ["/", "/admin", *admin],
        "auditor": ["/", "/history", "/history?at=2023-10-01", "/audit", "/audit?at=2023-10-25", "/dashboard?at=2023-10-25"],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--pictures", help="where the pictures go; default: a temporary folder")
    parser.add_argument("--played", required=True, help="the states that play_province.py kept")
    options = parser.parse_args()
    faults = 0
    with tempfile.TemporaryDirectory(prefix="hoso-screens-") as folder:
        pictures = pathlib.Path(options.pictures or pathlib.Path(folder) / "pictures")
        shutil.copytree(pathlib.Path(options.played) / "over", pathlib.Path(folder) / "province")
        province = Province(options.bin, pathlib.Path(folder) / "province")
        try:
            province.at("2023-12-12")
            for name in ("tu-ly", "da-bac", "province", "admin", "auditor"):
                province.desk(name).start()
            for name, paths in screens(province).items():
                for language in LANGUAGES:
                    address = province.desks[name].do("address")["address"]
                    environment = dict(os.environ, HOSO_LANGUAGE=language)
                    if language == "vi":  # somebody works in these, and nobody has signed in yet in the others
                        account = first(province.desks[name], "whoami", key="account")
                        environment |= {"HOSO_OFFICER": account, "HOSO_PASSPHRASE": province.passphrase(name).read_text(encoding="utf-8").strip()}
                    done = subprocess.run([NODE, LOOK, address, pictures / f"{name}-{language}", *paths], capture_output=True, text=True,
                                          encoding="utf-8", env=environment, check=False)
                    faults += done.returncode != 0
                    print(f"{name} {language}: {len(paths)} screens, exit {done.returncode}\n{done.stdout}{done.stderr}", flush=True)
        finally:
            province.end()
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
