import { defineCollector } from '../../define-collector.ts';
import {
  authorizationDetailsOperations,
  readAuthorizationDetails,
} from '../support/authorization-details.ts';

export default defineCollector({
  key: 'iam.authorization-details',
  vantage: 'account',
  operations: authorizationDetailsOperations,
  collect: readAuthorizationDetails,
});
