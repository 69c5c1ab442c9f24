import type { S3Client } from '@aws-sdk/client-s3';
import { checkKey } from './key.ts';
import type { S3StoreOptions } from './s3.ts';

export interface UploadRequest {
  readonly contentType?: string;
  /** Bytes; where it is given, nothing of another size is taken. */
  readonly size?: number;
  /** How long the permission lasts. */
  readonly seconds: number;
}

/** A permission to write one object: a PUT to the URL, with these headers. */
export interface UploadPermission {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Lets others write objects past us, straight into the store. */
export type PermitUpload = (key: string, request: UploadRequest) => Promise<UploadPermission>;

/** Presigned URLs: whoever has one may write what its signature says, until it expires. */
export function s3Uploads({ bucket, prefix, client, region, endpoint }: S3UploadOptions): PermitUpload {
  const root = prefix ? `${checkKey(prefix)}/` : '';
  return async (key, { contentType, size, seconds }) => {
    const [{ PutObjectCommand, S3Client: Client }, { getSignedUrl }] = await Promise.all([
      import('@aws-sdk/client-s3'),
      import('@aws-sdk/s3-request-presigner'),
    ]);
    const signer =
      client ??
      new Client({
        ...(region && { region }),
        ...(endpoint && { endpoint, forcePathStyle: true }),
        // Else the signature holds the checksum of the empty body that is signed here.
        requestChecksumCalculation: 'WHEN_REQUIRED',
      });
    const command = new PutObjectCommand({
      Bucket: bucket,
      Key: `${root}${checkKey(key)}`,
      ...(contentType && { ContentType: contentType }),
      ...(size !== undefined && { ContentLength: size }),
    });
    const signed = new Set(['host', ...(contentType ? ['content-type'] : []), 'content-length']);
    return {
      url: await getSignedUrl(signer, command, { expiresIn: seconds, signableHeaders: signed }),
      headers: contentType ? { 'content-type': contentType } : {},
    };
  };
}

export interface S3UploadOptions extends Omit<S3StoreOptions, 'client'> {
  readonly client?: S3Client;
}
