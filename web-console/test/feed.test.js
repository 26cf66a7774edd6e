import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Feed } from '../js/feed.js';

const screen = (seq, name = 'idle') => ({ seq, screen: name });

test('a screen that was overtaken is dropped', () => {
  const feed = new Feed();
  assert.equal(feed.accept(screen(5, 'pin')), true);
  assert.equal(feed.accept(screen(4)), false);
  assert.equal(feed.accept(screen(5)), false);
  assert.equal(feed.model.screen, 'pin');
});

test('after a reconnect a controller that counts from one again is believed', () => {
  const feed = new Feed();
  feed.accept(screen(900, 'take-cash'));
  feed.restart();
  assert.equal(feed.model.screen, 'take-cash', 'the old screen stays until a new one comes');
  assert.equal(feed.accept(screen(1)), true);
});

test('what is no screen is dropped', () => {
  const feed = new Feed();
  for (const nonsense of [null, undefined, 7, 'idle', {}, { seq: 1 }, { seq: Infinity, screen: 'idle' }, { seq: '1', screen: 'idle' }]) {
    assert.equal(feed.accept(nonsense), false);
  }
  assert.equal(feed.model, null);
});
