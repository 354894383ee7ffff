import type { Command } from 'commander';
import { usage } from '../CliError.js';
import { chooseModel } from '../chooseModel.js';
import type { TrainingEvent, TrainingEventInput, TrainingEventStatus, TrainingLabelInput } from '../client.js';
import { collect, pair, readJson, whole } from '../collect.js';
import { NONE, time } from '../format.js';
import { type Cli, leaf } from '../leaf.js';
import type { Session } from '../session.js';
import { table } from '../table.js';

const STATUSES: readonly TrainingEventStatus[] = ['PENDING', 'VALIDATED', 'RESERVED', 'CONSUMED', 'DISCARDED'];

export function addTraining(program: Command, cli: Cli): void {
  const group = program.command('training').description('the pool of events that the next training may use');
  addAdd(group, cli);
  const validate = group.command('validate').description('mark events as checked').argument('<event...>').option('--model <name>');
  leaf<{ model?: string }>(cli, validate, async (session, ids, { model }) => {
    const client = await session.client();
    await print(session, await client.validateTrainingEvents(await chooseModel(client, model), ids));
  });
  addList(group, cli);
  const discard = group
    .command('discard')
    .description('take an event out of the pool; it is kept, with the reason')
    .argument('<event>')
    .option('--model <name>')
    .requiredOption('--reason <text>', 'kept for ever');
  leaf<{ model?: string; reason: string }>(cli, discard, async (session, [id = ''], { model, reason }) => {
    const client = await session.client();
    await print(session, [await client.discardTrainingEvent(await chooseModel(client, model), id, reason)]);
  });
}

interface AddOptions {
  readonly model?: string;
  readonly id?: string;
  readonly date?: string;
  readonly station?: string;
  readonly label?: readonly string[];
  readonly file?: string;
}

function addAdd(group: Command, cli: Cli): void {
  const command = group
    .command('add')
    .description('add events to the pool, pending their validation')
    .option('--model <name>')
    .option('--id <event>', 'e.g. GTO_20260210; made of station and date where it is left out')
    .option('--date <date>', 'e.g. 2026-02-10')
    .option('--station <code>')
    .option('--label <task=value>', 'a number is binned to its class, a text is the class; may be repeated', collect)
    .option('--file <file>', 'a JSON file: an array of {eventId, date, station, labels: [{task, value or class}]}');
  leaf<AddOptions>(cli, command, async (session, _, options) => {
    const events = options.file === undefined ? [eventFrom(options)] : ((await readJson(options.file)) as TrainingEventInput[]);
    const client = await session.client();
    await print(session, await client.addTrainingEvents(await chooseModel(client, options.model), events));
  });
}

function eventFrom({ id, date, station, label = [] }: AddOptions): TrainingEventInput {
  if (date === undefined || station === undefined) throw usage('--date and --station are needed, or --file');
  return { date, station, labels: label.map(labelFrom), ...(id === undefined ? {} : { eventId: id }) };
}

/** `magnitude=6.2` is a value, `magnitude=Large` a class. */
export function labelFrom(text: string): TrainingLabelInput {
  const [task, value] = pair(text);
  const number = value.trim() === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) ? { task, value: number } : { task, class: value };
}

function addList(group: Command, cli: Cli): void {
  const command = group
    .command('list')
    .description('events of the pool')
    .argument('[model]')
    .option('--status <status>', `only these (${STATUSES.join(', ').toLowerCase()}); may be repeated`, collect)
    .option('--limit <n>', 'at most so many', whole, 100);
  leaf<{ status?: string[]; limit: number }>(cli, command, async (session, [named], { status, limit }) => {
    const client = await session.client();
    const model = await chooseModel(client, named);
    const page = await client.getTrainingEvents(model, {
      first: limit,
      ...(status === undefined ? {} : { status: status.map(statusOf) }),
    });
    await print(session, page.nodes);
    if (page.totalCount > page.nodes.length) session.note(`${page.totalCount - page.nodes.length} more`);
  });
}

function statusOf(text: string): TrainingEventStatus {
  const status = STATUSES.find((s) => s === text.toUpperCase());
  if (status === undefined) throw usage(`--status ${text}: it is one of ${STATUSES.join(', ').toLowerCase()}`);
  return status;
}

async function print(session: Session, events: readonly TrainingEvent[]): Promise<void> {
  if (session.json) return session.data(events);
  if (events.length === 0) return session.note('no events');
  const rows = events.map((e) => [
    e.eventId,
    e.status.toLowerCase(),
    e.date,
    e.station ?? NONE,
    e.labels.map((l) => `${l.task}=${l.class}${l.value === null ? '' : ` (${l.value})`}`).join(' '),
    time(e.validatedAt),
    e.usedBy?.version ?? NONE,
  ]);
  await session.line(await table(['EVENT', 'STATUS', 'DATE', 'STATION', 'LABELS', 'VALIDATED', 'USED BY'], rows));
}
