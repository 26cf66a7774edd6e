// Words and small pieces that several panes of the dock share.

export const DEVICES = {
  'card-reader': 'Card reader',
  'pin-pad': 'PIN pad',
  'cash-dispenser': 'Cash dispenser',
  'cash-acceptor': 'Cash acceptor',
  'receipt-printer': 'Receipt printer',
};

/** The devices of a machine's state, in the order of the table above. */
export const present = (state) => Object.keys(DEVICES).filter((id) => state[id]);

export const number = new Intl.NumberFormat('en');

/** The time of day of an ISO instant, with milliseconds. */
export const clock = (instant) =>
  new Date(instant).toLocaleTimeString('en-GB', { hour12: false }) + '.' + instant.slice(20, 23).padEnd(3, '0');

/** `WITHDRAWAL.PRESENT_INTENT` and `cash-dispenser-failed` as a person reads them. */
export const plain = (kind) => kind.toLowerCase().replaceAll('_', ' ').replaceAll('-', ' ').replace('.', ' · ');
