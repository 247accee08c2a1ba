import { defineCollector } from '../../define-collector.ts';
import {
  authorizationDetailsOperations,
  readAuthorizationDetails,
} from '../support/authorization-details.ts';

export default defineCollector({
  key: 'iam.closing-authorization-details',
  vantage: 'account',
  operations: authorizationDetailsOperations,
  closing: true,
  collect: readAuthorizationDetails,
});
