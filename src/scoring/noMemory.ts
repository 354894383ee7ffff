const NO_MEMORY = /bad_alloc|bad allocation|out of memory|allocation failed|failed to allocate|cannot allocate memory|ENOMEM/i;

/** Whether an error's message says that memory was refused: V8, C++, zlib and the system have words of their own for it. */
export function saysNoMemory(message: string): boolean {
  return NO_MEMORY.test(message);
}
