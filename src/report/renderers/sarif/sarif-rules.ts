import type { AuditResult, ResultCheck } from '../../../model/audit-result.ts';
import { type Severity, worseSeverity } from '../../../model/severity.ts';
import { shown } from '../../machine/shown-text.ts';
import { markdownText } from '../../text/markdown-text.ts';
import { linesOf } from '../../text/phrases.ts';
import { safeLink } from '../../view-model/safe-link.ts';
import { sarifLevels, securitySeverities } from './sarif-levels.ts';
import type { Taxonomies } from './sarif-taxonomies.ts';
import { messageText, ruleId } from './sarif-text.ts';

/** GitHub shows ten tags of a rule and refuses files with more than twenty. */
const mostTags = 10;
const nameCharacters = 255;

function nameOf(id: string): string {
  const words = shown(id, nameCharacters)
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  return words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('');
}

function tagsOf({ id, kind, techniques }: ResultCheck): readonly string[] {
  const [domain = ''] = id.split('/');
  const tags = [
    'security',
    kind,
    shown(domain, 100),
    ...techniques.map((technique) => shown(technique, 100)),
  ];
  return [...new Set(tags)].filter((tag) => tag !== '').slice(0, mostTags);
}

interface HelpLine {
  readonly label: string;
  readonly text: string;
}

function helpLines({ remediation, description }: ResultCheck): readonly HelpLine[] {
  return [
    ...linesOf(description).map((text) => ({ label: '', text })),
    { label: 'What to do', text: remediation.why },
    ...(remediation.actions.length === 0
      ? []
      : [{ label: 'Actions of the plan', text: remediation.actions.join(', ') }]),
    ...remediation.cautions.map((text) => ({ label: 'Mind', text })),
  ];
}

function helpOf(check: ResultCheck): { readonly text: string; readonly markdown: string } {
  const lines = helpLines(check);
  const page = `docs/checks/${check.id}.md`;
  const links = check.references.flatMap((reference) => safeLink(reference)?.href ?? []);
  return {
    text: [
      ...lines.map(({ label, text }) => `${label === '' ? '' : `${label}: `}${messageText(text)}`),
      ...links.map((link) => messageText(link)),
      `The check in full: ${messageText(page)}`,
    ].join('\n'),
    markdown: [
      ...lines.map(
        ({ label, text }) => `${label === '' ? '' : `**${label}:** `}${doubled(markdownText(shown(text)))}`,
      ),
      ...links.map((link) => `<${link}>`),
      `The check in full: ${doubled(markdownText(shown(page)))}`,
    ].join('\n\n'),
  };
}

function doubled(text: string): string {
  return text.replaceAll(/[{}]/g, '$&$&');
}

/** A check that a result names and that the catalogue of the result does not hold. */
function unknownCheck(id: string): ResultCheck {
  return {
    id,
    title: id,
    failureTitle: id,
    description: 'The result does not describe this check.',
    kind: 'residue',
    severity: 'high',
    scope: 'organization',
    population: '',
    requires: [],
    remediation: { actions: [], why: 'See the finding.', cautions: [] },
    frameworks: {},
    techniques: [],
    references: [],
  };
}

/** Every check that can carry a result, each once: the catalogue's first. */
export function checksOf(result: AuditResult): readonly ResultCheck[] {
  const checks = new Map<string, ResultCheck>();
  for (const check of result.checks) {
    checks.set(check.id, checks.get(check.id) ?? check);
  }
  const named = [result.findings, result.results, result.history?.cannotTell ?? []];
  for (const { check } of named.flat()) {
    checks.set(check, checks.get(check) ?? unknownCheck(check));
  }
  return [...checks.values()];
}

/**
 * GitHub ranks an alert by its rule alone, so a rule is as severe as the worst of its results in this run: of its
 * findings, and of what is asked where its question stayed open.
 */
export function worstSeverities(
  result: AuditResult,
  openChecks: ReadonlySet<string>,
): ReadonlyMap<string, Severity> {
  const worst = new Map<string, Severity>();
  for (const { check, severity } of result.findings) {
    worst.set(check, worseSeverity(worst.get(check) ?? severity, severity));
  }
  for (const { id, severity } of checksOf(result)) {
    const found = worst.get(id);
    worst.set(
      id,
      found === undefined || openChecks.has(id) ? worseSeverity(found ?? severity, severity) : found,
    );
  }
  return worst;
}

export function sarifRule(check: ResultCheck, severity: Severity, taxonomies: Taxonomies): object {
  const links = check.references.flatMap((reference) => safeLink(reference)?.href ?? []);
  const relationships = taxonomies.relationshipsOf(check);
  return {
    id: ruleId(check.id),
    name: nameOf(check.id) || 'Unnamed',
    shortDescription: { text: messageText(check.failureTitle) || 'No title' },
    fullDescription: { text: messageText(check.description) || 'No description' },
    help: helpOf(check),
    ...(links[0] === undefined ? {} : { helpUri: links[0] }),
    defaultConfiguration: { level: sarifLevels[check.severity] },
    ...(relationships.length === 0 ? {} : { relationships }),
    properties: {
      'security-severity': securitySeverities[severity],
      precision: 'high',
      kind: check.kind,
      severity: check.severity,
      tags: tagsOf(check),
    },
  };
}
