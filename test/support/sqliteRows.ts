import sqlite3 from 'sqlite3';

/** The rows of one statement on an SQLite file that no server has open; without Juara's code. */
export function sqliteRows(file: string, statement: string): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(file, sqlite3.OPEN_READWRITE, (error) => {
      if (error !== null) return reject(error);
      database.all(statement, (failed, rows) => database.close(() => (failed === null ? resolve(rows) : reject(failed))));
    });
  });
}
