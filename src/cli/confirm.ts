import { createInterface } from 'node:readline/promises';
import { CliError, usage } from './CliError.js';
import type { Session } from './session.js';

/** Asks on a terminal; elsewhere only --yes goes on, so that no script changes a champion by accident. */
export async function confirm({ io }: Session, question: string, yes: boolean | undefined): Promise<void> {
  if (yes === true) return;
  if (!io.isTTY) throw usage('this changes the champion and nobody is there to confirm it: add --yes');
  const answer = await ask(io, `${question} [y/N] `);
  if (!/^y(es)?$/i.test(answer.trim())) throw new CliError('CANCELLED', 'nothing was changed');
}

async function ask(io: Session['io'], question: string): Promise<string> {
  const lines = createInterface({ input: io.stdin, output: io.stderr });
  try {
    // The end of the input (Ctrl-D) is a no.
    return await Promise.race([lines.question(question), new Promise<string>((resolve) => lines.once('close', () => resolve('')))]);
  } finally {
    lines.close();
  }
}
