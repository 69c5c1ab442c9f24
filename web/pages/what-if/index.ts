export function WhatIfPage(_: { readonly route: unknown }) {
  return null;
}
