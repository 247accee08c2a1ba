import { GenerateCredentialReportCommand, GetCredentialReportCommand } from '@aws-sdk/client-iam';
import { defineCollector } from '../../define-collector.ts';
import { credentialReportRows } from '../support/credential-report-rows.ts';
import { isoTime } from '../support/iso-time.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

const pollEvery = 2000;
const pollsAtMost = 45;

/** Wire codes and SDK classes of "there is no report that could be handed out now". */
const noReportYet = [
  'CredentialReportNotPresentException',
  'ReportNotPresent',
  'CredentialReportNotReadyException',
  'ReportInProgress',
  'CredentialReportExpiredException',
  'ReportExpired',
] as const;

/** False when the report did not get ready in time, or could not be asked for: the reading then holds the gap. */
const generate = async (
  reading: Reading,
  pause: (milliseconds: number) => Promise<void>,
): Promise<boolean> => {
  for (let poll = 0; poll < pollsAtMost; poll += 1) {
    const answer = await reading.one(GenerateCredentialReportCommand, {});
    if (answer.kind !== 'value') {
      return false;
    }
    if (answer.value.State === 'COMPLETE') {
      return true;
    }
    await pause(pollEvery);
  }
  reading.gap('error', 'the credential report did not get ready in time', 'credential report');
  return false;
};

/** The service hands out a report that is up to four hours old: `asOf` is the time at which it was made. */
export default defineCollector({
  key: 'iam.credential-report',
  vantage: 'account',
  operations: [
    { service: 'iam', command: 'GenerateCredentialReport', permission: 'iam:GenerateCredentialReport' },
    { service: 'iam', command: 'GetCredentialReport', permission: 'iam:GetCredentialReport' },
  ],
  async collect(context) {
    const reading = new Reading(context);
    const ready = await generate(reading, (milliseconds) => context.reader.pause(milliseconds));
    // Somebody else may have had one made: worth asking although ours failed.
    const answer = await reading.one(GetCredentialReportCommand, {}, { absentOn: noReportYet });
    if (answer.kind !== 'value') {
      if (answer.kind === 'absent' && ready) {
        reading.gap('error', 'the service made a report and then had none', 'credential report');
      } else if (answer.kind === 'absent') {
        reading.gap('not-collected', 'there is no credential report', 'credential report');
      }
      return reading.missing();
    }
    const fields = reading.required(
      { content: answer.value.Content, generatedAt: isoTime(answer.value.GeneratedTime) },
      'credential report',
    );
    const rows =
      fields === null ? null : credentialReportRows(reading, new TextDecoder().decode(fields.content));
    if (fields === null || rows === null) {
      return reading.missing();
    }
    reading.restsOn(fields.generatedAt);
    return reading.finish({
      generatedAt: fields.generatedAt,
      rows: sortedBy(rows, (row) => row.arn),
    });
  },
});
