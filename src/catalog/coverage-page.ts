import type { AnyCheck } from '../model/check.ts';

function rows(entries: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return [...entries]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, ids]) => `| ${name} | ${ids.map((id) => `[${id}](checks/${id}.md)`).join(', ')} |`);
}

function group(
  checks: readonly AnyCheck[],
  names: (check: AnyCheck) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const check of checks) {
    for (const name of names(check)) {
      groups.set(name, [...(groups.get(name) ?? []), check.meta.id]);
    }
  }
  return groups;
}

/** docs/coverage.md: which technique and which control is looked at by which check. */
export function coveragePage(checks: readonly AnyCheck[]): string {
  const techniques = group(checks, ({ meta }) => meta.techniques);
  const controls = group(checks, ({ meta }) =>
    Object.entries(meta.frameworks).flatMap(([framework, ids]) => ids.map((id) => `${framework} ${id}`)),
  );
  return [
    '<!-- Generated from the checks by `npm run generate`. Do not edit. -->',
    '',
    '# Coverage',
    '',
    `${techniques.size} ATT&CK techniques and ${controls.size} framework controls are looked at by ${checks.length} checks.`,
    'A control named here is touched by a check, not thereby fulfilled.',
    '',
    '## ATT&CK (version 19)',
    '',
    '| technique | checks |',
    '| --- | --- |',
    ...rows(techniques),
    '',
    '## Frameworks',
    '',
    '| control | checks |',
    '| --- | --- |',
    ...rows(controls),
    '',
  ].join('\n');
}
