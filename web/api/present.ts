/** The data of an answer that was no problem: problems are thrown by the client. */
export function present<T>({ data }: { readonly data?: T }): T {
  if (data === undefined) throw new Error('the API answered without a document');
  return data;
}
