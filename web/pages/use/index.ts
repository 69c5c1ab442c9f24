export function UsePage(_: { readonly route: unknown }) {
  return null;
}
