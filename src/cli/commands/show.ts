import type { Command } from 'commander';
import { chooseModel, looksLikeVersion } from '../chooseModel.js';
import { JuaraClientError, type ModelDetail, type VersionDetail, type VersionSignature } from '../client.js';
import { bytes, metricValue, NONE, time } from '../format.js';
import { type Cli, leaf } from '../leaf.js';
import { table } from '../table.js';

export function addShow(program: Command, cli: Cli): void {
  const command = program
    .command('show')
    .description('all of one version; without a version, the model')
    .argument('[model]')
    .argument('[version]')
    .usage('[options] [model] [version]');
  leaf(cli, command, async (session, args) => {
    const client = await session.client();
    const [named, version] = args.length === 1 && looksLikeVersion(args[0]) ? [undefined, args[0]] : args;
    const model = await chooseModel(client, named);
    const found = version === undefined ? await client.getModel(model) : await client.getVersion(model, version);
    if (found === null) throw notFound(model, version);
    if (session.json) return void (await session.data(found));
    await session.line('version' in found ? await versionText(found) : modelText(found));
  });
}

function notFound(model: string, version: string | undefined): JuaraClientError {
  if (version === undefined) return new JuaraClientError('MODEL_NOT_FOUND', `there is no model ${model}`);
  return new JuaraClientError('VERSION_NOT_FOUND', `${model} has no version ${version}`);
}

async function versionText(v: VersionDetail): Promise<string> {
  const facts: [string, string][] = [
    ['status', v.status.toLowerCase()],
    ['reason', v.reason ?? NONE],
    ['architecture', v.architecture ?? NONE],
    ['created', time(v.createdAt)],
    ['deployed', time(v.deployedAt)],
    ['archived', time(v.archivedAt)],
    ['previous version', v.previousVersion ?? NONE],
    ['notes', v.notes ?? NONE],
    ['tags', v.tags.map((t) => `${t.key}=${t.value}`).join(' ') || NONE],
    ['training', v.trainingConfig === null ? NONE : JSON.stringify(v.trainingConfig)],
    ['training data', v.trainingData === null ? NONE : JSON.stringify(v.trainingData)],
    ['inputs', tensors(v.signature?.inputs)],
    ['outputs', tensors(v.signature?.outputs)],
    ['folder', v.path],
    ['signatures', v.signatures.map(signatureText).join('; ') || NONE],
  ];
  const metrics = v.metrics.map((m) => [m.name, metricValue(m), m.provenance.toLowerCase(), m.benchmark?.name ?? NONE]);
  const files = v.files.map((f) => [f.name, bytes(f.bytes), f.sha256]);
  return [
    v.modelId,
    aligned(facts),
    '',
    metrics.length === 0 ? 'no metrics' : await table(['METRIC', 'VALUE', 'SOURCE', 'BENCHMARK'], metrics, [1]),
    '',
    files.length === 0 ? 'no files' : await table(['FILE', 'SIZE', 'SHA-256'], files, [1]),
  ].join('\n');
}

function signatureText(s: VersionSignature): string {
  const key = s.keyName ?? `key ${s.keyId || 'unknown'}, not trusted`;
  return s.fault === null ? `${key} (${time(s.attachedAt)})` : `${key}: not valid, ${s.fault}`;
}

function modelText(m: ModelDetail): string {
  const readiness = m.trainingReadiness;
  return `${m.name}\n${aligned([
    ['description', m.description ?? NONE],
    ['created', time(m.createdAt)],
    ['revision', String(m.revision)],
    ['champion', m.champion === null ? NONE : `${m.champion.version} since ${time(m.champion.deployedAt)}`],
    ['challengers', m.challengers.map((c) => c.version).join(' ') || NONE],
    ['versions', String(m.versions.totalCount)],
    ['tasks', m.tasks.map((t) => `${t.name} (${t.classes.join(', ')})`).join('; ') || NONE],
    ['training', `${readiness.ready ? `due: ${readiness.reasons.join('; ')}` : 'not due'}`],
    ['pool', `${readiness.validated} validated of ${readiness.required} needed, ${readiness.pending} pending`],
  ])}`;
}

function tensors(infos: readonly { name: string; dtype: string; shape: readonly (number | null)[] }[] | undefined): string {
  return infos?.map((t) => `${t.name} ${t.dtype}[${t.shape.map((n) => n ?? '?').join(', ')}]`).join('; ') || NONE;
}

/** A line break in a value would look like another fact; `line` shows the ones between facts only. */
function aligned(facts: readonly [string, string][]): string {
  return facts.map(([name, value]) => `  ${`${name}:`.padEnd(18)}${value.replaceAll('\n', '\\n')}`).join('\n');
}
