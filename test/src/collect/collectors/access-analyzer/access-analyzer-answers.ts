import { regionUnit } from '../../../../../src/model/scope.ts';
import { output, type Script } from '../../../../support/fake-reader.ts';

export const unit = regionUnit('aws', '111122223333', 'eu-west-1');

export const accessAnalyzerAnswers: Script = {
  ListAnalyzers: output({
    analyzers: [
      {
        arn: 'arn:aws:access-analyzer:eu-west-1:111122223333:analyzer/organization',
        name: 'organization',
        type: 'ORGANIZATION',
        status: 'DISABLED',
        statusReason: { code: 'AWS_SERVICE_ACCESS_DISABLED' },
        createdAt: new Date('2025-01-01T00:00:00Z'),
      },
    ],
  }),
};
