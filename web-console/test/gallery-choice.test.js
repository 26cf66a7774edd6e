import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chosen, hashOf } from '../js/gallery-choice.js';

const LANGUAGES = ['en', 'ar'];

test('an address chooses what is shown, and comes back the same', () => {
  const choice = { lang: 'ar', theme: 'contrast', text: 'large', shape: '1024x768' };
  assert.deepEqual(chosen(hashOf(choice), LANGUAGES), choice);
});

test('what an address does not say, or says wrongly, is the first of its kind', () => {
  assert.deepEqual(chosen('#lang=xx&theme=__proto__', LANGUAGES), {
    lang: 'en',
    theme: 'day',
    text: 'normal',
    shape: '800x480',
  });
  assert.equal(chosen('', []).lang, 'all');
});
