import type { AnyCheck, Message } from '../model/check.ts';
import { namedMapping, namedTechnique } from '../model/compliance/mapping-names.ts';
import { actionTitles } from '../report/view-model/action-titles.ts';

const note = '<!-- Generated from the check by `npm run generate`. Do not edit. -->';

function list(items: readonly string[]): readonly string[] {
  return items.map((item) => `- ${item}`);
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];
}

function messageLine([id, message]: readonly [string, Message]): string {
  return typeof message === 'string'
    ? `\`${id}\`: ${message}`
    : `\`${id}\` (${message.severity}): ${message.text}`;
}

/** docs/checks/<id>.md */
export function checkPage({ meta, manual }: AnyCheck): string {
  const raise = Object.entries(meta.raise ?? {}).map(
    ([signal, severity]) => `${severity} with the signal \`${signal}\``,
  );
  const options = Object.entries(meta.options ?? {}).map(
    ([name, option]) => `\`${name}\` (default \`${JSON.stringify(option.default)}\`): ${option.description}`,
  );
  const evidence = [
    ...meta.requires.map((key) => `\`${key}\``),
    ...(meta.optional ?? []).map((key) => `\`${key}\` (optional)`),
  ];
  return [
    note,
    '',
    `# ${meta.failureTitle}`,
    '',
    `\`${meta.id}\` · ${meta.kind} · severity ${meta.severity} · looked at per ${meta.scope}: ${meta.population} · since ${meta.since}`,
    '',
    meta.description,
    '',
    `Passes when: ${meta.title}`,
    ...section('Worse when', list(raise)),
    ...section('Messages', list(Object.entries(meta.messages).map(messageLine))),
    ...section('Evidence', list(evidence)),
    ...section(
      'Partial evidence',
      list((meta.tolerates ?? []).map((key) => `\`${key}\`: findings are still reported, a pass never is`)),
    ),
    ...section('Options', list(options)),
    ...section('By hand', manual === undefined ? [] : [manual.instructions]),
    ...section('What to do', [
      ...list(meta.remediation.actions.map((action) => `${actionTitles[action]} (\`${action}\`)`)),
      ...(meta.remediation.actions.length === 0 ? [] : ['']),
      meta.remediation.why,
      ...(meta.remediation.cautions.length === 0 ? [] : ['', ...list(meta.remediation.cautions)]),
    ]),
    ...section(
      'Mapping',
      list([
        ...namedMapping(meta.frameworks),
        ...meta.techniques.map((id) => `ATT&CK: ${namedTechnique(id)}`),
      ]),
    ),
    ...section('References', list(meta.references)),
    '',
  ].join('\n');
}

/** docs/checks/README.md */
export function checkIndex(checks: readonly AnyCheck[]): string {
  const rows = checks.map(
    ({ meta }) =>
      `| [${meta.id}](${meta.id}.md) | ${meta.severity} | ${meta.kind} | ${meta.scope} | ${meta.failureTitle} |`,
  );
  return [
    note,
    '',
    '# Checks',
    '',
    `${checks.length} checks. A check never says that it passed: the engine does, and only over evidence that was seen completely.`,
    '',
    '| id | severity | kind | scope | finding |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
