import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { contentDigest } from '../../../../src/model/content-digest.ts';
import type { PlanAssertion } from '../../../../src/model/plan.ts';
import { renderPlanScript } from '../../../../src/report/plan/plan-script.ts';
import { createScriptBench, type ScriptBench } from '../../../support/fake-aws.ts';
import { hostileTexts } from '../../../support/hostile-result.ts';
import { buildSamplePlan, buildStep, planAccount, planDigest } from '../../../support/plan-builder.ts';

jest.setTimeout(120_000);

let bench: ScriptBench;

beforeEach(() => {
  bench = createScriptBench();
});

afterEach(() => {
  bench.dispose();
});

const execute = ['--execute'];

function outcomes(log: readonly { readonly step: string; readonly outcome: string }[]): readonly string[] {
  return log.map(({ step, outcome }) => `${step} ${outcome}`);
}

const uniqueId: PlanAssertion = {
  fact: 'its unique id is AIDAEXAMPLE',
  argv: ['iam', 'get-user', '--user-name', 'x', '--query', 'User.UserId', '--output', 'text'],
  compare: 'text',
  expected: 'AIDAEXAMPLE',
};

describe.each(['dash', 'bash'] as const)('under %s', (shell) => {
  test('prints and calls nothing without --execute', async () => {
    const plan = buildSamplePlan([buildStep(1, { cautions: ['Save it first.'] })]);
    const run = await bench.run(renderPlanScript(plan), { shell });
    expect(run).toMatchObject({ code: 0, stderr: '', calls: [], log: [] });
    expect(run.stdout).toContain('$ aws iam delete-user --user-name target-1');
    expect(run.stdout).toContain('caution: Save it first.');
    expect(run.stdout).toContain('cannot be undone');
  });

  const names = {
    substitution: '$(touch ran)',
    backticks: '`touch ran`',
    separator: '; touch ran; rm -rf ~',
    quote: "it's '; touch ran; '",
    double: '"; touch ran; "',
    lines: 'one\ntouch ran\n',
    dash: '--profile',
    glob: '*',
    spaces: '  a  b ',
    backslash: String.raw`a\b\0101\n`,
    unicode: 'ünïcode 名前 🙂',
    hidden: 'a\u202Eb\u200Bc\u0007\u001b]0;x\u0007\u001b[31m',
    percent: '%s%n%b',
    empty: '',
    ...Object.fromEntries(
      Object.entries(hostileTexts).filter(([name]) => !['nothing', 'endless'].includes(name)),
    ),
  };

  test('hostile names stay names in every field', async () => {
    const entries = Object.entries(names);
    const steps = entries.map(([, name], index) =>
      buildStep(index, {
        title: name,
        why: name,
        cautions: [name],
        target: { arn: `arn:aws:iam::${planAccount}:user/${name}`, uniqueId: name, type: name, name },
        permissions: [name],
        preconditions: [
          {
            fact: name,
            argv: ['iam', 'get-user', '--user-name', name],
            compare: 'text',
            expected: name.trim(),
          },
          { fact: name, argv: ['iam', 'get-user', name], compare: 'contains', expected: 'me' },
        ],
        commands: [{ argv: ['iam', 'delete-user', '--user-name', name, `--path=${name}`] }],
        confirm: [{ fact: name, argv: ['iam', 'list-users', name], compare: 'lacks', expected: `${name}!` }],
        undo: [{ argv: ['iam', 'create-user', '--user-name', name] }],
        manual: null,
      }),
    );
    const table = [
      ...entries.map(([, name]) => ({
        begins: ['iam', 'get-user', '--user-name', name],
        stdout: `${name.trim()}\n`,
      })),
      { begins: ['iam', 'get-user'], stdout: 'it is me' },
    ];
    const plan = buildSamplePlan(steps, {
      incidentId: names.separator,
      questions: entries.map(([, name]) => ({ arn: name, question: name, findings: [] })),
      notSeen: Object.values(names),
    });
    const run = await bench.run(renderPlanScript(plan), {
      shell,
      options: execute,
      answers: 'y\n'.repeat(steps.length),
      table,
    });
    expect(run.changes).toEqual(
      entries.flatMap(([, name]) => [
        ['iam', 'get-user', '--user-name', name],
        ['iam', 'get-user', name],
        ['iam', 'delete-user', '--user-name', name, `--path=${name}`],
        ['iam', 'list-users', name],
      ]),
    );
    expect(run.code).toBe(0);
    expect(outcomes(run.log)).toEqual(steps.map(({ id }) => `${id} done`));
    expect(readdirSync(bench.folder).filter((name) => !name.startsWith('bin-'))).toEqual([
      'actions.ndjson',
      'plan.sh',
    ]);
  });

  test('no hidden character of a stranger stands in the script or on the screen', async () => {
    const text = Object.values(hostileTexts).slice(0, -1).join('');
    const name = text.replaceAll('\0', '').replaceAll(/\p{Cs}/gu, '');
    const step = buildStep(1, {
      title: text,
      commands: [{ argv: ['iam', 'delete-user', '--user-name', name] }],
    });
    const script = renderPlanScript(buildSamplePlan([step], { notSeen: [text] }));
    const run = await bench.run(script, {
      shell,
      options: execute,
      answers: 'y\n',
      table: [{ begins: ['iam'], stdout: '\u001b[31mred\u009b2J\n', stderr: '\u001b]0;title\u0007' }],
    });
    expect(run.changes).toEqual([['iam', 'delete-user', '--user-name', name]]);
    for (const shown of [script, run.stdout, run.stderr]) {
      expect(shown.replaceAll(/[\n\t]/g, '').match(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)).toBeNull();
    }
  });

  test('what cannot be an argument, or would be read from elsewhere, is refused', async () => {
    const values = [
      'a\0b',
      'lone \ud800',
      'file:///etc/passwd',
      'fileb://x',
      '--name=file://x',
      'http://192.0.2.1/',
    ];
    const steps = values.map((value, index) =>
      buildStep(index, { commands: [{ argv: ['iam', 'delete-user', value] }] }),
    );
    const kept = buildStep(20, { stage: 'preserve', commands: [{ argv: ['iam', 'x'], saveAs: '../up' }] });
    const run = await bench.run(renderPlanScript(buildSamplePlan([kept, ...steps])), {
      shell,
      options: execute,
      answers: 'y\n'.repeat(9),
    });
    expect(run.code).toBe(1);
    expect(run.changes).toEqual([]);
    expect(run.log.map(({ outcome }) => outcome)).toEqual(values.map(() => 'refused').concat('refused'));
  });

  test('preconditions must hold; what is gone is done already; dependants of the rest are not run', async () => {
    const accepts = ['NoSuchEntity'];
    const command = (number: number) => ({
      commands: [{ argv: ['iam', 'delete-user', '--user-name', `target-${number}`], accepts }],
    });
    const other = { ...uniqueId, argv: ['iam', 'get-user', 'other'] };
    const gone = { ...uniqueId, argv: ['iam', 'get-user', 'gone'] };
    const denied = { ...uniqueId, argv: ['iam', 'get-user', 'denied'] };
    const steps = [
      buildStep(1, { ...command(1), preconditions: [other] }),
      buildStep(2, { ...command(2), dependsOn: ['delete-00000001'] }),
      buildStep(3, { ...command(3), preconditions: [gone] }),
      buildStep(4, { ...command(4), dependsOn: ['delete-00000003'] }),
      buildStep(5, { ...command(5), preconditions: [denied] }),
    ];
    const run = await bench.run(renderPlanScript(buildSamplePlan(steps)), {
      shell,
      options: execute,
      answers: 'y\n'.repeat(5),
      table: [
        { begins: other.argv, stdout: 'AIDAANOTHER\n' },
        { begins: gone.argv, error: 'NoSuchEntity' },
        { begins: denied.argv, error: 'AccessDenied' },
        { begins: ['iam', 'delete-user', '--user-name', 'target-4'], error: 'NoSuchEntity' },
      ],
    });
    expect(run.code).toBe(1);
    expect(outcomes(run.log)).toEqual([
      'delete-00000001 refused',
      'delete-00000002 refused',
      'delete-00000003 already',
      'delete-00000004 already',
      'delete-00000005 refused',
    ]);
    expect(run.changes.filter(([, call]) => call === 'delete-user')).toEqual([
      ['iam', 'delete-user', '--user-name', 'target-4'],
    ]);
  });

  test('digests, absence and contents are held as the evidence has them', async () => {
    const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Sid: 'ü "q" \\ x' }] };
    const pretty = JSON.stringify(document, null, 4);
    const fact = (compare: PlanAssertion['compare'], expected: string, name: string): PlanAssertion => ({
      fact: name,
      argv: ['iam', 'get', name],
      compare,
      expected,
    });
    const digest = contentDigest(JSON.stringify(document)) ?? '';
    const good = [
      fact('digest', digest, 'document'),
      fact('absent', 'NoSuchEntity', 'absent'),
      fact('lacks', 'x*', 'document'),
      fact('contains', '2012-10-17', 'document'),
    ];
    const bad = [
      fact('digest', digest, 'other'),
      fact('absent', 'NoSuchEntity', 'document'),
      fact('absent', 'NoSuchEntity', 'denied'),
      fact('lacks', '2012', 'document'),
      fact('contains', 'nothing of it', 'document'),
      fact('lacks', 'x', 'denied'),
    ];
    const steps = [
      buildStep(0, { preconditions: good }),
      ...bad.map((one, index) => buildStep(index + 1, { preconditions: [one] })),
    ];
    const run = await bench.run(renderPlanScript(buildSamplePlan(steps)), {
      shell,
      options: execute,
      answers: 'y\n'.repeat(steps.length),
      table: [
        { begins: ['iam', 'get', 'document'], stdout: pretty },
        { begins: ['iam', 'get', 'other'], stdout: '{}' },
        { begins: ['iam', 'get', 'absent'], error: 'NoSuchEntity' },
        { begins: ['iam', 'get', 'denied'], error: 'AccessDenied' },
      ],
    });
    expect(run.log.map(({ outcome }) => outcome)).toEqual(['done', ...bad.map(() => 'refused')]);
  });

  test('containment is asked once and runs at once', async () => {
    const contain = [1, 2, 3].map((number) =>
      buildStep(number, {
        stage: 'contain',
        commands: [{ argv: ['iam', 'put-user-policy', String(number)] }],
      }),
    );
    const freeze = buildStep(4, {
      stage: 'contain',
      awaitsOwner: true,
      commands: [{ argv: ['iam', 'put-user-policy', 'frozen'] }],
    });
    const run = await bench.run(renderPlanScript(buildSamplePlan([...contain, freeze])), {
      shell,
      options: execute,
      answers: 'y\nn\n',
      table: [{ begins: ['iam'], seconds: 1 }],
    });
    expect(run.stdout.match(/\[y\/N\/q\]/g)).toHaveLength(2);
    const calls = run.calls.filter(({ argv }) => argv[0] === 'iam');
    expect(calls.map(({ argv }) => argv[2]).sort()).toEqual(['1', '2', '3']);
    const times = calls.map(({ at }) => at);
    expect(Math.max(...times) - Math.min(...times)).toBeLessThan(1000);
    expect([...outcomes(run.log)].sort()).toEqual([
      'contain-00000001 done',
      'contain-00000002 done',
      'contain-00000003 done',
      'contain-00000004 skipped',
    ]);
    expect(run.code).toBe(1);
  });

  test('what is left out or fails stops what waits for it', async () => {
    const steps = [
      buildStep(1),
      buildStep(2, { dependsOn: ['delete-00000001'] }),
      buildStep(3),
      buildStep(4, { dependsOn: ['delete-00000003'] }),
      buildStep(5),
    ];
    const run = await bench.run(renderPlanScript(buildSamplePlan(steps)), {
      shell,
      options: execute,
      answers: 'n\ny\nq\n',
      table: [{ begins: ['iam', 'delete-user', '--user-name', 'target-3'], error: 'DeleteConflict' }],
    });
    expect(run.code).toBe(1);
    expect(run.log).toMatchObject([
      { step: 'delete-00000001', outcome: 'skipped' },
      { step: 'delete-00000002', outcome: 'refused', detail: 'waits for delete-00000001' },
      { step: 'delete-00000003', outcome: 'failed', detail: 'call 1: conflict' },
      { step: 'delete-00000004', outcome: 'refused' },
      { step: 'delete-00000005', outcome: 'skipped', detail: 'ended by the operator' },
    ]);
    expect(run.log.every(({ plan }) => plan === planDigest)).toBe(true);
  });

  test('a later run takes what an earlier one has done for done', async () => {
    const steps = [buildStep(1), buildStep(2, { dependsOn: ['delete-00000001'] })];
    const script = renderPlanScript(buildSamplePlan(steps));
    const early = await bench.run(script, {
      shell,
      options: [...execute, '--from', 'delete-00000002'],
      answers: 'y\n',
    });
    expect(outcomes(early.log)).toEqual(['delete-00000002 refused']);
    await bench.run(script, { shell, options: [...execute, '--only', 'delete-00000001'], answers: 'y\n' });
    const late = await bench.run(script, {
      shell,
      options: [...execute, '--from', 'delete-00000002'],
      answers: 'y\n',
    });
    expect(late.code).toBe(0);
    expect(outcomes(late.log).slice(-2)).toEqual(['delete-00000001 done', 'delete-00000002 done']);
  });

  test('a second run finds nothing left to do', async () => {
    const accepts = ['NoSuchEntity'];
    const steps = [
      buildStep(1, { stage: 'preserve', preconditions: [uniqueId] }),
      buildStep(2, {
        dependsOn: ['preserve-00000001'],
        preconditions: [uniqueId],
        commands: [{ argv: ['iam', 'delete-user'], accepts }],
      }),
    ];
    const script = renderPlanScript(buildSamplePlan(steps));
    const settings = { shell, options: execute, answers: 'y\ny\n' };
    await bench.run(script, { ...settings, table: [{ begins: uniqueId.argv, stdout: 'AIDAEXAMPLE\n' }] });
    const again = await bench.run(script, {
      ...settings,
      table: [{ begins: uniqueId.argv, error: 'NoSuchEntity' }],
    });
    expect(outcomes(again.log)).toEqual([
      'preserve-00000001 done',
      'delete-00000002 done',
      'preserve-00000001 refused',
      'delete-00000002 already',
    ]);
  });

  test('what was done is read again until it is so', async () => {
    const confirm = (number: number): PlanAssertion => ({
      fact: 'the user is gone',
      argv: ['iam', 'get-user', String(number)],
      compare: 'absent',
      expected: 'NoSuchEntity',
    });
    const steps = [1, 2].map((number) => buildStep(number, { confirm: [confirm(number)] }));
    const run = await bench.run(renderPlanScript(buildSamplePlan(steps)), {
      shell,
      options: execute,
      answers: 'y\ny\n',
      table: [
        { begins: ['iam', 'get-user', '1'], stdout: 'still there', times: 1 },
        { begins: ['iam', 'get-user', '1'], error: 'NoSuchEntity' },
        { begins: ['iam', 'get-user', '2'], stdout: 'still there' },
      ],
    });
    expect(run.log).toMatchObject([
      { outcome: 'done' },
      { outcome: 'failed', detail: 'not confirmed in time' },
    ]);
  });

  test('steps by hand and steps whose time has not come', async () => {
    const later = buildStep(3, { stage: 'release', notBefore: '2999-01-01T00:00:00Z' });
    const hand = (number: number) =>
      buildStep(number, { stage: 'recover', commands: [], manual: 'Open the console.\nEnd the session.' });
    const both = buildStep(4, { stage: 'recover', manual: 'Then look at it.' });
    const run = await bench.run(renderPlanScript(buildSamplePlan([hand(1), hand(2), both, later])), {
      shell,
      options: execute,
      answers: 'y\nn\ny\nn\ny\n',
    });
    expect(run.stdout).toContain('by hand: End the session.');
    expect(run.log).toMatchObject([
      { step: 'recover-00000001', outcome: 'manual' },
      { step: 'recover-00000002', outcome: 'skipped' },
      { step: 'recover-00000004', outcome: 'done' },
      { step: 'recover-00000004', outcome: 'skipped' },
      { step: 'release-00000003', outcome: 'postponed', detail: 'not before 2999-01-01T00:00:00Z' },
    ]);
    expect(run.changes).toHaveLength(1);
  });

  test('steps by hand: what can be read is held before, and seen afterwards', async () => {
    const hand = (number: number, name: string) =>
      buildStep(number, {
        stage: 'recover',
        commands: [],
        manual: 'Do it.',
        preconditions: [{ ...uniqueId, argv: ['iam', 'get-user', name] }],
        confirm: [{ ...uniqueId, argv: ['iam', 'get-key', name], compare: 'lacks', expected: 'old' }],
      });
    const steps = [hand(1, 'good'), hand(2, 'other'), hand(3, 'undone')];
    const run = await bench.run(renderPlanScript(buildSamplePlan(steps)), {
      shell,
      options: execute,
      answers: 'y\ny\n',
      table: [
        { begins: ['iam', 'get-user', 'other'], stdout: 'AIDAANOTHER' },
        { begins: ['iam', 'get-user'], stdout: 'AIDAEXAMPLE' },
        { begins: ['iam', 'get-key', 'undone'], stdout: 'old' },
      ],
    });
    expect(run.code).toBe(1);
    expect(run.log).toMatchObject([
      { step: 'recover-00000001', outcome: 'manual' },
      { step: 'recover-00000002', outcome: 'refused', detail: 'precondition 1 does not hold' },
      { step: 'recover-00000003', outcome: 'failed', detail: 'not confirmed in time' },
    ]);
  });

  test('another account is entered by a role, whose secrets are written nowhere', async () => {
    const steps = [
      buildStep(1, { accountId: '444455556666' }),
      buildStep(2, { accountId: '777788889999' }),
      buildStep(3),
    ];
    const role = (account: string) => [
      'sts',
      'assume-role',
      '--role-arn',
      `arn:aws:iam::${account}:role/responder`,
    ];
    const secret = 'wJalrXUtnFEMIexampleSecret';
    const script = renderPlanScript(buildSamplePlan(steps));
    const settings = {
      shell,
      answers: 'y\ny\ny\n',
      table: [
        { begins: role('444455556666'), stdout: `ASIAEXAMPLE\t${secret}\tsession-token-x\n` },
        { begins: role('777788889999'), error: 'AccessDenied' },
        { begins: ['sts', 'get-caller-identity', '--query', 'Account'], stdout: '444455556666\n', times: 1 },
      ],
    };
    const run = await bench.run(script, { ...settings, options: [...execute, '--role-name', 'responder'] });
    expect(run.log).toMatchObject([
      { outcome: 'done' },
      { outcome: 'refused', detail: 'no credentials of its account' },
      { outcome: 'done' },
    ]);
    expect(run.calls.filter(({ argv }) => argv[0] === 'iam').map(({ key }) => key)).toEqual([
      'ASIAEXAMPLE',
      null,
    ]);
    const written = readFileSync(join(bench.folder, 'actions.ndjson'), 'utf8');
    const arguments_ = JSON.stringify(run.calls.map(({ argv }) => argv));
    for (const text of [run.stdout, run.stderr, written, arguments_]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain('session-token-x');
    }
    const without = await bench.run(script, { shell, options: execute, answers: 'y\ny\ny\n' });
    expect(without.log.slice(3)).toMatchObject([
      { outcome: 'refused' },
      { outcome: 'refused' },
      { outcome: 'done' },
    ]);
  });

  test('the assumed role must lead into the account of the step', async () => {
    const run = await bench.run(
      renderPlanScript(buildSamplePlan([buildStep(1, { accountId: '444455556666' })])),
      {
        shell,
        options: [...execute, '--role-name', 'responder'],
        answers: 'y\n',
        table: [{ begins: ['sts', 'assume-role'], stdout: 'ASIAEXAMPLE\tx\ty\n' }],
      },
    );
    expect(run.log).toMatchObject([{ outcome: 'refused' }]);
    expect(run.changes).toEqual([]);
  });

  test('answers that are kept lie in a private folder and are not overwritten', async () => {
    const step = buildStep(1, {
      stage: 'preserve',
      commands: [{ argv: ['lambda', 'get-function'], saveAs: 'function.json', region: 'eu-west-1' }],
    });
    const script = renderPlanScript(buildSamplePlan([step]));
    const kept = (text: string) =>
      bench.run(script, {
        shell,
        options: execute,
        answers: 'y\n',
        table: [{ begins: ['lambda'], stdout: text }],
      });
    const first = await kept('{"first": true}');
    const second = await kept('{"second": true}');
    expect(first.changes).toEqual([['lambda', 'get-function', '--region', 'eu-west-1']]);
    expect(outcomes(second.log)).toEqual(['preserve-00000001 done', 'preserve-00000001 already']);
    const path = join(bench.folder, 'preserved', 'function.json');
    expect(readFileSync(path, 'utf8')).toBe('{"first": true}');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(bench.folder, 'preserved')).mode & 0o777).toBe(0o700);
    expect(statSync(join(bench.folder, 'actions.ndjson')).mode & 0o777).toBe(0o600);
    expect(first.stdout).not.toContain('"first"');
  });

  test('Ctrl-C at a question and during a step is logged and ends with 130', async () => {
    const asked = await bench.run(renderPlanScript(buildSamplePlan([buildStep(1)])), {
      shell,
      options: execute,
      onStart: (kill) => {
        setTimeout(() => kill('SIGINT'), 1500);
      },
    });
    expect(asked).toMatchObject({ code: 130, changes: [] });
    expect(asked.log).toMatchObject([{ outcome: 'skipped', detail: 'interrupted' }]);
    const running = await bench.run(renderPlanScript(buildSamplePlan([buildStep(1), buildStep(2)])), {
      shell,
      options: execute,
      answers: 'y\ny\n',
      table: [{ begins: ['iam'], seconds: 3 }],
      onStart: (kill) => {
        setTimeout(() => kill('SIGINT'), 1500);
      },
    });
    expect(running.code).toBe(130);
    expect(running.changes).toHaveLength(1);
    expect(running.log.at(-1)?.step).toBe('delete-00000001');
  });
});

