import { describe, expect, test } from '@jest/globals';
import { planSchema } from '../../../../src/model/plan.ts';
import { planRenderers } from '../../../../src/report/plan/index.ts';
import { renderPlanText } from '../../../../src/report/plan/plan-text.ts';
import { type HostileName, hostileTexts } from '../../../support/hostile-result.ts';
import { buildSamplePlan, buildStep } from '../../../support/plan-builder.ts';

const plan = buildSamplePlan(
  [
    buildStep(1, {
      stage: 'contain',
      title: 'Deny everything to intruder',
      commands: [{ argv: ['iam', 'put-user-policy', '--user-name', "o'hara"], region: 'us-east-1' }],
      undo: [{ argv: ['iam', 'delete-user-policy'] }],
      cautions: ['It takes seconds.'],
      reversible: true,
    }),
    buildStep(2, {
      dependsOn: ['contain-00000001'],
      preconditions: [
        { fact: 'it still is AIDAEXAMPLE', argv: ['iam', 'x'], compare: 'text', expected: 'y' },
      ],
    }),
    buildStep(3, { stage: 'recover', commands: [], manual: 'Open the console.', accountId: null }),
    buildStep(4, { stage: 'release', notBefore: '2026-11-05T00:00:00Z' }),
    buildStep(5, { stage: 'contain', awaitsOwner: true }),
  ],
  {
    asOf: '2026-11-03T14:00:00Z',
    questions: [{ arn: 'arn:aws:iam::111122223333:user/x', question: 'Whose is it?', findings: [] }],
    unplanned: [{ fingerprint: '0123456789abcdef', why: 'accepted by a@example.com' }],
    notSeen: ['keys of account 444455556666'],
    guardrails: [
      {
        id: 'no-keys',
        kind: 'scp',
        title: 'No long-term keys',
        appliesTo: 'the root of the organization',
        why: 'A key leaks.',
        json: '{\n  "Version": "2012-10-17"\n}',
        terraform: 'resource "x" "y" {}',
        wouldBreak: ['ci makes keys'],
        notKnown: 'who else does',
        wouldHaveHelped: 'In members.',
        wouldNotHaveHelped: 'Not in the management account.',
        findings: [],
      },
    ],
  },
);

describe('plan.md', () => {
  const text = planRenderers.md.render(plan);

  test('is a list to tick off, phase by phase', () => {
    const phases = [...text.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
    expect(phases).toEqual([
      'Not seen, and perhaps missing here',
      'Contain',
      'Eradicate',
      'Recover',
      'Ask the owners',
      'What would have helped',
      'Findings without a step',
    ]);
    expect(text.match(/^- \[ \] \*\*\d\.\*\*/gm)).toHaveLength(5);
    expect(text).toContain(
      'Contain (2) → Delete (1) → Put back and rotate (1) → Take our own denies away (1)',
    );
  });

  test('says of each step what is needed', () => {
    for (const part of [
      "  aws iam put-user-policy --user-name 'o'\\''hara' --region us-east-1",
      'Holds first: it still is AIDAEXAMPLE',
      'Waits for `contain-00000001`.',
      'Not before `2026-11-05T00:00:00Z`.',
      'By hand: Open the console.',
      '**Caution:** It takes seconds.',
      'Cannot be undone.',
      'Only until its owner has answered',
      'any account',
      '"Version": "2012-10-17"',
      'Would break: ci makes keys',
      'Would not have helped: Not in the management account.',
    ]) {
      expect(text).toContain(part);
    }
  });
});

test('the text for a terminal says the same', () => {
  const text = renderPlanText(plan);
  for (const part of [
    'Plan of 5 steps for INC-2026-014, from evidence of 2026-11-03 14:00 UTC',
    '! 1 thing could not be seen',
    '── 2 of 5 · Delete · delete-00000002',
    '   $ aws iam delete-user --user-name target-2',
    '   undo: aws iam delete-user-policy',
    'arn:aws:iam::111122223333:user/x: Whose is it?',
    '0123456789abcdef: accepted by a@example.com',
    'No long-term keys (the root of the organization)',
  ]) {
    expect(text).toContain(part);
  }
});

test('plan.json is the plan', () => {
  const parsed: unknown = JSON.parse(planRenderers.json.render(plan));
  expect(planSchema.parse(parsed)).toEqual(plan);
});

test.each(Object.keys(hostileTexts).filter((name): name is HostileName => Object.hasOwn(hostileTexts, name)))(
  '%s stays a text in every form',
  (name) => {
    const text = hostileTexts[name];
    const hostile = buildSamplePlan(
      [
        buildStep(1, {
          title: text,
          why: text,
          manual: text,
          cautions: [text],
          permissions: [text],
          target: { arn: text, uniqueId: text, type: text, name: text },
          region: text,
          preconditions: [{ fact: text, argv: [text], compare: 'text', expected: text }],
          commands: [{ argv: [text, text], region: text }],
          undo: [{ argv: [text] }],
        }),
      ],
      {
        incidentId: text,
        questions: [{ arn: text, question: text, findings: [text] }],
        unplanned: [{ fingerprint: text, why: text }],
        notSeen: [text],
        guardrails: plan.guardrails.map((one) => ({
          ...one,
          title: text,
          why: text,
          json: text,
          wouldBreak: [text],
          notKnown: text,
        })),
      },
    );
    const markdown = planRenderers.md.render(hostile);
    const shown = [markdown, renderPlanText(hostile), planRenderers.sh.render(hostile)];
    for (const form of shown) {
      expect(form.replaceAll(/[\n\t]/g, '').match(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)).toBeNull();
    }
    // Outside code nothing of it is markup; every fence that opens is closed by one of its own length.
    const lines = markdown.split('\n');
    let fence: string | null = null;
    const prose: string[] = [];
    for (const line of lines) {
      const ticks = /^ *(`{3,})[a-z]*$/.exec(line)?.[1] ?? null;
      if (fence === null && ticks !== null) {
        fence = ticks;
      } else if (fence !== null && line.trim() === fence) {
        fence = null;
      } else if (fence === null) {
        prose.push(line);
      }
    }
    expect(fence).toBeNull();
    const outside = prose.join('\n').replaceAll(/(`+)(?!`).+?(?<!`)\1(?!`)/g, '');
    expect(outside).not.toMatch(/<(?!\/?code>)[a-z!/?]/i);
    expect(outside).not.toMatch(/(?<!\\)\]\(|(?<!\\)!\[/);
    const headings = prose.filter((line) => /^#{1,6} /.test(line)).map((line) => line.split(' ')[0]);
    expect(headings).toEqual(['#', '##', '##', '###', '##', '##', '###', '##']);
  },
);
