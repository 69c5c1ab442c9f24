export function ModelPage(_: { readonly route: unknown }) { return null; }
