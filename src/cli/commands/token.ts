import type { Command } from 'commander';
import { usage } from '../CliError.js';
import type { Role, TokenInfo, UpdateTokenInput } from '../client.js';
import { collect } from '../collect.js';
import { time } from '../format.js';
import { type Cli, leaf } from '../leaf.js';
import { table } from '../table.js';

const ROLES: readonly Role[] = ['VIEWER', 'AUTOMATION', 'OPERATOR', 'ADMIN'];
const UNITS = { h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

export function addToken(program: Command, cli: Cli): void {
  const group = program.command('token').description('who may do what; takes ADMIN');
  addCreate(group, cli);
  addUpdate(group, cli);
  leaf(cli, group.command('list').description('all tokens, without their secrets'), async (session) => {
    const tokens = await (await session.client()).getTokens();
    if (session.json) return void (await session.data(tokens));
    await session.line(await tokenTable(tokens));
  });
  const revoke = group.command('revoke').description('end a token now').argument('<id>');
  leaf(cli, revoke, async (session, [id = '']) => {
    const revoked = await (await session.client()).revokeToken(id);
    if (session.json) return void (await session.data({ id, revoked }));
    await session.line(revoked ? `${id} is revoked` : `${id} had been revoked before`);
  });
}

function tokenTable(tokens: readonly TokenInfo[]): Promise<string> {
  const rows = tokens.map((t) => [
    t.id,
    t.name,
    t.role.toLowerCase(),
    t.models?.join(' ') ?? 'all',
    time(t.createdAt),
    time(t.expiresAt),
    time(t.revokedAt),
  ]);
  return table(['ID', 'NAME', 'ROLE', 'MODELS', 'CREATED', 'EXPIRES', 'REVOKED'], rows);
}

interface CreateOptions {
  readonly role: string;
  readonly model?: readonly string[];
  readonly expires?: string;
}

function addCreate(group: Command, cli: Cli): void {
  const command = group
    .command('create')
    .description('make a token; its secret is shown this once')
    .argument('<name>')
    .requiredOption('--role <role>', ROLES.join(', ').toLowerCase())
    .option('--model <name>', 'only for this model; may be repeated', collect)
    .option('--expires <when>', 'a time like 2026-12-31T00:00:00Z, or a span like 12h, 30d, 8w');
  leaf<CreateOptions>(cli, command, async (session, [name = ''], { role, model, expires }) => {
    const created = await (await session.client()).createToken({
      name,
      role: roleOf(role),
      ...(model === undefined ? {} : { models: model }),
      ...(expires === undefined ? {} : { expiresAt: expiry(expires, Date.now()) }),
    });
    if (session.json) return void (await session.data(created));
    session.note(`${created.name} is ${created.role}; id ${created.id}; the secret is not shown again:`);
    await session.line(created.secret);
  });
}

interface UpdateOptions {
  readonly name?: string;
  readonly role?: string;
  readonly model?: readonly string[];
  readonly allModels?: boolean;
  readonly expires?: string;
  readonly neverExpires?: boolean;
}

function addUpdate(group: Command, cli: Cli): void {
  const command = group
    .command('update')
    .description('change what a token may do, or until when; its open sockets are closed where its role or models change')
    .argument('<id>')
    .option('--name <name>')
    .option('--role <role>', ROLES.join(', ').toLowerCase())
    .option('--model <name>', 'only for this model; may be repeated', collect)
    .option('--all-models', 'for every model')
    .option('--expires <when>', 'a time like 2026-12-31T00:00:00Z, or a span like 12h, 30d, 8w')
    .option('--never-expires', 'until it is revoked');
  leaf<UpdateOptions>(cli, command, async (session, [id = ''], options) => {
    const changes = changesFrom(options);
    if (Object.keys(changes).length === 0) throw usage('name at least one thing to change; `juara token update --help` lists them');
    const updated = await (await session.client()).updateToken({ id, ...changes });
    if (session.json) return void (await session.data(updated));
    await session.line(await tokenTable([updated]));
  });
}

function changesFrom({ name, role, model, allModels, expires, neverExpires }: UpdateOptions): Omit<UpdateTokenInput, 'id'> {
  if (allModels === true && model !== undefined) throw usage('--model and --all-models contradict each other');
  if (neverExpires === true && expires !== undefined) throw usage('--expires and --never-expires contradict each other');
  return {
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { role: roleOf(role) }),
    ...(allModels === true ? { models: null } : model === undefined ? {} : { models: model }),
    ...(neverExpires === true ? { expiresAt: null } : expires === undefined ? {} : { expiresAt: expiry(expires, Date.now()) }),
  };
}

function roleOf(text: string): Role {
  const role = ROLES.find((r) => r === text.toUpperCase());
  if (role === undefined) throw usage(`--role ${text}: it is one of ${ROLES.join(', ').toLowerCase()}`);
  return role;
}

/** RFC 3339 for a time, or for a span from `now` (milliseconds). */
export function expiry(text: string, now: number): string {
  const span = /^(\d{1,5})([hdw])$/.exec(text);
  const at = span ? now + Number(span[1]) * UNITS[span[2] as keyof typeof UNITS] : Date.parse(text);
  if (Number.isNaN(at)) throw usage(`--expires ${text}: write a time like 2026-12-31T00:00:00Z, or a span like 12h, 30d, 8w`);
  return new Date(at).toISOString();
}
