// Group commit: many commits, one fdatasync. A commit is visible at once and promised only when it is on the disk.
import { closeSync, constants, fdatasync, fstatSync, fsyncSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** Answers when everything that was committed before the call is on the disk. */
export type Durable = () => Promise<void>;

/**
 * Shares syncs: one runs at a time, and whoever asks while it runs waits for the next, because only a sync that began
 * after a commit is sure to cover it. It begins by setImmediate: a chain of commits that runs in microtasks shares one.
 */
export function groupSync(sync: () => Promise<void>, onQuiet: () => void = () => undefined): Durable {
  let waiting: PromiseWithResolvers<void> | undefined;
  let busy = false;
  // After a failed sync nobody knows what the disk holds (the kernel may have dropped the pages): nothing is promised
  // any more, until a new start has read the file again.
  let broken: Error | undefined;

  const round = async (): Promise<void> => {
    while (waiting !== undefined) {
      const covered = waiting;
      waiting = undefined;
      try {
        // Never again after a failure: the next sync may well succeed, and would mean nothing.
        if (broken !== undefined) throw broken;
        await sync();
        covered.resolve();
      } catch (cause) {
        broken ??= new Error("the disk did not take what was written; stop, mend it and start again", {
          cause,
        });
        covered.reject(broken);
      }
    }
    busy = false;
    if (broken === undefined) onQuiet();
  };

  return () => {
    if (broken !== undefined) return Promise.reject(broken);
    waiting ??= Promise.withResolvers<void>();
    if (!busy) {
      busy = true;
      setImmediate(() => void round());
    }
    return waiting.promise;
  };
}

export interface WalFile {
  sync(): Promise<void>;
  close(): void;
}

/**
 * The write-ahead log as a file. Why one sync of it is enough for all commits before: SQLite appends frames in the order
 * of commits, each checksum goes on from the one before, and recovery takes the longest unbroken prefix; so nothing can
 * be there without what was before it. When SQLite starts the log over, its own checkpoint has synced log and database
 * first, and the new header's salt puts the old frames out of use: a sync of the new frames covers the old by that.
 *
 * Only the log is opened here, never the database: closing any descriptor of a file drops the locks that this process
 * holds on it (fcntl(2)), and the lock on the database is what keeps a second process out.
 */
export function openWal(database: string): WalFile {
  const path = `${database}-wal`;
  let fd = open();

  function open(): number {
    const opened = openSync(path, constants.O_RDWR);
    syncFolder(dirname(path));
    return opened;
  }

  // SQLite makes a new file only after the last connection closed, which ours has not. Looking costs microseconds.
  function current(): number {
    if (fstatSync(fd).ino !== statSync(path).ino) {
      closeSync(fd);
      fd = open();
    }
    return fd;
  }

  return {
    sync: () =>
      new Promise((resolve, reject) => {
        fdatasync(current(), (error) => (error === null ? resolve() : reject(error)));
      }),
    close: () => closeSync(fd),
  };
}

// A new file is safe only when its name is on the disk as well.
function syncFolder(folder: string): void {
  const fd = openSync(folder, constants.O_RDONLY);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
