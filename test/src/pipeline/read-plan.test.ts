import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { InputError } from '../../../src/input/input-error.ts';
import type { AuditResult } from '../../../src/model/audit-result.ts';
import type { Plan } from '../../../src/model/plan.ts';
import { readPlan } from '../../../src/pipeline/read-plan.ts';
import { writePlan } from '../../../src/pipeline/write-reports.ts';
import { renderJson } from '../../../src/report/renderers/json.ts';
import { buildSamplePlan, buildStep, planDigest } from '../../support/plan-builder.ts';
import { buildFinding, buildResult, buildRow } from '../../support/result-builder.ts';

const folder = mkdtempSync(join(tmpdir(), 'afterleak-read-plan-'));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const finding = buildFinding({ check: 'identity/example', fingerprint: '0123456789abcdef' });

function resultWith(plan: Plan | null): AuditResult {
  const row = buildRow({ check: 'identity/example', outcome: 'fail', findings: [finding.fingerprint] });
  return buildResult({ findings: [finding], results: [row], evidenceDigest: planDigest, plan });
}

function write(text: string): string {
  const path = join(folder, 'result.json');
  writeFileSync(path, text);
  return path;
}

const steps = [
  buildStep(1, { stage: 'contain', findings: [finding.fingerprint] }),
  buildStep(2, { dependsOn: ['contain-00000001'] }),
];
const plan = buildSamplePlan(steps);

async function errorOf(text: string): Promise<InputError> {
  try {
    await readPlan(write(text));
  } catch (error) {
    if (error instanceof InputError) {
      return error;
    }
    throw error;
  }
  throw new Error('it was taken for a plan');
}

describe('a plan', () => {
  test('is read from its result', async () => {
    expect(await readPlan(write(renderJson(resultWith(plan))))).toEqual(plan);
  });

  test('is written for its owner only; the script may be run', async () => {
    expect(await writePlan(plan, folder)).toEqual(['plan.json', 'plan.sh', 'plan.md']);
    const modes = ['plan.json', 'plan.sh', 'plan.md'].map(
      (name) => statSync(join(folder, name)).mode & 0o777,
    );
    expect(modes).toEqual([0o600, 0o700, 0o600]);
  });
});

describe('is not read from', () => {
  const edited = (change: (step: Plan['steps'][number], index: number) => Plan['steps'][number]): string =>
    renderJson(resultWith({ ...plan, steps: plan.steps.map(change) }));

  test.each([
    ['no file of JSON', 'plan', /not a readable JSON file/],
    ['a result without a plan', renderJson(resultWith(null)), /holds no plan/],
    [
      'another schema version',
      JSON.stringify({ ...resultWith(plan), schemaVersion: 2 }),
      /schema version 2, this afterleak reads version 1/,
    ],
    ['a part that is no plan', JSON.stringify({ ...resultWith(plan), plan: { steps: [] } }), /plan/],
    [
      'a plan for other evidence',
      renderJson(resultWith({ ...plan, evidenceDigest: '0'.repeat(64) })),
      /made for other evidence/,
    ],
    [
      'steps in another order',
      renderJson(resultWith({ ...plan, steps: [...steps].reverse() })),
      /wrong place/,
    ],
    [
      'a step twice',
      renderJson(resultWith({ ...plan, steps: [...steps, ...steps.slice(1)] })),
      /wrong place/,
    ],
    ['a step of another phase', edited((step) => ({ ...step, phase: 'harden' })), /another phase/],
    ['a step for nothing that was found', edited((step) => ({ ...step, findings: ['x'] })), /does not hold/],
  ])('%s', async (_, text, message) => {
    const error = await errorOf(text);
    expect(error.message).toMatch(message);
    expect(error.next).not.toBe('');
  });

  test('a result that was edited after it was written', async () => {
    const text = renderJson(resultWith(plan));
    const digest = createHash('sha256').update(text).digest('hex');
    writeFileSync(join(folder, 'SHA256SUMS'), `${digest}  result.json\n`);
    expect(await readPlan(write(text))).toEqual(plan);
    const error = await errorOf(text.replace('target-2', 'target-9'));
    expect(error.message).toMatch(/changed after it was written/);
    rmSync(join(folder, 'SHA256SUMS'));
  });
});
