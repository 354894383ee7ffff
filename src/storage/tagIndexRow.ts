import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { VersionStatus } from '../domain/lifecycle.js';

@Entity('tag_index')
export class TagIndexRow {
  @PrimaryColumn({ name: 'version_id', type: 'text' }) version_id!: string;
  @PrimaryColumn({ name: 'tag_key', type: 'text' }) tag_key!: string;
  @PrimaryColumn({ name: 'tag_value', type: 'text' }) tag_value!: string;
  @Column({ name: 'model', type: 'text' }) model!: string;
  @Column({ name: 'status', type: 'text' }) status!: VersionStatus;
  @Column({ name: 'version_key', type: 'text' }) version_key!: string;
}
