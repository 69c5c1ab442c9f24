import { existsSync, readdirSync, readFileSync } from 'node:fs';

const everyMs = 100;

/**
 * Watches a process and all that it starts. The function that it gives ends the watch and tells the most resident
 * memory that they had together, in MB (10⁶ bytes); pages that they share count for each. Null where there is no
 * /proc.
 */
export function watchMemory(root: number | undefined): () => number | null {
  if (root === undefined || !existsSync('/proc/self/status')) {
    console.error('NO /proc HERE: PEAK MEMORY IS NOT MEASURED');
    return () => null;
  }
  let most = 0;
  const look = () => {
    most = Math.max(most, residentBelow(root));
  };
  const timer = setInterval(look, everyMs);
  look();
  return () => {
    clearInterval(timer);
    look();
    return most;
  };
}

/** MB of a process and its descendants now. */
function residentBelow(root: number): number {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? statusOf(name) : []));
  const family = new Set([root]);
  // A child may have a smaller number than its parent: round after round until nobody is added.
  for (let before = 0; before < family.size; ) {
    before = family.size;
    for (const { id, parent } of all) if (family.has(parent)) family.add(id);
  }
  return all.reduce((sum, { id, megabytes }) => sum + (family.has(id) ? megabytes : 0), 0);
}

function statusOf(name: string) {
  try {
    const status = readFileSync(`/proc/${name}/status`, 'utf8');
    const number = (field: string) => Number(new RegExp(`^${field}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    return [{ id: Number(name), parent: number('PPid'), megabytes: (number('VmRSS') * 1024) / 1e6 }];
  } catch {
    return []; // it ended meanwhile
  }
}
