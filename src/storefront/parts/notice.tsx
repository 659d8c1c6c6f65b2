import type { Child } from "hono/jsx";

interface NoticeProps {
  kind: "good" | "few" | "bad";
  /** Takes the focus when the page opens, as the answer to what the shopper just sent. */
  isAnswer?: boolean;
  children?: Child;
}

export const Notice = ({ kind, isAnswer = false, children }: NoticeProps) => (
  <div
    class={`notice notice-${kind}`}
    role={isAnswer ? "alert" : undefined}
    tabindex={isAnswer ? -1 : undefined}
    autofocus={isAnswer || undefined}
  >
    {children}
  </div>
);
