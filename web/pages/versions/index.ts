export function VersionsPage(_: { readonly route: unknown }) {
  return null;
}
