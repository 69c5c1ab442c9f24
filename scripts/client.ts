/**
 * Writes the client's types, shared/client/paths.d.ts, from the OpenAPI document. `npm run check` and `npm run build`
 * do so first; nothing that runs needs them.
 */
import { writeFileSync } from 'node:fs';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { apiDocument } from '../shared/api/index.ts';

interface Described {
  responses: Record<string, unknown>;
}

const problem = {
  description: 'What is wrong, and what can be done.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** All problems are alike: one answer stands for those of every status. */
function withOneProblem(document: ReturnType<typeof apiDocument>): OpenAPI3 {
  const copy = JSON.parse(JSON.stringify(document));
  for (const methods of Object.values<Record<string, Described>>(copy.paths)) {
    for (const operation of Object.values(methods)) {
      const good = Object.entries(operation.responses).filter(([status]) => Number(status) < 400);
      operation.responses = { ...Object.fromEntries(good), default: problem };
    }
  }
  return copy;
}

const types = astToString(await openapiTS(withOneProblem(apiDocument()), { defaultNonNullable: false }));
writeFileSync('shared/client/paths.d.ts', types);
