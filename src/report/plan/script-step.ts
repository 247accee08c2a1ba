import { type PlanAssertion, type PlanCommand, type PlanStep, planStages } from '../../model/plan.ts';
import { lockLines } from './operator-locks.ts';
import { canBeArgument, shellText, shellWords } from './shell-text.ts';
import { stepLines } from './step-lines.ts';

/** The AWS CLI reads such values from a file or an address; no name may make it do so. */
const readFrom = /^(?:--[a-z-]+=)?(?:fileb?|https?):\/\//i;
const plainFile = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,200}$/;
const plainCode = /^[A-Za-z0-9.]+$/;

function callsOf(step: PlanStep): readonly (PlanCommand | PlanAssertion)[] {
  return [...step.preconditions, ...step.commands, ...step.confirm];
}

/** Why no script may run a step; null = it may. */
export function whyUnsafe(step: PlanStep): string | null {
  const calls = callsOf(step);
  const values = calls.flatMap(({ argv, region }) => [...argv, ...(region === undefined ? [] : [region])]);
  const expected = [...step.preconditions, ...step.confirm].map((one) => one.expected);
  if (![...values, ...expected, step.region ?? ''].every(canBeArgument)) {
    return 'a value of it cannot be an argument';
  }
  if (values.some((value) => readFrom.test(value))) {
    return 'a value of it would be read from a file or an address';
  }
  if (step.commands.some(({ saveAs }) => saveAs !== undefined && !plainFile.test(saveAs))) {
    return 'the name of a file is not plain';
  }
  if (step.commands.some(({ accepts = [] }) => !accepts.every((code) => plainCode.test(code)))) {
    return 'an error code is not plain';
  }
  return calls.length > 0 && !/^\d{12}$/.test(step.accountId ?? '') ? 'its account is not known' : null;
}

/** Error codes that all calls of the step take for an answer: there is nothing left to do. */
function goneCodes({ commands }: PlanStep): readonly string[] {
  const [first, ...others] = commands.map(({ accepts = [] }) => accepts);
  return (first ?? []).filter((code) => others.every((codes) => codes.includes(code)));
}

function body(name: string, lines: readonly string[]): readonly string[] {
  return [`${name}() {`, ...(lines.length === 0 ? ['  :'] : lines.map((line) => `  ${line}`)), '}'];
}

/** A call of one of the script's functions; `ending` says what follows when it fails. */
function invoke(name: string, texts: readonly string[], ending = ''): readonly string[] {
  const { setup, words } = shellWords(texts);
  return [...setup, `${[name, ...words].join(' ')}${ending}`];
}

function factLines(step: PlanStep): {
  readonly hold: readonly string[];
  readonly confirm: readonly string[];
} {
  const parts = ({ compare, expected, region, argv }: PlanAssertion): readonly string[] => [
    compare,
    compare === 'text' ? expected.trim() : expected,
    region ?? step.region ?? '',
    ...argv,
  ];
  return {
    hold: step.preconditions.flatMap((one, index) =>
      invoke('must', [String(index + 1), shownFact(one.fact), ...parts(one)], ' || return'),
    ),
    confirm: step.confirm.flatMap((one) => invoke('see', parts(one), ' || return')),
  };
}

function shownFact(fact: string): string {
  return canBeArgument(fact) ? fact.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '?') : 'a fact of the evidence';
}

function commandLines(step: PlanStep): readonly string[] {
  return step.commands.flatMap(({ argv, region, accepts = [], saveAs = '', pauseSeconds = 0 }, index) =>
    invoke(
      'run',
      [
        String(index + 1),
        accepts.join(' '),
        saveAs,
        String(Math.max(0, Math.trunc(pauseSeconds))),
        region ?? step.region ?? '',
        ...argv,
      ],
      ' || return',
    ),
  );
}

function seconds(time: string): number {
  const value = Date.parse(time);
  if (Number.isNaN(value)) {
    throw new Error(`${time} is not a time`);
  }
  return Math.ceil(value / 1000);
}

function metaLines(step: PlanStep, unsafe: string | null): readonly string[] {
  const isBatch = step.stage === 'contain' && step.commands.length > 0 && step.awaitsOwner !== true;
  const values = {
    id: step.id,
    stage: step.stage,
    action: step.action,
    account: step.accountId ?? '',
    needs: step.dependsOn.join(' '),
    calls: step.commands.length === 0 ? '' : '1',
    reads: step.preconditions.length + step.confirm.length === 0 ? '' : '1',
    manual: step.manual === null ? '' : '1',
    // A part by hand needs an answer of its own, and a freeze a question of its own.
    batch: isBatch && step.manual === null ? '1' : '',
    owner: step.awaitsOwner === true ? '1' : '',
    gone: unsafe === null ? goneCodes(step).join(' ') : '',
    unsafe: unsafe ?? '',
    not_before: step.notBefore === null ? '' : String(seconds(step.notBefore)),
    not_before_text: step.notBefore ?? '',
  };
  return Object.entries(values).map(([name, value]) => `step_${name}=${shellText(value)}`);
}

const plainAction = /^[a-z][a-z0-9.-]*$/;
const timeText = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
const accountText = /^\d{12}$/;

/** Ids and times stand unescaped in the log. @throws Error where they are not what the plan makes. */
function checkWords(step: PlanStep): void {
  const idPattern = new RegExp(`^(?:${planStages.join('|')})-[0-9a-f]{8}$`);
  const isPlain =
    [step.id, ...step.dependsOn].every((id) => idPattern.test(id)) &&
    plainAction.test(step.action) &&
    (step.notBefore === null || timeText.test(step.notBefore)) &&
    (step.accountId === null || accountText.test(step.accountId));
  if (!isPlain) {
    throw new Error('a step has an id, action, account or time that no plan has');
  }
}

/** The functions of one step: meta, show, lock, hold, do, confirm. */
export function scriptStep(step: PlanStep, number: number, total: number): readonly string[] {
  checkWords(step);
  const unsafe = whyUnsafe(step);
  const safe: PlanStep = unsafe === null ? step : { ...step, preconditions: [], commands: [], confirm: [] };
  const { hold, confirm } = factLines(safe);
  const note = unsafe === null ? [] : [`   not run by this script: ${unsafe}`];
  const show = [...stepLines(step, `${number} of ${total}`), ...note, ''];
  return [
    ...body(`meta_${number}`, metaLines(step, unsafe)),
    ...body(
      `show_${number}`,
      show.map((line) => `say ${shellText(line)}`),
    ),
    ...body(`lock_${number}`, lockLines(safe)),
    ...body(`hold_${number}`, hold),
    ...body(`do_${number}`, commandLines(safe)),
    ...body(`confirm_${number}`, confirm),
  ];
}
