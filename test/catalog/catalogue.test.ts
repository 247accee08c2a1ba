import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadCollectors } from '../../src/collect/load-collectors.ts';
import { derivations } from '../../src/derive/index.ts';
import { loadChecks } from '../../src/engine/load-checks.ts';
import { actionIds } from '../../src/model/action-id.ts';
import type { AnyCheck, Message } from '../../src/model/check.ts';
import { collectedKeys } from '../../src/model/evidence-catalog.ts';
import { keysFor } from '../../src/pipeline/select-keys.ts';
import { actionTitles } from '../../src/report/view-model/action-titles.ts';

const root = resolve(import.meta.dirname, '..', '..');

/** Revoked by ATT&CK version 19 (with their children), and what replaced them. */
const revokedTechniques = { T1562: 'T1685, T1686 or T1689', T1656: 'T1684.001' } as const;

/** Collected for people who read the evidence: who asked, and whom AWS writes to. */
const forReaders: readonly string[] = ['account.alternate-contacts', 'sts.caller-identity'];

let checks: readonly AnyCheck[] = [];

beforeAll(async () => {
  checks = await loadChecks();
});

function textOf(message: Message): string {
  return typeof message === 'string' ? message : message.text;
}

function sentences(text: string): number {
  return [...text.matchAll(/[.!?](?=\s|$)/g)].length;
}

/** `id: what is wrong` for every check that breaks a rule. */
function broken(rule: (check: AnyCheck) => readonly string[]): readonly string[] {
  return checks.flatMap((check) => rule(check).map((problem) => `${check.meta.id}: ${problem}`));
}

function repeated(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

describe('the catalogue', () => {
  test('is as large as it claims, in every domain', () => {
    const domains = checks.map(({ meta }) => meta.id.split('/')[0] ?? '');
    expect(checks.length).toBeGreaterThanOrEqual(70);
    expect(
      ['endpoints', 'eyes', 'identity-center', 'leftover-admins', 'long-term-keys', 'organization'].filter(
        (domain) => domains.filter((one) => one === domain).length < 5,
      ),
    ).toEqual([]);
  });

  test('calls no two checks the same', () => {
    expect(repeated(checks.map(({ meta }) => meta.title))).toEqual([]);
    expect(repeated(checks.map(({ meta }) => meta.failureTitle))).toEqual([]);
    expect(repeated(checks.map(({ meta }) => meta.description))).toEqual([]);
  });

  test('has a test file for every check', () => {
    expect(
      broken(({ meta }) =>
        existsSync(join(root, 'test', 'checks', `${meta.id}.test.ts`)) ? [] : ['no test'],
      ),
    ).toEqual([]);
  });

  test('words its titles and descriptions for a reader', () => {
    expect(
      broken(({ meta }) => [
        ...(meta.title === meta.failureTitle ? ['passing and failing title are the same'] : []),
        ...[meta.title, meta.failureTitle].filter((title) => /[.!]$/.test(title) || title.length > 90),
        ...[meta.title, meta.failureTitle].filter((title) => !/^\p{Lu}/u.test(title)),
        ...[meta.title, meta.failureTitle].filter((title) => /\bshould\b|\bensure\b/i.test(title)),
        ...(sentences(meta.description) < 2 ? ['the description has less than two sentences'] : []),
        ...(meta.description.includes(meta.failureTitle) ? ['the description repeats the title'] : []),
        ...(/[|\n]/.test(meta.failureTitle) ? ['the title breaks a table'] : []),
        ...(/^[a-z]/.test(meta.population) || /^[A-Z]{2}/.test(meta.population)
          ? []
          : [`the population is no plural noun: ${meta.population}`]),
      ]),
    ).toEqual([]);
  });

  test('words its messages as whole sentences that name something', () => {
    expect(
      broken(({ meta }) =>
        Object.entries(meta.messages).flatMap(([id, message]) => [
          ...(/[.?]$/.test(textOf(message)) ? [] : [`message ${id} is no sentence`]),
          ...(/\bshould\b/i.test(textOf(message)) ? [`message ${id} says what should be, not what is`] : []),
          ...(/\{\s|\s\}|\{\}|\$\{/.test(textOf(message))
            ? [`message ${id} has a malformed placeholder`]
            : []),
        ]),
      ),
    ).toEqual([]);
  });

  test('says for everything what to do, in actions that have a title', () => {
    const titles: Readonly<Record<string, string>> = actionTitles;
    expect(Object.keys(titles).sort()).toEqual([...actionIds].sort());
    expect(repeated(Object.values(titles))).toEqual([]);
    expect(
      broken(({ meta: { remediation } }) => [
        ...remediation.actions.filter((action) => titles[action] === undefined),
        ...repeated(remediation.actions),
        ...(sentences(remediation.why) < 1 ? ['no reason why the remediation helps'] : []),
        ...remediation.cautions.filter((caution) => sentences(caution) < 1),
      ]),
    ).toEqual([]);
  });

  test('maps to techniques of the current ATT&CK version, frameworks and pages', () => {
    expect(
      broken(({ meta }) => [
        ...(meta.techniques.length === 0 ? ['no technique'] : []),
        ...meta.techniques.filter((id) => !/^T\d{4}(?:\.\d{3})?$/.test(id)),
        ...meta.techniques.filter((id) => Object.hasOwn(revokedTechniques, id.slice(0, 5))),
        ...repeated(meta.techniques),
        ...(Object.keys(meta.frameworks).length === 0 ? ['no framework'] : []),
        ...Object.entries(meta.frameworks).flatMap(([name, ids]) =>
          ids.length === 0 || repeated(ids).length > 0 ? [`framework ${name}`] : [],
        ),
        ...(meta.references.length === 0 ? ['no reference'] : []),
        ...meta.references.filter((link) => !/^https:\/\/[\w.-]+\//.test(link)),
      ]),
    ).toEqual([]);
  });

  test('raises severity only by signals that exist, and only upwards', () => {
    expect(
      broken(({ meta }) =>
        Object.keys(meta.raise ?? {}).filter((signal) => !/^[a-z]+(?:-[a-z]+)*$/.test(signal)),
      ),
    ).toEqual([]);
  });

  test('names checks after the failing thing', () => {
    expect(
      broken(({ meta }) => (/\/(?:no|not|ensure|check)-/.test(meta.id) ? ['its id is a wish'] : [])),
    ).toEqual([]);
  });

  test('has a collector for every fact that a check or a derivation needs, and a use for every collector', async () => {
    const collectors = await loadCollectors();
    const collected = new Set(collectors.map(({ key }) => key));
    expect(keysFor(checks, checks).filter((key) => !collected.has(key))).toEqual([]);
    expect(collectedKeys.filter((key) => !collected.has(key))).toEqual([]);
    const needed = new Set<string>([
      ...forReaders,
      ...checks.flatMap(({ meta }) => [...meta.requires, ...(meta.optional ?? [])]),
      ...derivations.flatMap(({ inputs, optional }) => [...inputs, ...(optional ?? [])]),
      ...collectors.flatMap(({ dependsOn }) => dependsOn ?? []),
    ]);
    expect(collectedKeys.filter((key) => !needed.has(key))).toEqual([]);
  });
});
