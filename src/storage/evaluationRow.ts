import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { EvaluationStatus } from '../domain/evaluation.js';

@Entity('evaluations')
export class EvaluationRow {
  /** The order in which they were asked for, and in which they are carried out. */
  @PrimaryGeneratedColumn('increment', { name: 'ordinal', type: 'integer' }) ordinal!: number;
  @Column({ name: 'id', type: 'text' }) id!: string;
  @Column({ name: 'model', type: 'text' }) model!: string;
  @Column({ name: 'version', type: 'text' }) version!: string;
  @Column({ name: 'benchmark', type: 'text' }) benchmark!: string;
  @Column({ name: 'status', type: 'text' }) status!: EvaluationStatus;
  @Column({ name: 'progress', type: 'double precision' }) progress!: number;
  @Column({ name: 'error', type: 'text', nullable: true }) error!: string | null;
  /** JSON, as are `metrics` and `confusion`. */
  @Column({ name: 'notes', type: 'text' }) notes!: string;
  @Column({ name: 'metrics', type: 'text' }) metrics!: string;
  @Column({ name: 'confusion', type: 'text' }) confusion!: string;
  @Column({ name: 'predictions', type: 'text', nullable: true }) predictions!: string | null;
  @Column({ name: 'requested_by', type: 'text' }) requested_by!: string;
  @Column({ name: 'queued_at', type: 'bigint' }) queued_at!: number;
  @Column({ name: 'started_at', type: 'bigint', nullable: true }) started_at!: number | null;
  @Column({ name: 'finished_at', type: 'bigint', nullable: true }) finished_at!: number | null;
  /** 1 once what follows from its success (an automatic decision) has been done. */
  @Column({ name: 'settled', type: 'integer' }) settled!: number;
  /** The process that carries it out, and until when unless it says so again; by the database's clock. */
  @Column({ name: 'lease_owner', type: 'text', nullable: true }) lease_owner!: string | null;
  @Column({ name: 'lease_until', type: 'bigint', nullable: true }) lease_until!: number | null;
}
