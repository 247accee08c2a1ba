import { ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import type { EventSourceMapping } from '../../../model/evidence/lambda.ts';
import { defineCollector } from '../../define-collector.ts';
import { isoTime } from '../support/iso-time.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

export default defineCollector({
  key: 'lambda.event-source-mappings',
  vantage: 'account',
  operations: [
    { service: 'lambda', command: 'ListEventSourceMappings', permission: 'lambda:ListEventSourceMappings' },
  ],
  async collect(context) {
    const reading = new Reading(context);
    const { items } = await reading.all(
      ListEventSourceMappingsCommand,
      {},
      (output) => output.EventSourceMappings,
    );
    const mappings = items.flatMap((mapping): readonly EventSourceMapping[] => {
      const fields = reading.required(
        { id: mapping.UUID, functionArn: mapping.FunctionArn, state: mapping.State },
        mapping.UUID ?? 'lambda:ListEventSourceMappings',
      );
      return fields === null
        ? []
        : [
            {
              id: fields.id,
              arn: mapping.EventSourceMappingArn ?? null,
              functionArn: fields.functionArn,
              // A self-managed Kafka cluster has no ARN.
              eventSourceArn: mapping.EventSourceArn ?? null,
              state: fields.state,
              lastModifiedAt: isoTime(mapping.LastModified),
            },
          ];
    });
    return reading.finish(sortedBy(mappings, (mapping) => mapping.id));
  },
});
