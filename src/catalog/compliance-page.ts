import { techniquesOfEvents } from '../model/attack/event-techniques.ts';
import { currentTechnique, techniqueRedirects } from '../model/attack/technique-redirects.ts';
import {
  attackVersion,
  tactics,
  techniqueName,
  techniques,
  techniqueUrl,
} from '../model/attack/techniques.ts';
import type { AnyCheck } from '../model/check.ts';
import type { Control, Framework } from '../model/compliance/framework.ts';
import { frameworks } from '../model/compliance/frameworks.ts';
import { outdatedControls } from '../model/compliance/outdated-controls.ts';

function links(ids: readonly string[]): string {
  return ids.map((id) => `[${id}](checks/${id}.md)`).join(', ');
}

function checksOf(checks: readonly AnyCheck[], framework: Framework, { id }: Control): readonly string[] {
  return checks
    .filter(({ meta }) => (meta.frameworks[framework.key] ?? []).includes(id))
    .map(({ meta }) => meta.id);
}

function frameworkSection(framework: Framework, checks: readonly AnyCheck[]): readonly string[] {
  const mapped = framework.controls.map((control) => ({
    control,
    ids: checksOf(checks, framework, control),
  }));
  const idle = mapped.filter(({ ids }) => ids.length === 0).map(({ control }) => control.id);
  return [
    '',
    `## ${framework.name} ${framework.version}`,
    '',
    `${framework.publisher}. ${framework.wording}`,
    '',
    '| control | what it asks | checks |',
    '| --- | --- | --- |',
    ...mapped
      .filter(({ ids }) => ids.length > 0)
      .map(({ control, ids }) => {
        const beyond = control.beyond === undefined ? '' : ` *Beyond the checks: ${control.beyond}*`;
        return `| ${control.id} | ${control.words}${beyond} | ${links(ids)} |`;
      }),
    '',
    ...(idle.length === 0 ? [] : [`Not assessed by this tool: ${idle.join(', ')}.`]),
    ...(framework.whole ? [] : ['Every control that is not named here is not assessed by this tool.']),
  ];
}

function outdatedSection(): readonly string[] {
  const rows = Object.entries(outdatedControls).flatMap(([key, { now, ids }]) =>
    Object.entries(ids).map(
      ([id, current]) => `| ${key} ${id} | ${current === null ? 'dropped' : `${now} ${current}`} |`,
    ),
  );
  return [
    '',
    '## Ids of earlier versions',
    '',
    'A result of an earlier version of afterleak is read with these. CIS renumbers its recommendations with every version.',
    '',
    '| was | is |',
    '| --- | --- |',
    ...rows,
  ];
}

function attackSection(checks: readonly AnyCheck[]): readonly string[] {
  const names = new Map(tactics.map(({ id, name }) => [id, name]));
  const rows = techniques.flatMap((technique) => {
    const ids = checks
      .filter(({ meta }) => meta.techniques.includes(technique.id))
      .map(({ meta }) => meta.id);
    const events = techniquesOfEvents.includes(technique.id) ? 'events of the incident' : '';
    const by = [links(ids), events].filter((part) => part !== '').join('; ');
    const under = technique.tactics.map((id) => names.get(id) ?? id).join(', ');
    return by === ''
      ? []
      : [
          `| [${technique.id}](${techniqueUrl(technique.id)}) | ${techniqueName(technique)} | ${under} | ${by} |`,
        ];
  });
  return [
    '',
    `## MITRE ATT&CK, version ${attackVersion}`,
    '',
    'Version 19 split the tactic Defense Evasion: TA0005 is Stealth now, TA0112 is Defense Impairment.',
    `${rows.length} of ${techniques.length} techniques of clouds and identity providers are looked for.`,
    '',
    '| technique | name | tactics | looked for by |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    '### Redirects from older ids',
    '',
    '| was | is |',
    '| --- | --- |',
    ...Object.keys(techniqueRedirects)
      .sort()
      .map((id) => `| ${id} | ${currentTechnique(id)} |`),
  ];
}

/** docs/compliance.md: what is looked at of every framework, and how a report words it. */
export function compliancePage(checks: readonly AnyCheck[]): string {
  return [
    '<!-- Generated from the checks and the tables by `npm run generate`. Do not edit. -->',
    '',
    '# Compliance',
    '',
    'A check that is mapped to a control contributes to it; it does not fulfil it. The report says of each control:',
    '',
    '- **satisfied** only where every mapped check that applies passed, or was answered by a live attestation, over complete evidence in every place in scope, with no account or region out of view;',
    '- **not satisfied** where a finding is open;',
    '- **accepted exception** where all that was found is accepted by a live exception;',
    '- **cannot tell** where anything was not seen, not evaluated, not asked, left out of the run, or lies beyond the checks;',
    '- **not assessed** where no check applies. Nothing is said of such a control.',
    ...frameworks.flatMap((framework) => frameworkSection(framework, checks)),
    ...outdatedSection(),
    ...attackSection(checks),
    '',
  ].join('\n');
}
