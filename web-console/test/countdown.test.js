import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countdownOf } from '../js/countdown.js';

test('counts down as people do, and stops at nothing', () => {
  const countdown = countdownOf({ remainingMs: 20_000 }, 1000);
  assert.equal(countdown.seconds(1000), 20);
  assert.equal(countdown.seconds(1001), 20);
  assert.equal(countdown.seconds(20_999), 1);
  assert.equal(countdown.seconds(21_000), 0);
  assert.equal(countdown.seconds(99_000), 0);
  assert.equal(countdown.fraction(11_000), 0.5);
  assert.equal(countdown.fraction(99_000), 0);
});

test('a screen without a limit has no countdown', () => {
  for (const remainingMs of [undefined, null, 0, -5, NaN, Infinity, '9000']) {
    assert.equal(countdownOf({ remainingMs }, 0), null);
  }
  assert.equal(countdownOf(null, 0), null);
});
