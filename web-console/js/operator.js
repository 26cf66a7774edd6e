import { html, nothing, render } from 'lit';

// The operator's page: sign in, see what the machine holds and what waits for a person, and say
// what was counted. It holds no rules; what cannot be done the controller refuses, in words.

const root = document.querySelector('#operator');
const page = { view: null, error: '', done: '', open: null };

async function ask(method, path, body) {
  const answer = await fetch(`/operator/${path}`, {
    method,
    headers: body ? { 'Content-Type': 'application/json' } : {},
    body: body ? JSON.stringify(body) : undefined,
  });
  const text = await answer.text();
  const json = text ? JSON.parse(text) : {};
  if (answer.ok) return json;
  if (answer.status === 401 && path !== 'session') page.view = null;
  throw new Error(json.error ?? `the controller answered ${answer.status}`);
}

async function attempt(work) {
  page.error = '';
  page.done = '';
  try {
    await work();
  } catch (failed) {
    page.error = failed instanceof TypeError ? 'The controller does not answer.' : sentence(failed.message);
  }
  draw();
}

const sentence = (words) => words.charAt(0).toUpperCase() + words.slice(1) + (/[.!?]$/.test(words) ? '' : '.');

const refresh = async () => {
  page.view = await ask('GET', 'state');
};

function signIn(event) {
  event.preventDefault();
  const form = event.target;
  const { name, password } = Object.fromEntries(new FormData(form));
  return attempt(async () => {
    try {
      await ask('POST', 'session', { name, password });
    } finally {
      form.elements.password.value = '';
    }
    await refresh();
  });
}

const signOut = () =>
  attempt(async () => {
    await ask('DELETE', 'session');
    page.view = null;
  });

/** Sends an act made of a form's fields, and shows the machine as it is then. */
const act = (name, done, fields) => (event) => {
  event.preventDefault();
  const body = fields(new FormData(event.target));
  return attempt(async () => {
    page.view = await ask('POST', `acts/${name}`, body);
    page.open = null;
    page.done = done;
  });
};

const toggle = (id) => () => {
  page.open = page.open === id ? null : id;
  draw();
};

function draw() {
  render(page.view ? desk(page.view) : door(), root);
}

const message = () =>
  page.error
    ? html`<p class="note note--error" role="alert">${page.error}</p>`
    : page.done
      ? html`<p class="note note--done" role="status">${page.done}</p>`
      : nothing;

const door = () => html`
  <form class="door" @submit=${signIn}>
    <h1>Operator</h1>
    ${message()}
    <label>Name <input name="name" autocomplete="username" required autofocus /></label>
    <label>Password <input name="password" type="password" autocomplete="current-password" required /></label>
    <button class="button button--main">Sign in</button>
  </form>
`;

const desk = (view) => html`
  <div class="desk">
    <header class="desk__head">
      <div>
        <h1>${view.machine}</h1>
        <p class="state" data-good=${String(view.inService)}>${sentence(view.reason)}</p>
      </div>
      <div class="desk__ways">
        <button class="button" @click=${() => attempt(refresh)}>Look again</button>
        <button class="button" @click=${signOut}>Sign out</button>
      </div>
    </header>
    ${message()}
    <section aria-labelledby="waits">
      <h2 id="waits">Waiting for you</h2>
      ${view.matters.length
        ? html`<ul class="matters">${view.matters.map(matter)}</ul>`
        : html`<p class="calm">Nothing. Everything is settled.</p>`}
    </section>
    <section aria-labelledby="boxes">
      <h2 id="boxes">Cassettes and bins</h2>
      <div class="scroll">
        <table>
          <thead>
            <tr><th>Box</th><th>Note</th><th class="count">Notes</th><th></th></tr>
          </thead>
          <tbody>${view.boxes.map(box)}</tbody>
        </table>
      </div>
    </section>
  </div>
`;

