import { textHash } from './json-cursor.ts';
import { JsonScanner } from './json-scanner.ts';
import type { WantedMembers } from './wanted-members.ts';

/** Members of a record that are needed to count it; the rest is only checked and hashed. */
export const eventSlots = {
  accessKeyId: 0,
  arn: 1,
  invokedBy: 2,
  principalId: 3,
  type: 4,
  creationDate: 5,
  recipientAccountId: 6,
  sourceIp: 7,
  userAgent: 8,
  source: 9,
  name: 10,
  region: 11,
  errorCode: 12,
  errorMessage: 13,
  consoleLogin: 14,
  eventId: 15,
  eventTime: 16,
  timestamp: 17,
  digestStart: 18,
  configurationItems: 19,
  lookupEvents: 20,
  userIdentity: 21,
  request: 22,
  response: 23,
  additional: 24,
  serviceDetails: 25,
  resources: 26,
  eventType: 27,
  sharedEventId: 28,
} as const;

/** Slots of `detailMembers` (normalize-event.ts), in their order. */
export const detailSlots = [
  eventSlots.eventId,
  eventSlots.sharedEventId,
  eventSlots.request,
  eventSlots.response,
  eventSlots.errorMessage,
  eventSlots.eventType,
  eventSlots.additional,
  eventSlots.serviceDetails,
  eventSlots.resources,
] as const;

const slotCount = Object.keys(eventSlots).length;

export const eventMembers: WantedMembers = {
  userIdentity: {
    slot: eventSlots.userIdentity,
    members: {
      accessKeyId: { slot: eventSlots.accessKeyId },
      arn: { slot: eventSlots.arn },
      invokedBy: { slot: eventSlots.invokedBy },
      principalId: { slot: eventSlots.principalId },
      type: { slot: eventSlots.type },
      sessionContext: {
        members: { attributes: { members: { creationDate: { slot: eventSlots.creationDate } } } },
      },
    },
  },
  recipientAccountId: { slot: eventSlots.recipientAccountId },
  sourceIPAddress: { slot: eventSlots.sourceIp },
  userAgent: { slot: eventSlots.userAgent },
  eventSource: { slot: eventSlots.source },
  eventName: { slot: eventSlots.name },
  awsRegion: { slot: eventSlots.region },
  errorCode: { slot: eventSlots.errorCode },
  errorMessage: { slot: eventSlots.errorMessage },
  requestParameters: { slot: eventSlots.request },
  responseElements: {
    slot: eventSlots.response,
    members: { ConsoleLogin: { slot: eventSlots.consoleLogin } },
  },
  eventID: { slot: eventSlots.eventId },
  eventTime: { slot: eventSlots.eventTime },
  '@timestamp': { slot: eventSlots.timestamp },
  digestStartTime: { slot: eventSlots.digestStart },
  configurationItems: { slot: eventSlots.configurationItems },
  Events: { slot: eventSlots.lookupEvents },
  additionalEventData: { slot: eventSlots.additional },
  serviceEventDetails: { slot: eventSlots.serviceDetails },
  resources: { slot: eventSlots.resources },
  eventType: { slot: eventSlots.eventType },
  sharedEventID: { slot: eventSlots.sharedEventId },
};

/** Hash of the member that holds the records of a delivered file. */
export const recordsMember = textHash('Records')[0];

export function createEventScanner(): JsonScanner {
  return new JsonScanner(slotCount, eventMembers);
}
