/** Stands in for `cloudflare:workers` in the simulated world: the base class keeps what it is given. */
export class DurableObject {
  constructor(
    readonly ctx: unknown,
    readonly env: unknown,
  ) {}
}
export class WorkerEntrypoint extends DurableObject {}
export class WorkflowEntrypoint extends DurableObject {}
export const env = {};
