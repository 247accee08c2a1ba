import { decisionOf } from '../choose-actions.ts';
import type { ActionPlanner, ActionPlanners, StepDraft } from '../planner.ts';
import { reads } from './support/assertions.ts';
import { command } from './support/command-line.ts';
import { save } from './support/saved-file.ts';
import { targetOf } from './support/step.ts';
import { hardenKey, preserveKey, restoreKey } from './support/step-keys.ts';
import { workloadStep } from './support/workload-step.ts';

const ownName = 'afterleak-external-access';

/** An analyzer for external access, where the region has none; one per region is what an account may have of it. */
function createInRegion(
  request: Parameters<ActionPlanner>[0],
  managementAccountId: string | null,
): readonly StepDraft[] {
  const { action, finding } = request;
  const target = { ...targetOf(finding), uniqueId: null };
  const isHarden = decisionOf(finding) === 'harden';
  const type =
    target.accountId !== null && target.accountId === managementAccountId ? 'ORGANIZATION' : 'ACCOUNT';
  const who = { analyzerName: ownName };
  return [
    workloadStep(
      target,
      {
        key: isHarden ? hardenKey(target.arn, action) : restoreKey(target.arn, 'analyzer'),
        stage: isHarden ? 'harden' : 'recover',
        action,
        title: `Let Access Analyzer watch ${finding.subject.name}`,
        why: 'It tells of the next role, bucket or key that is opened to outsiders.',
      },
      {
        region: finding.subject.region ?? finding.subject.name,
        commands: [
          command('accessanalyzer', 'create-analyzer', { ...who, type }, { accepts: ['ConflictException'] }),
        ],
        confirm: [
          reads('it is active', ['accessanalyzer', 'get-analyzer', who], 'analyzer.status', 'ACTIVE'),
        ],
        undo: [command('accessanalyzer', 'delete-analyzer', who)],
        cautions: [
          'One analyzer of the organization per region is enough: leave this out where it covers the account.',
          ...(type === 'ORGANIZATION' ? ['It needs trusted access for access-analyzer.amazonaws.com.'] : []),
        ],
        after: [restoreKey('access-analyzer.amazonaws.com')],
      },
    ),
  ];
}

const recreate: ActionPlanner = (request, world) => {
  const { action, finding } = request;
  const { subject } = finding;
  const decision = decisionOf(finding);
  if (subject.type === 'region') {
    return decision === 'harden' || decision === 'restore'
      ? createInRegion(request, world.managementAccountId)
      : [];
  }
  if (decision !== 'restore' || subject.type !== 'analyzer') {
    return [];
  }
  const target = { ...targetOf(finding), uniqueId: null };
  const region = subject.region ?? target.arn.split(':')[3] ?? null;
  const analyzerArn = target.arn;
  return [
    workloadStep(
      target,
      {
        key: preserveKey(target.arn),
        stage: 'preserve',
        action,
        title: `Save findings and archive rules of analyzer ${target.name}`,
        why: 'They are gone at once when an analyzer is deleted.',
      },
      {
        region,
        commands: [
          save(target, 'analyzer', ['accessanalyzer', 'get-analyzer', { analyzerName: target.name }]),
          save(target, 'findings', ['accessanalyzer', 'list-findings-v2', { analyzerArn }]),
          save(target, 'archive-rules', [
            'accessanalyzer',
            'list-archive-rules',
            { analyzerName: target.name },
          ]),
        ],
        cautions: ['Archive rules hide findings: read who made each, the intruder may have.'],
        reversible: true,
      },
    ),
    workloadStep(
      target,
      {
        key: restoreKey(target.arn),
        stage: 'recover',
        action,
        title: `Bring analyzer ${target.name} back`,
        why: 'As long as it is not active, nobody is told of a door that is opened to outsiders.',
      },
      {
        region,
        manual:
          'With trusted access for access-analyzer.amazonaws.com on and its delegated administrator registered, look whether it becomes ACTIVE (aws accessanalyzer get-analyzer). Where it does not: delete it and make it again with the same type (aws accessanalyzer create-analyzer), then its reviewed archive rules; in every region.',
        cautions: ['Findings of a deleted analyzer are gone at once: they have to be saved first.'],
        after: [preserveKey(target.arn), restoreKey('access-analyzer.amazonaws.com')],
      },
    ),
  ];
};

export const analyzerActions = {
  'analyzer.recreate': recreate,
} satisfies ActionPlanners<'analyzer.recreate'>;
