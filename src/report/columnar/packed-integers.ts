/** Six bits a character, none of which HTML or JSON would escape. */
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Five bits a digit, the lowest first; the sixth says that more follow. As in source maps, but without a sign. */
export function packIntegers(values: readonly number[]): string {
  const packed: string[] = [];
  for (const value of values) {
    let rest = value;
    while (rest >= 32) {
      packed.push(digits.charAt((rest % 32) + 32));
      rest = Math.floor(rest / 32);
    }
    packed.push(digits.charAt(rest));
  }
  return packed.join('');
}

/** Steps between neighbours, the sign in the lowest bit: near values make short digits. */
function stepsOf(values: readonly number[]): readonly number[] {
  let last = 0;
  return values.map((value) => {
    const step = value - last;
    last = value;
    return step < 0 ? -2 * step - 1 : 2 * step;
  });
}

function runsOf(steps: readonly number[]): readonly number[] {
  const runs: number[] = [];
  let start = 0;
  while (start < steps.length) {
    const step = steps[start] ?? 0;
    let end = start + 1;
    while (steps[end] === step) {
      end += 1;
    }
    runs.push(step, end - start);
    start = end;
  }
  return runs;
}

/** One whole number for each finding, not below zero. */
export interface IntegerColumn {
  /** `steps`: one step a row. `runs`: a step and how many rows it holds for, in turns. */
  readonly coding: 'steps' | 'runs';
  readonly packed: string;
}

export function integerColumn(values: readonly number[]): IntegerColumn {
  const steps = stepsOf(values);
  const single = packIntegers(steps);
  const runs = packIntegers(runsOf(steps));
  return runs.length < single.length ? { coding: 'runs', packed: runs } : { coding: 'steps', packed: single };
}
