/** The first line of an error's message, without the source location that onnxruntime's begin with, fit to be shown. */
export function plainReason(message: string): string {
  const line = message.split('\n')[0] ?? '';
  const words = line.replace(/^\S+\.(cc|h):\d+ (\S+ )?/, '').replace(/\p{C}/gu, ' ');
  return words.trim().slice(0, 400) || 'no reason is given';
}
