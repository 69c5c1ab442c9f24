import type { Client } from '../../../shared/client/index.ts';
import { type ModelVersion, present } from '../../api/index.ts';

/** The newest versions of a model, at most so many. */
export async function askVersions(
  client: Client,
  model: string,
  limit: number,
): Promise<{ versions: readonly ModelVersion[]; more: boolean }> {
  const versions: ModelVersion[] = [];
  let next: string | null | undefined;
  while (next !== null && versions.length < limit) {
    const query = {
      limit: Math.min(100, limit - versions.length),
      ...(next !== undefined && { after: next }),
    };
    const page = present(
      await client.GET('/v1/models/{model}/versions', { params: { path: { model }, query } }),
    );
    versions.push(...page.versions);
    next = page.next;
  }
  return { versions, more: next !== null };
}
