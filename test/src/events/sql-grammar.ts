import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** The parsers are bundler's ESM: specifiers without endings, which Node does not load. */
function withEndings(file: string): string {
  return readFileSync(file, 'utf8').replaceAll(
    /(from\s+|import\s+)['"]([^'"]+)['"]/g,
    (_, before: string, target: string) => {
      if (!target.startsWith('.')) {
        return `${before}'${target}'`;
      }
      const path = join(dirname(file), target);
      const folder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
      return `${before}'${target}${folder ? '/index.js' : '.js'}'`;
    },
  );
}

const script = `
import { TrinoSQL } from './parser/trino/index.js';
import { HiveSQL } from './parser/hive/index.js';
let text = '';
for await (const chunk of process.stdin) text += chunk;
const parsers = { trino: new TrinoSQL(), hive: new HiveSQL() };
const answers = JSON.parse(text).map(({ dialect, sql }) => ({
  errors: parsers[dialect].validate(sql).map(({ message }) => message),
  statements: (parsers[dialect].splitSQLByStatement(sql) ?? []).length,
}));
process.stdout.write(JSON.stringify(answers));
`;

export interface SqlQuestion {
  readonly dialect: 'trino' | 'hive';
  readonly sql: string;
}

/** What the grammars of Trino and Hive say to each text: errors, and how many statements it is. */
export function checkSql(folder: string, questions: readonly SqlQuestion[]): unknown {
  const source = dirname(require.resolve('dt-sql-parser'));
  cpSync(source, folder, { recursive: true });
  symlinkSync(join(source, '..', '..'), join(folder, 'node_modules'), 'dir');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(folder, name);
    if (
      name.endsWith('.js') &&
      /^(?:locale|parser\/(?:common|trino|hive)|lib\/(?:trino|hive)|lib\/[^/]*$)/.test(name)
    ) {
      writeFileSync(file, withEndings(file));
    }
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'check.js'), script);
  const answer = execFileSync(process.execPath, [join(folder, 'check.js')], {
    input: JSON.stringify(questions),
    encoding: 'utf8',
  });
  return JSON.parse(answer);
}
