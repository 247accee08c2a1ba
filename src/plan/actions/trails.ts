import type { PlanCommand, PlanStage } from '../../model/plan.ts';
import { decisionOf } from '../choose-actions.ts';
import type { ActionPlanner, ActionPlanners, ActionRequest, PlanWorld, StepDraft } from '../planner.ts';
import { reads } from './support/assertions.ts';
import { command } from './support/command-line.ts';
import { putManagementSelectors, putToldSelectors } from './support/event-selectors.ts';
import { isKnownChange } from './support/incident-parts.ts';
import { save } from './support/saved-file.ts';
import { type Target, targetOf } from './support/step.ts';
import { preserveKey, restoreKey } from './support/step-keys.ts';
import { workloadStep } from './support/workload-step.ts';

type Finding = ActionRequest['finding'];
type More = NonNullable<Parameters<typeof workloadStep>[2]>;

const action = 'trail.restore';
const trailArn = /^arn:[^:]*:cloudtrail:([^:]+):(\d{12}):trail\/.+$/;
const lessThanDays = 'The event history forgets after 90 days.';

/** Calls on a trail are answered in its home region, to the account that owns it. */
function homeOf(target: Target): { readonly region: string; readonly accountId: string } | null {
  const [, region, accountId] = trailArn.exec(target.arn) ?? [];
  return region === undefined || accountId === undefined ? null : { region, accountId };
}

function isTrail({ arn }: Target): ReturnType<typeof reads> {
  return reads('it still is this trail', ['cloudtrail', 'get-trail', { name: arn }], 'Trail.TrailARN', arn);
}

/** The history of the time without records dies on a clock. */
function preserveTrail(target: Target): StepDraft {
  const who = { name: target.arn };
  return workloadStep(
    target,
    {
      key: preserveKey(target.arn),
      stage: 'preserve',
      action,
      title: `Save the settings of trail ${target.name}, and the event history of the time that it missed`,
      why: 'Its settings are compared with the reviewed ones, and the history is the only record of the hole.',
    },
    {
      ...homeOf(target),
      commands: [
        save(target, 'trail', ['cloudtrail', 'get-trail', who]),
        save(target, 'status', ['cloudtrail', 'get-trail-status', who]),
        save(target, 'selectors', ['cloudtrail', 'get-event-selectors', { trailName: target.arn }]),
      ],
      manual:
        'Export the event history of the time without records, in every region and account that the trail covered: aws cloudtrail lookup-events --start-time … --end-time …',
      cautions: [lessThanDays, 'Keep log files, digests and the result of validate-logs.'],
      reversible: true,
    },
  );
}

interface Part {
  readonly part: string;
  readonly title: string;
  readonly stage?: PlanStage;
}

function restoring(target: Target, { part, title, stage = 'lights-on' }: Part, more: More): StepDraft {
  return workloadStep(
    target,
    {
      key: restoreKey(target.arn, part),
      stage,
      action,
      title,
      why: 'What is done from here on, by the intruder too, has to be recorded.',
    },
    { ...homeOf(target), ...more, after: [preserveKey(target.arn), ...(more.after ?? [])] },
  );
}

function byHand(target: Target, part: Part, manual: string, cautions: readonly string[] = []): StepDraft {
  return restoring(target, part, { manual, cautions: [...cautions] });
}

function start(target: Target): StepDraft {
  const who = { name: target.arn };
  return restoring(
    target,
    { part: 'logging', title: `Start logging of trail ${target.name}` },
    {
      preconditions: [isTrail(target)],
      commands: [command('cloudtrail', 'start-logging', who)],
      confirm: [reads('it is logging', ['cloudtrail', 'get-trail-status', who], 'IsLogging', 'True')],
      undo: [command('cloudtrail', 'stop-logging', who)],
      cautions: [
        'Check afterwards that the time of the latest delivery moves and no delivery error appears.',
        'A watching intruder sees it: containment should follow at once.',
      ],
    },
  );
}

