import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flawOf, inWords, labelOf, papersFor, printedOn } from '../js/papers.js';

test('a purse has each note that is taken, and three that should not be', () => {
  assert.deepEqual(papersFor(['10 EUR', '20 EUR', '50 EUR']), [
    '10 EUR',
    '20 EUR',
    '50 EUR',
    '20 EUR torn',
    '50 EUR counterfeit',
    'foreign',
  ]);
});

test('what is printed on a paper is told from what is the matter with it', () => {
  assert.equal(printedOn('10 EUR torn'), '10 EUR');
  assert.equal(flawOf('10 EUR torn'), 'torn');
  assert.equal(flawOf('10 EUR'), '');
  assert.equal(flawOf('foreign'), 'foreign');
  assert.equal(labelOf('50 EUR counterfeit'), 'forged');
  assert.equal(labelOf('10 EUR torn'), 'torn');
});

test('a bunch is counted by kind', () => {
  assert.equal(inWords(['20 EUR', 'foreign', '20 EUR']), '2 × 20 EUR, 1 × foreign');
});
