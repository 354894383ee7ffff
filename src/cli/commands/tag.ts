import type { Command } from 'commander';
import { usage } from '../CliError.js';
import { chooseModel, looksLikeVersion } from '../chooseModel.js';
import { JuaraClientError } from '../client.js';
import { collect, pair } from '../collect.js';
import { type Cli, leaf } from '../leaf.js';

export function addTag(program: Command, cli: Cli): void {
  const command = program
    .command('tag')
    .description("add tags to a version, or change their values; without any, show the version's tags")
    .argument('[args...]')
    .usage('[options] [model] <version> [key=value...]')
    .option('--remove <key>', 'may be repeated', collect);
  leaf<{ remove?: string[] }>(cli, command, async (session, args, { remove = [] }) => {
    const at = looksLikeVersion(args[0]) ? 0 : 1;
    const version = args[at];
    if (version === undefined) throw usage('expected [model] <version> [key=value...]');
    const client = await session.client();
    const model = await chooseModel(client, at === 0 ? undefined : args[0]);
    const present = await client.getVersion(model, version);
    if (present === null) throw new JuaraClientError('VERSION_NOT_FOUND', `${model} has no version ${version}`);
    const tags = new Map(present.tags.map((tag) => [tag.key, tag.value]));
    for (const [key, value] of args.slice(at + 1).map(pair)) tags.set(key, value);
    for (const key of remove) tags.delete(key);
    const wanted = [...tags].map(([key, value]) => ({ key, value }));
    const changes = args.length > at + 1 || remove.length > 0;
    const after = changes ? await client.setTags(model, version, wanted) : present;
    if (session.json) return void (await session.data(after.tags));
    for (const tag of after.tags) await session.line(`${tag.key}=${tag.value}`);
  });
}
