// A thread of a Node that runs our sources has to be taught TypeScript itself: it does not inherit that.
import { tsImport } from 'tsx/esm/api';

await tsImport('./program.ts', import.meta.url);
