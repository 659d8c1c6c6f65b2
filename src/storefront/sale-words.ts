import { m } from "./messages/compiled/messages.js";
import type { Sale } from "./read-sale.ts";
import type { Visit } from "./visit.ts";

type Say = Visit["say"];
/** A heading, what it means for the shopper, and how grave it is. */
export interface Words {
  title: string;
  text: string;
  tone: "good" | "few" | "bad";
}

export function stateWord(state: Sale["state"], say: Say): string {
  switch (state) {
    case "before":
      return m.sale_state_before({}, say);
    case "live":
      return m.sale_state_live({}, say);
    case "sold_out":
      return m.sale_state_sold_out({}, say);
    case "ended":
      return m.sale_state_ended({}, say);
    case "cancelled":
      return m.sale_state_cancelled({}, say);
  }
}

/** Why there is nothing to press: the sale's three ends. */
export function closedWords(state: "sold_out" | "ended" | "cancelled", say: Say): Words {
  switch (state) {
    case "sold_out":
      return { title: m.sale_sold_out_title({}, say), text: m.sale_sold_out_text({}, say), tone: "few" };
    case "ended":
      return { title: m.sale_ended_title({}, say), text: m.sale_ended_text({}, say), tone: "few" };
    case "cancelled":
      return { title: m.sale_cancelled_title({}, say), text: m.sale_cancelled_text({}, say), tone: "few" };
  }
}

/** What became of a wish to take part, by its refusal's code and, where that has several, its reason. */
export function refusalWords(code: string, say: Say, reason?: unknown): Words {
  if (reason === "per_buyer_limit") return { title: m.refused_limit({}, say), text: "", tone: "bad" };
  const bad = (title: string, text: string): Words => ({ title, text, tone: "bad" });
  switch (code) {
    case "already_participated":
      return { ...bad(m.outcome_already_title({}, say), m.outcome_already_text({}, say)), tone: "few" };
    case "sold_out":
      return bad(m.outcome_sold_out_title({}, say), m.outcome_sold_out_text({}, say));
    case "sold_out_one":
      return bad(m.outcome_sold_out_title({}, say), m.outcome_sold_out_one_text({}, say));
    case "not_started":
      return { ...bad(m.outcome_not_started_title({}, say), m.outcome_not_started_text({}, say)), tone: "few" };
    case "ended":
      return bad(m.outcome_ended_title({}, say), m.outcome_ended_text({}, say));
    case "not_eligible":
      return bad(m.outcome_not_eligible_title({}, say), m.outcome_not_eligible_text({}, say));
    case "pass_required":
      return { ...bad(m.pass_required_title({}, say), m.pass_required_text({}, say)), tone: "few" };
    case "pass_invalid":
      return bad(m.pass_invalid_title({}, say), m.pass_invalid_text({}, say));
    case "pass_expired":
      return bad(m.pass_expired_title({}, say), m.pass_expired_text({}, say));
    case "pass_used":
      return bad(m.pass_used_title({}, say), m.pass_used_text({}, say));
    case "pass_foreign":
      return bad(m.pass_foreign_title({}, say), m.pass_foreign_text({}, say));
    default:
      return otherWords(code, say);
  }
}

function otherWords(code: string, say: Say): Words {
  const bad = (title: string, text: string): Words => ({ title, text, tone: "bad" });
  switch (code) {
    case "participation_expired":
    case "unknown_participation":
      return bad(m.outcome_hold_gone_title({}, say), m.outcome_hold_gone_text({}, say));
    case "journal_full":
      return { ...bad(m.outcome_busy_title({}, say), m.outcome_busy_text({}, say)), tone: "few" };
    case "known":
      return { ...bad(m.room_known_title({}, say), m.room_known_text({}, say)), tone: "few" };
    case "room_full":
      return { ...bad(m.room_full_title({}, say), m.room_full_text({}, say)), tone: "few" };
    case "provider_off":
      return bad(m.refused_provider({}, say), "");
    default:
      return bad(m.problem_other({}, say), "");
  }
}
