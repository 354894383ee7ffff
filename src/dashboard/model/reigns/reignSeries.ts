import type { MetricOverVersionsQuery } from '../../api/generated/operations';

type Point = MetricOverVersionsQuery['metrics'][number];
type Reign = NonNullable<MetricOverVersionsQuery['model']>['reigns']['nodes'][number];

export interface SeriesPoint {
  readonly version: string;
  readonly value: number;
  /** Distances from the value to the ends of its interval; null: it has none. */
  readonly error: readonly [below: number, above: number] | null;
  /** The champion while this version was the newest; null: nobody, or one without the metric. */
  readonly champion: string | null;
  readonly reign: number | null;
  readonly band: readonly [low: number, high: number] | null;
}

/** Each version's value beside that of whoever was champion until the next version came. Points oldest version first, reigns in any order. */
export function reignSeries(points: readonly Point[], reigns: readonly Reign[]): readonly SeriesPoint[] {
  const byVersion = new Map(points.map((point) => [point.version.version, point.metric]));
  return points.map(({ version, metric }, i) => {
    const champion = championAt(reigns, points[i + 1]?.version.createdAt ?? null);
    const held = champion === null ? undefined : byVersion.get(champion);
    const { interval } = metric;
    return {
      version: version.version,
      value: metric.value,
      error: interval === null ? null : [metric.value - interval.low, interval.high - metric.value],
      champion,
      reign: held?.value ?? null,
      band: held?.interval == null ? null : [held.interval.low, held.interval.high],
    };
  });
}

/** Null as an instant: now. */
function championAt(reigns: readonly Reign[], at: string | null): string | null {
  const found = reigns.find(({ from, until }) => (at === null ? until === null : from <= at && (until === null || at < until)));
  return found?.version.version ?? null;
}
