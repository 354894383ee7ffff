import { usage } from './CliError.js';
import { type JuaraClient, JuaraClientError } from './client.js';

/** The model in front of `count` other arguments; undefined where it was left out. `names` is for the message. */
export function splitModel(args: readonly string[], names: readonly string[]): { model: string | undefined; rest: readonly string[] } {
  if (args.length === names.length) return { model: undefined, rest: args };
  if (args.length === names.length + 1) return { model: args[0], rest: args.slice(1) };
  throw usage(`expected [model] ${names.map((name) => `<${name}>`).join(' ')}`);
}

/** `[model] <version>`, or `[model] --version <version>` as rollback has it. */
export function splitVersion(args: readonly string[], option: string | undefined): { model: string | undefined; version: string } {
  const { model, rest } = splitModel(option === undefined ? args : [...args, option], ['version']);
  return { model, version: rest[0] ?? '' };
}

/** True of `1.0.1` and the like; only a guess at what the argument is, the server checks it. */
export function looksLikeVersion(text: string | undefined): boolean {
  return text !== undefined && /^\d+\.\d+\.\d+/.test(text);
}

/** The model named, or the only one that there is. */
export async function chooseModel(client: JuaraClient, model: string | undefined): Promise<string> {
  if (model !== undefined) return model;
  const page = await client.getModels({ first: 20 });
  const [only, ...others] = page.nodes;
  if (only === undefined) throw new JuaraClientError('MODEL_NOT_FOUND', 'the registry holds no model yet');
  if (others.length === 0) return only.name;
  const more = page.totalCount > page.nodes.length ? ', ...' : '';
  throw usage(`which model? There are ${page.nodes.map((m) => m.name).join(', ')}${more}`);
}
