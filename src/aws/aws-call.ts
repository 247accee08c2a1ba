import type { Gap } from '../model/gap.ts';
import type { ScopeUnit } from '../model/scope.ts';
import { classifyError, type Failure } from './classify-error.ts';
import type { AwsSession } from './clients.ts';
import { commandIdentity } from './command-identity.ts';
import type { AwsEdge } from './edge.ts';
import { bareErrorName, errorShape } from './error-shape.ts';
import type { LedgerPlace, LedgerResult } from './ledger.ts';
import type { Operation } from './operation.ts';
import { globalServiceRegion } from './partitions.ts';
import { operationName, UndeclaredOperation } from './read-only-guard.ts';
import type { AwsCommand, ReadOptions } from './reader.ts';
import { RunAborted, throwIfAborted } from './runtime.ts';
import { sendTyped } from './send-typed.ts';

export interface ReaderScope {
  /** Unit that gaps are reported at. */
  readonly unit: ScopeUnit;
  readonly partition: string;
  readonly region: string;
  readonly session: AwsSession;
  /** The collector's declared operations; anything else is a bug. */
  readonly operations: readonly Operation[];
}

type Attempt<Output> =
  | { readonly kind: 'value'; readonly value: Output; readonly requestId: string | null }
  | { readonly kind: 'absent'; readonly failure: Failure }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** One operation in one place: what all pages of a list have in common. */
export interface AwsCall {
  readonly operation: Operation;
  /** `service:Operation`. */
  readonly name: string;
  /** Gap fields that say what was asked where. */
  readonly subject: Pick<Gap, 'operation' | 'unit' | 'resource'>;
  attempt<Input extends object, Output extends object>(
    command: AwsCommand<Input, Output>,
  ): Promise<Attempt<Output>>;
  record(result: LedgerResult): void;
}

/** Our own mistakes: never an answer of AWS, and never to be mistaken for one. */
function isBug(error: unknown): boolean {
  const shape = errorShape(error);
  const programming =
    error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;
  return (
    error instanceof UndeclaredOperation || (programming && shape.httpStatus === null && shape.code === null)
  );
}

function declaredOperation(command: object, operations: readonly Operation[]): Operation {
  const identity = commandIdentity(command, operations);
  const operation = operations.find(
    (declared) => declared.service === identity.service && declared.command === identity.command,
  );
  if (operation === undefined) {
    const name = operationName(identity.service, identity.command);
    throw new UndeclaredOperation(`${name} is not declared by this collector and was not sent`);
  }
  return operation;
}

/** @throws UndeclaredOperation */
export function awsCall(edge: AwsEdge, scope: ReaderScope, command: object, options: ReadOptions): AwsCall {
  const operation = declaredOperation(command, scope.operations);
  const name = operationName(operation.service, operation.command);
  const region = globalServiceRegion(scope.partition, operation.service) ?? options.region ?? scope.region;
  const resource = options.resource === undefined ? {} : { resource: options.resource };
  const subject = { operation: name, unit: scope.unit, ...resource };
  const place: LedgerPlace = {
    service: operation.service,
    command: operation.command,
    accountId: scope.session.accountId,
    region,
  };
  const absentNames = new Set(options.absentOn?.map(bareErrorName));

  const failed = <Output>(error: unknown): Attempt<Output> => {
    const failure = classifyError(error, {
      ...subject,
      region,
      permission: operation.permission,
      ...(edge.endpointUrl === undefined ? {} : { endpointUrl: edge.endpointUrl }),
    });
    if (failure.fatal !== null) {
      edge.ledger.result(place, { pages: 0, items: 0, outcome: 'error', error: failure.errorName });
      throw failure.fatal;
    }
    if (failure.noAnswer) {
      edge.breaker.noAnswer(place);
    } else {
      edge.breaker.answered(place);
    }
    return absentNames.has(errorShape(error).bareName)
      ? { kind: 'absent', failure }
      : { kind: 'failed', failure };
  };

  return {
    operation,
    name,
    subject,
    record: (result) => edge.ledger.result(place, result),
    async attempt(current) {
      throwIfAborted(edge.signal);
      const refusal = edge.breaker.refusal(place);
      if (refusal !== null) {
        const gap: Gap = { ...subject, reason: 'unreachable', detail: refusal, retryable: true };
        const failure = { gap, errorName: 'NotAsked', requestId: null, noAnswer: false, fatal: null };
        return { kind: 'failed', failure };
      }
      try {
        const client = await edge.clients.client(scope.session, region, operation.service);
        const value = await sendTyped(client, current, edge.signal);
        edge.breaker.answered(place);
        return { kind: 'value', value, requestId: errorShape(value).requestId };
      } catch (error) {
        if (edge.signal.aborted) {
          edge.ledger.result(place, { pages: 0, items: 0, outcome: 'aborted' });
          throw new RunAborted('the run was stopped', { cause: error });
        }
        if (isBug(error)) {
          throw error;
        }
        return failed(error);
      }
    },
  };
}
