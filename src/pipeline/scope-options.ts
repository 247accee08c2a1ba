import type { ScopeOptions } from '../collect/discover-scope.ts';
import type { RunOptions } from '../input/run-options.ts';

/** `--org`, `--accounts` and `--ou` each ask for the organization; without any it is the caller's account alone. */
export function scopeOptions(options: RunOptions): ScopeOptions {
  const organization = options.org || options.accounts.length > 0 || options.ou !== undefined;
  return {
    mode: organization ? 'organization' : 'account',
    ...(options.accounts.length === 0 ? {} : { accounts: options.accounts }),
    ...(options.excludeAccounts.length === 0 ? {} : { excludeAccounts: options.excludeAccounts }),
    ...(options.ou === undefined ? {} : { ou: options.ou }),
    ...(options.roleName === undefined ? {} : { roleName: options.roleName }),
    ...(options.externalId === undefined ? {} : { externalId: options.externalId }),
    ...(options.managementRoleArn === undefined ? {} : { managementRoleArn: options.managementRoleArn }),
  };
}
