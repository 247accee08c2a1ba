import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { loadChecks } from '../engine/load-checks.ts';
import { openEvidence } from '../evidence/read-evidence.ts';
import { readActionsLog } from '../input/actions-log.ts';
import { incidentFromResult } from '../input/incident.ts';
import { InputError } from '../input/input-error.ts';
import type { RunOptions } from '../input/run-options.ts';
import type { AuditResult } from '../model/audit-result.ts';
import { assertComparable } from '../model/comparable-results.ts';
import type { ActionLogEntry, Verification } from '../model/verification.ts';
import { renderJson } from '../report/renderers/json.ts';
import { type Audited, auditWithInputs } from './audit.ts';
import type { Collected } from './collect.ts';
import type { PipelineHost } from './host.ts';
import { type GivenInputs, loadInputs } from './load-inputs.ts';
import { prepare } from './prepare.ts';
import { makePrivateFolder } from './private-folder.ts';
import { readEarlierResult } from './read-earlier-result.ts';
import { saveInputs } from './saved-inputs.ts';
import { openSigner, type RunFacts, sealRun } from './seal-run.ts';
import { sweepUnsealed, type UnsealedSweep } from './sweep.ts';
import { verifyOptions } from './verify-scope.ts';
import { withVerification } from './with-verification.ts';
import { render, writePlan, writePrivateFile } from './write-reports.ts';

export interface VerifyRequest {
  /** Scope, checks and incident are the earlier run's where these say nothing. `evidence` = compare offline. */
  readonly options: RunOptions;
  /** result.json of the earlier run. */
  readonly againstPath: string;
  /** The log of plan.sh; default: actions.ndjson beside the earlier result, if it is there. */
  readonly actionsPath?: string;
  /** Read again only what the plan touched. */
  readonly quick: boolean;
}

export interface VerifyOutcome {
  readonly result: AuditResult;
  readonly verification: Verification;
  /** Null when collected evidence was compared. */
  readonly collected: Collected | null;
  /** Lines of the actions log that were taken into account. */
  readonly actions: number;
  /** Files written, relative to the folder; the report first. */
  readonly files: readonly string[];
}

async function actionsFor(request: VerifyRequest, earlier: AuditResult): Promise<readonly ActionLogEntry[]> {
  const beside = join(dirname(request.againstPath), 'actions.ndjson');
  const path = request.actionsPath ?? beside;
  if (request.actionsPath === undefined) {
    try {
      await access(beside);
    } catch {
      return [];
    }
  }
  const entries = await readActionsLog(path);
  const steps = new Set((earlier.plan?.steps ?? []).map(({ id }) => id));
  if (entries.length > 0 && !entries.some(({ step }) => steps.has(step))) {
    throw new InputError(
      `${path} names no step of the plan of ${request.againstPath}`,
      'Give the log of the plan that was made from this result, with --actions.',
    );
  }
  return entries;
}

/** The incident of the files and options, else the earlier result's. Two incidents cannot be told from one another. */
async function inputsFor(request: VerifyRequest, earlier: AuditResult): Promise<GivenInputs> {
  const { incident, baseline } = await loadInputs(request.options);
  const before = earlier.incident === null ? null : incidentFromResult(earlier.incident, request.againstPath);
  if (incident !== null && before !== null && incident.id !== before.id) {
    throw new InputError(
      `the earlier result is about the incident ${before.id}, the options are about ${incident.id}`,
      'Leave out --incident (the earlier one is taken over), or verify against the result of that incident.',
    );
  }
  const judged = earlier.inventory.some(({ inBaseline }) => inBaseline !== null);
  if (judged && baseline === null) {
    throw new InputError(
      'the earlier result was judged with a baseline, and none is given',
      'Give --baseline: without it, what nobody can explain would no longer be found.',
    );
  }
  const instead = incident === null && before !== null ? { incident: before } : {};
  return { ...instead, eventsToTheEnd: true };
}

/** Before an hour-long sweep: do these credentials lead to the organization of the earlier result? */
async function assertSamePlace(options: RunOptions, earlier: AuditResult, host: PipelineHost): Promise<void> {
  const { plan } = await prepare(options, [], host);
  assertComparable(
    {
      schemaVersion: earlier.schemaVersion,
      organizationId: plan.organizationId,
      partition: plan.partition,
      scope: {
        accounts: plan.accounts
          .filter(({ access: way }) => way.kind !== 'none')
          .map(({ accountId }) => accountId),
        regions: [],
        ofAccounts: plan.ofAccounts,
        organizationInScope: plan.organizationInScope,
        managementAccountSwept: false,
      },
    },
    earlier,
  );
}

async function assertEvidenceFits(directory: string, earlier: AuditResult): Promise<void> {
  const { manifest } = await openEvidence(directory);
  assertComparable(
    {
      schemaVersion: earlier.schemaVersion,
      organizationId: manifest.organizationId,
      partition: manifest.partition,
      scope: {
        accounts: manifest.accounts.filter(({ swept }) => swept).map(({ accountId }) => accountId),
        regions: [],
        ofAccounts: manifest.ofAccounts,
        organizationInScope: manifest.organizationInScope,
        managementAccountSwept: false,
      },
    },
    earlier,
  );
}

/**
 * Sweeps again, in the scope and with the checks of an earlier run (or takes evidence that was collected since), and holds the
 * result against it: is it gone? Writes the usual files, with the verification in them, and verification.json.
 * @throws InputError, KeyError, ComparisonError before anything is collected; otherwise as `sweep` and `audit`
 */
export async function verify(
  directory: string,
  request: VerifyRequest,
  host: PipelineHost,
  facts: RunFacts,
): Promise<VerifyOutcome> {
  const earlier = await readEarlierResult(request.againstPath);
  const actions = await actionsFor(request, earlier);
  const given = await inputsFor(request, earlier);
  const catalogue = (await loadChecks()).map(({ meta }) => meta.id);
  const options = verifyOptions(request.options, earlier, catalogue, request.quick);
  const signer = await openSigner(options, host);
  const startedAt = new Date(host.runtime.now()).toISOString();
  let swept: UnsealedSweep | null = null;
  let audited: Audited;
  if (options.evidence === undefined) {
    await assertSamePlace(options, earlier, host);
    swept = await sweepUnsealed(directory, options, host, facts, given);
    audited = swept;
  } else {
    await assertEvidenceFits(options.evidence, earlier);
    audited = await auditWithInputs(options.evidence, options, host, given);
    await makePrivateFolder(directory);
  }
  const { result: judged, inputs } = audited;
  assertComparable(judged, earlier);
  const comparison = { against: earlier, actions, quick: request.quick };
  const result = withVerification(judged, comparison);
  const { verification } = result;
  const reports = await render(result, options.format, directory);
  const plan = result.plan === null ? [] : await writePlan(result.plan, directory);
  await writePrivateFile(join(directory, 'verification.json'), renderJson(verification));
  await saveInputs(directory, { judgement: inputs, verification: comparison }, result, options, [
    ['against', request.againstPath],
    ['actions', request.actionsPath],
  ]);
  const run = swept?.contents.run ?? {
    ...facts,
    startedAt,
    endedAt: new Date(host.runtime.now()).toISOString(),
  };
  const collected = swept?.collected ?? null;
  await sealRun(directory, { run, collected, result, trace: inputs.trace }, signer);
  const files = [...reports, ...plan, 'verification.json'];
  return { result, verification, collected, actions: actions.length, files };
}
