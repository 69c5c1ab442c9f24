/**
 * Tidecast's version, as package.json states it (a test holds the two together). Written here and not read from
 * there, since a bundled function has no package.json beside it.
 */
export const version = '0.1.0';
