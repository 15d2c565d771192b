"""The program as scripts see it: exit codes, messages, signals, files."""

import argparse
import json
import os
import pathlib
import signal
import socket
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
                                "--join", self.folder / f"{name}.json", *options, code=code)

    def start(self, *options, name="province"):
        process = subprocess.Popen([PROGRAM, "run", "--data", self.folder / name, "--listen", "127.0.0.1:0", *options],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        self.running.append(process)
        return process, process.stdout.readline()

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
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)
        self.assertEqual(process.returncode, 0)
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

    def test_a_disk_that_cannot_be_written_is_no_crash(self):
        self.init()
        log = self.folder / "province" / "log"
        record = next(file for file in sorted(log.rglob("headlog*")) if file.stat().st_size > 0)
        record.unlink()
        for other in log.rglob("headlog*"):
            other.unlink()
        told = json.loads(self.run_program("info", "--data", self.folder / "province", "--json").stdout)
        self.assertTrue(told["amnesia"], "a lost watermark is an alarm")

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
