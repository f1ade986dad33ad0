import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/bench/**", "**/node_modules/**", "dist/**", "cdk.out/**"],
    pool: "forks",
    globalSetup: ["test/support/global-setup.ts"],
    testTimeout: 10_000,
    hookTimeout: 10_000,
  },
});
