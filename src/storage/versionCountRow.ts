import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { VersionStatus } from '../domain/lifecycle.js';

/** How many versions of this status the model has. */
@Entity('version_counts')
export class VersionCountRow {
  @PrimaryColumn({ name: 'model', type: 'text' }) model!: string;
  @PrimaryColumn({ name: 'status', type: 'text' }) status!: VersionStatus;
  @Column({ name: 'n', type: 'integer' }) n!: number;
}
