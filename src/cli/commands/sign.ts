import type { Command } from 'commander';
import { usage } from '../CliError.js';
import { chooseModel, splitVersion } from '../chooseModel.js';
import { collect, namedFile, readJson, readText } from '../collect.js';
import { type Cli, leaf } from '../leaf.js';
import type { Session } from '../session.js';
import { writeAtomically } from '../writeAtomically.js';

interface Options {
  readonly version?: string;
  readonly key?: string;
  readonly file?: readonly string[];
  readonly envelope?: string;
  readonly output?: string;
}

export function addSign(program: Command, cli: Cli): void {
  const command = program
    .command('sign')
    .description("sign a version's files and attach the signature")
    .argument('[args...]')
    .usage('[options] [model] <version>')
    .option('--version <version>', 'the same as the argument')
    .option('--key <file>', 'Ed25519 private key in PEM (`juara keygen`); it stays on this machine')
    .option('--file <path>', 'sign these files here instead of the digests that the server names; name=path; may be repeated', collect)
    .option('--output <file>', 'write the envelope there and attach nothing; with --file no server is asked')
    .option('--envelope <file>', 'attach this envelope, made earlier or elsewhere');
  leaf<Options>(cli, command, async (session, args, options) => {
    const { model: named, version } = splitVersion(args, options.version);
    if ((options.key === undefined) === (options.envelope === undefined)) throw usage('name either --key or --envelope');
    const model = await modelOf(session, named, options);
    const envelope = await envelopeOf(session, model, version, options);
    if (options.output !== undefined) return written(session, options.output, envelope);
    const signed = await (await session.client()).signVersion({ model, version, envelope });
    if (session.json) return void (await session.data(signed.signatures));
    const trusted = [...new Set(signed.signatures.flatMap((s) => (s.trusted && s.keyName !== null ? [s.keyName] : [])))];
    const worth = trusted.length === 0 ? 'none of a key that the policy trusts' : `trusted: ${trusted.join(', ')}`;
    await session.line(`${signed.modelId} carries ${signed.signatures.length} signatures (${worth})`);
  });
}

/** Offline there is no server to ask which model there is. */
async function modelOf(session: Session, named: string | undefined, { file, output }: Options): Promise<string> {
  if (named !== undefined) return named;
  if (file !== undefined && output !== undefined) throw usage('name the model: no server is asked');
  return chooseModel(await session.client(), undefined);
}

async function envelopeOf(session: Session, model: string, version: string, { key, file, envelope }: Options): Promise<unknown> {
  if (key === undefined) return readJson(envelope ?? '');
  const privateKey = await readText(key);
  const files = file === undefined ? {} : { files: Object.fromEntries(file.map(namedFile)) };
  return (await session.client()).sign({ model, version, privateKey, ...files });
}

async function written(session: Session, path: string, envelope: unknown): Promise<undefined> {
  await writeAtomically(path, `${JSON.stringify(envelope, null, 2)}\n`);
  if (session.json) await session.data(envelope);
  else await session.line(`written to ${path}; \`juara sign --envelope ${path}\` attaches it`);
  return undefined;
}
