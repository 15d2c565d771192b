"""A line between a desk and its province that is slow, short of buffers, and dies."""

import select
import socket
import struct
import threading
import time

PIECE = 4096


class SlowLink:
    """Forwards TCP to `target` (HOST:PORT) at `bits_per_second` each way; counts what passed; `cut` ends every connection at once."""

    def __init__(self, target, bits_per_second):
        host, port = target.rsplit(":", 1)
        self.target = (host, int(port))
        self.seconds_per_byte = 8 / bits_per_second
        self.up = self.down = 0  # bytes that passed
        self.connections = 0
        self.lock = threading.Lock()
        self.pairs = set()
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, PIECE)
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen(8)
        self.address = "127.0.0.1:%d" % self.listener.getsockname()[1]
        self.open = True
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while self.open:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            try:
                far = socket.socket()
                far.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, PIECE)
                far.connect(self.target)
            except OSError:
                near.close()
                continue
            for end in (near, far):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, PIECE)
            with self.lock:
                self.pairs.add((near, far))
                self.connections += 1
            threading.Thread(target=self._forward, args=(near, far, True, (near, far)), daemon=True).start()
            threading.Thread(target=self._forward, args=(far, near, False, (near, far)), daemon=True).start()

    def _forward(self, source, sink, up, pair):
        free_at = time.monotonic()
        try:
            while True:
                readable, _, _ = select.select([source], [], [], 1)
                if not readable:
                    if not self.open or pair not in self.pairs:
                        break
                    continue
                data = source.recv(PIECE)
                if not data:
                    break
                free_at = max(free_at, time.monotonic()) + len(data) * self.seconds_per_byte
                time.sleep(max(0, free_at - time.monotonic()))
                sink.sendall(data)
                with self.lock:
                    if up:
                        self.up += len(data)
                    else:
                        self.down += len(data)
        except (OSError, ValueError):
            pass
        self._end(pair)

    def _end(self, pair, abort=False):
        with self.lock:
            if pair not in self.pairs:
                return
            self.pairs.discard(pair)
        for end in pair:
            try:
                if abort:  # a reset, without a word
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                end.close()
            except OSError:
                pass

    def cut(self):
        with self.lock:
            pairs = list(self.pairs)
        for pair in pairs:
            self._end(pair, abort=True)
        return len(pairs)

    def close(self):
        self.open = False
        self.listener.close()
        self.cut()
