import * as frames from './frames.js';
import { delayMs } from './backoff.js';

// A silent break must show within two seconds. A ping leaves every PING_MS and has PONG_MS to be
// answered, so the worst case is their sum. It also keeps the bridge content, which drops a client
// that does not ping within ten seconds.
const PING_MS = 700;
const PONG_MS = 900;
const CONNECT_MS = 3000;
const REPLY_MS = 2000;
// Requests wait for one reply each. The page has one or two in flight; more means a fault.
const PENDING_MAX = 32;

/**
 * A client of one event bus bridge. Connects by itself and again after each break, registers its
 * addresses anew each time, and tells through `onUp` and `onDown` how it stands.
 */
export class Bus {
  #url;
  #WebSocket;
  #socket = null;
  #handlers = new Map();
  #pending = new Map();
  #replies = 0;
  #attempt = 0;
  #closed = false;
  #timers = { connect: 0, ping: 0, pong: 0, retry: 0 };

  /** Called after each connect, when the addresses are registered. */
  onUp = () => {};
  /** Called once for each break, and once when the first connect fails. */
  onDown = () => {};

  constructor(url, WebSocketClass = globalThis.WebSocket) {
    this.#url = url;
    this.#WebSocket = WebSocketClass;
  }

  get up() {
    return this.#socket?.readyState === 1;
  }

  on(address, handler) {
    this.#handlers.set(address, handler);
    return this;
  }

  connect() {
    const socket = new this.#WebSocket(this.#url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#timers.connect = setTimeout(() => this.#lost(socket), CONNECT_MS);
    socket.onopen = () => this.#opened(socket);
    socket.onmessage = ({ data }) => socket === this.#socket && this.#received(data);
    socket.onclose = () => this.#lost(socket);
    return this;
  }

  close() {
    this.#closed = true;
    if (this.#socket) this.#lost(this.#socket);
    clearTimeout(this.#timers.retry);
  }

  /** Sends without waiting for an answer. False when there is no connection to send it on. */
  send(address, body) {
    if (!this.up) return false;
    this.#socket.send(frames.send(address, body));
    return true;
  }

  /** The body of the reply. A refused address never answers, so every request has a time-out. */
  request(address, body, timeoutMs = REPLY_MS) {
    if (!this.up) return Promise.reject(new Error(`${address}: not connected`));
    if (this.#pending.size >= PENDING_MAX) {
      return Promise.reject(new Error(`${address}: ${PENDING_MAX} requests are waiting already`));
    }
    const replyAddress = `page.${++this.#replies}`;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => this.#settle(replyAddress, (p) => p.reject(new Error(`${address}: no answer in ${timeoutMs} ms`))),
        timeoutMs,
      );
      this.#pending.set(replyAddress, { resolve, reject, timer });
      this.#socket.send(frames.send(address, body, replyAddress));
    });
  }

  #opened(socket) {
    if (socket !== this.#socket) return;
    clearTimeout(this.#timers.connect);
    this.#attempt = 0;
    for (const address of this.#handlers.keys()) socket.send(frames.register(address));
    this.#ping();
    this.onUp();
  }

  #received(data) {
    // Any frame proves that the line is alive, not only the pong.
    clearTimeout(this.#timers.pong);
    this.#timers.pong = 0;
    const frame = frames.decode(data);
    if (!frame) return;
    if (this.#pending.has(frame.address)) {
      this.#settle(frame.address, (p) =>
        frame.type === 'err' ? p.reject(new Error(String(frame.message))) : p.resolve(frame.body),
      );
    } else if (frame.type !== 'err') {
      this.#handlers.get(frame.address)?.(frame.body);
    }
  }

  #ping() {
    if (!this.up) return;
    const socket = this.#socket;
    socket.send(frames.ping());
    if (!this.#timers.pong) this.#timers.pong = setTimeout(() => this.#lost(socket), PONG_MS);
    this.#timers.ping = setTimeout(() => this.#ping(), PING_MS);
  }

  #settle(replyAddress, how) {
    const pending = this.#pending.get(replyAddress);
    if (!pending) return;
    this.#pending.delete(replyAddress);
    clearTimeout(pending.timer);
    how(pending);
  }

  #lost(socket) {
    if (socket !== this.#socket) return;
    this.#socket = null;
    for (const timer of ['connect', 'ping', 'pong']) clearTimeout(this.#timers[timer]);
    this.#timers.pong = 0;
    // A peer that went silent would keep close() waiting for its answer: nobody listens any more.
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    for (const replyAddress of [...this.#pending.keys()]) {
      this.#settle(replyAddress, (p) => p.reject(new Error('connection lost')));
    }
    if (this.#attempt === 0) this.onDown();
    this.#attempt += 1;
    if (!this.#closed) this.#timers.retry = setTimeout(() => this.connect(), delayMs(this.#attempt));
  }
}

/** The raw WebSocket endpoint of the bridge at `path`, relative to an http(s) address. */
export function bridgeUrl(path, base) {
  const url = new URL(`${path}/websocket`, base);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
