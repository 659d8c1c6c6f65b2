import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import type { Statement } from "../../../../platform/db.ts";
import { insertTask, readTaskRow, type TaskRow } from "../store/uploads.ts";

/**
 * Commits a task with the rows that it follows from, and tells it. However many do the same at the same time, one does and the
 * others change and tell nothing: an event is charged, each by its own id.
 */
export async function commitTask(
  ctx: Ctx,
  task: TaskRow,
  { type, rows }: { type: string; rows: readonly Statement[] },
): Promise<void> {
  const { env, tenant } = ctx;
  try {
    await commit(ctx, [insertTask(env, task), ...rows], [{ type, payload: { task_id: task.id } }]);
  } catch (error) {
    if (!(await readTaskRow(env, tenant.id, task.id))) throw error;
  }
}
