import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BenchmarkFormat } from '../domain/benchmark.js';

@Entity('benchmarks')
export class BenchmarkRow {
  @PrimaryColumn({ name: 'name', type: 'text' }) name!: string;
  @Column({ name: 'sha256', type: 'text' }) sha256!: string;
  @Column({ name: 'format', type: 'text' }) format!: BenchmarkFormat;
  /** JSON, as are `inputs` and `tasks`. */
  @Column({ name: 'csv', type: 'text', nullable: true }) csv!: string | null;
  @Column({ name: 'samples', type: 'bigint' }) samples!: number;
  @Column({ name: 'inputs', type: 'text' }) inputs!: string;
  @Column({ name: 'tasks', type: 'text' }) tasks!: string;
  @Column({ name: 'created_at', type: 'bigint' }) created_at!: number;
  @Column({ name: 'uses', type: 'integer' }) uses!: number;
}