function update(
  target: Target,
  part: Part,
  flag: string,
  [query, expected]: readonly [string, string],
  more: Pick<More, 'cautions' | 'after'> = {},
): StepDraft {
  const call = (name: string): PlanCommand =>
    command('cloudtrail', 'update-trail', { name: target.arn, [name]: true });
  return restoring(target, part, {
    ...more,
    preconditions: [isTrail(target)],
    commands: [call(flag)],
    confirm: [reads('it is set', ['cloudtrail', 'get-trail', { name: target.arn }], query, expected)],
    undo: [call(`no${flag.charAt(0).toUpperCase()}${flag.slice(1)}`)],
  });
}

const replacesAll =
  'Writing selectors replaces all of them, those for data events too: compare with the saved ones.';

function selectors(finding: Finding, target: Target, world: PlanWorld): StepDraft {
  const prior = world.priorState(target.arn, 'event-selectors');
  const told = prior === null ? null : putToldSelectors(target.arn, prior.value);
  const part = { part: 'selectors', title: `Put the event selectors of trail ${target.name} back` };
  if (told !== null) {
    return restoring(target, part, {
      preconditions: [isTrail(target)],
      commands: [told],
      reversible: true,
      cautions: [
        replacesAll,
        `These are the selectors that were written ${prior?.at} (event ${prior?.eventId}).`,
      ],
    });
  }
  return isKnownChange(finding)
    ? restoring(
        target,
        { ...part, title: `Let trail ${target.name} record all management events` },
        {
          preconditions: [isTrail(target)],
          commands: [putManagementSelectors(target.arn)],
          reversible: true,
          cautions: [
            replacesAll,
            'What it recorded before is not known: these selectors cover management events only. Add data events from the saved answer, baseline or code; a trail with advanced selectors loses them here.',
          ],
        },
      )
    : byHand(
        target,
        { ...part, part: 'selectors by hand', stage: 'recover' },
        'Ask the owner whether the selectors are meant so: narrow trails beside a complete one are ordinary. Otherwise: aws cloudtrail put-event-selectors with the whole set.',
        [replacesAll],
      );
}

/** Narrow trails exist for good reason: only a change that events or the baseline show is undone. */
function scope(finding: Finding, target: Target): StepDraft {
  if (!isKnownChange(finding)) {
    return byHand(
      target,
      { part: 'scope', title: `Ask what trail ${target.name} is to cover`, stage: 'recover' },
      'Ask the owner whether the trail is meant to cover less than all regions, global services and members. Otherwise: aws cloudtrail update-trail with --is-multi-region-trail, --include-global-service-events, --is-organization-trail.',
    );
  }
  switch (finding.messageId) {
    case 'singleRegion':
      return update(
        target,
        { part: 'regions', title: `Let trail ${target.name} cover every region` },
        'isMultiRegionTrail',
        ['Trail.IsMultiRegionTrail', 'True'],
        { cautions: ['A trail of all regions records global services, too.'] },
      );
    case 'withoutGlobalEvents':
      return update(
        target,
        { part: 'global', title: `Let trail ${target.name} record global services` },
        'includeGlobalServiceEvents',
        ['Trail.IncludeGlobalServiceEvents', 'True'],
      );
    default:
      return update(
        target,
        { part: 'organization', title: `Let trail ${target.name} cover the organization`, stage: 'recover' },
        'isOrganizationTrail',
        ['Trail.IsOrganizationTrail', 'True'],
        {
          cautions: [
            'It works in the management account or its delegated administrator only, with trusted access for CloudTrail, and the bucket policy has to let the organization’s log files in.',
            'Ask whether it covered the organization before: an account’s own trail may be meant.',
          ],
          after: [restoreKey('cloudtrail.amazonaws.com')],
        },
      );
  }
}

