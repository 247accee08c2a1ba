import { reservedRoleOf } from './event-index.ts';
import type { PreparedEvent } from './prepared-event.ts';
import { assignmentOf } from './rules/identity-center.ts';
import type { NodeSeed } from './rules/lineage-rule.ts';
import { accountOf } from './rules/place.ts';

interface Assigned {
  readonly node: string;
  readonly accountId: string;
  readonly permissionSetKey: string;
  readonly at: number;
}

/** Provisioning takes seconds; half an hour covers a slow one. */
const provisioningTime = 30 * 60_000;

/**
 * The effect of an assignment is events of their own: Identity Center makes `AWSReservedSSO_<set>_<16 hex>` in the
 * account. The service is no new actor; what it does hangs on the assignment.
 */
export class ReservedRoles {
  readonly #assigned: Assigned[] = [];
  readonly #setNames = new Map<string, string>();

  get isEmpty(): boolean {
    return this.#assigned.length === 0;
  }

  addPermissionSet(seed: NodeSeed): void {
    this.#setNames.set(seed.key, seed.label);
  }

  addAssignment(prepared: PreparedEvent, node: string): void {
    const found = assignmentOf(prepared.event);
    if (found !== null && found.seed.accountId !== null) {
      const { permissionSetKey } = found;
      this.#assigned.push({ node, accountId: found.seed.accountId, permissionSetKey, at: prepared.at });
    }
  }

  /** `ownSet`: the permission set is the incident's own, so nobody else has reason to hold the role. */
  assignmentOf(prepared: PreparedEvent): { readonly node: string; readonly ownSet: boolean } | null {
    const roleName = this.isEmpty ? null : reservedRoleOf(prepared.event);
    if (roleName === null) {
      return null;
    }
    const account = accountOf(prepared.event);
    const candidates = this.#assigned
      .filter(
        ({ accountId, at }) =>
          accountId === account && at <= prepared.at && prepared.at - at <= provisioningTime,
      )
      .filter(({ permissionSetKey }) => {
        const name = this.#setNames.get(permissionSetKey);
        return name === undefined || roleName.startsWith(`AWSReservedSSO_${name}_`);
      })
      .sort((left, right) => right.at - left.at || (left.node < right.node ? -1 : 1));
    const first = candidates[0];
    return first === undefined
      ? null
      : { node: first.node, ownSet: this.#setNames.has(first.permissionSetKey) };
  }
}
