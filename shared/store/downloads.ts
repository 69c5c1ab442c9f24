import { checkKey } from './key.ts';
import type { S3UploadOptions } from './uploads.ts';

interface DownloadRequest {
  /** How long the permission lasts. */
  readonly seconds: number;
  /** What the file is called where it is saved: a plain name. */
  readonly name: string;
}

/** Lets others read an object past us, straight from the store: a URL for a GET. */
export type PermitDownload = (key: string, request: DownloadRequest) => Promise<string>;

/** Presigned URLs: whoever has one may read the object until it expires. */
export function s3Downloads({ bucket, prefix, client, region, endpoint }: S3UploadOptions): PermitDownload {
  const root = prefix ? `${checkKey(prefix)}/` : '';
  return async (key, { seconds, name }) => {
    const [{ GetObjectCommand, S3Client: Client }, { getSignedUrl }] = await Promise.all([
      import('@aws-sdk/client-s3'),
      import('@aws-sdk/s3-request-presigner'),
    ]);
    const signer =
      client ??
      new Client({ ...(region && { region }), ...(endpoint && { endpoint, forcePathStyle: true }) });
    const command = new GetObjectCommand({
      Bucket: bucket,
      Key: `${root}${checkKey(key)}`,
      ResponseContentDisposition: `attachment; filename="${name}"`,
    });
    return getSignedUrl(signer, command, { expiresIn: seconds });
  };
}
