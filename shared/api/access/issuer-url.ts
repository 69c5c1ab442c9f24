import { ConfigurationError, show } from '../../errors/index.ts';
import { isOwnName } from './own-site.ts';

/** Whether what is read from there is what was sent: by https, or without leaving this machine. */
export function isUnspoilt(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && isOwnName(hostname));
}

/**
 * Keys that somebody on the way could exchange would let in whom he likes.
 *
 * @throws ConfigurationError where the keys of an issuer cannot be read safely
 */
export function checkIssuerUrl(name: string, issuer: string): void {
  if (isUnspoilt(issuer)) return;
  throw new ConfigurationError({
    rule: `${name} must be a URL by https, or by http on this machine`,
    received: show(issuer),
    remedy: 'write it as the tokens have it in iss: https://login.example.com',
  });
}
