import type { InstanceMetadata } from '@aws-sdk/client-sso-admin';
import type { IdentityCenterInstance } from '../../../model/evidence/identity-center.ts';
import { isoTime } from '../support/iso-time.ts';
import type { Reading } from '../support/reading.ts';

/** A replicated instance is also listed in its other regions; it lives in its primary one. */
export function identityCenterInstance(
  reading: Reading,
  instance: InstanceMetadata,
  askedRegion: string,
): readonly IdentityCenterInstance[] {
  const fields = reading.required(
    {
      arn: instance.InstanceArn,
      identityStoreId: instance.IdentityStoreId,
      ownerAccountId: instance.OwnerAccountId,
    },
    instance.InstanceArn ?? 'sso:ListInstances',
  );
  return fields === null
    ? []
    : [
        {
          arn: fields.arn,
          identityStoreId: fields.identityStoreId,
          ownerAccountId: fields.ownerAccountId,
          name: instance.Name ?? null,
          // Older answers carry no status: such an instance is in use.
          status: instance.Status ?? 'ACTIVE',
          createdAt: isoTime(instance.CreatedDate),
          region: instance.PrimaryRegion ?? askedRegion,
        },
      ];
}
