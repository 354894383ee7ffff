/** RFC 6455, 5.5: a control frame carries 125 bytes, two of which are the code. ws throws at more. */
const MAX_BYTES = 123;

/** As much of the text as the close of a WebSocket takes; whole characters. */
export function closeReason(text: string): string {
  let reason = '';
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > MAX_BYTES) break;
    reason += character;
  }
  return reason;
}
