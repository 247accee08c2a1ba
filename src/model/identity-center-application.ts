import type { IdentityCenterApplication } from './evidence/identity-center.ts';

/** Providers of applications that customers set up; all others belong to AWS services. */
const customerProvider = /:applicationProvider\/(custom|catalog)/;

export function isCustomerApplication({
  providerArn,
}: Pick<IdentityCenterApplication, 'providerArn'>): boolean {
  return customerProvider.test(providerArn);
}
