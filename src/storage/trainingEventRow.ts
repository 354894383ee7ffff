import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { TrainingEventStatus } from '../domain/records.js';

@Entity('training_events')
export class TrainingEventRow {
  @PrimaryColumn({ name: 'id', type: 'text' }) id!: string;
  @Column({ name: 'model', type: 'text' }) model!: string;
  @Column({ name: 'event_id', type: 'text' }) event_id!: string;
  @Column({ name: 'status', type: 'text' }) status!: TrainingEventStatus;
  @Column({ name: 'date', type: 'text' }) date!: string;
  @Column({ name: 'station', type: 'text', nullable: true }) station!: string | null;
  /** JSON. */
  @Column({ name: 'labels', type: 'text' }) labels!: string;
  @Column({ name: 'added_at', type: 'bigint' }) added_at!: number;
  @Column({ name: 'validated_at', type: 'bigint', nullable: true }) validated_at!: number | null;
  @Column({ name: 'used_by', type: 'text', nullable: true }) used_by!: string | null;
  /** JSON. */
  @Column({ name: 'extra', type: 'text', nullable: true }) extra!: string | null;
}
