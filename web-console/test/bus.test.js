import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bus, bridgeUrl } from '../js/bus.js';

/** A WebSocket that a test holds in its hands. */
class FakeSocket {
  static all = [];
  readyState = 0;
  sent = [];
  constructor(url) {
    this.url = url;
    FakeSocket.all.push(this);
  }
  static get last() {
    return FakeSocket.all.at(-1);
  }
  send(text) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.readyState = 3;
    this.onclose?.();
  }
  open() {
    this.readyState = 1;
    this.onopen();
  }
  receive(frame) {
    this.onmessage({ data: JSON.stringify(frame) });
  }
  receiveBinary(frame) {
    this.onmessage({ data: new TextEncoder().encode(JSON.stringify(frame)).buffer });
  }
}

function connected(t, ...addresses) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  t.mock.method(Math, 'random', () => 0.5);
  FakeSocket.all = [];
  const events = [];
  const bus = new Bus('ws://here/bus', FakeSocket);
  for (const address of addresses) bus.on(address, (body) => events.push(body));
  bus.onUp = () => events.push('up');
  bus.onDown = () => events.push('down');
  bus.connect();
  FakeSocket.last.open();
  return { bus, events };
}

/** Lets time pass in small steps, since a timer set by a timer counts from the end of a step. */
function pass(t, ms) {
  for (let i = 0; i < ms; i += 10) t.mock.timers.tick(10);
}

const typesSent = (socket) => socket.sent.map(({ type }) => type);

test('registers its addresses and pings at once', (t) => {
  const { events } = connected(t, 'ui.screen');
  assert.deepEqual(FakeSocket.last.sent, [
    { type: 'register', address: 'ui.screen', headers: {} },
    { type: 'ping' },
  ]);
  assert.deepEqual(events, ['up']);
});

test('hears text and binary frames, and drops garbage', (t) => {
  const { events } = connected(t, 'ui.screen');
  FakeSocket.last.receive({ type: 'rec', address: 'ui.screen', body: 1 });
  FakeSocket.last.receiveBinary({ type: 'rec', address: 'ui.screen', body: 2 });
  FakeSocket.last.onmessage({ data: '{"type":' });
  FakeSocket.last.onmessage({ data: '[]' });
  FakeSocket.last.receive({ type: 'rec', address: 'somewhere.else', body: 3 });
  FakeSocket.last.receive({ type: 'err', address: 'ui.screen', message: 'refused' });
  assert.deepEqual(events, ['up', 1, 2]);
});

test('a request gets the body of its reply', async (t) => {
  const { bus } = connected(t);
  const reply = bus.request('ui.snapshot', {});
  const { replyAddress } = FakeSocket.last.sent.at(-1);
  FakeSocket.last.receive({ type: 'rec', address: replyAddress, body: { seq: 7 } });
  assert.deepEqual(await reply, { seq: 7 });
});

test('a request that fails, is never answered, or loses its connection says so', async (t) => {
  const { bus } = connected(t);
  const failed = bus.request('ui.snapshot', {});
  const { replyAddress } = FakeSocket.last.sent.at(-1);
  FakeSocket.last.receive({ type: 'err', address: replyAddress, message: 'no handlers' });
  await assert.rejects(failed, /no handlers/);

  const refused = bus.request('device.secret', {}, 300);
  t.mock.timers.tick(300);
  await assert.rejects(refused, /device\.secret: no answer in 300 ms/);

  const lost = bus.request('ui.snapshot', {});
  FakeSocket.last.close();
  await assert.rejects(lost, /connection lost/);
  await assert.rejects(bus.request('ui.snapshot', {}), /not connected/);
});

test('waits for a bounded number of replies only', async (t) => {
  const { bus } = connected(t);
  for (let i = 0; i < 32; i++) bus.request('ui.snapshot', {}).catch(() => {});
  await assert.rejects(bus.request('ui.snapshot', {}), /32 requests are waiting/);
});

test('a closed connection is tried again at once, then ever more slowly', (t) => {
  const { events } = connected(t);
  FakeSocket.last.close();
  assert.deepEqual(events, ['up', 'down']);
  t.mock.timers.tick(0);
  assert.equal(FakeSocket.all.length, 2);

  FakeSocket.last.close();
  t.mock.timers.tick(499);
  assert.equal(FakeSocket.all.length, 2);
  t.mock.timers.tick(1);
  assert.equal(FakeSocket.all.length, 3);

  FakeSocket.last.open();
  assert.deepEqual(events, ['up', 'down', 'up']);
  FakeSocket.last.close();
  t.mock.timers.tick(0);
  assert.equal(FakeSocket.all.length, 4, 'after a success the first retry is at once again');
});

test('a connection that merely goes silent is noticed within two seconds', (t) => {
  const { events } = connected(t);
  FakeSocket.last.receive({ type: 'pong' });
  pass(t, 1500);
  assert.deepEqual(events, ['up']);
  pass(t, 300);
  assert.deepEqual(events, ['up', 'down']);
});

test('a connection that answers its pings is left alone', (t) => {
  const { events } = connected(t);
  for (let i = 0; i < 50; i++) {
    FakeSocket.last.receiveBinary({ type: 'pong' });
    t.mock.timers.tick(700);
  }
  assert.deepEqual(events, ['up']);
  assert.equal(FakeSocket.all.length, 1);
  assert.ok(typesSent(FakeSocket.last).filter((type) => type === 'ping').length >= 50);
});

test('a connect that hangs is given up', (t) => {
  connected(t);
  FakeSocket.last.close();
  t.mock.timers.tick(0);
  t.mock.timers.tick(3000);
  t.mock.timers.tick(500);
  assert.equal(FakeSocket.all.length, 3);
});

test('frames of a connection given up are not heard any more', (t) => {
  const { events } = connected(t, 'ui.screen');
  const old = FakeSocket.last;
  const heard = old.onmessage;
  old.close();
  t.mock.timers.tick(0);
  heard({ data: JSON.stringify({ type: 'rec', address: 'ui.screen', body: 'late' }) });
  assert.deepEqual(events, ['up', 'down']);
});

test('the raw endpoint of a bridge', () => {
  assert.equal(bridgeUrl('/bus/kiosk', 'http://localhost:8080/gallery?x'), 'ws://localhost:8080/bus/kiosk/websocket');
  assert.equal(bridgeUrl('/sim/bus', 'https://atm.example/'), 'wss://atm.example/sim/bus/websocket');
});
