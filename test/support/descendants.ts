import { readdir, readFile } from 'node:fs/promises';

/** What anyone of the same user may read of a process. */
export interface SeenProcess {
  readonly pid: number;
  readonly cmdline: string;
  readonly environ: string;
}

/** Linux: the children of a process and theirs, as /proc shows them; those that end meanwhile are left out. */
export async function descendants(pid: number): Promise<SeenProcess[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    const status = /^\d+$/.test(name) ? await readFile(`/proc/${name}/status`, 'utf8').catch(() => '') : '';
    const parent = /^PPid:\s*(\d+)$/m.exec(status)?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const isBelow = (child: number | undefined): boolean => child !== undefined && (child === pid || isBelow(parents.get(child)));
  const found = [...parents.keys()].filter((child) => child !== pid && isBelow(child));
  const seen = found.map(async (child) => ({
    pid: child,
    cmdline: await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => ''),
    environ: await readFile(`/proc/${child}/environ`, 'utf8').catch(() => ''),
  }));
  return (await Promise.all(seen)).filter(({ cmdline }) => cmdline !== '');
}
