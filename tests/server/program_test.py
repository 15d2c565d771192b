"""The program as scripts see it: exit codes, messages, signals, files."""

import argparse
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
import unittest

PROGRAM = None


class ProgramTest(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.temporary.name)
        self.running = []

    def tearDown(self):
        for process in self.running:
            process.kill()
            process.wait()
            process.stdout.close()
            process.stderr.close()
        self.temporary.cleanup()

    def run_program(self, *arguments, code=0, env=None):
        done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", timeout=60,
                              env=dict(os.environ, **(env or {})), check=False)
        self.assertEqual(done.returncode, code, f"{arguments}\n{done.stdout}{done.stderr}")
        return done

    def card(self, number):
        file = self.folder / f"card-{number}.json"
        card = {"version": 1, "account": f"{number:02x}" * 16, "title": f"founder {number}", "officer_key": f"{number + 10:02x}" * 32,
                "device": f"{number + 20:02x}" * 16, "device_key": f"{number + 30:02x}" * 32}
        file.write_text(json.dumps(card), encoding="utf-8")
        return file

    def init(self, *options, name="province", code=0):
        founders = [argument for number in (1, 2, 3) for argument in ("--founder", self.card(number))]
        return self.run_program("init", "--data", self.folder / name, "--origin", "hoso.example/test", "--title", "Tỉnh thử", *founders,
                                "--join", self.folder / f"{name}.json", "--address", "127.0.0.1:0", *options, code=code)

    def start(self, *options, name="province", prepare=None):
        process = subprocess.Popen([PROGRAM, "run", "--data", self.folder / name, "--listen", "127.0.0.1:0", "--disk-reserve", "0", *options],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", preexec_fn=prepare)
        self.running.append(process)
        return process, process.stdout.readline()

    def end(self, process):
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)
        self.assertEqual(process.returncode, 0, errors)
        return errors

    def address(self):
        host, port = (self.folder / "province" / "address").read_text(encoding="utf-8").strip().rsplit(":", 1)
        return host, int(port)

    def websocket(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE  # a desk compares a pin; this test only needs the line
        line = context.wrap_socket(socket.create_connection(self.address(), 5))
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                     b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
        self.assertIn(b" 101 ", line.recv(4096))
        return line

    def test_founds_once(self):
        told = self.init()
        self.assertNotIn("TRAINING", told.stdout)
        self.assertIn("recovery.key", told.stdout)
        self.assertIn("not empty", self.init(code=4).stderr)

    def test_tells_what_it_holds(self):
        self.init("--training", "--now", "2023-03-20")
        told = json.loads(self.run_program("info", "--data", self.folder / "province", "--json").stdout)
        self.assertEqual((told["size"], told["training"], told["amnesia"], told["origin"]), (1, True, False, "hoso.example/test"))
        self.assertEqual(len(told["state_hash"]), 64)
        self.assertIn("TRAINING", self.run_program("info", "--data", self.folder / "province").stdout)

    def test_a_training_log_says_so_everywhere(self):
        self.assertIn("TRAINING", self.init("--training").stdout)
        process, line = self.start("--now", "2023-08-01")
        self.assertRegex(line, r"^listening on 127\.0\.0\.1:\d+ \(TRAINING\)$")
        errors = self.end(process)
        self.assertTrue(all("TRAINING" in text for text in errors.splitlines()), errors)

    def test_a_handed_clock_is_for_training_only(self):
        self.assertIn("training", self.init("--now", "2023-03-20", code=6).stderr)
        self.init()
        self.assertIn("training", self.run_program("run", "--data", self.folder / "province", "--listen", "127.0.0.1:0", "--now",
                                                   "2023-03-20", code=6).stderr)

    def test_listens_where_it_says_and_ends_on_a_signal(self):
        self.init()
        for end in (signal.SIGTERM, signal.SIGINT):
            process, line = self.start()
            address = (self.folder / "province" / "address").read_text(encoding="utf-8").strip()
            self.assertEqual(line.strip(), f"listening on {address}")
            host, port = address.rsplit(":", 1)
            socket.create_connection((host, int(port)), 5).close()
            began = time.monotonic()
            process.send_signal(end)
            self.assertEqual(process.wait(20), 0)
            self.assertLess(time.monotonic() - began, 10)

    def test_ends_well_with_lines_still_open(self):
        self.init()
        for threads in ("1", "3"):
            process, _ = self.start("--threads", threads)
            with socket.create_connection(self.address(), 5), self.websocket(), self.websocket():
                self.end(process)

    def test_raises_its_limit_of_open_files(self):
        self.init()
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        process, _ = self.start(prepare=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (200, hard)))
        limits = pathlib.Path(f"/proc/{process.pid}/limits").read_text(encoding="utf-8")
        soft_now, hard_now = re.search(r"Max open files\s+(\w+)\s+(\w+)", limits).groups()
        self.assertEqual(soft_now, hard_now)
        self.end(process)
        process, _ = self.start(prepare=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (200, 600)))
        self.assertIn("at most 300 connections", self.end(process))

    def test_a_second_server_is_sent_away(self):
        self.init()
        self.start()
        second = self.run_program("run", "--data", self.folder / "province", "--listen", "127.0.0.1:0", code=4)
        self.assertIn("Another server", second.stderr)
        self.run_program("info", "--data", self.folder / "province", "--json")

    def test_a_port_in_use_is_named(self):
        self.init()
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            told = self.run_program("run", "--data", self.folder / "province", "--listen", f"127.0.0.1:{port}", code=5)
            self.assertIn(str(port), told.stderr)

    def test_survives_being_killed(self):
        self.init()
        process, _ = self.start()
        process.kill()
        process.wait()
        process, line = self.start()
        self.assertIn("listening on", line)

    def test_a_join_file_is_never_replaced(self):
        self.init()
        join = self.folder / "province.json"
        before = join.read_bytes()
        (self.folder / "other.json").symlink_to(join)
        self.assertIn("province's join file", self.init(name="other", code=4).stderr)
        self.assertEqual(join.read_bytes(), before)
        self.assertFalse((self.folder / "other").exists(), "nothing was founded")

    def test_a_disk_that_cannot_be_written_is_no_crash(self):
        self.init()
        log = self.folder / "province" / "log"
        record = next(file for file in sorted(log.rglob("headlog*")) if file.stat().st_size > 0)
        record.unlink()
        for other in log.rglob("headlog*"):
            other.unlink()
        told = json.loads(self.run_program("info", "--data", self.folder / "province", "--json", code=1).stdout)
        self.assertTrue(told["amnesia"], "a lost watermark is an alarm")
        self.assertIn("--accept-head", told["amnesia_detail"])

    def test_a_lost_watermark_is_replaced_by_who_knows_the_head(self):
        self.init()
        for record in (self.folder / "province" / "log").glob("headlog*"):
            record.unlink()
        process, _ = self.start()
        told = self.end(process)
        self.assertIn("AMNESIA", told)
        head = re.search(r"--accept-head ([0-9a-f]{64})", told).group(1)
        self.run_program("run", "--data", self.folder / "province", "--accept-head", "all", code=2)
        process, _ = self.start("--accept-head", "00" * 32)
        self.assertIn("AMNESIA", self.end(process), "another head")
        process, _ = self.start("--accept-head", head)
        told = self.end(process)
        self.assertNotIn("AMNESIA", told)
        self.assertIn(f"--accept-head {head}", told, "its use is told")
        process, _ = self.start()
        told = self.end(process)
        self.assertNotIn("AMNESIA", told)
        self.assertNotIn("--accept-head", told)

    def test_a_founded_province_is_on_disk_before_its_join_file(self):
        strace = shutil.which("strace")
        if not strace or subprocess.run([strace, "-qq", "-o", os.devnull, "true"], capture_output=True, check=False).returncode != 0:
            self.skipTest("this machine has no strace")
        trace = self.folder / "trace"
        founders = [argument for number in (1, 2, 3) for argument in ("--founder", self.card(number))]
        subprocess.run([strace, "-f", "-qq", "-y", "-o", trace, "-e", "trace=rename,renameat,renameat2,fsync,fdatasync", PROGRAM, "init", "--data",
                        self.folder / "new" / "province", "--origin", "hoso.example/test", "--title", "x", *founders, "--join",
                        self.folder / "join.json", "--address", "127.0.0.1:0"], capture_output=True, timeout=120, check=True,
                       env=dict(os.environ, ASAN_OPTIONS="detect_leaks=0"))  # which cannot look for leaks under strace
        calls = trace.read_text(encoding="utf-8").splitlines()
        named = next(i for i, call in enumerate(calls) if "rename" in call and call.split(", ")[-1].startswith(f'"{self.folder}/new/province"'))
        joined = next(i for i, call in enumerate(calls) if "rename" in call and f'"{self.folder}/join.json"' in call)
        between = "\n".join(calls[named:joined])
        for folder in (self.folder / "new", self.folder):
            self.assertRegex(between, rf"fsync\(\d+<{re.escape(str(folder))}>", folder)

    def test_settings(self):
        self.run_program("run", "--data", self.folder / "nothing", code=3)
        self.run_program("run", "--listen", "x", code=2, env={"HOSO_DATA": str(self.folder)})
        settings = self.folder / "server.toml"
        settings.write_text("lissten = 'x'\n", encoding="utf-8")
        self.assertIn("lissten", self.run_program("run", "--config", settings, code=2).stderr)
        self.run_program("run", "--config", self.folder / "none.toml", code=3)

    def test_words_it_does_not_know(self):
        self.run_program("walk", code=2)
        self.run_program(code=2)
        self.assertIn("init", self.run_program("--help").stdout)
        self.assertRegex(self.run_program("--version").stdout, r"^\d+\.\d+\.\d+\n$")
        limits = self.run_program("--limits").stdout
        self.assertIn("512 actions", limits)
        self.assertIn("131072 bytes", limits)

    def test_cards_that_are_none(self):
        wrong = self.folder / "wrong.json"
        wrong.write_text("{}", encoding="utf-8")
        self.init("--founder", wrong, name="a", code=2)
        self.init("--founder", self.folder / "none.json", name="b", code=3)
        self.assertFalse((self.folder / "a").exists())


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    options, rest = parser.parse_known_args()
    PROGRAM = options.program
    unittest.main(argv=["program_test", *rest])
