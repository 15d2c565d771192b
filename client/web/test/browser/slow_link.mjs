// The line between the desks and the province, as slow or as broken as a test needs it: desks know its address, the server has one of its own.
import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { pause } from './province.mjs';

const piece_bytes = 8192;

export class SlowLink {
  #sockets = new Set();
  #listening;
  #left = Infinity; // bytes that may still go to the province

  constructor(province) {
    this.province = province;
  }

  /** Starts the server behind the line, and the line at the address that the desks know. Nothing passes until `let`. */
  async open() {
    const [host, port] = this.province.listen.split(':');
    this.#left = 0;
    this.province.listen = `${host}:0`;
    await this.province.startServer();
    this.province.listen = `${host}:${port}`;
    const address = readFileSync(join(this.province.folder, 'server', 'address'), 'utf8').trim();
    this.#listening = createServer((desk) => this.#carry(desk, address));
    await new Promise((done) => this.#listening.listen(Number(port), host, done));
  }

  /** Lets this many more bytes go to the province; what comes from there is not held back. */
  let(bytes) {
    this.#left += bytes;
  }

  hold() {
    this.#left = 0;
  }

  async close() {
    for (const socket of this.#sockets) socket.destroy();
    if (this.#listening) await new Promise((done) => this.#listening.close(done));
  }

  #carry(desk, address) {
    const [host, port] = address.split(':');
    const province = connect(Number(port), host);
    for (const socket of [desk, province]) {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#sockets.delete(socket);
        (socket === desk ? province : desk).destroy();
      });
    }
    province.pipe(desk);
    void this.#forward(desk, province);
  }

  async #forward(desk, province) {
    try {
      for await (const chunk of desk) {
        for (let at = 0; at < chunk.length; ) {
          while (this.#left <= 0 && !province.destroyed) await pause(20);
          const piece = chunk.subarray(at, at + Math.min(piece_bytes, this.#left));
          this.#left -= piece.length;
          at += piece.length;
          province.write(piece);
        }
      }
      province.end();
    } catch {
      province.destroy(); // the desk hung up
    }
  }
}
