import { ListSigningCertificatesCommand } from '@aws-sdk/client-iam';
import { defineCollector } from '../../define-collector.ts';
import { noSuchEntity } from '../support/absent-errors.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { isoTime } from '../support/iso-time.ts';
import { knownUsers, knownUsersDependencies } from '../support/known-users.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

/**
 * Asked for every user: the credential report counts active certificates alone, and an inactive one can be switched
 * back on.
 */
export default defineCollector({
  key: 'iam.signing-certificates',
  vantage: 'account',
  operations: [
    { service: 'iam', command: 'ListSigningCertificates', permission: 'iam:ListSigningCertificates' },
  ],
  dependsOn: knownUsersDependencies,
  async collect(context) {
    const reading = new Reading(context);
    const certificates = await forEachResource(knownUsers(context, reading), async (user) => {
      const { items } = await reading.all(
        ListSigningCertificatesCommand,
        { UserName: user.name },
        (output) => output.Certificates,
        { absentOn: noSuchEntity, resource: user.arn },
      );
      return items.flatMap((certificate) => {
        const fields = reading.required(
          { certificateId: certificate.CertificateId, status: certificate.Status },
          user.arn,
        );
        const uploadedAt = isoTime(certificate.UploadDate);
        return fields === null ? [] : [{ userName: user.name, userArn: user.arn, ...fields, uploadedAt }];
      });
    });
    return reading.finish(sortedBy(certificates.flat(), (certificate) => certificate.certificateId));
  },
});
