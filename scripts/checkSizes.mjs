// Fails where a source file has more than 400 lines, or where the median is above 80: small files are how this house stays readable.
import { readdirSync, readFileSync } from 'node:fs';

const MOST = 400;
const MEDIAN = 80;
const files = ['src', 'migrations'].flatMap((root) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.parentPath.endsWith('/generated'))
    .map((entry) => `${entry.parentPath}/${entry.name}`),
);
const sizes = files.map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n').length - 1 })).sort((a, b) => a.lines - b.lines);
const median = sizes[Math.floor(sizes.length / 2)]?.lines ?? 0;
const long = sizes.filter((s) => s.lines > MOST);
for (const { file, lines } of long) console.error(`${file}: ${lines} lines, ${MOST} are allowed`);
if (median > MEDIAN) console.error(`the median file has ${median} lines, ${MEDIAN} are allowed`);
console.log(`${sizes.length} source files, median ${median} lines, longest ${sizes.at(-1)?.lines ?? 0}`);
process.exitCode = long.length > 0 || median > MEDIAN ? 1 : 0;
