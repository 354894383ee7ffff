import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Running totals of a model's decisions. */
@Entity('decision_counts')
export class DecisionCountRow {
  @PrimaryColumn({ name: 'model', type: 'text' }) model!: string;
  @Column({ name: 'total', type: 'integer' }) total!: number;
  @Column({ name: 'applied', type: 'integer' }) applied!: number;
  @Column({ name: 'last_at', type: 'bigint' }) last_at!: number;
}
