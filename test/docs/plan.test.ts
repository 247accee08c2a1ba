import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { planStages } from '../../src/model/plan.ts';
import { actionLogSchema } from '../../src/model/verification.ts';
import { renderPlanScript } from '../../src/report/plan/plan-script.ts';
import { createScriptBench, type ScriptBench } from '../support/fake-aws.ts';
import { buildSamplePlan, buildStep } from '../support/plan-builder.ts';

jest.setTimeout(60_000);

const page = readFileSync(join(resolve(import.meta.dirname, '..', '..'), 'docs', 'plan.md'), 'utf8');
const lines = [...page.matchAll(/^sh plan\.sh.*$/gm)].map(([line]) => line);

let bench: ScriptBench;

beforeAll(() => {
  bench = createScriptBench();
});

afterAll(() => {
  bench.dispose();
});

describe('docs/plan.md', () => {
  test.each(lines)('%s runs', async (line) => {
    const plan = buildSamplePlan([
      buildStep(1, { stage: 'contain', commands: [{ argv: ['iam', 'put-user-policy'] }] }),
      buildStep(2),
    ]);
    const run = await bench.run(renderPlanScript(plan), {
      options: line.split(' ').slice(2),
      answers: 'y\ny\n',
    });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.calls.length > 0).toBe(line.includes('--execute'));
  });

  test('has examples, every stage and every outcome', () => {
    expect(lines.length).toBeGreaterThan(4);
    for (const name of [...planStages, ...actionLogSchema.shape.outcome.options]) {
      expect(page).toContain(`| \`${name}\` |`);
    }
  });
});
