/** Web Locks for tests in Node: exclusive locks, and holders that can die. */

interface Waiter {
  name: string;
  holder: string;
  grant: () => void;
}

export interface FakeLocks {
  /** The lock manager as one tab or worker sees it. */
  as(holder: string): LockManager;
  /** What the browser does when a tab or worker is gone. */
  die(holder: string): void;
  isHeld(name: string): boolean;
}

export function createFakeLocks(): FakeLocks {
  const held = new Map<string, { holder: string }>();
  let waiters: Waiter[] = [];

  function release(name: string, token: object): void {
    if (held.get(name) !== token) return;
    held.delete(name);
    const next = waiters.find((waiter) => waiter.name === name);
    if (!next) return;
    waiters = waiters.filter((waiter) => waiter !== next);
    next.grant();
  }

  function request<T>(
    holder: string,
    name: string,
    options: LockOptions,
    work: (lock: Lock | null) => T | PromiseLike<T>,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const grant = () => {
        const token = { holder };
        held.set(name, token);
        Promise.resolve()
          .then(() => work({ name, mode: 'exclusive' }))
          .then(resolve, reject)
          .finally(() => {
            release(name, token);
          });
      };
      if (!held.has(name)) grant();
      else if (options.ifAvailable) Promise.resolve(work(null)).then(resolve, reject);
      else {
        const waiter = { name, holder, grant };
        waiters.push(waiter);
        options.signal?.addEventListener('abort', () => {
          if (!waiters.includes(waiter)) return;
          waiters = waiters.filter((other) => other !== waiter);
          reject(options.signal?.reason as Error);
        });
      }
    });
  }

  return {
    as: (holder) =>
      ({
        request: <T>(name: string, ...rest: [LockOptions, () => T] | [() => T]) =>
          rest.length === 2 ? request(holder, name, rest[0], rest[1]) : request(holder, name, {}, rest[0]),
      }) as unknown as LockManager,
    die(holder) {
      waiters = waiters.filter((waiter) => waiter.holder !== holder);
      for (const [name, token] of [...held]) if (token.holder === holder) release(name, token);
    },
    isHeld: (name) => held.has(name),
  };
}
