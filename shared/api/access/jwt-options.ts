import { ConfigurationError, show } from '../../errors/index.ts';
import { checkIssuerUrl } from './issuer-url.ts';
import type { JwtOptions } from './jwt.ts';

/** An issuer and its audience as somebody has written them; several audiences have commas between. */
export interface WrittenJwtOptions {
  readonly issuer?: string | undefined;
  readonly audience?: string | undefined;
}

/**
 * Reads an issuer and its audience, and checks them. `names` are what they are called where they were written.
 *
 * @returns undefined where neither is there
 * @throws ConfigurationError where one is there without the other, or says nothing that can be used
 */
export function readJwtOptions(
  { issuer, audience: text }: WrittenJwtOptions,
  [issuerName, audienceName]: readonly [issuer: string, audience: string],
): Pick<JwtOptions, 'issuer' | 'audience'> | undefined {
  if (issuer === undefined && text === undefined) return undefined;
  if (issuer === undefined || text === undefined) {
    throw new ConfigurationError({
      rule: `${issuerName} and ${audienceName} belong together`,
      received: issuer === undefined ? 'an audience alone' : 'an issuer alone',
      remedy: 'set both or none',
    });
  }
  checkIssuerUrl(issuerName, issuer);
  const audience = text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  if (audience.length > 0) return { issuer, audience };
  throw new ConfigurationError({
    rule: `${audienceName} must name whom tokens are for; several with commas`,
    received: show(text),
    remedy: 'write what the tokens have in aud',
  });
}

/**
 * What the environment says of an issuer: `TIDECAST_JWT_ISSUER`, and `TIDECAST_JWT_AUDIENCE`, several with commas. One
 * that is empty is as good as none.
 *
 * @throws ConfigurationError as `readJwtOptions` does
 */
export const jwtOptions = (environment: Readonly<Record<string, string | undefined>>) =>
  readJwtOptions(
    {
      issuer: environment.TIDECAST_JWT_ISSUER || undefined,
      audience: environment.TIDECAST_JWT_AUDIENCE || undefined,
    },
    ['TIDECAST_JWT_ISSUER', 'TIDECAST_JWT_AUDIENCE'],
  );
