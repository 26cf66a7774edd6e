import assert from 'node:assert/strict';
import { test } from 'node:test';
import { padKey } from '../js/keys.js';

test('the computer keyboard plays the pad', () => {
  const pressed = ['0', '9', 'Enter', 'Escape', 'Backspace', 'Delete', 'a', 'D', 'i'].map((key) => padKey({ key }));
  assert.deepEqual(pressed, ['0', '9', 'enter', 'cancel', 'backspace', 'clear', 'A', 'D', 'I']);
});

test('other keys, shortcuts and a key held down are not meant for it', () => {
  for (const key of ['E', 'j', 'Tab', ' ', 'F5', 'ArrowUp', '٣']) assert.equal(padKey({ key }), null);
  assert.equal(padKey({ key: 'a', ctrlKey: true }), null);
  assert.equal(padKey({ key: 'd', metaKey: true }), null);
  assert.equal(padKey({ key: '5', repeat: true }), null);
});
