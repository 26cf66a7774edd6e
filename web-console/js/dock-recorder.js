import { booked, money, notesAt } from './dock-boxes.js';

// Writes down what somebody does at the machine, as a scenario that runs again. Screens are noted
// where something was done on them, and the last; what was only passed through is left out. No PIN
// stands there: that of a card in the wallet is written as that card's, and any other, such as a new
// one, as made-up digits, the same ones each time it was typed.

// Where money can be at the end of a visit, by the words of protocol/scenario.md.
const PLACES = {
  cassettes: ['cash-dispenser', 'cassettes'],
  tray: ['cash-dispenser', 'tray'],
  taken: ['cash-dispenser', 'taken'],
  reject: ['cash-dispenser', 'reject'],
  retract: ['cash-dispenser', 'retract'],
  deposits: ['cash-acceptor', 'bins'],
  'deposit-retract': ['cash-acceptor', 'retract'],
  returned: ['cash-acceptor', 'returned'],
};
// Any part of it is neither a run nor a year, so that it will do for a new PIN.
const MADE_UP = '908172635490817263549081726354';

const ACCOUNTS = { customer: 'CUSTOMER', suspense: 'SUSPENSE', 'over-short': 'OVER_SHORT' };

export class Recorder {
  #steps = [];
  #stay = '';
  #ended = false;
  #before = null;
  #wallet = [];
  #card = null;
  on = false;
  yaml = '';
  link = '';

  get length() {
    return this.#steps.length;
  }

  start(state, books, model) {
    this.#steps = [];
    this.#stay = '';
    this.#ended = false;
    this.#card = null;
    this.#wallet = state.wallet ?? [];
    this.#before = counts(state, books);
    this.#see(model);
    this.on = true;
    this.yaml = '';
    URL.revokeObjectURL?.(this.link);
  }

  /**
   * An act of the back door, on its way; `done` answers with a problem when it was refused. The pad knows of a PIN
   * before the screen is drawn that asks for it.
   */
  acts({ device, action, body, done }, model, state) {
    if (!this.on) return;
    this.#see(model);
    const secret = model?.entry?.kind === 'pin' || state?.['pin-pad']?.entry === 'pin';
    const step = this.#act(device, action, body ?? {}, model, secret);
    done?.then((problem) => {
      if (problem) this.#steps = this.#steps.filter((each) => each !== step);
    });
  }

  /** A touch on the screen does what the key beside it does. */
  chooses({ fdk, model }) {
    if (!this.on) return;
    this.#see(model);
    const option = model.options?.find((each) => each.fdk === fdk);
    if (option?.enabled) this.#add({ chooses: option.id });
    this.#ended = true;
  }

  stop(state, books, model) {
    this.#ended = true;
    this.#see(model);
    this.on = false;
    const withoutPins = pinsLeftOut(this.#wallet);
    this.yaml = text(this.#steps.map(withoutPins), movedBetween(this.#before, counts(state, books)));
    this.link = URL.createObjectURL?.(new Blob([this.yaml], { type: 'application/yaml' })) ?? '';
  }

  #act(device, action, body, model, secret) {
    if (device !== 'pin-pad' || action !== 'press') {
      if (device === 'card-reader' && action === 'insert') this.#card = body.card;
      this.#ended = true;
      return this.#add({ act: `${device} ${action}`, body });
    }
    const { key } = body;
    if (/^\d$/.test(key)) {
      const last = this.#steps.at(-1);
      if (last?.types !== undefined) {
        last.types += key;
        last.pin ||= secret;
        return null;
      }
      return this.#add({ types: key, pin: secret, card: this.#card });
    }
    const option = model?.options?.find((each) => each.fdk === key && each.enabled);
    this.#ended = option !== undefined || key === 'enter' || key === 'cancel';
    return this.#add(option ? { chooses: option.id } : { presses: key });
  }

  #add(step) {
    this.#steps.push(step);
    return step;
  }

  /** Notes the screen when something is done on it for the first time. */
  #see(model) {
    if (!model) return;
    const kind = model.entry?.kind;
    const empty = kind && !model.entry.count && !/\p{Nd}/u.test(model.entry.text ?? '');
    // The same screen again is another stay when it was left by a key and nothing is typed yet.
    if (model.screen === this.#stay && !(this.#ended && empty)) return;
    this.#stay = model.screen;
    this.#ended = false;
    this.#add(kind && empty ? { sees: model.screen, typed: '0' } : { sees: model.screen });
  }
}

/** What writes a step down without the PIN that was typed in it. */
function pinsLeftOut(wallet) {
  const standIns = new Map();
  const madeUp = ({ length }) => {
    const taken = new Set([...wallet.map(({ pin }) => pin), ...standIns.values()]);
    const all = [...'0123456789'].map((_, from) => MADE_UP.slice(from, from + length));
    return all.find((digits) => !taken.has(digits)) ?? all[0];
  };
  return (step) => {
    if (!step.pin) return step;
    const owner = wallet.find(({ id, pin }) => pin === step.types && (!step.card || id === step.card));
    if (owner) return { pinOf: owner.id };
    if (!standIns.has(step.types)) standIns.set(step.types, madeUp(step.types));
    return { types: standIns.get(step.types) };
  };
}

/** What is where, in minor units, so that what moved can be told. */
function counts(state, books) {
  const machine = {};
  for (const [name, [device, place]] of Object.entries(PLACES)) {
    machine[name] = worth(money(notesAt(state[device]?.[place] ?? {})));
  }
  const accounts = {};
  for (const [name, kind] of Object.entries(ACCOUNTS)) {
    accounts[name] = (books?.totals?.[kind] ?? 0) + worth(booked(books, kind));
  }
  return { machine, books: accounts, currency: books?.currency ?? 'EUR' };
}

const worth = (notes) =>
  Object.entries(notes).reduce((sum, [note, count]) => sum + Math.round(parseFloat(note) * 100) * count, 0);

function movedBetween(before, after) {
  const changes = (was, is) =>
    Object.entries(is)
      .filter(([name, amount]) => amount !== was[name])
      .map(([name, amount]) => `${name}: ${said(amount - was[name], after.currency)}`);
  const machine = changes(before.machine, after.machine);
  const books = changes(before.books, after.books);
  const parts = [];
  if (machine.length) parts.push(`machine: { ${machine.join(', ')} }`);
  if (books.length) parts.push(`books: { ${books.join(', ')} }`);
  return parts.length ? `  - money: { ${parts.join(', ')} }\n` : '';
}

const said = (minor, currency) =>
  `${minor % 100 === 0 ? minor / 100 : (minor / 100).toFixed(2)} ${currency}`;

const text = (steps, money) =>
  `scenario: Recorded at the machine\nsteps:\n${steps.map((step) => `  - ${line(step)}\n`).join('')}${money}`;

function line(step) {
  if (step.sees) return step.typed ? `sees: { screen: ${step.sees}, typed: "${step.typed}" }` : `sees: ${step.sees}`;
  if (step.pinOf) return `types pin of: ${step.pinOf}`;
  if (step.types) return `types: "${step.types}"`;
  if (step.chooses) return `chooses: ${quoted(step.chooses)}`;
  if (step.presses) return `presses: ${step.presses}`;
  // A JSON object is YAML, too.
  return Object.keys(step.body).length ? `${step.act}: ${JSON.stringify(step.body)}` : `${step.act}:`;
}

// YAML takes a bare yes for true.
const quoted = (word) => (/^(yes|no|on|off|true|false|null|\d.*)$/i.test(word) ? `"${word}"` : word);
