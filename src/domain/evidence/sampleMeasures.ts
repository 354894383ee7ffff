import type { TaskPredictions } from '../taskPredictions.js';
import { calibrationError } from './calibrationError.js';
import type { SampleMeasure } from './measure.js';
import { brierScore, logLoss } from './probabilityLosses.js';
import { macroRocAuc, rocAuc } from './rocAuc.js';

/** The measures that need every sample's probabilities, as docs/metrics.md defines them. */
export function sampleMeasures({ task, classes }: Pick<TaskPredictions, 'task' | 'classes'>): readonly SampleMeasure[] {
  return [
    { name: `${task}_auc_roc`, prepare: macroRocAuc },
    ...classes.map((label, c): SampleMeasure => ({ name: `${task}_auc_roc_${label}`, prepare: (p) => rocAuc(p, c) })),
    { name: `${task}_log_loss`, prepare: logLoss },
    { name: `${task}_brier`, prepare: brierScore },
    { name: `${task}_ece`, prepare: calibrationError },
  ];
}
