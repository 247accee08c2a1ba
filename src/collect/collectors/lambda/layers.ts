import { GetLayerVersionPolicyCommand, type LayersListItem, ListLayersCommand } from '@aws-sdk/client-lambda';
import type { LambdaLayer } from '../../../model/evidence/lambda.ts';
import { defineCollector } from '../../define-collector.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { isoTime } from '../support/iso-time.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

async function layerPolicy(
  reading: Reading,
  layer: { readonly name: string; readonly version: number; readonly versionArn: string },
): Promise<string | null> {
  const answer = await reading.one(
    GetLayerVersionPolicyCommand,
    { LayerName: layer.name, VersionNumber: layer.version },
    { resource: layer.versionArn, absentOn: ['ResourceNotFoundException'] },
  );
  return answer.kind === 'value' ? reading.policy(answer.value.Policy, layer.versionArn) : null;
}

async function lambdaLayer(reading: Reading, item: LayersListItem): Promise<readonly LambdaLayer[]> {
  const newest = item.LatestMatchingVersion;
  const fields = reading.required(
    {
      arn: item.LayerArn,
      name: item.LayerName,
      versionArn: newest?.LayerVersionArn,
      version: newest?.Version,
      createdAt: isoTime(newest?.CreatedDate),
    },
    item.LayerArn ?? 'lambda:ListLayers',
  );
  if (fields === null) {
    return [];
  }
  const { arn, name, versionArn, createdAt } = fields;
  const policy = await layerPolicy(reading, fields);
  return [{ arn, name, latestVersionArn: versionArn, createdAt, policy }];
}

export default defineCollector({
  key: 'lambda.layers',
  vantage: 'account',
  operations: [
    { service: 'lambda', command: 'ListLayers', permission: 'lambda:ListLayers' },
    { service: 'lambda', command: 'GetLayerVersionPolicy', permission: 'lambda:GetLayerVersionPolicy' },
  ],
  async collect(context) {
    const reading = new Reading(context);
    const { items } = await reading.all(ListLayersCommand, {}, (output) => output.Layers);
    const layers = await forEachResource(items, (item) => lambdaLayer(reading, item));
    return reading.finish(sortedBy(layers.flat(), (layer) => layer.arn));
  },
});
