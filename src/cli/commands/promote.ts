import type { Command } from 'commander';
import { chooseModel, splitVersion } from '../chooseModel.js';
import type { Decision, JuaraClient } from '../client.js';
import { comparisonText } from '../comparisonText.js';
import { confirm } from '../confirm.js';
import { ruleTable } from '../decisionText.js';
import { type Cli, leaf } from '../leaf.js';
import { answerPromotion } from '../promotionAnswer.js';
import type { Session } from '../session.js';

interface Options {
  readonly version?: string;
  readonly reason?: string;
  readonly override?: string;
  readonly expectedChampion?: string;
  readonly idempotencyKey?: string;
  readonly yes?: boolean;
}

export function addPromote(program: Command, cli: Cli): void {
  const command = program
    .command('promote')
    .description('make a challenger the champion, if the policy says yes')
    .argument('[args...]')
    .usage('[options] [model] <version>')
    .option('--version <version>', 'the same as the argument')
    .option('--reason <text>')
    .option('--override <reason>', 'promote although the policy refuses; takes OPERATOR, and the reason is kept')
    .option('--expected-champion <version>', 'refuse if another version is champion by now; else the one shown')
    .option('--idempotency-key <key>', 'the same key and input give the first result again')
    .option('-y, --yes', 'do not ask');
  leaf<Options>(cli, command, async (session, args, options) => {
    const { model: named, version } = splitVersion(args, options.version);
    const client = await session.client();
    const model = await chooseModel(client, named);
    const champion = options.expectedChampion ?? (await confirmed(session, client, model, version, options));
    const payload = await client.promote({
      model,
      version,
      ...(options.reason === undefined ? {} : { reason: options.reason }),
      ...(options.override === undefined ? {} : { overrideReason: options.override }),
      ...(options.idempotencyKey === undefined ? {} : { idempotencyKey: options.idempotencyKey }),
      ...(champion === undefined ? {} : { expectedChampion: champion }),
    });
    return answerPromotion(session, payload);
  });
}

/**
 * The champion that the person saw and agreed to replace. A repetition with an idempotency key must send the same input as the first
 * time, so there the champion of this moment is not added.
 */
async function confirmed(
  session: Session,
  client: JuaraClient,
  model: string,
  version: string,
  { yes, idempotencyKey }: Options,
): Promise<string | undefined> {
  if (yes === true) return idempotencyKey === undefined ? (await client.getChampion(model))?.version : undefined;
  if (!session.io.isTTY) await confirm(session, '', yes);
  const decision = await client.preview(model, version);
  session.note(await previewText(decision));
  await confirm(session, `Promote ${model}: ${decision.champion?.version ?? 'none'} -> ${version}?`, yes);
  return decision.champion?.version;
}

async function previewText(decision: Decision): Promise<string> {
  const comparison = decision.comparison === null ? [] : [await comparisonText(decision.comparison)];
  const rules = decision.outcome === 'PROMOTE' ? [] : [await ruleTable(decision)];
  return [...comparison, ...rules, ''].join('\n');
}
