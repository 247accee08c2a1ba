import { describe, expect, test } from '@jest/globals';
import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import draft04 from 'ajv-draft-04';
import formatsPlugin from 'ajv-formats';
import { z } from 'zod';
import type { AuditResult } from '../../../../src/model/audit-result.ts';
import { openQuestions } from '../../../../src/report/machine/open-questions.ts';
import { renderJson } from '../../../../src/report/renderers/json.ts';
import { renderSarif } from '../../../../src/report/renderers/sarif/render-sarif.ts';
import { hostileResult } from '../../../support/hostile-result.ts';
import { incidentResult } from '../../../support/incident-result.ts';
import { exampleResult, hostileNames, machineResults } from '../../../support/machine-results.ts';
import { randomResult } from '../../../support/random-result.ts';
import {
  buildCheck,
  buildFinding,
  buildGap,
  buildResult,
  buildRow,
} from '../../../support/result-builder.ts';

function officialSchema() {
  // One pattern of the schema is no expression in Unicode mode.
  const ajv = new draft04.default({ strict: false, allErrors: true, unicodeRegExp: false });
  formatsPlugin.default(ajv);
  return ajv.compile(schema);
}

const result = z.looseObject({
  ruleId: z.string(),
  ruleIndex: z.number(),
  kind: z.enum(['fail', 'open', 'review']),
  level: z.string(),
  message: z.strictObject({ text: z.string().min(1) }),
  locations: z.array(
    z.looseObject({
      physicalLocation: z.looseObject({
        artifactLocation: z.looseObject({ uri: z.string() }),
        region: z.looseObject({ startLine: z.number(), endLine: z.number() }),
      }),
      logicalLocations: z.array(z.looseObject({ fullyQualifiedName: z.string() })).optional(),
    }),
  ),
  partialFingerprints: z.record(z.string(), z.string()),
  baselineState: z.string().optional(),
  suppressions: z.array(z.looseObject({ kind: z.string(), status: z.string(), justification: z.string() })),
  properties: z.looseObject({}),
});

const sarif = z.looseObject({
  version: z.literal('2.1.0'),
  runs: z.tuple([
    z.looseObject({
      tool: z.looseObject({
        driver: z.looseObject({
          rules: z.array(
            z.looseObject({
              id: z.string(),
              helpUri: z.string().optional(),
              defaultConfiguration: z.looseObject({ level: z.string() }),
              relationships: z
                .array(
                  z.looseObject({
                    target: z.looseObject({
                      id: z.string(),
                      index: z.number(),
                      toolComponent: z.looseObject({ name: z.string(), index: z.number() }),
                    }),
                  }),
                )
                .optional(),
              properties: z.looseObject({ 'security-severity': z.string(), tags: z.array(z.string()) }),
            }),
          ),
          notifications: z.array(z.looseObject({ id: z.string() })),
        }),
      }),
      automationDetails: z.strictObject({ id: z.string() }),
      taxonomies: z.array(
        z.looseObject({ name: z.string(), taxa: z.array(z.looseObject({ id: z.string() })) }),
      ),
      invocations: z.tuple([
        z.looseObject({
          executionSuccessful: z.boolean(),
          toolExecutionNotifications: z.array(
            z.looseObject({
              descriptor: z.strictObject({ id: z.string(), index: z.number() }),
              level: z.enum(['error', 'warning', 'note']),
              message: z.strictObject({ text: z.string() }),
            }),
          ),
        }),
      ]),
      results: z.array(result),
      properties: z.looseObject({ complete: z.boolean(), findingsLeftOut: z.number() }),
    }),
  ]),
});

type Run = z.infer<typeof sarif>['runs'][0];

function runOf(audit: AuditResult): Run {
  return sarif.parse(JSON.parse(renderSarif(audit))).runs[0];
}

/** A random result whose earlier run holds findings that cannot be told. */
function resultWithUnknowns(): AuditResult {
  for (let seed = 1; seed < 50; seed += 1) {
    const audit = randomResult(seed);
    if ((audit.history?.cannotTell.length ?? 0) > 1) {
      return audit;
    }
  }
  throw new Error('no random result has unknowns');
}

function fingerprints(run: Run, kind: string): readonly string[] {
  return run.results
    .filter((one) => one.kind === kind)
    .map((one) => one.partialFingerprints['primaryLocationLineHash'] ?? '');
}

describe('SARIF against the official schema', () => {
  const validate = officialSchema();

  test.each(machineResults())('%s', (_name, audit) => {
    validate(JSON.parse(renderSarif(audit)));
    expect(validate.errors).toBeNull();
  });

  test('the schema itself refuses what is wrong', () => {
    expect(validate({ version: '2.1.0', runs: [{ tool: { driver: {} } }] })).toBe(false);
    expect(validate({ version: '2.0.0', runs: [] })).toBe(false);
  });
});

