import { defineConfig } from "vitest/config";

// No test is about time: on a machine that is busy one may take long.
export default defineConfig({ test: { include: ["test/**/*.test.ts"], environment: "node", testTimeout: 60_000 } });
