// The JSON protocol of the Vert.x event bus bridge, as its raw WebSocket endpoint speaks it:
// one JSON object a frame, in text or in binary frames.

const decoder = new TextDecoder();

/** The object in a frame, or null when there is none: a garbled frame is dropped, never thrown. */
export function decode(data) {
  try {
    const text = typeof data === 'string' ? data : decoder.decode(data);
    const frame = JSON.parse(text);
    return frame !== null && typeof frame === 'object' && !Array.isArray(frame) ? frame : null;
  } catch {
    return null;
  }
}

export const ping = () => JSON.stringify({ type: 'ping' });

export const register = (address) => JSON.stringify({ type: 'register', address, headers: {} });

export function send(address, body, replyAddress) {
  const frame = { type: 'send', address, headers: {}, body };
  if (replyAddress) frame.replyAddress = replyAddress;
  return JSON.stringify(frame);
}