// What each kind of matter is, and the form of the act that ends it.
const KINDS = {
  envelope: {
    what: (m) => `An envelope said to hold ${m.amount}.`,
    act: 'count-envelope',
    fields: () => amount('Counted in it'),
    body: (form) => ({ amount: amountIn(form) }),
  },
  suspect_withdrawal: {
    what: (m) => `A withdrawal of ${m.amount}. Nobody knows what the customer got.`,
    act: 'settle-withdrawal',
    fields: () => [counts('paid', 'Notes the customer got'), counts('found', 'Notes found on their way, and taken out')],
    body: (form) => ({ paid: countsIn(form, 'paid'), found: countsIn(form, 'found') }),
  },
  suspect_deposit: {
    what: (m) => `A deposit of ${m.amount}. Nobody knows where the notes are.`,
    act: 'settle-deposit',
    fields: () => counts('found', 'Notes found, and taken out'),
    body: (form) => ({ found: countsIn(form, 'found') }),
  },
  retracted: {
    what: (m) => `${m.amount} were left at the slot and taken back in.`,
    act: 'settle-suspense',
    fields: () => amount('Of it the customer’s, by count'),
    body: (form) => ({ amount: amountIn(form) }),
  },
  stuck_notes: {
    what: (m) => `${m.amount} stuck inside; a reset may have put them into the reject bin. The customer was not charged.`,
    act: 'clear-stuck-notes',
    fields: () => counts('found', 'Notes found, and taken out'),
    body: (form) => ({ found: countsIn(form, 'found') }),
  },
};

const matter = (m) => {
  const kind = KINDS[m.kind];
  return html`
    <li class="matter">
      <div class="matter__head">
        <strong>${m.reference}</strong><span>Account ${m.account}</span>
        <time datetime=${m.since}>${new Date(m.since).toLocaleString()}</time>
      </div>
      <p>${kind.what(m)}</p>
      ${page.open === m.reference
        ? html`<form
            @submit=${act(kind.act, `Transaction ${m.reference} is settled.`, (form) => ({ reference: m.reference, ...kind.body(form) }))}
          >
            ${kind.fields()} ${ways()}
          </form>`
        : html`<button class="button" @click=${toggle(m.reference)}>Count…</button>`}
    </li>
  `;
};

const amount = (label) => html`<div class="counts">
  <label>${label} <input name="amount" inputmode="decimal" pattern="[0-9]+([.][0-9]{2})?" placeholder="60.00" required /></label>
</div>`;

const amountIn = (form) => `${form.get('amount')} ${page.view.notes[0].split(' ')[1]}`;

const counts = (field, legend) => html`<fieldset class="counts">
  <legend>${legend}</legend>
  ${page.view.notes.map((note) => number(`${field} ${note}`, note, 0))}
</fieldset>`;

const number = (name, label, value) =>
  html`<label>${label} <input name=${name} type="number" min="0" max="100000" value=${value} required /></label>`;

const countsIn = (form, field) =>
  Object.fromEntries(page.view.notes.map((note) => [note, Number(form.get(`${field} ${note}`))]));

const box = (b, index, all) => {
  const id = b.cassette ? `${b.id} ${b.note}` : b.id;
  // A bin is emptied as a whole: one button, at its last denomination.
  const last = b.cassette || all[index + 1]?.id !== b.id;
  return html`
    <tr>
      <td>${NAMES[b.id] ?? b.id}</td>
      <td>${b.note}</td>
      <td class="count">${b.count}</td>
      <td class="way">
        ${last
          ? html`<button class="button" aria-expanded=${String(page.open === id)} @click=${toggle(id)}>${b.cassette ? 'Exchange…' : 'Empty…'}</button>`
          : nothing}
      </td>
    </tr>
    ${last && page.open === id
      ? html`<tr class="opened"><td colspan="4">${b.cassette ? exchange(b) : empty(b)}</td></tr>`
      : nothing}
  `;
};

const NAMES = {
  REJECT: 'Reject bin',
  RETRACT: 'Retract bin',
  DEPOSIT: 'Deposit bin',
  DEPOSIT_RETRACT: 'Retract bin of deposits',
  COUNTERFEIT: 'Suspected counterfeits',
};

const exchange = (b) => html`
  <form
    @submit=${act('exchange-cassette', `Cassette ${b.id} is booked.`, (form) => ({ cassette: b.id, note: b.note, removed: Number(form.get('removed')), loaded: Number(form.get('loaded')) }))}
  >
    <div class="counts">${number('removed', 'Came out with', b.count)} ${number('loaded', 'Went in with', b.count)}</div>
    ${ways()}
  </form>
`;

const empty = (b) => html`
  <form @submit=${act('empty-bin', `${NAMES[b.id]} is empty.`, (form) => ({ bin: b.id, found: countsIn(form, 'found') }))}>
    ${counts('found', 'What was in it, note by note')} ${ways()}
  </form>
`;

const ways = () => html`
  <div class="ways">
    <button class="button button--main">Book it</button>
    <button class="button" type="button" @click=${toggle(page.open)}>Cancel</button>
  </div>
`;

await refresh().catch(() => {});
draw();
