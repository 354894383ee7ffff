import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { DecisionOutcome } from '../domain/decision.js';

@Entity('decisions')
export class DecisionRow {
  /** Puts decisions of one millisecond in the order in which they were stored. */
  @PrimaryGeneratedColumn('increment', { name: 'ordinal', type: 'integer' }) ordinal!: number;
  @Column({ name: 'id', type: 'text' }) id!: string;
  @Column({ name: 'model', type: 'text' }) model!: string;
  @Column({ name: 'at', type: 'bigint' }) at!: number;
  @Column({ name: 'candidate', type: 'text' }) candidate!: string;
  @Column({ name: 'champion', type: 'text', nullable: true }) champion!: string | null;
  @Column({ name: 'policy_revision', type: 'integer' }) policy_revision!: number;
  @Column({ name: 'outcome', type: 'text' }) outcome!: DecisionOutcome;
  /** JSON. */
  @Column({ name: 'rules', type: 'text' }) rules!: string;
  @Column({ name: 'summary', type: 'text' }) summary!: string;
  /** JSON. */
  @Column({ name: 'comparison', type: 'text', nullable: true }) comparison!: string | null;
  /** Of the comparison, so that it can be counted by. */
  @Column({ name: 'benchmark', type: 'text', nullable: true }) benchmark!: string | null;
  @Column({ name: 'requested_by', type: 'text' }) requested_by!: string;
  @Column({ name: 'reason', type: 'text', nullable: true }) reason!: string | null;
  @Column({ name: 'overridden_by', type: 'text', nullable: true }) overridden_by!: string | null;
  @Column({ name: 'override_reason', type: 'text', nullable: true }) override_reason!: string | null;
  /** 0 or 1, as is `applied`. */
  @Column({ name: 'awaiting', type: 'integer' }) awaiting!: number;
  @Column({ name: 'applied', type: 'integer' }) applied!: number;
  /** JSON. */
  @Column({ name: 'answer', type: 'text', nullable: true }) answer!: string | null;
}
