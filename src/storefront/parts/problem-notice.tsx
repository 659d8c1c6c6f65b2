import { m } from "../messages/compiled/messages.js";
import type { Visit } from "../visit.ts";
import { Notice } from "./notice.tsx";

/** The answer to a form that could not be done, named by `?problem=` after the redirect. */
export function ProblemNotice({ visit: { say, url } }: { visit: Visit }) {
  const code = url.searchParams.get("problem");
  if (code === null) return null;
  return (
    <Notice kind="bad" isAnswer>
      <p>{wordsFor(code, say)}</p>
    </Notice>
  );
}

function wordsFor(code: string, say: Visit["say"]): string {
  switch (code) {
    case "bad_quantity":
      return m.problem_quantity({}, say);
    case "unknown_sku":
      return m.line_gone({}, say);
    case "cart_full":
      return m.problem_cart_full({}, say);
    case "cart_checked_out":
      return m.problem_checked_out({}, say);
    case "address_book_full":
      return m.problem_address_book_full({}, say);
    case "illegal_transition":
      return m.problem_order_moved({}, say);
    default:
      return m.problem_other({}, say);
  }
}