describe('SARIF results', () => {
  test.each(machineResults())(
    '%s: every finding once, every open question, and what GitHub demands',
    (_n, audit) => {
      const run = runOf(audit);
      const { rules } = run.tool.driver;
      const findings = run.results.filter(({ kind }) => kind === 'fail');
      expect(findings).toHaveLength(audit.findings.length);
      const open = new Set(
        openQuestions(audit)
          .filter(({ accepted }) => !accepted)
          .map(({ check }) => check),
      );
      const cannotTell = audit.history?.cannotTell.length ?? 0;
      expect(run.results).toHaveLength(audit.findings.length + open.size + cannotTell);
      for (const one of run.results) {
        expect(rules[one.ruleIndex]?.id).toBe(one.ruleId);
        expect(one.locations).toHaveLength(1);
        expect(one.locations[0]?.physicalLocation.artifactLocation.uri).toBe('result.json');
        expect(one.partialFingerprints['primaryLocationLineHash']).toBe(
          one.partialFingerprints['afterleak/v1'],
        );
        expect(one.kind === 'fail').toBe(one.level !== 'none');
      }
      expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
      for (const rule of rules) {
        expect(rule.properties.tags.length).toBeLessThanOrEqual(10);
        expect(rule.properties.tags).toContain('security');
        expect(Number(rule.properties['security-severity'])).toBeGreaterThan(0);
        for (const { target } of rule.relationships ?? []) {
          const taxonomy = run.taxonomies[target.toolComponent.index];
          expect(taxonomy?.name).toBe(target.toolComponent.name);
          expect(taxonomy?.taxa[target.index]?.id).toBe(target.id);
        }
      }
      for (const { descriptor } of run.invocations[0].toolExecutionNotifications) {
        expect(run.tool.driver.notifications[descriptor.index]?.id).toBe(descriptor.id);
      }
    },
  );

  test('identities are the fingerprints of the findings', () => {
    for (const audit of [incidentResult(), exampleResult(), randomResult(3)]) {
      expect([...fingerprints(runOf(audit), 'fail')].sort()).toEqual(
        audit.findings.map(({ fingerprint }) => fingerprint).sort(),
      );
    }
  });

  test('a result points at its finding in result.json', () => {
    const audit = incidentResult();
    const lines = renderJson(audit).split('\n');
    for (const one of runOf(audit).results.filter(({ kind }) => kind === 'fail')) {
      const { startLine, endLine } = one.locations[0]?.physicalLocation.region ?? {
        startLine: 0,
        endLine: 0,
      };
      const text = lines.slice(startLine - 1, endLine).join('\n');
      expect(text).toContain(`"fingerprint": "${one.partialFingerprints['primaryLocationLineHash']}"`);
    }
  });

  test('levels, states and suppressions follow the finding', () => {
    const exception = { reason: 'vendor', approvedBy: 'ciso@example.com', expires: '2027-01-01T00:00:00Z' };
    const audit = buildResult({
      checks: [buildCheck({ id: 'a/b', severity: 'low', techniques: ['T1098.001'] })],
      findings: [
        buildFinding({ check: 'a/b', severity: 'critical', history: 'new' }),
        buildFinding({ check: 'a/b', severity: 'medium', history: 'persisting' }),
        buildFinding({ check: 'a/b', severity: 'low', history: 'reappeared' }),
        buildFinding({ check: 'a/b', severity: 'info', exception }),
      ],
    });
    const run = runOf(audit);
    expect(run.results.map(({ level, baselineState }) => [level, baselineState])).toEqual([
      ['error', 'new'],
      ['warning', 'unchanged'],
      ['note', 'new'],
      ['note', undefined],
    ]);
    expect(run.results.map(({ suppressions }) => suppressions)).toEqual([
      [],
      [],
      [],
      [
        {
          kind: 'external',
          status: 'accepted',
          justification: 'vendor (approved by ciso@example.com, until 2027-01-01T00:00:00Z)',
        },
      ],
    ]);
    const [rule] = run.tool.driver.rules;
    expect(rule?.properties['security-severity']).toBe('9.5');
    expect(rule?.defaultConfiguration.level).toBe('note');
    expect(rule?.relationships?.map(({ target }) => target.id)).toEqual(['T1098.001']);
  });
});

