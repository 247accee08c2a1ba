import type { FunctionDependents } from '../../../model/dependents.ts';
import type { ActionRequest, PlanWorld, StepDraft } from '../../planner.ts';
import { reads } from './assertions.ts';
import { command } from './command-line.ts';
import { isProved } from './findings.ts';
import { freezeFunction, preserveFunction, releaseFunction } from './function-freeze.ts';
import { removePermission } from './function-permission.ts';
import { functionTarget, isSameCode, urlTarget } from './function-target.ts';
import { incidentChanges } from './incident-changes.ts';
import { incidentParts } from './incident-parts.ts';
import { containKey, preserveKey, restoreKey } from './step-keys.ts';
import { workloadStep } from './workload-step.ts';

const action = 'function.restore';
const whatRuns =
  /^lambda:(?:UpdateFunctionCode|UpdateFunctionConfiguration|UpdateAlias|CreateAlias|PublishVersion)$/;

/** The published package cannot be made the function's code by a call: a person deploys what was reviewed. */
function putBack(target: FunctionDependents): StepDraft {
  const versions = target.versions.map(({ version, codeSha256 }) => `${version} (CodeSha256 ${codeSha256})`);
  return workloadStep(
    functionTarget(target),
    {
      key: restoreKey(target.arn),
      stage: 'recover',
      action,
      title: `Put function ${target.name} back to its reviewed code and configuration`,
      why: 'It is a legitimate function that was altered.',
    },
    {
      region: target.region,
      manual: [
        'Deploy the reviewed package and configuration from the pipeline that owns the function.',
        `Without a pipeline: find the last good version among ${versions.length === 0 ? 'the published ones (none was seen)' : versions.join(', ')}, download it (get-function --qualifier) and give it to update-function-code --zip-file; no call takes a version back by itself.`,
        'Compare role, layers, environment, handler and asynchronous settings with the saved answers; publish a version; point each alias to it (update-alias --function-version).',
        'Rotate what the altered code could read: its environment and the secrets that its role opens.',
      ].join(' '),
      cautions: [
        'Environment, layers and asynchronous settings are replaced as a whole: read, edit, write.',
        'Published versions and aliases keep what they were published with: changing the function does not change them.',
      ],
      after: [preserveKey(target.arn), containKey(target.arn)],
    },
  );
}

/** What runs in it may be the intruder's until it is put back: then it is frozen meanwhile. */
export function restoreFunction(target: FunctionDependents, world: PlanWorld): readonly StepDraft[] {
  const thing = { arn: target.arn, type: 'lambda-function', uniqueId: null };
  const isRunning = incidentChanges(world, thing).some((change) => whatRuns.test(change.action));
  const added = incidentParts(world, { ...thing, id: null }, 'lambda:AddPermission');
  const release = releaseFunction(target);
  return [
    preserveFunction(target),
    ...(isRunning
      ? [freezeFunction(target), { ...release, after: [...release.after, restoreKey(target.arn)] }]
      : []),
    ...(target.permissions ?? [])
      .filter(({ sid }) => added.includes(sid))
      .flatMap((permission) => removePermission(target, permission)),
    putBack(target),
  ];
}

/** The intruder opened a URL of the owner's: it asks for credentials again. Otherwise its owner says what it was. */
export function restoreUrl(
  { finding }: ActionRequest,
  target: FunctionDependents,
  qualifier: string | null,
): readonly StepDraft[] {
  const url = urlTarget(target, qualifier);
  const who = { functionName: target.name, qualifier };
  const told = {
    action: 'function-url.delete',
    title: `Put the URL of ${url.name} back`,
    why: 'The URL is legitimate, its settings were altered.',
  } as const;
  const isOpened = isProved(finding) && finding.check === 'endpoints/public-function-url';
  return isOpened
    ? [
        workloadStep(
          url,
          { ...told, key: restoreKey(url.arn, 'authorization'), stage: 'cut-re-entry' },
          {
            region: target.region,
            preconditions: [isSameCode(target)],
            commands: [command('lambda', 'update-function-url-config', { ...who, authType: 'AWS_IAM' })],
            confirm: [
              reads('it asks for IAM', ['lambda', 'get-function-url-config', who], 'AuthType', 'AWS_IAM'),
            ],
            cautions: [
              'Callers without credentials are refused from now on: ask the owner whether the URL was public before.',
            ],
            undo: [command('lambda', 'update-function-url-config', { ...who, authType: 'NONE' })],
            after: [preserveKey(target.arn)],
          },
        ),
      ]
    : [
        workloadStep(
          url,
          { ...told, key: restoreKey(url.arn), stage: 'recover' },
          {
            region: target.region,
            manual:
              'Compare AuthType, Cors and InvokeMode with what was reviewed, and set them: aws lambda update-function-url-config. Compare the policy of the function as well.',
            after: [preserveKey(target.arn)],
          },
        ),
      ];
}
