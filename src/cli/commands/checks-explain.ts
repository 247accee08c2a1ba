import { loadChecks } from '../../engine/load-checks.ts';
import { selectChecks } from '../../engine/select-checks.ts';
import type { AnyCheck } from '../../model/check.ts';
import { namedMapping, namedTechnique } from '../../model/compliance/mapping-names.ts';
import type { Run } from '../program.ts';
import { print, stylesFor, terminalSettings } from '../terminal.ts';

function list(name: string, values: readonly string[]): readonly string[] {
  return values.length === 0 ? [] : ['', `${name}:`, ...values.map((value) => `  - ${value}`)];
}

function explainCheck({ meta, manual }: AnyCheck): readonly string[] {
  const messages = Object.entries(meta.messages).map(([id, message]) =>
    typeof message === 'string' ? `${id}: ${message}` : `${id} (${message.severity}): ${message.text}`,
  );
  const options = Object.entries(meta.options ?? {}).map(
    ([name, option]) => `${name} (default ${JSON.stringify(option.default)}): ${option.description}`,
  );
  return [
    `${meta.failureTitle}`,
    `passes when: ${meta.title}`,
    `${meta.severity} · ${meta.kind} · looked at per ${meta.scope}: ${meta.population} · since ${meta.since}`,
    '',
    meta.description,
    ...list('Messages', messages),
    ...list('Evidence it needs', [
      ...meta.requires,
      ...(meta.optional ?? []).map((key) => `${key} (optional)`),
    ]),
    ...list('Options', options),
    ...list('By hand', manual === undefined ? [] : [manual.instructions]),
    ...list('What to do', [...meta.remediation.actions, meta.remediation.why, ...meta.remediation.cautions]),
    ...list('Frameworks', namedMapping(meta.frameworks)),
    ...list('ATT&CK', meta.techniques.map(namedTechnique)),
    ...list('See', meta.references),
  ];
}

export const run: Run = async ([id = ''], given) => {
  const styles = stylesFor(terminalSettings(given));
  for (const check of selectChecks(await loadChecks(), [id], [])) {
    print([styles.strong(check.meta.id), ...explainCheck(check), ''].join('\n'));
  }
  return 0;
};
