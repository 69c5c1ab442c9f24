import { type Authenticate, everybody } from './access.ts';
import { type TokenOptions, tokenAccess } from './tokens.ts';

/** The secret that holds the tokens. */
export interface TokenSecret {
  /** '' where nothing was written yet. */
  read(): Promise<string>;
  write(text: string): Promise<void>;
}

/** A secret of AWS Secrets Manager, by name or ARN. The SDK is loaded on first use. */
export function awsSecret(id: string): TokenSecret {
  const open = async () => {
    const sdk = await import('@aws-sdk/client-secrets-manager');
    return { sdk, client: new sdk.SecretsManagerClient({}) };
  };
  let opened: ReturnType<typeof open> | undefined;
  const client = () => {
    opened ??= open();
    return opened;
  };
  return {
    async read() {
      const { sdk, client: secrets } = await client();
      const found = await secrets.send(new sdk.GetSecretValueCommand({ SecretId: id }));
      return found.SecretString ?? '';
    },
    async write(text) {
      const { sdk, client: secrets } = await client();
      await secrets.send(new sdk.PutSecretValueCommand({ SecretId: id, SecretString: text }));
    },
  };
}

/** By the tokens of a secret; where none is named, an authorizer before us (IAM, JWT) has let in whoever arrives. */
export const authenticateBy = (secret: string | undefined, options: TokenOptions = {}): Authenticate =>
  secret === undefined ? everybody : tokenAccess(awsSecret(secret).read, options);
