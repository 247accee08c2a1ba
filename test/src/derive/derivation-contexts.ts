import type { DerivationContext } from '../../../src/model/derivation.ts';
import { accountUnit, organizationUnit } from '../../../src/model/scope.ts';
import { regionContext } from './endpoint-cases.ts';

export const accountContext: DerivationContext = {
  ...regionContext,
  unit: accountUnit('aws', '111122223333'),
  organizationAccountIds: new Set(['111122223333', '444455556666']),
};

export function accountContextOf(accountId: string): DerivationContext {
  return { ...accountContext, unit: accountUnit('aws', accountId) };
}

export const organizationContext: DerivationContext = { ...accountContext, unit: organizationUnit('aws') };
