import { html } from 'lit';

// Scenarios: those that are shipped, one of your own from a file, the run step by step, and the
// recorder. The simulator plays them; this starts it and shows how it goes.

const AGAIN_MS = 1000;

/** The simulator's scenarios, and the run of now or the last one. */
export class Runs {
  #simulator = '';
  #changed;
  list = [];
  run = null;
  mistakes = [];
  problem = '';

  constructor(changed) {
    this.#changed = changed;
  }

  of(simulator) {
    this.#simulator = simulator;
  }

  get running() {
    return this.run?.state === 'running';
  }

  told(run) {
    if (!Number.isFinite(run?.run) || run.run < (this.run?.run ?? 0)) return;
    this.run = run;
    this.#changed();
  }

  async read() {
    try {
      const { scenarios, run } = await (await fetch(`${this.#simulator}/sim/scenarios`)).json();
      this.list = scenarios;
      this.run = Number.isFinite(run?.run) ? run : null;
      this.#changed();
    } catch {
      setTimeout(() => this.read(), AGAIN_MS);
    }
  }

  async runShipped(id) {
    try {
      const answer = await fetch(`${this.#simulator}/sim/scenarios/${id}`);
      await this.runText(await answer.text());
    } catch {
      this.#say('The simulator does not answer.');
    }
  }

  async runText(text) {
    this.mistakes = [];
    this.#say('');
    try {
      const port = location.port || 80;
      const answer = await fetch(`${this.#simulator}/sim/scenarios/run?console=${port}`, { method: 'POST', body: text });
      const said = await answer.json();
      if (answer.ok) this.told(said);
      else {
        this.mistakes = said.mistakes ?? [];
        this.#say(this.mistakes.length ? 'The file has mistakes; nothing was done.' : said.error);
      }
    } catch {
      this.#say('The simulator does not answer.');
    }
  }

  async stop() {
    try {
      await fetch(`${this.#simulator}/sim/scenarios/stop`, { method: 'POST' });
    } catch {
      this.#say('The simulator does not answer.');
    }
  }

  #say(problem) {
    this.problem = problem;
    this.#changed();
  }
}

export const scenarios = (runs, recorder, record) =>
  html`${runs.problem ? html`<p class="dock-problem" role="alert">${runs.problem}</p>` : ''}
    ${runs.mistakes.length
      ? html`<ul class="dock-mistakes">
          ${runs.mistakes.map(({ line, sentence }) => html`<li><b>line ${line}</b> ${sentence}</li>`)}
        </ul>`
      : ''}
    ${runs.run ? progress(runs) : ''}
    <ul class="dock-scenarios">
      ${runs.list.map(
        ({ id, name, about }) =>
          html`<li>
            <span><b>${name}</b>${about}</span>
            <button type="button" class="quiet" data-scenario=${id} aria-label="Run: ${name}" ?disabled=${runs.running} @click=${() => runs.runShipped(id)}>
              Run
            </button>
          </li>`,
      )}
      <li>
        <span><b>A file of your own</b>YAML, as in device-sim's protocol/scenario.md</span>
        <label class="quiet dock-file ${runs.running ? 'is-off' : ''}"
          >Choose<input type="file" accept=".yaml,.yml" ?disabled=${runs.running} @change=${(event) => chosen(event.target, runs)}
        /></label>
      </li>
      <li>
        ${recorder.on
          ? html`<span><b>Recording</b>${recorder.length} steps so far. Do at the machine what you want to see again.</span>
              <button type="button" class="quiet is-live" @click=${record.stop}>Stop and save</button>`
          : html`<span><b>Record</b>What you do at the machine becomes a scenario file.</span>
              <button type="button" class="quiet" ?disabled=${runs.running} @click=${record.start}>Record</button>`}
      </li>
    </ul>
    ${!recorder.on && recorder.yaml
      ? html`<p class="dock-recorded">
          <a class="quiet" download="recorded.yaml" href=${recorder.link}>Save recorded.yaml</a>
          <button type="button" class="quiet" ?disabled=${runs.running} @click=${() => runs.runText(recorder.yaml)}>Run it</button>
        </p>
        <pre class="dock-yaml" tabindex="0" aria-label="The recorded scenario">${recorder.yaml}</pre>`
      : ''}`;

async function chosen(input, runs) {
  const [file] = input.files;
  input.value = '';
  if (file) await runs.runText(await file.text());
}

const STATES = { running: 'running', passed: 'passed', failed: 'failed', stopped: 'stopped' };

function progress(runs) {
  const { name, state, steps, saw } = runs.run;
  return html`<section class="dock-run dock-run--${state}" aria-label="The run" data-run=${state}>
    <h2>
      ${name}<small role="status">${STATES[state] ?? state}</small>
      ${runs.running ? html`<button type="button" class="quiet" @click=${() => runs.stop()}>Stop</button>` : ''}
    </h2>
    <ol>
      ${steps.map((step) => html`<li class="is-${step.state}"><i></i><span>${step.words}</span></li>`)}
    </ol>
    ${saw ? html`<p class="dock-problem">${saw}</p>` : ''}
  </section>`;
}
