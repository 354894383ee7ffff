import { Entity, PrimaryColumn } from 'typeorm';

/** Which versions hold a file of this digest. */
@Entity('file_index')
export class FileIndexRow {
  @PrimaryColumn({ name: 'sha256', type: 'text' }) sha256!: string;
  @PrimaryColumn({ name: 'version_id', type: 'text' }) version_id!: string;
}
