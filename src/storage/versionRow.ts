import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { VersionStatus } from '../domain/lifecycle.js';

@Entity('versions')
export class VersionRow {
  @PrimaryColumn({ name: 'id', type: 'text' }) id!: string;
  @Column({ name: 'model', type: 'text' }) model!: string;
  @Column({ name: 'version', type: 'text' }) version!: string;
  /** versionSortKey: its byte order is semver precedence. */
  @Column({ name: 'version_key', type: 'text' }) version_key!: string;
  @Column({ name: 'status', type: 'text' }) status!: VersionStatus;
  @Column({ name: 'architecture', type: 'text', nullable: true }) architecture!: string | null;
  @Column({ name: 'created_at', type: 'bigint' }) created_at!: number;
  @Column({ name: 'deployed_at', type: 'bigint', nullable: true }) deployed_at!: number | null;
  @Column({ name: 'archived_at', type: 'bigint', nullable: true }) archived_at!: number | null;
  @Column({ name: 'reason', type: 'text', nullable: true }) reason!: string | null;
  @Column({ name: 'notes', type: 'text', nullable: true }) notes!: string | null;
  @Column({ name: 'previous_version', type: 'text', nullable: true }) previous_version!: string | null;
  /** JSON, as are the following. */
  @Column({ name: 'metrics', type: 'text' }) metrics!: string;
  @Column({ name: 'training_config', type: 'text' }) training_config!: string;
  @Column({ name: 'training_data', type: 'text', nullable: true }) training_data!: string | null;
  @Column({ name: 'files', type: 'text' }) files!: string;
  @Column({ name: 'signature', type: 'text', nullable: true }) signature!: string | null;
  @Column({ name: 'outputs', type: 'text' }) outputs!: string;
  @Column({ name: 'tags', type: 'text' }) tags!: string;
  /** JSON; null: none. */
  @Column({ name: 'signatures', type: 'text', nullable: true }) signatures!: string | null;
  /** Lower-cased id, architecture, notes and reason, for searches. */
  @Column({ name: 'search_text', type: 'text' }) search_text!: string;
}
