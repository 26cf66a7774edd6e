import assert from 'node:assert/strict';
import { test } from 'node:test';
import { occupied, tally } from '../js/tally.js';

const notes = (note, ...ids) => ids.map((id) => ({ id, note, value: 2000 }));

const dispenser = () => ({
  cassettes: [
    { id: 'C1', note: '10 EUR', initial: 1000, count: 1000 },
    { id: 'C2', note: '20 EUR', initial: 1000, count: 991 },
    { id: 'C3', note: '20 EUR', initial: 500, count: 500 },
  ],
  stacker: notes('20 EUR', 1, 2),
  transport: notes('20 EUR', 3),
  tray: notes('20 EUR', 4, 5),
  taken: { '10 EUR': 0, '20 EUR': 2 },
  reject: { '20 EUR': 1 },
  retract: { '20 EUR': 1 },
});

test('every note is somewhere: two cassettes of one denomination are one line', () => {
  const [ten, twenty] = tally(dispenser());
  assert.equal(ten.holds, true);
  assert.equal(twenty.initial, 1500);
  assert.equal(twenty.sum, 1500);
  assert.equal(twenty.holds, true);
  assert.deepEqual(occupied(twenty), [
    ['cassettes', 1491], ['stacker', 2], ['transport', 1], ['tray', 2], ['taken', 2], ['reject', 1], ['retract', 1],
  ]);
});

test('a note that is nowhere, or in two places, breaks the sum', () => {
  const lost = dispenser();
  lost.stacker.pop();
  assert.equal(tally(lost)[1].holds, false);

  const doubled = dispenser();
  doubled.tray.push(doubled.stacker[0]);
  assert.equal(tally(doubled)[1].sum, 1501);
  assert.equal(tally(doubled)[1].holds, false);
});

test('a note of a kind that no cassette ever held breaks the sum too', () => {
  const odd = dispenser();
  odd.taken['500 EUR'] = 1;
  const line = tally(odd).find(({ note }) => note === '500 EUR');
  assert.equal(line.initial, 0);
  assert.equal(line.holds, false);
});
