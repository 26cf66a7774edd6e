import assert from 'node:assert/strict';
import { test } from 'node:test';
import { delayMs } from '../js/backoff.js';

test('the first retry is at once', () => {
  assert.equal(delayMs(1, 0.99), 0);
});

test('later ones stay between half a second and three, whatever the dice say', () => {
  for (let attempt = 2; attempt < 200; attempt++) {
    for (const dice of [0, 0.5, 0.999]) {
      const delay = delayMs(attempt, dice);
      assert.ok(delay >= 500 && delay <= 3000, `attempt ${attempt} waits ${delay} ms`);
    }
  }
});

test('they grow, and two screens do not wait the same', () => {
  assert.ok(delayMs(4, 0.5) > delayMs(3, 0.5));
  assert.notEqual(delayMs(4, 0.1), delayMs(4, 0.9));
});
