import { z } from 'zod';
import { baselineMisfit } from '../baseline/baseline-fit.ts';
import { draftBaseline } from '../baseline/draft-baseline.ts';
import { renderBaseline } from '../baseline/render-baseline.ts';
import { differs, renderDifference } from '../baseline/render-difference.ts';
import { type BaselineChange, updateBaseline } from '../baseline/update-baseline.ts';
import { type OrganizationFacts, organizationFacts } from '../engine/organization-facts.ts';
import { openEvidence } from '../evidence/read-evidence.ts';
import { readBaseline } from '../input/baseline.ts';
import { InputError } from '../input/input-error.ts';
import type { RunOptions } from '../input/run-options.ts';
import type { AuditResult } from '../model/audit-result.ts';
import type { Baseline } from '../model/baseline.ts';
import type { EvidenceManifest, EvidenceSource } from '../model/evidence-manifest.ts';
import type { TimeWindow } from '../model/incident.ts';
import { type BaselineFacts, baselineFacts } from './baseline-facts.ts';
import { loadInputs } from './load-inputs.ts';
import { readResult } from './read-result.ts';

export interface BaselineRequest {
  /** Evidence folder. */
  readonly evidence: string;
  /** Incident, window, owners and result, as for an audit. */
  readonly options: RunOptions;
  /** An earlier baseline that is renewed; null writes a new one. */
  readonly update: string | null;
  /** Take out entries of things that are gone, instead of going on to expect them. */
  readonly dropGone: boolean;
}

export interface BaselineOutcome {
  readonly baseline: Baseline;
  /** The file. */
  readonly text: string;
  readonly changes: readonly BaselineChange[] | null;
  /** The difference for people; null without an earlier baseline. */
  readonly difference: string | null;
  readonly differs: boolean;
  readonly unreviewed: number;
  readonly leftOut: number;
  /** One line each; empty = everything was seen. */
  readonly notSeen: readonly string[];
}

const incidentPart = z.object({
  id: z.string(),
  window: z.object({ from: z.string(), to: z.string() }).nullable(),
});

/** @throws InputError naming file, entry and field when the baseline belongs to other evidence. */
function requireFit(
  path: string,
  baseline: Baseline,
  manifest: EvidenceManifest,
  { organizationAccountIds }: OrganizationFacts,
): void {
  const { asOf, organizationId } = manifest;
  const misfit = baselineMisfit(baseline, { asOf, organizationId, organizationAccountIds });
  if (misfit !== null) {
    throw new InputError(`${path}: ${misfit.field}: ${misfit.message}`, misfit.next);
  }
}

/**
 * Holds a baseline against the evidence it shall judge.
 * @throws InputError naming file, entry and field.
 */
export async function requireBaselineFits(
  path: string | undefined,
  baseline: Baseline | null,
  evidence: EvidenceSource,
): Promise<void> {
  if (path !== undefined && baseline !== null) {
    const organization = organizationFacts(evidence.manifest, await evidence.organization());
    requireFit(path, baseline, evidence.manifest, organization);
  }
}

/** A result of another organization would leave out the wrong things, and the right ones not. */
function requireSameOrganization(path: string, result: AuditResult, { manifest }: EvidenceSource): void {
  const other =
    result.organizationId !== null && manifest.organizationId !== null
      ? result.organizationId !== manifest.organizationId
      : !result.scope.accounts.some((id) => manifest.accounts.some(({ accountId }) => accountId === id));
  if (other) {
    throw new InputError(
      `${path}: organizationId: the result is of ${result.organizationId ?? 'other accounts'}, the evidence of ${manifest.organizationId ?? 'no organization'}`,
      'Give a result of the same organization.',
    );
  }
}

function windowOf(
  result: AuditResult | null,
): { readonly id: string; readonly window: TimeWindow | null } | null {
  const parsed = incidentPart.safeParse(result?.incident);
  return parsed.success ? parsed.data : null;
}

function scopeText({ organizationId, accounts }: EvidenceManifest): string {
  const swept = accounts.filter((account) => account.swept).length;
  const where = organizationId === null ? 'no organization' : `organization ${organizationId}`;
  return `${where}, ${swept} of ${accounts.length} accounts`;
}

function absent(seen: BaselineFacts) {
  return (entry: Baseline['expected'][number]) => seen.absenceOf(entry);
}

/**
 * Writes or renews a baseline from evidence; works offline. Nothing that an incident made, changed or may have changed
 * gets into it, as far as incident, result and owners tell, and its header says what they did not tell.
 * @throws EvidenceError, InputError
 */
export async function baseline(request: BaselineRequest): Promise<BaselineOutcome> {
  const { options } = request;
  const inputs = await loadInputs(options);
  const result = options.result === undefined ? null : await readResult(options.result);
  const earlier = request.update === null ? null : await readBaseline(request.update);
  const evidence = await openEvidence(request.evidence);
  const { manifest } = evidence;
  if (result !== null && options.result !== undefined) {
    requireSameOrganization(options.result, result, evidence);
  }
  const seen = await baselineFacts(evidence);
  const { organizationAccountIds } = seen.organization;
  if (earlier !== null && request.update !== null) {
    requireFit(request.update, earlier, manifest, seen.organization);
  }
  const incident = inputs.incident ?? windowOf(result);
  const window = incident?.window ?? null;
  const draft = draftBaseline({
    capturedAt: manifest.asOf,
    evidence: evidence.digest,
    facts: seen.facts,
    window,
    result,
    ownership: inputs.ownership,
    organizationAccountIds,
  });
  const updated = earlier === null ? null : updateBaseline(earlier, draft, absent(seen), request.dropGone);
  const written = updated?.baseline ?? draft.baseline;
  const { ownership } = inputs;
  const held = new Set(written.expected.map(({ type, id }) => `${type}\n${id}`));
  const text = renderBaseline(written, {
    of: scopeText(manifest),
    banner: manifest.banner,
    // What an earlier baseline holds stays in the file as it was reviewed.
    draft: { ...draft, leftOut: draft.leftOut.filter(({ type, id }) => !held.has(`${type}\n${id}`)) },
    incident: window === null ? null : `${incident?.id ?? ''}, window ${window.from} to ${window.to}`,
    result:
      result === null
        ? null
        : `of ${result.asOf}${result.evidenceDigest === evidence.digest ? '' : ', made from other evidence'}${result.lineage === null ? ', without a trail' : ''}`,
    owners: ownership === null ? 'none' : ownership.tellsTimes ? 'with-times' : 'without-times',
    notSeen: seen.notSeen,
  });
  return {
    baseline: written,
    text,
    changes: updated?.changes ?? null,
    difference: updated === null ? null : renderDifference(updated.changes),
    differs: updated !== null && differs(updated.changes),
    unreviewed: written.expected.filter(({ reviewedBy }) => reviewedBy === null).length,
    leftOut: draft.leftOut.length,
    notSeen: seen.notSeen,
  };
}
