import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { VersionStatus } from '../domain/lifecycle.js';

/** One metric of one version, with what lists sort and filter by beside it: one index then serves a page. */
@Entity('metric_index')
export class MetricIndexRow {
  @PrimaryColumn({ name: 'version_id', type: 'text' }) version_id!: string;
  @PrimaryColumn({ name: 'metric', type: 'text' }) metric!: string;
  @Column({ name: 'model', type: 'text' }) model!: string;
  @Column({ name: 'status', type: 'text' }) status!: VersionStatus;
  @Column({ name: 'value', type: 'double precision' }) value!: number;
  @Column({ name: 'version_key', type: 'text' }) version_key!: string;
}
