import { z } from 'zod';
import type { Incident } from '../model/incident.ts';
import { emptyReview } from '../model/review.ts';
import { accessKeyIdField, accountIdField, arnField, networkField, textField, timeField } from './fields.ts';
import { InputError } from './input-error.ts';
import { readDocument } from './read-document.ts';
import { reviewField } from './review.ts';

const list = <Item extends z.ZodType>(item: Item) => z.array(item).default([]);

const windowField = z
  .strictObject({ from: timeField, to: timeField })
  .refine(({ from, to }) => from < to, { message: 'expected `from` to lie before `to`' });

/** incident.yaml (contracts.md §4). Unknown fields are errors: a misspelt `compromised` must not pass unseen. */
const incidentSchema = z.strictObject({
  id: textField,
  title: textField,
  window: windowField.nullable().default(null),
  compromised: z
    .strictObject({ accessKeyIds: list(accessKeyIdField), principals: list(arnField) })
    .default({ accessKeyIds: [], principals: [] }),
  indicators: z
    .strictObject({
      sourceIps: list(networkField),
      userAgents: list(textField),
      names: list(textField),
      codeSha256: list(textField),
    })
    .default({ sourceIps: [], userAgents: [], names: [], codeSha256: [] }),
  trusted: z
    .strictObject({
      accounts: list(accountIdField),
      networks: list(networkField),
      identityProviders: list(textField),
      roles: list(arnField),
    })
    .default({ accounts: [], networks: [], identityProviders: [], roles: [] }),
  milestones: z.record(z.string(), timeField).default({}),
  review: reviewField,
});

const hint = '`afterleak init` writes a commented incident.yaml to start from.';

export function readIncident(path: string): Promise<Incident> {
  return readDocument(path, incidentSchema, hint);
}

/**
 * The incident as an earlier result carries it.
 * @throws InputError when it is none: then the result was edited by hand.
 */
export function incidentFromResult(value: unknown, path: string): Incident {
  const parsed = incidentSchema.safeParse(value);
  if (parsed.success) {
    return parsed.data;
  }
  const issue = parsed.error.issues[0];
  throw new InputError(
    `${path}: incident.${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'not an incident'}`,
    'Was it edited by hand? Audit its evidence again, or give --incident.',
  );
}

/** An incident without a file: from `--access-key`, `--since` and `--until`. */
export function incidentFromOptions(accessKeyIds: readonly string[], window: Incident['window']): Incident {
  return {
    id: 'command-line',
    title: 'Incident given on the command line',
    window,
    compromised: { accessKeyIds: [...accessKeyIds], principals: [] },
    indicators: { sourceIps: [], userAgents: [], names: [], codeSha256: [] },
    trusted: { accounts: [], networks: [], identityProviders: [], roles: [] },
    milestones: {},
    review: emptyReview,
  };
}
