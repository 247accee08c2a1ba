import type { TraceResult } from '../model/trace-result.ts';
import { accountOfArn } from './incident-requests.ts';
import type { StepDraft } from './planner.ts';

type Rotation = TraceResult['rotation'][number];

const how = {
  secret:
    'Give the secret a new value at the system that it opens, then here (Secrets Manager rotation does both where it is set up). Then end the sessions that the old value opened.',
  parameter:
    'Give the parameter a new value at the system that it opens, then here. Then restart what keeps the old value in memory.',
  environment:
    'Whatever stands in these environment variables as a secret is known to strangers: change it at the system that it opens, then here. Better, move it to a secret store.',
  credential: 'Change the credential at the system that issued it, and end the sessions that it opened.',
  other: 'Look for secrets in what was read; change each at the system that it opens.',
} as const satisfies Record<Rotation['type'], string>;

/** Secrets that the incident read: only the systems behind them can change them, so a person does it. */
export function rotationSteps(rotation: readonly Rotation[]): readonly StepDraft[] {
  return rotation.map(({ arn, type, why, eventIds }) => ({
    key: `rotate:${type}:${arn}`,
    after: [],
    stage: 'recover',
    action: 'secret.rotate',
    title: `Change what was read from ${arn}`,
    why: `In CloudTrail: ${why} (${eventIds.length === 1 ? '1 event' : `${eventIds.length} events`}).`,
    target: { arn, uniqueId: null, type, name: arn.split(':').slice(5).join(':') || arn },
    accountId: accountOfArn(arn),
    region: arn.split(':')[3] || null,
    preconditions: [],
    commands: [],
    manual: how[type],
    confirm: [],
    permissions: [],
    cautions: [
      'Not before containment: whoever still has access reads the new value too.',
      'What the old value opened elsewhere, outside AWS, CloudTrail does not show.',
    ],
    reversible: false,
    undo: [],
    notBefore: null,
  }));
}
