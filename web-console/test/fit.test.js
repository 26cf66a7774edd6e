import assert from 'node:assert/strict';
import { test } from 'node:test';
import { largest } from '../js/fit.js';

test('as much as fits is granted, and not more', () => {
  assert.equal(largest((step) => step <= 0.6), 0.43);
  assert.equal(largest(() => true), 1);
});

test('where nothing fits that is told', () => {
  assert.equal(largest(() => false), null);
});
