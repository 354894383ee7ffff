/** Module of the scoring threads: its default export replies to one question. Only what was checked before is read in here. */
import { JuaraError } from '../../domain/errors.js';
import { comparePaired } from '../../domain/evidence/comparePaired.js';
import { measureTask } from '../../domain/evidence/measureTask.js';
import type { PredictTensor } from '../../domain/prediction.js';
import type { PairedAnswer } from '../../scoringPorts.js';
import { openBenchmark } from '../benchmark/openBenchmark.js';
import { readPredictions } from '../predictions/readPredictions.js';
import { storedSize } from '../storedSize.js';
import type { CompareQuestion, MeasureAnswer, MeasureQuestion, SampleQuestion, ThreadReply } from './questions.js';

async function measure({ path, ...options }: MeasureQuestion): Promise<MeasureAnswer> {
  const tasks = (await readPredictions(path)).map((predictions) => measureTask(predictions, options));
  return { metrics: tasks.flatMap(({ metrics }) => metrics), confusion: tasks.map(({ confusion }) => confusion) };
}

async function compare({ base, candidate, ...options }: CompareQuestion): Promise<PairedAnswer> {
  for (const path of [base, candidate]) await storedSize(path);
  const [before, after] = [await readPredictions(base), await readPredictions(candidate)];
  const { differences, composite, tests } = comparePaired(before, after, options);
  return { intervals: Object.fromEntries(differences), composite, tests };
}

async function sample({ source, index }: SampleQuestion): Promise<PredictTensor[]> {
  await storedSize(source.path);
  const reader = await openBenchmark(source);
  try {
    const { inputs } = await reader.sample(index);
    return [...inputs].map(([name, { data, dtype, shape }]) => ({ name, data, dtype, shape }));
  } finally {
    await reader.close();
  }
}

type Question = MeasureQuestion | CompareQuestion | SampleQuestion;

// biome-ignore lint/style/noDefaultExport: piscina calls the default export.
export default async function reply(question: Question): Promise<ThreadReply<MeasureAnswer | PairedAnswer | PredictTensor[]>> {
  try {
    return { answer: await answer(question) };
  } catch (error) {
    if (!(error instanceof JuaraError)) throw error;
    return { fault: { code: error.code, message: error.message } };
  }
}

function answer(question: Question): Promise<MeasureAnswer | PairedAnswer | PredictTensor[]> {
  switch (question.kind) {
    case 'measure':
      return measure(question);
    case 'compare':
      return compare(question);
    case 'sample':
      return sample(question);
    default:
      return question satisfies never;
  }
}
