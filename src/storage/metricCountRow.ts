import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { VersionStatus } from '../domain/lifecycle.js';

/** How many of the model's versions of this status have the metric in the bucket that begins at `low`; see metricBuckets.ts. */
@Entity('metric_counts')
export class MetricCountRow {
  @PrimaryColumn({ name: 'model', type: 'text' }) model!: string;
  @PrimaryColumn({ name: 'level', type: 'integer' }) level!: number;
  @PrimaryColumn({ name: 'metric', type: 'text' }) metric!: string;
  @PrimaryColumn({ name: 'low', type: 'double precision' }) low!: number;
  @PrimaryColumn({ name: 'status', type: 'text' }) status!: VersionStatus;
  @Column({ name: 'n', type: 'integer' }) n!: number;
}
