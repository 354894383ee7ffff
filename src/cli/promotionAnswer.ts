import type { PromotePayload } from './client.js';
import { ruleTable } from './decisionText.js';
import { EXIT, type ExitCode } from './exitCode.js';
import type { Session } from './session.js';

/** Says how a promotion or an approval went, and gives its exit code. */
export async function answerPromotion(session: Session, payload: PromotePayload): Promise<ExitCode> {
  const { outcome, decision, event, model } = payload;
  if (session.json) await session.data(payload);
  switch (outcome) {
    case 'PROMOTED':
      if (!session.json) {
        await session.line(
          `${model.name}: ${event?.from?.version ?? 'none'} -> ${decision.candidate.version} (revision ${model.revision})`,
        );
      }
      return EXIT.OK;
    case 'REFUSED':
      if (!session.json) await session.line(`${decision.summary}\n${await ruleTable(decision)}`);
      return EXIT.REFUSED;
    case 'AWAITING_APPROVAL':
      if (!session.json) {
        await session.line(
          `${decision.candidate.version} of ${model.name} waits for an approval: ${decision.summary}\n` +
            `juara approve ${decision.id}\njuara decline ${decision.id} --reason ...`,
        );
      }
      return EXIT.AWAITING_APPROVAL;
    default: {
      const unknown: never = outcome;
      throw new Error(`the server answered with an unknown outcome: ${String(unknown)}`);
    }
  }
}
