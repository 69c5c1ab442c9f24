import { type Authenticate, everybody, manageApi } from '../../../shared/api/index.ts';
import type { ObjectStore } from '../../../shared/store/index.ts';

export const manageOver = (store: ObjectStore, authenticate: Authenticate = everybody) =>
  manageApi({ store, permitUpload: async () => ({ url: '', headers: {} }), authenticate });

/** Everything of these datasets. */
export const holder =
  (...datasets: string[]): Authenticate =>
  async () => ({ id: 'test', datasets, scopes: ['admin'] });
