import {
  ListMFADevicesCommand,
  ListVirtualMFADevicesCommand,
  type VirtualMFADevice,
} from '@aws-sdk/client-iam';
import type { MfaDevice } from '../../../model/evidence/iam.ts';
import { defineCollector } from '../../define-collector.ts';
import { noSuchEntity } from '../support/absent-errors.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { isoTime } from '../support/iso-time.ts';
import { type KnownUser, knownUsers, knownUsersDependencies } from '../support/known-users.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

const virtualDevice = (reading: Reading, device: VirtualMFADevice): readonly MfaDevice[] => {
  const fields = reading.required({ serialNumber: device.SerialNumber }, 'virtual MFA device');
  return fields === null
    ? []
    : [
        {
          // The root user comes with an ARN and no name.
          userName: device.User?.UserName ?? null,
          userArn: device.User?.Arn ?? null,
          ...fields,
          enabledAt: isoTime(device.EnableDate),
          virtual: true,
        },
      ];
};

/** Only virtual devices have an ARN of the kind `mfa`: passkeys have `u2f`, hardware tokens a bare serial number. */
const isVirtual = (serialNumber: string): boolean => /^arn:[^:]+:iam::\d+:mfa\//u.test(serialNumber);

const devicesOf = async (reading: Reading, user: KnownUser): Promise<readonly MfaDevice[]> => {
  const { items } = await reading.all(
    ListMFADevicesCommand,
    { UserName: user.name },
    (output) => output.MFADevices,
    { absentOn: noSuchEntity, resource: user.arn },
  );
  return items.flatMap((device) => {
    const fields = reading.required(
      { serialNumber: device.SerialNumber, enabledAt: isoTime(device.EnableDate) },
      user.arn,
    );
    return fields === null
      ? []
      : [{ userName: user.name, userArn: user.arn, ...fields, virtual: isVirtual(fields.serialNumber) }];
  });
};

/** Virtual devices in one list (the root user's and unassigned ones too); the other kinds only show per user. */
export default defineCollector({
  key: 'iam.mfa-devices',
  vantage: 'account',
  operations: [
    { service: 'iam', command: 'ListVirtualMFADevices', permission: 'iam:ListVirtualMFADevices' },
    { service: 'iam', command: 'ListMFADevices', permission: 'iam:ListMFADevices' },
  ],
  dependsOn: knownUsersDependencies,
  async collect(context) {
    const reading = new Reading(context);
    const { items } = await reading.all(
      ListVirtualMFADevicesCommand,
      { AssignmentStatus: 'Any' },
      (output) => output.VirtualMFADevices,
    );
    const devices = new Map<string, MfaDevice>();
    for (const device of items.flatMap((item) => virtualDevice(reading, item))) {
      devices.set(device.serialNumber, device);
    }
    const ofUsers = await forEachResource(knownUsers(context, reading), (user) => devicesOf(reading, user));
    for (const device of ofUsers.flat()) {
      devices.set(device.serialNumber, device);
    }
    return reading.finish(sortedBy(devices.values(), (device) => device.serialNumber));
  },
});