function trailSteps(finding: Finding, target: Target, world: PlanWorld): readonly StepDraft[] {
  switch (finding.check) {
    case 'eyes/stopped-trail':
      return [start(target)];
    case 'eyes/interrupted-trail':
      return [
        byHand(
          target,
          { part: 'settings', title: `Compare the settings of trail ${target.name}` },
          'It is logging again, perhaps with weaker settings: compare bucket, key, regions, validation and selectors of the saved answers with what was reviewed, and set them back.',
        ),
      ];
    case 'eyes/narrowed-trail':
      return [selectors(finding, target, world)];
    case 'eyes/limited-trail':
      return [scope(finding, target)];
    case 'eyes/unvalidated-trail':
      return [
        update(
          target,
          { part: 'validation', title: `Let trail ${target.name} sign its log files` },
          'enableLogFileValidation',
          ['Trail.LogFileValidationEnabled', 'True'],
          { cautions: ['The chain of digests starts anew: validate the older files up to the hole.'] },
        ),
      ];
    case 'eyes/failing-delivery':
      return [
        byHand(
          target,
          { part: 'delivery', title: `Repair the delivery of trail ${target.name}` },
          'get-trail-status names the error: put back the bucket policy (cloudtrail.amazonaws.com with the trail as its source), the key policy, or the bucket itself. Look for a new lifecycle rule on the bucket that expires log files.',
          [
            'CloudTrail does not keep undelivered files for long: repair this first.',
            'A bucket policy that denies without an exception for the service, or for you, locks out both.',
          ],
        ),
      ];
    case 'eyes/foreign-trail':
      return [
        byHand(
          target,
          { part: 'owner', title: `Give trail ${target.name} a key and an owner of your own` },
          'Copy the log files that only the foreign key opens while it still works. Then: aws cloudtrail update-trail --kms-key-id with a key of yours. A trail that belongs to another account copies everything there: find out who owns it.',
          ['What was copied to another account stays there: count it as lost.'],
        ),
      ];
    default:
      return [];
  }
}

const missing: Readonly<Record<string, { readonly title: string; readonly manual: string }>> = {
  'eyes/deleted-trail': {
    title: 'Make the deleted trail again',
    manual:
      'Make it with the reviewed settings, bucket and key: aws cloudtrail create-trail with --is-multi-region-trail --enable-log-file-validation (and --is-organization-trail), then put-event-selectors, then start-logging. Its log files are still in the bucket.',
  },
  'eyes/missing-trail': {
    title: 'Let a trail record the account',
    manual:
      'Make one (aws cloudtrail create-trail --is-multi-region-trail --enable-log-file-validation, put-event-selectors, start-logging) with its bucket in another account, or let the organization’s trail cover the account.',
  },
  'eyes/missing-multi-region-trail': {
    title: 'Let a trail cover every region',
    manual:
      'Start one that covers every region, or widen one: aws cloudtrail update-trail --is-multi-region-trail.',
  },
  'eyes/missing-organization-trail': {
    title: 'Make an organization trail',
    manual:
      'Enable trusted access for CloudTrail; then, in the management account: aws cloudtrail create-trail (or update-trail) --is-organization-trail --is-multi-region-trail --enable-log-file-validation, put-event-selectors, start-logging.',
  },
  'eyes/unseen-organization-trail': {
    title: 'Bring the organization trail back to the member',
    manual:
      'Find out in the management account what happened to the trail. With trusted access for CloudTrail on, update-trail --is-organization-trail puts the copy back into the members; check the bucket policy.',
  },
};

function makeAgain(finding: Finding, target: Target): readonly StepDraft[] {
  const found = missing[finding.check];
  return found === undefined
    ? []
    : [
        workloadStep(
          target,
          {
            key: restoreKey(target.arn, finding.check),
            stage: 'lights-on',
            action,
            title: `${found.title} (${target.name})`,
            why: 'What is done from here on, by the intruder too, has to be recorded.',
          },
          {
            ...homeOf(target),
            manual: `Export the event history of the time without records first: aws cloudtrail lookup-events, in every region. ${found.manual}`,
            cautions: [
              lessThanDays,
              'Check afterwards that the time of the latest delivery moves. The hole stays a hole: note its edges.',
            ],
          },
        ),
      ];
}

const restore: ActionPlanner = ({ finding }, world) => {
  const target = { ...targetOf(finding), uniqueId: null };
  if (decisionOf(finding) !== 'restore') {
    return [];
  }
  const steps = homeOf(target) === null ? [] : trailSteps(finding, target, world);
  return steps.length > 0 ? [preserveTrail(target), ...steps] : makeAgain(finding, target);
};

export const trailActions = { 'trail.restore': restore } satisfies ActionPlanners<'trail.restore'>;
