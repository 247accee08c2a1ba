import type { Plan } from '../../model/plan.ts';
import { readTemplate } from '../templates.ts';
import { headLines, restLines } from './plan-lines.ts';
import { scriptStep } from './script-step.ts';
import { shellText } from './shell-text.ts';

const marker = '#@plan@\n';

/** Where a partition answers for its global services. */
const homeRegions: Readonly<Record<string, string>> = {
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
};

function say(name: string, lines: readonly string[]): readonly string[] {
  return [`${name}() {`, ...lines.map((line) => `  say ${shellText(line)}`), '  :', '}'];
}

function check({ evidenceDigest, partition, asOf }: Plan): void {
  const isPlain =
    /^[0-9a-f]{64}$/.test(evidenceDigest) &&
    /^aws[a-z-]*$/.test(partition) &&
    /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/.test(asOf) &&
    !Number.isNaN(Date.parse(asOf));
  if (!isPlain) {
    throw new Error('the plan has a digest, partition or time that no plan has');
  }
}

/**
 * plan.sh: prints the plan; with `--execute` goes through it. POSIX shell, needs the AWS CLI and nothing else.
 * @throws Error for a plan that no audit has made.
 */
export function renderPlanScript(plan: Plan): string {
  check(plan);
  const accounts = plan.steps.flatMap(({ accountId }) => accountId ?? []);
  const known = [
    ...new Set([...accounts, ...(plan.managementAccountId === null ? [] : [plan.managementAccountId])]),
  ];
  const data = [
    `plan_digest=${shellText(plan.evidenceDigest)}`,
    `plan_as_of=${shellText(plan.asOf)}`,
    `plan_as_of_seconds=${Math.floor(Date.parse(plan.asOf) / 1000)}`,
    `plan_partition=${shellText(plan.partition)}`,
    `plan_home_region=${shellText(homeRegions[plan.partition] ?? 'us-east-1')}`,
    `plan_accounts=${shellText(known.sort().join(' '))}`,
    `plan_steps=${shellText(plan.steps.map((_, index) => index + 1).join(' '))}`,
    ...say('show_plan', headLines(plan)),
    ...say('show_rest', restLines(plan)),
    ...plan.steps.flatMap((step, index) => scriptStep(step, index + 1, plan.steps.length)),
  ];
  return readTemplate('plan.sh').replace(marker, () => `${data.join('\n')}\n`);
}
