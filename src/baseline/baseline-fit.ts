import type { Baseline } from '../model/baseline.ts';
import { placeOfId } from '../model/baseline-types.ts';

export interface FitWorld {
  /** When the evidence was collected. */
  readonly asOf: string;
  readonly organizationId: string | null;
  /** Null when the list could not be seen in full: nothing may then be called foreign. */
  readonly organizationAccountIds: ReadonlySet<string> | null;
}

export interface Misfit {
  /** `capturedAt`, `expected.3.id`. */
  readonly field: string;
  readonly message: string;
  readonly next: string;
}

/** Their ARNs may name an account or organization of others: an invitation, a trail that was there before the move. */
const mayBeForeign: ReadonlySet<string> = new Set(['handshake', 'trail']);

const organizationInArn = /^arn:[^:]*:organizations::\d{12}:[^/]+\/(o-[a-z0-9]{10,32})(?:\/|$)/;

const otherOrganization =
  'Is this the baseline of another organization? Give its own, or remove the entry: `afterleak baseline` writes one from evidence.';

/**
 * Why a baseline cannot be held against this evidence; null where it can. An account that the baseline itself knows as a
 * member has left the organization since: that is a finding, not a mistake.
 */
export function baselineMisfit({ capturedAt, expected }: Baseline, world: FitWorld): Misfit | null {
  if (capturedAt > world.asOf) {
    return {
      field: 'capturedAt',
      message: `${capturedAt} lies after the evidence, which is of ${world.asOf}: what came later would explain what came before`,
      next: 'Sweep again, or give the baseline that was valid then.',
    };
  }
  const members = new Set(
    expected
      .filter(({ type }) => type === 'organization-account')
      .map(({ id }) => id.split('/').at(-1) ?? ''),
  );
  for (const [index, { type, id }] of expected.entries()) {
    if (mayBeForeign.has(type)) {
      continue;
    }
    const organization = organizationInArn.exec(id)?.[1] ?? null;
    const field = `expected.${index}.id`;
    if (organization !== null && world.organizationId !== null && organization !== world.organizationId) {
      return {
        field,
        message: `${id} belongs to organization ${organization}, the evidence is of ${world.organizationId}`,
        next: otherOrganization,
      };
    }
    const { accountId } = placeOfId(id);
    const isForeign = accountId !== null && world.organizationAccountIds?.has(accountId) === false;
    if (isForeign && !members.has(accountId)) {
      return {
        field,
        message: `${id}: account ${accountId} is not in the organization, and no organization-account entry says that it was`,
        next: otherOrganization,
      };
    }
  }
  return null;
}
