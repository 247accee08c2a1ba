import type { AnyDerivation } from '../model/derivation.ts';
import changesDuringSweep from './changes-during-sweep.ts';
import endpoints from './endpoints.ts';
import identityCenterAdministrators from './identity-center-administrators.ts';
import principals from './principals.ts';
import resourcesAccount from './resources-account.ts';
import resourcesOrganization from './resources-organization.ts';
import resourcesRegion from './resources-region.ts';

/** All derivations, sorted by key. */
export const derivations: readonly AnyDerivation[] = [
  changesDuringSweep,
  endpoints,
  identityCenterAdministrators,
  principals,
  resourcesAccount,
  resourcesOrganization,
  resourcesRegion,
];
