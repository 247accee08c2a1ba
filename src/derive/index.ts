import type { AnyDerivation } from '../model/derivation.ts';
import changesDuringSweep from './changes-during-sweep.ts';
import dependentsAccount from './dependents-account.ts';
import dependentsOrganization from './dependents-organization.ts';
import dependentsRegion from './dependents-region.ts';
import endpoints from './endpoints.ts';
import identityCenterAdministrators from './identity-center-administrators.ts';
import principals from './principals.ts';
import resourcesAccount from './resources-account.ts';
import resourcesOrganization from './resources-organization.ts';
import resourcesRegion from './resources-region.ts';

/** All derivations, sorted by key. */
export const derivations: readonly AnyDerivation[] = [
  changesDuringSweep,
  dependentsAccount,
  dependentsOrganization,
  dependentsRegion,
  endpoints,
  identityCenterAdministrators,
  principals,
  resourcesAccount,
  resourcesOrganization,
  resourcesRegion,
];