describe('SARIF says what could not be seen', () => {
  test('an open question is a result, a notification and a property', () => {
    const audit = buildResult({
      checks: [buildCheck({ id: 'a/b', severity: 'critical' }), buildCheck({ id: 'a/c' })],
      results: [
        buildRow({ check: 'a/b', outcome: 'unevaluated', gaps: [buildGap({ detail: 'no way' })] }),
        buildRow({ check: 'a/c', outcome: 'manual', instructions: 'Look at the console.' }),
      ],
    });
    const run = runOf(audit);
    expect(run.results.map(({ ruleId, kind, level }) => [ruleId, kind, level])).toEqual([
      ['a/b', 'open', 'none'],
      ['a/c', 'review', 'none'],
    ]);
    expect(run.results[0]?.message.text).toContain('iam:ListUsers in 111122223333: access-denied: no way');
    expect(run.results[1]?.message.text).toContain('Look at the console.');
    expect(run.tool.driver.rules[0]?.properties['security-severity']).toBe('9.5');
    const notifications = run.invocations[0].toolExecutionNotifications;
    expect(notifications.map(({ descriptor }) => descriptor.id)).toEqual([
      'question-open',
      'question-open',
      'gap',
    ]);
    expect(notifications.map(({ level }) => level)).toEqual(['warning', 'warning', 'warning']);
    expect(run.properties).toMatchObject({ complete: false, incompleteResults: 2 });
  });

  test('the run counts as failed only when it broke off or judged nothing', () => {
    const aborted = buildRow({ check: 'a', outcome: 'unevaluated', gaps: [buildGap({ reason: 'aborted' })] });
    for (const audit of [buildResult({ results: [aborted] }), buildResult({ results: [] })]) {
      const [invocation] = runOf(audit).invocations;
      expect(invocation.executionSuccessful).toBe(false);
      expect(invocation.toolExecutionNotifications.map(({ level }) => level)).toContain('error');
    }
    for (const audit of [incidentResult(), exampleResult()]) {
      const [invocation] = runOf(audit).invocations;
      expect(invocation.executionSuccessful).toBe(true);
      expect(invocation.toolExecutionNotifications.map(({ level }) => level)).not.toContain('error');
      expect(invocation.toolExecutionNotifications.map(({ level }) => level)).toContain('warning');
    }
  });

  test('accounts that were not swept, holes and an accepted gap are told', () => {
    const texts = runOf(incidentResult()).invocations[0].toolExecutionNotifications.map(
      ({ message }) => message.text,
    );
    expect(texts.join('\n')).toContain('Account 777788889999 was not swept');
    expect(texts.join('\n')).toContain('No CloudTrail events were read');
    expect(texts.join('\n')).toContain(
      'lambda:ListLayers: access-denied, accepted by an exception in 1 place',
    );
    const demo = runOf(exampleResult()).invocations[0].toolExecutionNotifications;
    expect(demo.filter(({ descriptor }) => descriptor.id === 'evidence-origin')).toHaveLength(1);
    expect(demo.map(({ message }) => message.text).join('\n')).toContain(
      'CloudTrail events are missing from',
    );
  });

  test('a finding that could not be looked for again stays in the file', () => {
    const audit = resultWithUnknowns();
    const earlier = audit.history?.cannotTell ?? [];
    const run = runOf(audit);
    expect(earlier.length).toBeGreaterThan(0);
    for (const { fingerprint } of earlier) {
      expect(fingerprints(run, 'open')).toContain(fingerprint);
    }
  });

  test('a run of more than GitHub takes holds the loudest and counts the rest', () => {
    const findings = Array.from({ length: 25_010 }, (_, index) =>
      buildFinding({ check: 'identity/example', severity: index < 25_000 ? 'low' : 'critical' }),
    );
    const audit = buildResult({
      findings,
      results: [buildRow({ check: 'identity/example', outcome: 'unevaluated', gaps: [buildGap({})] })],
    });
    const run = runOf(audit);
    expect(run.results).toHaveLength(25_000);
    expect(run.results[0]?.kind).toBe('open');
    expect(run.results.filter(({ level }) => level === 'error')).toHaveLength(10);
    expect(run.properties.findingsLeftOut).toBe(11);
    const texts = run.invocations[0].toolExecutionNotifications.map(({ message }) => message.text);
    expect(texts.filter((text) => text.startsWith('11 findings and 0 findings'))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('stores the first 5,000'))).toHaveLength(1);
  });

  test('another scope has another category, the same scope the same', () => {
    const whole = buildResult();
    const part = buildResult({ scope: { ...whole.scope, ofAccounts: 7 } });
    const id = (audit: AuditResult): string => runOf(audit).automationDetails.id;
    expect(id(whole)).toBe('afterleak/o-exampleorgid/');
    expect(id(part)).toMatch(/^afterleak\/o-exampleorgid-[0-9a-f]{8}\/$/);
    expect(id(buildResult({ scope: { ...whole.scope, ofAccounts: 9 } }))).toBe(id(part));
  });
});

describe('hostile texts in SARIF', () => {
  test.each(hostileNames)('%s is visible and makes no link and no placeholder', (name) => {
    const text = renderSarif(hostileResult(name));
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    const run = runOf(hostileResult(name));
    const messages = [
      ...run.results.map(({ message }) => message.text),
      ...run.invocations[0].toolExecutionNotifications.map(({ message }) => message.text),
    ];
    for (const message of messages) {
      expect(message).not.toContain('](');
      expect(message.replaceAll(/\{\{|\}\}/g, '')).not.toMatch(/[{}]/);
      expect(message.length).toBeLessThan(10_000);
    }
    for (const { helpUri } of run.tool.driver.rules) {
      expect(helpUri ?? 'https://').toMatch(/^https:\/\//);
    }
  });
});
