import { type Authenticate, everybody } from './access.ts';
import { authenticateJwt } from './jwt.ts';
import { jwtOptions } from './jwt-options.ts';
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

/**
 * By what a function's environment names: an issuer of JWTs, or the secret that holds tokens. Where it names neither,
 * an authorizer before us (IAM) has let in whoever arrives.
 */
export function authenticateBy(
  environment: Readonly<Record<string, string | undefined>>,
  options: TokenOptions = {},
): Authenticate {
  const jwt = jwtOptions(environment);
  if (jwt) return authenticateJwt(jwt);
  const secret = environment.TIDECAST_TOKENS_SECRET_ARN;
  return secret === undefined ? everybody : tokenAccess(awsSecret(secret).read, options);
}
