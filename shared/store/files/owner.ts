import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, platform } from 'node:os';

/** The process that a lock or an unfinished file belongs to. */
export interface Owner {
  /** Where its number means something: host, boot and process namespace. */
  readonly place: string;
  readonly pid: number;
  /** When it started, in ticks since boot, as Linux counts; 0 where that cannot be known. */
  readonly start: number;
}

interface Status {
  readonly state: string;
  readonly threads: number;
  readonly start: number;
}

/** What Linux tells about a process (proc_pid_stat(5)); null where it tells nothing. */
function statusOf(pid: number | 'self'): Status | null {
  const text = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The second field, the name, may hold spaces and brackets; what follows the last bracket is fields 3, 4, …
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  if (!fields) return null;
  return { state: fields[0] ?? '', threads: Number(fields[17]), start: Number(fields[19]) };
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

const place = createHash('sha256')
  .update(
    JSON.stringify([
      hostname(),
      attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')) ?? platform(),
      attempt(() => readlinkSync('/proc/self/ns/pid')) ?? '',
    ]),
  )
  .digest('hex')
  .slice(0, 16);

/** This process. */
export const self: Owner = { place, pid: process.pid, start: statusOf('self')?.start ?? 0 };

/**
 * Whether the process is surely gone. One on another machine, before the last boot or in another container cannot
 * be seen from here and counts as alive.
 */
export function isGone(owner: Owner): boolean {
  if (owner.place !== place) return false;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // Only then is every thread of it gone; EPERM means that it is someone else's and alive.
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  const status = statusOf(owner.pid);
  if (!status) return false;
  const reused = owner.start !== 0 && status.start !== owner.start;
  // A killed process waits for its parent as a zombie; a thread of it may still be inside a last system call.
  const zombie = (status.state === 'Z' || status.state === 'X') && status.threads <= 1;
  return reused || zombie;
}
