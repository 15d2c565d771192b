"""Starts and drives the real programs for the demo and the end-to-end tests: only public commands, one folder per desk."""

import json
import os
import pathlib
import signal
import subprocess
import time


class CommandFailed(Exception):
    def __init__(self, arguments, done):
        super().__init__(f"{' '.join(map(str, arguments))}\n  exit {done.returncode}\n  {done.stderr.strip()}")
        self.exit_code = done.returncode
        self.stderr = done.stderr


class Clock:
    """A training log's clock: programs read the instant from a file each time they ask."""

    def __init__(self, file, start):
        self.file = pathlib.Path(file)
        self.set(start)

    def set(self, text):
        temporary = self.file.with_suffix(".new")
        temporary.write_text(text + "\n", encoding="utf-8")
        temporary.rename(self.file)

    @property
    def option(self):
        return ["--now", f"@{self.file}"]


def wait_for(condition, seconds, what, every=0.05):
    """Polls until `condition()` is true; a hang becomes an error that names what was awaited."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(every)


class Process:
    """A program in the background, with its output in a file."""

    def __init__(self, arguments, log_file):
        self.log_file = pathlib.Path(log_file)
        with open(self.log_file, "ab") as log:
            self.process = subprocess.Popen([str(a) for a in arguments], stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def alive(self):
        return self.process.poll() is None

    def stop(self, how=signal.SIGTERM, seconds=20):
        if self.alive():
            self.process.send_signal(how)
        return self.process.wait(seconds)


class Server:
    def __init__(self, binaries, folder, clock=None, listen="127.0.0.1:0"):
        self.program = pathlib.Path(binaries) / "hoso-server"
        self.folder = pathlib.Path(folder)
        self.clock = clock.option if clock else []
        self.listen = listen
        self.process = None

    def init(self, *arguments):
        return run([self.program, "init", "--data", self.folder, *self.clock, *arguments])

    def start(self, *arguments):
        address = self.folder / "address"
        address.unlink(missing_ok=True)
        # Practice and tests work on a disk that is nearly full, where a province would not.
        reserve = [] if "--disk-reserve" in arguments else ["--disk-reserve", str(64 << 20)]
        self.process = Process([self.program, "run", "--data", self.folder, "--listen", self.listen, *reserve, *self.clock, *arguments],
                               self.folder.parent / "server.log")
        wait_for(lambda: address.exists() or not self.process.alive(), 60, "the server to listen")
        if not self.process.alive():
            raise RuntimeError(f"the server ended: {self.process.log_file.read_text(encoding='utf-8')[-2000:]}")
        self.listen = address.read_text(encoding="utf-8").strip()  # the same port from now on

    def kill(self):
        self.process.stop(signal.SIGKILL)

    def stop(self):
        return self.process.stop()

    def info(self):
        return run_json([self.program, "info", "--data", self.folder, "--json"])[0]


class Desk:
    """One desk: a data folder and the commands given on it. `start` runs its daemon as a process of its own."""

    def __init__(self, binaries, folder, clock=None):
        self.program = pathlib.Path(binaries) / "hoso"
        self.folder = pathlib.Path(folder)
        self.clock = clock.option if clock else []
        self.process = None
        self.commands = 0

    def arguments(self, *arguments):
        return [self.program, "--data", self.folder, "--json", *self.clock, *map(str, arguments)]

    def lines(self, *arguments, stdin=None):
        self.commands += 1
        return run_json(self.arguments(*arguments), stdin)

    def do(self, *arguments, stdin=None):
        """The last (mostly only) object a command answers with."""
        answer = self.lines(*arguments, stdin=stdin)
        return answer[-1] if answer else {}

    def start(self, *arguments):
        self.process = Process(self.arguments("run", *arguments), self.folder.with_suffix(".log"))
        wait_for(lambda: (self.folder / "desk.sock").exists() or not self.process.alive(), 60, f"the daemon of {self.folder.name}")
        if not self.process.alive():
            raise RuntimeError(f"the daemon of {self.folder.name} ended: {self.process.log_file.read_text(encoding='utf-8')[-2000:]}")

    def stop(self):
        if self.process:
            self.process.stop()
            self.process = None

    def sync(self, seconds=60):
        return self.do("sync", "--wait", seconds)


def run(arguments, stdin=None):
    arguments = [str(a) for a in arguments]
    environment = dict(os.environ, LANG="C.UTF-8", NO_COLOR="1")
    done = subprocess.run(arguments, input=stdin, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)
    if done.returncode != 0:
        raise CommandFailed(arguments, done)
    return done.stdout


def run_json(arguments, stdin=None):
    return [json.loads(line) for line in run(arguments, stdin).splitlines() if line.strip()]
