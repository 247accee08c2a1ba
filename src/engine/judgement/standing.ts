import type { ResultRow } from '../../model/audit-result.ts';
import { isClosureControl } from '../../model/closure-control.ts';
import type { EvidenceManifest } from '../../model/evidence-manifest.ts';
import type { Attestation, Exception } from '../../model/exception.ts';
import type { Acceptance } from '../exceptions.ts';
import type { AnsweredCalls } from './answered-calls.ts';

/**
 * What became of an exception or attestation. `not-evaluated`: it matched nothing, but what it is about was not looked
 * at in full, so nothing is said against it; `incomplete` tells a gap of the evidence from a choice of this run.
 */
export type Standing =
  | { readonly status: 'matched' }
  | { readonly status: 'expired' }
  | { readonly status: 'never-matched'; readonly why: string }
  | { readonly status: 'not-evaluated'; readonly why: string; readonly incomplete: boolean };

/** What a judgement of exceptions and attestations rests on. */
export interface JudgedRun {
  readonly acceptance: Acceptance;
  /** One row per check and unit, not folded. */
  readonly rows: readonly ResultRow[];
  readonly answered: AnsweredCalls;
  readonly manifest: EvidenceManifest;
  /** Ids of the whole catalogue; null = not known, then a misspelt check reads as one that was not selected. */
  readonly checkIds: ReadonlySet<string> | null;
}

interface Place {
  readonly accountId: string | null;
  readonly region: string | null;
}

const anywhere: Place = { accountId: null, region: null };
const arnParts = /^arn:[^:]*:[^:]*:([^:]*):(\d{12}):/;

export function placeOfArn(arn: string): Place {
  const [, region = '', accountId] = arnParts.exec(arn) ?? [];
  return accountId === undefined ? anywhere : { accountId, region: region === '' ? null : region };
}

/** `organization`, an account id, or account id/region. */
export function placeOfUnit(unit: string): Place {
  const [, accountId, region] = /^(\d{12})(?:\/(.+))?$/.exec(unit) ?? [];
  return accountId === undefined ? anywhere : { accountId, region: region ?? null };
}

function placeName({ accountId, region }: Place): string {
  return region === null ? `account ${accountId}` : `${accountId}/${region}`;
}

/** Rows of units in which a thing of this place would have been seen. */
function rowsAt(rows: readonly ResultRow[], { accountId, region }: Place): readonly ResultRow[] {
  return rows.filter(({ units }) =>
    units.some(
      (unit) =>
        (accountId === null || unit.accountId === undefined || unit.accountId === accountId) &&
        (region === null || unit.region === undefined || unit.region === region),
    ),
  );
}

function isIncomplete({ outcome, gaps }: ResultRow): boolean {
  return outcome === 'unevaluated' || outcome === 'error' || (gaps ?? []).length > 0;
}

/** Somebody accepted that this was not seen. */
function isAccepted({ outcome, gaps }: ResultRow): boolean {
  return outcome !== 'error' && (gaps ?? []).every(({ accepted }) => accepted);
}

function notSelected(check: string, { checkIds }: JudgedRun): Standing {
  return checkIds !== null && !checkIds.has(check)
    ? { status: 'never-matched', why: `no check is called ${check}` }
    : {
        status: 'not-evaluated',
        why: `could not be matched: ${check} was not part of this run`,
        incomplete: false,
      };
}

/** Null when the rows were evaluated in full, so that a match would have been found in them. */
function unlookedAt(check: string, rows: readonly ResultRow[]): Standing | null {
  const incomplete = rows.filter(isIncomplete);
  if (incomplete.length > 0) {
    const units = incomplete.flatMap((row) => row.units).length;
    return {
      status: 'not-evaluated',
      why: `could not be matched: ${check} was not evaluated in full in ${units} unit(s)`,
      incomplete: !incomplete.every(isAccepted),
    };
  }
  const [first] = rows;
  return first !== undefined && rows.every(({ outcome }) => outcome === 'not-applicable')
    ? {
        status: 'not-evaluated',
        why: `could not be matched: ${check} was not evaluated (${first.reason ?? 'it does not apply'})`,
        incomplete: false,
      }
    : null;
}

function ofFinding(check: string, subject: string, run: JudgedRun): Standing {
  const rows = run.rows.filter((row) => row.check === check);
  if (rows.length === 0) {
    return notSelected(check, run);
  }
  const place = placeOfArn(subject);
  const near = rowsAt(rows, place);
  if (near.length === 0) {
    return {
      status: 'not-evaluated',
      why: `could not be matched: ${placeName(place)} was not evaluated in this run`,
      incomplete: false,
    };
  }
  return (
    unlookedAt(check, near) ?? {
      status: 'never-matched',
      why: `${check} was evaluated and found nothing on this subject, which must be exact`,
    }
  );
}

function isInScope(place: Place, { manifest }: JudgedRun): boolean {
  if (place.accountId === null) {
    return manifest.organizationInScope;
  }
  const account = manifest.accounts.find(({ accountId }) => accountId === place.accountId);
  return account?.inScope === true && (place.region === null || account.regions.includes(place.region));
}

function isAnswered(operation: string, unit: string, run: JudgedRun): boolean {
  const account = run.manifest.accounts.find(({ accountId }) => accountId === unit);
  return run.answered.has(operation, unit) || (operation === 'sts:AssumeRole' && account?.swept === true);
}

function ofGap(operation: string, unit: string, run: JudgedRun): Standing {
  if (!isInScope(placeOfUnit(unit), run)) {
    return {
      status: 'not-evaluated',
      why: `could not be matched: ${unit} was not evaluated in this run`,
      incomplete: false,
    };
  }
  return isAnswered(operation, unit, run)
    ? { status: 'never-matched', why: `${operation} was answered in ${unit}: there is no such gap` }
    : {
        status: 'not-evaluated',
        why: `could not be matched: ${operation} was not evaluated in ${unit} (no call of that name was made there)`,
        incomplete: false,
      };
}

export function standingOfException(exception: Exception, run: JudgedRun): Standing {
  const use = run.acceptance.useOf(exception);
  if (use !== 'unmatched') {
    return { status: use };
  }
  return exception.kind === 'gap'
    ? ofGap(exception.operation, exception.unit, run)
    : ofFinding(exception.check, exception.subject, run);
}

export function standingOfAttestation(attestation: Attestation, run: JudgedRun): Standing {
  const use = run.acceptance.useOf(attestation);
  if (use !== 'unmatched') {
    return { status: use };
  }
  const { control } = attestation;
  if (isClosureControl(control)) {
    return { status: 'matched' };
  }
  const rows = run.rows.filter(({ check }) => check === control);
  if (rows.length === 0) {
    return notSelected(control, run);
  }
  const outcomes = [...new Set(rows.map(({ outcome }) => outcome))].sort().join(', ');
  return (
    unlookedAt(control, rows) ?? {
      status: 'never-matched',
      why: `${control} asked for no statement: its outcome is ${outcomes}`,
    }
  );
}
