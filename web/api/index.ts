export { ApiError } from '../../shared/client/index.ts';
export type * from './answers.ts';
export { useAsk, usePolling } from './ask.ts';
export {
  ApiContext,
  type Connection,
  clientOf,
  storeConnection,
  storedConnection,
  useApi,
} from './connection.ts';
export { present } from './present.ts';
