import { defineConfig, mergeConfig } from 'vitest/config';
import viteConfig from './vite.config.ts';

export default mergeConfig(
  viteConfig,
  defineConfig({
    test: {
      include: ['src/**/*.test.{ts,tsx}', 'bench/**/*.test.ts', 'scripts/**/*.test.ts'],
      // A test of a view asks for a page in its first line: // @vitest-environment happy-dom
      environment: 'node',
      setupFiles: ['scripts/unit-setup.ts'],
      pool: 'threads',
      maxWorkers: 2,
      testTimeout: 30_000,
      hookTimeout: 30_000,
    },
  }),
);
