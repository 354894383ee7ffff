import type { Interval } from '../metric.js';
import { aucInterval } from './aucInterval.js';
import { type BootstrapInterval, bootstrapInterval, logOddsInterval, reflectedInterval } from './bootstrapInterval.js';
import { fewSamples, samplesOfClasses, withFew } from './fewSamples.js';
import { measureName } from './measureName.js';
import type { PairedDraws } from './pairedDraws.js';
import { pairedRate } from './pairedRate.js';
import type { PreparedSide } from './preparedSide.js';
import { recoveredInterval } from './recoveredInterval.js';
import { correlation } from './resampling/correlation.js';
import { tangoInterval } from './tangoInterval.js';
import { wilson } from './wilson.js';

/** From here on an area's draws vary as the area does. */
const ENOUGH_FOR_AREA = 50;
const BY_MEASURE: Readonly<Record<string, BootstrapInterval>> = { ece: reflectedInterval, auc_roc: logOddsInterval };

/** Interval of a version's own metric; each measure by the method that held in the simulation (docs/policy.md). Null where there is none. */
export function metricInterval(name: string, side: PreparedSide, draws: Float64Array | undefined, level: number): Interval | null {
  const observed = side.observed.get(name);
  if (observed === undefined) return null;
  const few = fewSamples(name, side.predictions);
  const { rate } = observed;
  const found =
    rate === undefined ? (rareArea(name, side, level) ?? resampled(name, side, draws, level)) : wilson(rate.successes, rate.trials, level);
  return found === null ? null : { ...found, method: withFew(found.method, few) };
}

/** Interval of candidate - base, of what both sides have observed. */
export function differenceInterval(
  { name, observed, ...draws }: PairedDraws,
  base: PreparedSide,
  candidate: PreparedSide,
  level: number,
): Interval | null {
  const few = fewSamples(name, base.predictions);
  const rate = pairedRate(name, base.predictions, candidate.predictions);
  const [ofBase, ofCandidate] = [rareArea(name, base, level), rareArea(name, candidate, level)];
  const found = (): Interval | null => {
    if (rate !== null) return tangoInterval(rate.onlyCandidate, rate.onlyBase, rate.trials, level);
    if (ofBase !== null && ofCandidate !== null) {
      const together = few.length > 0 ? 0 : correlation(draws.base, draws.candidate);
      const [b, c] = [
        { value: observed.base, interval: ofBase },
        { value: observed.candidate, interval: ofCandidate },
      ];
      return recoveredInterval(b, c, together);
    }
    const differences = draws.candidate.map((value, draw) => value - (draws.base[draw] ?? Number.NaN));
    return bootstrapInterval(differences, observed.candidate - observed.base, level);
  };
  const interval = found();
  return interval === null ? null : { ...interval, method: withFew(interval.method, few) };
}

function resampled(name: string, { predictions, observed }: PreparedSide, draws: Float64Array | undefined, level: number): Interval | null {
  const value = observed.get(name)?.value;
  if (draws === undefined || value === undefined) return null;
  const interval = BY_MEASURE[measureName(name, predictions).measure] ?? bootstrapInterval;
  return interval(draws, value, level);
}

/** Of the area of a class with less than fifty samples; null for everything else. */
function rareArea(name: string, { predictions, observed }: PreparedSide, level: number): Interval | null {
  const named = measureName(name, predictions);
  if (named.class === null || named.measure !== 'auc_roc') return null;
  const positives = samplesOfClasses(predictions)[predictions.classes.indexOf(named.class)] ?? 0;
  if (positives >= ENOUGH_FOR_AREA) return null;
  return aucInterval(observed.get(name)?.value ?? Number.NaN, positives, predictions.labels.length - positives, level);
}
