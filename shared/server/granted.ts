import { AsyncLocalStorage } from 'node:async_hooks';
import type { Authenticate, Grant } from '../api/index.ts';

/** The same, and who was let in while something was done: the API within tells nobody. */
export function remembered(authenticate: Authenticate): {
  readonly authenticate: Authenticate;
  readonly grantedWhile: (work: () => Promise<unknown>) => Promise<Grant | null>;
} {
  const requests = new AsyncLocalStorage<{ grant: Grant | null }>();
  return {
    async authenticate(authorization) {
      const grant = await authenticate(authorization);
      const request = requests.getStore();
      if (request) request.grant = grant;
      return grant;
    },
    async grantedWhile(work) {
      const request = { grant: null };
      await requests.run(request, work);
      return request.grant;
    },
  };
}
