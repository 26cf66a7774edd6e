import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Senses, toneOf } from '../js/senses.js';
import { voiceFor } from '../js/voice.js';

const pin = (count) => ({ screen: 'pin', session: 's1', entry: { kind: 'pin', count } });
const account = (text) => ({ screen: 'login', session: 's1', entry: { kind: 'account', text } });

test('every digit has the same tone, and what is taken away another', () => {
  assert.equal(toneOf(pin(0), pin(1)), 'key');
  assert.equal(toneOf(pin(3), pin(4)), 'key');
  assert.equal(toneOf(pin(4), pin(0)), 'clear');
  assert.equal(toneOf(account('1000'), account('1000 0')), 'key');
  assert.equal(toneOf(account('1000 0'), account('1000')), 'clear');
});

test('a screen that merely comes has no key tone', () => {
  assert.equal(toneOf(null, pin(0)), null);
  assert.equal(toneOf({ screen: 'idle', session: '' }, pin(0)), null);
  assert.equal(toneOf(pin(4), { screen: 'menu', session: 's1' }), null);
  assert.equal(toneOf(pin(4), { ...pin(0), session: 's2' }), null);
  assert.equal(toneOf(pin(2), pin(2)), null);
});

test('a reminder sounds while something waits to be taken, and stops with it', (t) => {
  const timers = new Map();
  t.mock.method(globalThis, 'setTimeout', (call) => timers.set(call, true) && call);
  t.mock.method(globalThis, 'clearTimeout', (call) => timers.delete(call));
  const ring = () => [...timers.keys()].forEach((call) => timers.delete(call) && call());
  const played = [];
  const senses = new Senses({ play: (name) => played.push(name), muted: false }, { say: () => {} });
  senses.show({ screen: 'take-cash', session: 's1', remainingMs: 60_000 }, '');
  assert.deepEqual(played, ['remind']);
  ring();
  assert.deepEqual(played, ['remind', 'remind']);
  senses.show({ screen: 'goodbye', session: 's1' }, '');
  ring();
  assert.deepEqual(played, ['remind', 'remind']);
});

test('the voice is of the language, and rather one of this machine', () => {
  const voices = [
    { lang: 'en-US', localService: false, name: 'far' },
    { lang: 'en_GB', localService: true, name: 'near' },
    { lang: 'ar-SA', localService: false, name: 'arabic' },
  ];
  assert.equal(voiceFor('en', voices).name, 'near');
  assert.equal(voiceFor('ar', voices).name, 'arabic');
  assert.equal(voiceFor('hi', voices), null);
});
