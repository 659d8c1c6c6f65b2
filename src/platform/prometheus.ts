/** One metric family: its name, what it means and a value for each set of labels. */
export interface Metric {
  name: string;
  help: string;
  type: "counter" | "gauge";
  samples: readonly { labels: Readonly<Record<string, string>>; value: number }[];
}

/** Metrics in the Prometheus text exposition format 0.0.4. */
export const exposition = (metrics: readonly Metric[]): string =>
  metrics
    .flatMap(({ name, help, type, samples }) => [
      `# HELP ${name} ${help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}`,
      `# TYPE ${name} ${type}`,
      ...samples.map(({ labels, value }) => `${name}${labelSet(labels)} ${value}`),
    ])
    .map((line) => `${line}\n`)
    .join("");

function labelSet(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length > 0 ? `{${pairs.join(",")}}` : "";
}

const escaped = (value: string): string =>
  value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
