import assert from 'node:assert/strict';
import { test } from 'node:test';
import { disagreements, lost } from '../js/dock-boxes.js';
import { Recorder } from '../js/dock-recorder.js';

const machine = (change = {}) => ({
  wallet: [{ id: 'alice', pin: '1234' }],
  'cash-dispenser': {
    cassettes: [{ id: 'C1', note: '20 EUR', initial: 10, count: 10 }],
    stacker: [],
    transport: [],
    tray: [],
    taken: { '20 EUR': 0 },
    reject: { '20 EUR': 0 },
    retract: { '20 EUR': 0 },
    ...change,
  },
});
const books = (count, boxes = [], totals = {}) => ({
  boxes: [{ name: 'cassette:C1', kind: 'CASSETTE', note: '20 EUR', count }, ...boxes],
  totals,
  currency: 'EUR',
});

test('machine and books that hold the same agree', () => {
  assert.deepEqual(disagreements(machine(), books(10)), []);
  assert.deepEqual(lost(machine()), []);
});

test('each box that differs is named with both counts', () => {
  const cassettes = [{ id: 'C1', note: '20 EUR', initial: 10, count: 8 }];
  const tray = [{ note: '20 EUR' }, { note: '20 EUR' }];
  assert.deepEqual(disagreements(machine({ cassettes, tray }), books(10)), [
    'cassette C1: 8 × 20 EUR in the machine, 10 in the books',
    'stacker, transport and slot: 2 × 20 EUR in the machine, 0 in the books',
  ]);
});

test('what came out of a slot without a shutter is paid, whoever takes it when', () => {
  const cassettes = [{ id: 'C1', note: '20 EUR', initial: 10, count: 9 }];
  assert.deepEqual(disagreements(machine({ cassettes, tray: [{ note: '20 EUR' }], shutter: 'none' }), books(9)), []);
});

test('a note that is nowhere is missing', () => {
  const cassettes = [{ id: 'C1', note: '20 EUR', initial: 10, count: 9 }];
  assert.deepEqual(lost(machine({ cassettes })), ['1 × 20 EUR missing of 10 loaded']);
});

const screen = (name, more = {}) => ({ screen: name, options: [], ...more });
const pin = (count) => screen('pin', { entry: { kind: 'pin', count } });
const press = (key) => ({ device: 'pin-pad', action: 'press', body: { key } });

test('what is done at the machine becomes a scenario, without the PIN of a card', () => {
  const recorder = new Recorder();
  const menu = screen('menu', { options: [{ fdk: 'A', id: 'yes', enabled: true }] });
  recorder.start(machine(), books(10, [], { CUSTOMER: 100000 }), screen('idle'));
  recorder.acts({ device: 'card-reader', action: 'insert', body: { card: 'alice' } }, screen('idle'));
  [...'9999'].forEach((key, i) => recorder.acts(press(key), pin(i)));
  recorder.acts(press('enter'), pin(4));
  [...'1234'].forEach((key, i) => recorder.acts(press(key), pin(i)));
  recorder.acts(press('enter'), pin(4));
  recorder.acts(press('A'), menu);
  recorder.chooses({ fdk: 'A', model: menu });
  recorder.acts({ device: 'cash-dispenser', action: 'take' }, screen('take-cash'));
  const cassettes = [{ id: 'C1', note: '20 EUR', initial: 10, count: 8 }];
  recorder.stop(machine({ cassettes, taken: { '20 EUR': 2 } }), books(8, [], { CUSTOMER: 96000 }), screen('idle'));

  assert.equal(
    recorder.yaml,
    `scenario: Recorded at the machine
steps:
  - sees: idle
  - card-reader insert: {"card":"alice"}
  - sees: { screen: pin, typed: "0" }
  - types: "9081"
  - presses: enter
  - sees: { screen: pin, typed: "0" }
  - types pin of: alice
  - presses: enter
  - sees: menu
  - chooses: "yes"
  - chooses: "yes"
  - sees: take-cash
  - cash-dispenser take:
  - sees: idle
  - money: { machine: { cassettes: -40 EUR, taken: 40 EUR }, books: { customer: -40 EUR } }
`,
  );
});

test('no PIN that was typed is in it, nor a part of one, and a new one is the same each time', () => {
  const recorder = new Recorder();
  recorder.start(machine(), books(10), screen('idle'));
  recorder.acts({ device: 'card-reader', action: 'insert', body: { card: 'alice' } }, screen('idle'));
  const types = (...keys) => keys.forEach((key, i) => recorder.acts(press(key), pin(i)));
  types(...'1234', 'enter', ...'7391', 'enter', ...'7391', 'enter', ...'73', 'backspace', ...'391', 'enter');
  recorder.stop(machine(), books(10), screen('idle'));

  const typed = [...recorder.yaml.matchAll(/types.*: "?(\w+)/g)].map(([, what]) => what);
  assert.deepEqual(typed, ['alice', '9081', '9081', '90', '908']);
  assert.doesNotMatch(recorder.yaml, /1234|73|391/);
});

test('the pad knows of a PIN before the screen does', () => {
  const recorder = new Recorder();
  const state = { ...machine(), 'pin-pad': { entry: 'pin' } };
  recorder.start(state, books(10), screen('reading-card'));
  [...'7391'].forEach((key) => recorder.acts(press(key), screen('reading-card'), state));
  recorder.stop(state, books(10), pin(4));
  assert.match(recorder.yaml, /types: "9081"/);
});

test('what is typed elsewhere stands there', () => {
  const recorder = new Recorder();
  const amount = screen('amount', { entry: { kind: 'amount', text: '' } });
  recorder.start(machine(), books(10), amount);
  [...'1234'].forEach((key) => recorder.acts(press(key), amount));
  recorder.stop(machine(), books(10), amount);
  assert.match(recorder.yaml, /types: "1234"/);
});

test('an act that was refused is not in it', async () => {
  const recorder = new Recorder();
  recorder.start(machine(), books(10), screen('idle'));
  recorder.acts({ device: 'cash-dispenser', action: 'take', done: Promise.resolve('nothing there') }, screen('idle'));
  await Promise.resolve();
  recorder.stop(machine(), books(10), screen('idle'));
  assert.doesNotMatch(recorder.yaml, /take/);
});

test('an acceptor is held against the books too, and what is no money is nowhere in them', () => {
  const acceptor = {
    slot: [],
    transport: [],
    escrow: [],
    bins: [{ id: 'D1', notes: { '20 EUR': 2 } }],
    suspect: { '50 EUR counterfeit': 1 },
    retract: { foreign: 1 },
    inserted: { '20 EUR': 2, '50 EUR counterfeit': 1, foreign: 1 },
    returned: {},
    refused: {},
    emptied: {},
  };
  const state = { ...machine(), 'cash-acceptor': acceptor };
  const deposit = { name: 'deposit:20.00 EUR', kind: 'DEPOSIT', note: '20 EUR', count: 2 };
  assert.deepEqual(disagreements(state, books(10, [deposit])), []);
  assert.deepEqual(disagreements(state, books(10)), ['the deposit bins: 2 × 20 EUR in the machine, 0 in the books']);
  assert.deepEqual(lost(state), []);
  acceptor.suspect = {};
  assert.deepEqual(lost(state), ['1 × 50 EUR counterfeit missing of 1 inserted']);
});
