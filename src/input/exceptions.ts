import { z } from 'zod';
import type { Attestation, Exception } from '../model/exception.ts';
import { textField, timeField } from './fields.ts';
import { readDocument } from './read-document.ts';

const acceptance = { reason: textField, approvedBy: textField, expires: timeField };

const exceptionSchema = z.union(
  [
    z
      .strictObject({ check: textField, subject: textField, ...acceptance })
      .transform((value) => ({ kind: 'finding' as const, ...value })),
    z
      .strictObject({ gap: z.strictObject({ operation: textField, unit: textField }), ...acceptance })
      .transform(({ gap, ...value }) => ({ kind: 'gap' as const, ...gap, ...value })),
  ],
  {
    error:
      'expected {check, subject, reason, approvedBy, expires} or {gap: {operation, unit}, reason, approvedBy, expires}',
  },
);

const attestationSchema = z.strictObject({
  control: textField,
  statement: textField,
  by: textField,
  at: timeField,
  expires: timeField,
});

export function readExceptions(path: string): Promise<readonly Exception[]> {
  return readDocument(
    path,
    z.array(exceptionSchema),
    'exceptions.yaml is a list; every entry needs an expiry.',
  );
}

export function readAttestations(path: string): Promise<readonly Attestation[]> {
  return readDocument(
    path,
    z.array(attestationSchema),
    'attestations.yaml is a list of {control, statement, by, at, expires}.',
  );
}
