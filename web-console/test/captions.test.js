import assert from 'node:assert/strict';
import { test } from 'node:test';
import { captionLines, readingMs } from '../js/captions.js';

const narrow = (line) => line.length <= 20;

test('a line holds as many words as fit', () => {
  assert.deepEqual(captionLines('Type your PIN on the keypad, then press Enter.', narrow), [
    'Type your PIN on the',
    'keypad, then press',
    'Enter.',
  ]);
});

test('a line never begins in one sentence and ends in another', () => {
  assert.deepEqual(captionLines('Hello. Well? Yes! कार्ड डालें। نعم؟ لا.', narrow), [
    'Hello.',
    'Well?',
    'Yes!',
    'कार्ड डालें।',
    'نعم؟',
    'لا.',
  ]);
});

test('a no-break space ends neither line nor sentence', () => {
  assert.deepEqual(captionLines('19.\u00a0Nov., an B.\u00a0V…, −40 €.', narrow), ['19.\u00a0Nov., an B.\u00a0V…,', '−40 €.']);
});

test('a word that is too long for a line has one to itself', () => {
  assert.deepEqual(captionLines('A Donaudampfschifffahrtsgesellschaft.', narrow), ['A', 'Donaudampfschifffahrtsgesellschaft.']);
});

test('no text has no lines', () => {
  assert.deepEqual(captionLines('', narrow), []);
  assert.deepEqual(captionLines(undefined, narrow), []);
});

test('a long line stays longer', () => {
  assert.equal(readingMs('OK'), 2000);
  assert.ok(readingMs('x'.repeat(40)) > readingMs('x'.repeat(30)));
});
