import { ListAnalyzersCommand } from '@aws-sdk/client-accessanalyzer';
import type { Analyzer } from '../../../model/evidence/detection.ts';
import { defineCollector } from '../../define-collector.ts';
import { isoTime } from '../support/iso-time.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

export default defineCollector({
  key: 'access-analyzer.analyzers',
  vantage: 'account',
  operations: [
    { service: 'accessanalyzer', command: 'ListAnalyzers', permission: 'access-analyzer:ListAnalyzers' },
  ],
  async collect(context) {
    const reading = new Reading(context);
    const { items } = await reading.all(ListAnalyzersCommand, {}, (output) => output.analyzers);
    const analyzers = items.flatMap((analyzer): readonly Analyzer[] => {
      const { arn, name, type, status } = analyzer;
      const fields = reading.required({ arn, name, type, status }, arn ?? 'access-analyzer:ListAnalyzers');
      return fields === null
        ? []
        : [
            {
              arn: fields.arn,
              name: fields.name,
              type: fields.type,
              status: fields.status,
              statusReason: analyzer.statusReason?.code ?? null,
              createdAt: isoTime(analyzer.createdAt),
              managedBy: analyzer.managedBy ?? null,
            },
          ];
    });
    return reading.finish(sortedBy(analyzers, (analyzer) => analyzer.arn));
  },
});
