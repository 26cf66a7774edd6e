import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { BackDoor } from '../js/back-door.js';

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

/** A simulator that answers when the test says so, and remembers what it was asked. */
function slowSimulator() {
  const asked = [];
  const answers = [];
  globalThis.fetch = (url, { body }) => {
    asked.push(JSON.parse(body).key);
    return new Promise((resolve, reject) => answers.push({ resolve, reject }));
  };
  return { asked, answers };
}

const state = (seq) => ({ ok: true, json: async () => ({ seq }) });

test('keys typed faster than the simulator answers reach it one after the other', async () => {
  const { asked, answers } = slowSimulator();
  const door = new BackDoor('http://localhost:7070', () => {});
  const done = ['4', '7', '1'].map((key) => door.act('pin-pad', 'press', { key }));

  for (const [turn, key] of ['4', '7', '1'].entries()) {
    while (asked.length <= turn) await Promise.resolve();
    assert.deepEqual(asked, ['4', '7', '1'].slice(0, turn + 1), `only ${key} after those before it`);
    answers[turn].resolve(state(turn));
    assert.equal(await done[turn], null);
  }
});

test('an act that fails does not hold up the next', async () => {
  const { answers } = slowSimulator();
  const door = new BackDoor('http://localhost:7070', () => {});
  const first = door.act('pin-pad', 'press', { key: '4' });
  const second = door.act('pin-pad', 'press', { key: '7' });

  while (answers.length < 1) await Promise.resolve();
  answers[0].reject(new Error('gone'));
  assert.equal(await first, 'The simulator does not answer.');
  while (answers.length < 2) await Promise.resolve();
  answers[1].resolve(state(1));
  assert.equal(await second, null);
});
