import type { PairedTest } from '../comparison.js';
import type { PairedTestMethod } from '../policy.js';
import type { TaskPredictions } from '../taskPredictions.js';
import { mcnemar, mcnemarMidP } from './mcnemar.js';
import { pairedBootstrapTest } from './pairedBootstrapTest.js';

const TESTS: Readonly<Record<PairedTestMethod, (onlyBaseRight: number, onlyCandidateRight: number, samples: number) => number>> = {
  MCNEMAR_EXACT: mcnemar,
  MCNEMAR_MIDP: mcnemarMidP,
  PAIRED_BOOTSTRAP: pairedBootstrapTest,
};

/** Whether both sides are right equally often; of one task, with equal labels on both sides. */
export function pairedTest(base: TaskPredictions, candidate: TaskPredictions, method: PairedTestMethod, level: number): PairedTest {
  let [bothRight, onlyBaseRight, onlyCandidateRight, bothWrong] = [0, 0, 0, 0];
  for (let i = 0; i < base.labels.length; i++) {
    const baseRight = base.predicted[i] === base.labels[i];
    const candidateRight = candidate.predicted[i] === candidate.labels[i];
    if (baseRight && candidateRight) bothRight++;
    else if (baseRight) onlyBaseRight++;
    else if (candidateRight) onlyCandidateRight++;
    else bothWrong++;
  }
  const pValue = TESTS[method](onlyBaseRight, onlyCandidateRight, base.labels.length);
  const table = { bothRight, onlyBaseRight, onlyCandidateRight, bothWrong };
  return { task: base.task, method, ...table, pValue, significant: pValue < level };
}
