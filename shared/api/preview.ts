import type { LambdaClient } from '@aws-sdk/client-lambda';
import { previewSchema, previewTooLarge } from '../documents/index.ts';
import type { PreviewUpload } from './handlers/staging.ts';

/** What a function answers that ended by a fault. */
interface Fault {
  readonly errorType?: string;
  readonly errorMessage?: string;
}

/** How Lambda calls the end of a function that took too much time or memory. */
const exhausted = /Timedout|timed out|ExitError|OutOfMemory|signal: killed/;

/**
 * Previews by a function that has the reader of data: it is called, and its answer is waited for. The SDK is loaded
 * on first use.
 *
 * @param name of the function, or its ARN
 */
export function lambdaPreview(name: string, given?: Pick<LambdaClient, 'send'>): PreviewUpload {
  let made = given;
  return async (dataset, upload) => {
    const { InvokeCommand, LambdaClient: Client } = await import('@aws-sdk/client-lambda');
    // Called once: a second call would not end sooner.
    made ??= new Client({ maxAttempts: 1 });
    const Payload = Buffer.from(JSON.stringify({ dataset, upload }));
    const { FunctionError, Payload: answered } = await made.send(
      new InvokeCommand({ FunctionName: name, Payload }),
    );
    const said: unknown = JSON.parse(Buffer.from(answered ?? []).toString() || 'null');
    if (FunctionError === undefined) return said === null ? null : previewSchema.parse(said);
    const { errorType = '', errorMessage = '' } = (said ?? {}) as Fault;
    const fault = new Error(`the preview function failed: ${errorType} ${errorMessage}`);
    if (!exhausted.test(`${errorType} ${errorMessage}`)) throw fault;
    throw previewTooLarge('a preview must end within the time and memory of its function', 'more', fault);
  };
}
