import type { IncomingMessage } from 'node:http';

/** One request to AWS, as IAM sees it. */
export interface Call {
  /** The access key it was signed with. */
  readonly key: string;
  /** As policies name it; for S3 from the request, for other services from the target header. */
  readonly action: string;
  /** For S3 `bucket/key`, or `bucket` with the prefix that was listed. */
  readonly resource: string;
  readonly prefix: string | null;
  readonly status: number;
  readonly at: number;
}

/** What a request asks of AWS; nothing where it is not signed for a service (as the API's own requests). */
export function callsOf(request: IncomingMessage): readonly Omit<Call, 'status' | 'at'>[] {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const credential =
    /Credential=([^,\s]+)/.exec(request.headers.authorization ?? '')?.[1] ??
    url.searchParams.get('X-Amz-Credential');
  if (!credential) return [];
  const [key = '', , , service = ''] = credential.split('/');
  const method = request.method ?? 'GET';
  if (service === 's3') {
    const source = request.headers['x-amz-copy-source'];
    // A copy is a read of its source as well.
    const read =
      source === undefined ? [] : [s3Call('GET', new URL(`/${String(source).replace(/^\//, '')}`, url))];
    return [s3Call(method, url), ...read].map((call) => ({ key, ...call }));
  }
  const invokes = service === 'lambda' && url.pathname.endsWith('/invocations');
  const target = String(request.headers['x-amz-target'] ?? '')
    .split('.')
    .at(-1);
  const action = invokes ? 'InvokeFunction' : target || method;
  return [{ key, action: `${service}:${action}`, resource: '', prefix: null }];
}

/** What the SDK adds to a plain read or write of an object, or asks about the answer's headers. */
const plain = /^(x-id|x-amz-.*|versionId|response-content-.*)$/i;

function s3Call(method: string, url: URL): Pick<Call, 'action' | 'resource' | 'prefix'> {
  const [, bucket = '', ...rest] = url.pathname.split('/');
  const key = decodeURIComponent(rest.join('/'));
  const special = [...url.searchParams.keys()].filter((name) => !plain.test(name));
  if (key === '' && method === 'GET' && url.searchParams.get('list-type') === '2') {
    return { action: 's3:ListBucket', resource: bucket, prefix: url.searchParams.get('prefix') ?? '' };
  }
  const action = key !== '' && special.length === 0 ? objectActions[method] : undefined;
  // Whatever is not in the table is named by its request, which no policy allows: the test will tell.
  return {
    action: action ?? `s3:${method} ?${special.join('&')}`,
    resource: key === '' ? bucket : `${bucket}/${key}`,
    prefix: null,
  };
}

const objectActions: Readonly<Record<string, string>> = {
  GET: 's3:GetObject',
  HEAD: 's3:GetObject',
  PUT: 's3:PutObject',
  DELETE: 's3:DeleteObject',
};
