import { authorization } from '../api/session';

/** Saves a file of the server under its name. A plain link could not carry the token. Throws an Error that says what went wrong. */
export async function downloadFile(path: string, name: string): Promise<void> {
  const answer = await fetch(path, { headers: authorization() });
  if (!answer.ok) throw new Error(await reasonOf(answer));
  const address = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the bytes by the next turn at the earliest; Firefox needs longer.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

async function reasonOf(answer: Response): Promise<string> {
  const body: unknown = await answer.json().catch(() => null);
  const message = typeof body === 'object' && body !== null && 'message' in body ? body.message : null;
  return typeof message === 'string' ? message : `HTTP ${answer.status}`;
}
