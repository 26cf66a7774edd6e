// How long to wait before the next attempt to connect: not at all the first time, since most
// breaks are a restart that is over by then; afterwards longer each time, and never in step with
// the other screens of the same branch, which lost the same server in the same moment.

const FLOOR_MS = 500;
const CEILING_MS = 3000;

/** `attempt` counts from 1 since the connection was last up; `random` is in [0, 1). */
export function delayMs(attempt, random = Math.random()) {
  if (attempt <= 1) return 0;
  const grown = Math.min(CEILING_MS, FLOOR_MS * 2 ** (attempt - 2));
  const jitter = 0.75 + random * 0.5;
  return Math.round(Math.min(CEILING_MS, Math.max(FLOOR_MS, grown * jitter)));
}
