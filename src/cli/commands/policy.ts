import type { Command } from 'commander';
import { usage } from '../CliError.js';
import { chooseModel } from '../chooseModel.js';
import { JuaraClientError, type PromotionPolicy, type SetPolicyInput, type TrustedKey } from '../client.js';
import { collect, decimal, namedNumber, pair, readJson, readText, truth, whole } from '../collect.js';
import { NONE } from '../format.js';
import { type Cli, leaf } from '../leaf.js';
import type { Session } from '../session.js';

type Fields = Omit<SetPolicyInput, 'model' | 'expectedRevision' | 'weights' | 'tolerances' | 'trustedKeys'>;
interface SetOptions extends Fields {
  readonly weight?: readonly string[];
  readonly tolerance?: readonly string[];
  readonly trustedKey?: readonly string[];
  readonly file?: string;
  readonly url?: string;
}

const NUMBERS = ['minImprovement', 'significanceLevel'] as const;
const COUNTS = ['bootstrapIterations', 'minNewTrainingEvents', 'maxDaysBetweenTraining'] as const;
const TRUTHS = [
  'strict',
  'requireMeasured',
  'requireAllWeighted',
  'requireApproval',
  'autoPromote',
  'correctForReuse',
  'requireSignature',
] as const;
const TEXTS = ['benchmark', 'test', 'testTask'] as const;

export function addPolicy(program: Command, cli: Cli): void {
  const group = program.command('policy').description('what a promotion must fulfil');
  const show = group.command('show').description("the model's policy").argument('[model]');
  leaf(cli, show, async (session, [named]) => {
    const client = await session.client();
    const model = await chooseModel(client, named);
    await print(session, model, found(model, await client.getPolicy(model)));
  });
  const set = withFields(group.command('set').description('change some of it, as a new revision; takes ADMIN').argument('[model]'));
  leaf<SetOptions>(cli, set, async (session, [named], options) => {
    const changes = await changesFrom(options);
    if (Object.keys(changes).length === 0) throw usage('name at least one thing to change; `juara policy set --help` lists them');
    const client = await session.client();
    const model = await chooseModel(client, named);
    const { revision } = found(model, await client.getPolicy(model));
    await print(session, model, await client.setPolicy({ ...changes, model, expectedRevision: revision }));
  });
}

function withFields(command: Command): Command {
  command
    .option('--weight <metric=weight>', 'replaces all weights; may be repeated', collect)
    .option('--tolerance <metric=maxHarm>', "in the metric's unit; replaces all tolerances; may be repeated", collect)
    .option('--trusted-key <name=file>', 'an Ed25519 public key in PEM; replaces all trusted keys; may be repeated', collect)
    .option('--file <file>', 'a JSON file with fields of SetPolicyInput');
  for (const name of NUMBERS) command.option(`--${kebab(name)} <number>`, '', decimal);
  for (const name of COUNTS) command.option(`--${kebab(name)} <n>`, '', whole);
  for (const name of TRUTHS) command.option(`--${kebab(name)} <true|false>`, '', truth);
  for (const name of TEXTS) command.option(`--${kebab(name)} <name>`);
  return command;
}

async function changesFrom(options: SetOptions): Promise<Omit<SetPolicyInput, 'model'>> {
  const file = options.file === undefined ? {} : ((await readJson(options.file)) as Omit<SetPolicyInput, 'model'>);
  const given = [...NUMBERS, ...COUNTS, ...TRUTHS, ...TEXTS].filter((name) => options[name] !== undefined);
  return {
    ...file,
    ...Object.fromEntries(given.map((name) => [name, options[name]])),
    ...(options.weight === undefined
      ? {}
      : { weights: options.weight.map(namedNumber).map(({ name, value }) => ({ metric: name, weight: value })) }),
    ...(options.tolerance === undefined
      ? {}
      : { tolerances: options.tolerance.map(namedNumber).map(({ name, value }) => ({ metric: name, maxHarm: value })) }),
    ...(options.trustedKey === undefined ? {} : { trustedKeys: await Promise.all(options.trustedKey.map(trustedKey)) }),
  };
}

async function trustedKey(text: string): Promise<TrustedKey> {
  const [name, path] = pair(text);
  return { name, publicKey: await readText(path) };
}

async function print(session: Session, model: string, policy: PromotionPolicy): Promise<void> {
  if (session.json) return session.data(policy);
  const { weights, tolerances, trustedKeys, benchmark, revision, ...rest } = policy;
  await session.line(`policy of ${model}, revision ${revision}`);
  await session.line(`  ${'benchmark:'.padEnd(26)}${benchmark?.name ?? NONE}`);
  for (const [name, value] of Object.entries(rest)) await session.line(`  ${`${name}:`.padEnd(26)}${value ?? NONE}`);
  for (const { metric, weight } of weights) await session.line(`  ${'weight:'.padEnd(26)}${metric} ${weight}`);
  for (const { metric, maxHarm } of tolerances) await session.line(`  ${'tolerance:'.padEnd(26)}${metric} at most ${maxHarm} worse`);
  for (const { name, publicKey } of trustedKeys) await session.line(`  ${'trusted key:'.padEnd(26)}${name} ${publicKey}`);
}

function found(model: string, policy: PromotionPolicy | null): PromotionPolicy {
  if (policy === null) throw new JuaraClientError('MODEL_NOT_FOUND', `there is no model ${model}`);
  return policy;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
