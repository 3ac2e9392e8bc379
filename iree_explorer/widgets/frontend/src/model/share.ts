import type { ExplorerDocument, Timeline } from "./document";
import { workerName } from "./gantt";

/** A run as trace-event JSON, which Perfetto and Chrome's tracing page open: one row a worker, times in microseconds. */
export function perfettoText({ spans }: Timeline): string {
  const workers = [...new Set(spans.map(({ worker }) => worker))].sort((a, b) => a - b);
  const rows = workers.map((worker) => ({
    ph: "M",
    name: "thread_name",
    pid: 0,
    tid: worker + 1,
    args: { name: workerName(worker) },
  }));
  const events = spans.map(({ op, name, worker, start, end, bytes, region, wave, affinity }) => ({
    ph: "X",
    name,
    cat: affinity || "host",
    pid: 0,
    tid: worker + 1,
    ts: start / 1000,
    dur: (end - start) / 1000,
    args: { op, bytes, region, wave },
  }));
  return JSON.stringify({ traceEvents: [...rows, ...events], displayTimeUnit: "ns" });
}

/** The steps' sentences, pass by pass. */
export function traceText({ stages, steps }: ExplorerDocument): string {
  return stages
    .map(({ pass, function: name, first, end }) => {
      const lines = steps
        .slice(first, end)
        .map(({ kind, reason }, index) => `${first + index + 1}. ${kind}: ${reason}`);
      return [`${pass} of @${name}`, ...lines, ""].join("\n");
    })
    .join("\n");
}
