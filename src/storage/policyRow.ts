import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('policies')
export class PolicyRow {
  @PrimaryColumn({ name: 'model', type: 'text' }) model!: string;
  @PrimaryColumn({ name: 'revision', type: 'integer' }) revision!: number;
  @Column({ name: 'at', type: 'bigint' }) at!: number;
  @Column({ name: 'actor', type: 'text' }) actor!: string;
  /** JSON. */
  @Column({ name: 'rules', type: 'text' }) rules!: string;
}
