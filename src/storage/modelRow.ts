import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('models')
export class ModelRow {
  @PrimaryColumn({ name: 'name', type: 'text' }) name!: string;
  @Column({ name: 'description', type: 'text', nullable: true }) description!: string | null;
  @Column({ name: 'created_at', type: 'bigint' }) created_at!: number;
  @Column({ name: 'revision', type: 'integer' }) revision!: number;
  /** JSON. */
  @Column({ name: 'tasks', type: 'text' }) tasks!: string;
  @Column({ name: 'champion', type: 'text', nullable: true }) champion!: string | null;
  /** JSON. */
  @Column({ name: 'history', type: 'text', nullable: true }) history!: string | null;
  /** Lower-cased name and description, for searches. */
  @Column({ name: 'search_text', type: 'text' }) search_text!: string;
}
