import type { Command } from 'commander';
import type { TaskInput } from '../client.js';
import { readJson } from '../collect.js';
import { type Cli, leaf } from '../leaf.js';

interface Options {
  readonly description?: string;
  readonly tasks?: string;
}

export function addModel(program: Command, cli: Cli): void {
  const group = program.command('model').description('models themselves');
  const command = group
    .command('create')
    .description('make a model, to register versions under; takes OPERATOR')
    .argument('<name>')
    .option('--description <text>')
    .option('--tasks <file>', 'a JSON file: an array of {name, classes, negativeClass, criticalClasses, bins}');
  leaf<Options>(cli, command, async (session, [name = ''], { description, tasks }) => {
    const model = await (await session.client()).createModel({
      name,
      ...(description === undefined ? {} : { description }),
      ...(tasks === undefined ? {} : { tasks: (await readJson(tasks)) as TaskInput[] }),
    });
    if (session.json) return void (await session.data(model));
    await session.line(`${model.name} is created; next: juara register ${model.name} --file best_model.onnx`);
  });
}