describe('refuses to begin', () => {
  const script = renderPlanScript(buildSamplePlan([buildStep(1)]));
  const refused = async (
    text: string,
    settings: Parameters<ScriptBench['run']>[1],
    reason: RegExp,
  ): Promise<void> => {
    const run = await bench.run(text, { options: execute, answers: 'y\ny\n', ...settings });
    expect(run.stderr).toMatch(reason);
    expect(run.stderr).toContain('→');
    expect(run).toMatchObject({ code: 1, changes: [], log: [] });
    expect(existsSync(join(bench.folder, 'actions.ndjson'))).toBe(false);
  };

  test('in an account that is not of the plan', () =>
    refused(script, { callerAccount: '999900001111' }, /account 999900001111, which is not of this plan/));

  test('without credentials', () =>
    refused(script, { table: [{ begins: ['sts'], error: 'ExpiredToken' }] }, /no valid credentials/));

  test('with old evidence, unless told otherwise', async () => {
    const old = buildSamplePlan([buildStep(1)], { asOf: '2020-01-01T00:00:00Z' });
    await refused(renderPlanScript(old), {}, /hours old.*limit is 24/);
    const run = await bench.run(renderPlanScript(old), {
      options: [...execute, '--max-age', '999999'],
      answers: 'y\n',
    });
    expect(run).toMatchObject({ code: 0, log: [{ outcome: 'done' }] });
  });

  test('beside a result of other evidence', async () => {
    const result = (digest: string) =>
      `${JSON.stringify({ schemaVersion: 1, evidenceDigest: digest, plan: { evidenceDigest: planDigest } }, null, 2)}\n`;
    bench.write('result.json', result('0'.repeat(64)));
    await refused(script, {}, /made for other evidence/);
    bench.write('result.json', '{}');
    await refused(script, {}, /made for other evidence/);
    bench.write('result.json', result(planDigest));
    expect(await bench.run(script, { options: execute, answers: 'y\n' })).toMatchObject({ code: 0 });
  });

  const target = (type: string, arn: string, name: string) =>
    renderPlanScript(
      buildSamplePlan([
        buildStep(1, {
          stage: 'contain',
          target: { arn, uniqueId: null, type, name },
          commands: [{ argv: ['x', 'y'] }],
        }),
      ]),
    );
  const iam = (rest: string) => `arn:aws:iam::${planAccount}:${rest}`;
  const sts = (role: string) => `arn:aws:sts::${planAccount}:assumed-role/${role}`;

  test.each([
    ['user', target('iam-user', iam('user/team/olga'), 'olga'), iam('user/team/olga')],
    ['key', target('access-key', iam('user/olga/access-key/AKIAIOSFODNN7EXAMPLE'), 'x'), iam('user/olga')],
    ['password', target('login-profile', iam('user/olga/login-profile'), 'olga'), iam('user/olga')],
    ['role', target('iam-role', iam('role/path/break-glass'), 'break-glass'), sts('break-glass/operator')],
    [
      'permission set',
      target('permission-set', 'arn:aws:sso:::permissionSet/a/b', 'Admin'),
      sts('AWSReservedSSO_Admin_0123456789abcdef/olga'),
    ],
    [
      'directory user',
      target('directory-user', 'arn:aws:identitystore:::user/1', 'olga'),
      sts('AWSReservedSSO_Other_0123456789abcdef/olga'),
    ],
    [
      'role that a call names',
      renderPlanScript(
        buildSamplePlan([
          buildStep(1, {
            target: { arn: 'arn:aws:lambda:us-east-1:1:function:f', uniqueId: null, type: 'x', name: 'f' },
            commands: [{ argv: ['iam', 'put-role-policy', '--role-name=break-glass'] }],
          }),
        ]),
      ),
      sts('break-glass/operator'),
    ],
  ])('where it would lock the operator out: own %s', (_, text, callerArn) =>
    refused(text, { callerArn }, /would lock you out/),
  );

  test('where it would lock the operator out: own group', async () => {
    const text = target('iam-group', iam('group/ops'), 'ops');
    const table = [
      { begins: ['iam', 'list-groups-for-user'], stdout: `${iam('group/a')}\t${iam('group/ops')}\n` },
    ];
    const run = await bench.run(text, {
      options: execute,
      answers: 'y\n',
      callerArn: iam('user/olga'),
      table,
    });
    expect(run.stderr).toContain('would lock you out');
    const denied = await bench.run(text, {
      options: execute,
      answers: 'y\n',
      callerArn: iam('user/olga'),
      table: [{ begins: ['iam'], error: 'AccessDenied' }],
    });
    expect(denied.stderr).toContain('cannot be told');
    expect([run.code, denied.code, run.log, denied.log]).toEqual([1, 1, [], []]);
  });

  test('with options that it does not know', async () => {
    for (const options of [
      ['--yes'],
      ['--only'],
      ['--only', 'nothing'],
      ['--max-age', '1h'],
      ['--role-name', '$x'],
    ]) {
      const run = await bench.run(script, { options });
      expect(run).toMatchObject({ code: 3, calls: [] });
      expect(run.stderr).toContain('plan.sh:');
    }
    expect(await bench.run(script, { options: ['--help'] })).toMatchObject({ code: 0, stderr: '' });
  });

  test('without the AWS CLI', async () => {
    const run = await bench.run(script, {
      options: execute,
      answers: 'y\n',
      environment: { PATH: '/usr/bin:/bin' },
    });
    // A machine may have the AWS CLI there: then it has no credentials.
    expect([1, 3]).toContain(run.code);
    expect(run.log).toEqual([]);
  });
});

test('a profile reaches the AWS CLI by the environment', async () => {
  const run = await bench.run(renderPlanScript(buildSamplePlan([buildStep(1)])), {
    options: [...execute, '--profile', 'responder'],
    answers: 'y\n',
  });
  expect(run.calls.map(({ profile }) => profile)).toEqual(run.calls.map(() => 'responder'));
  expect(run.calls.length).toBeGreaterThan(1);
});

test('a plan that no audit made is not rendered', () => {
  const bad = [
    buildSamplePlan([buildStep(1, { id: 'delete-1; touch ran' })]),
    buildSamplePlan([buildStep(1, { action: 'a"b' })]),
    buildSamplePlan([buildStep(1, { accountId: '$(x)' })]),
    buildSamplePlan([buildStep(1, { dependsOn: ['*'] })]),
    buildSamplePlan([buildStep(1, { notBefore: 'soon' })]),
    buildSamplePlan([], { evidenceDigest: 'x' }),
    buildSamplePlan([], { partition: "aws'" }),
    buildSamplePlan([], { asOf: 'now' }),
  ];
  for (const plan of bad) {
    expect(() => renderPlanScript(plan)).toThrow(/that no plan has/);
  }
});
