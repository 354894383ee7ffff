import type { Command } from 'commander';
import { usage } from '../CliError.js';
import { chooseModel, splitVersion } from '../chooseModel.js';
import type { JuaraClient } from '../client.js';
import { evaluationBar } from '../evaluationBar.js';
import { evaluationText } from '../evaluationText.js';
import { EXIT } from '../exitCode.js';
import { type Cli, leaf } from '../leaf.js';

interface Options {
  readonly benchmark?: string;
  readonly version?: string;
  readonly wait: boolean;
}

export function addEvaluate(program: Command, cli: Cli): void {
  const command = program
    .command('evaluate')
    .description("measure a version on a benchmark and wait for the numbers; takes AUTOMATION. Without --benchmark: the policy's")
    .argument('[args...]')
    .usage('[options] [model] <version>')
    .option('--benchmark <name>', 'the benchmark')
    .option('--version <version>', 'the same as the argument')
    .option('--no-wait', 'queue it, and answer with its id');
  leaf<Options>(cli, command, async (session, args, options) => {
    const { model: named, version } = splitVersion(args, options.version);
    const client = await session.client();
    const model = await chooseModel(client, named);
    const benchmark = options.benchmark ?? (await benchmarkOf(client, model));
    const queued = await client.evaluate({ model, version, benchmark });
    if (!options.wait) {
      if (session.json) await session.data(queued);
      else await session.line(queued.id);
      return EXIT.OK;
    }
    const bar = await evaluationBar(session.io, queued.version.modelId);
    const ended = await client.followEvaluation(queued.id, { onProgress: bar.onProgress }).finally(() => bar.stop());
    if (session.json) await session.data(ended);
    else await session.line(await evaluationText(ended));
    return ended.status === 'SUCCEEDED' ? EXIT.OK : EXIT.ERROR;
  });
}

async function benchmarkOf(client: JuaraClient, model: string): Promise<string> {
  const policy = await client.getPolicy(model);
  if (policy?.benchmark) return policy.benchmark.name;
  throw usage(`the policy of ${model} names no benchmark: say which with --benchmark; \`juara benchmark list\` shows those that exist`);
}
