import { GetApiKeysCommand } from '@aws-sdk/client-api-gateway';
import type { ApiKey } from '../../../model/evidence/api-gateway.ts';
import { defineCollector } from '../../define-collector.ts';
import { isoTime } from '../support/iso-time.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

export default defineCollector({
  key: 'api-gateway.api-keys',
  vantage: 'account',
  operations: [
    {
      service: 'api-gateway',
      command: 'GetApiKeys',
      permission: 'apigateway:GET',
      resources: ['arn:{partition}:apigateway:*::/apikeys'],
    },
  ],
  async collect(context) {
    const reading = new Reading(context);
    const { items } = await reading.all(
      GetApiKeysCommand,
      { limit: 500, includeValues: false },
      (output) => output.items,
    );
    const keys = items.flatMap((key): readonly ApiKey[] => {
      const fields = reading.required(
        { id: key.id, enabled: key.enabled },
        key.id ?? 'apigateway:GetApiKeys',
      );
      return fields === null
        ? []
        : [
            {
              id: fields.id,
              name: key.name ?? null,
              enabled: fields.enabled,
              createdAt: isoTime(key.createdDate),
              modifiedAt: isoTime(key.lastUpdatedDate),
            },
          ];
    });
    return reading.finish(sortedBy(keys, (key) => key.id));
  },
});
