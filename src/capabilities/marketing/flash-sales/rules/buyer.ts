/** One buyer, however they write their address: blanks and capitals do not count, nor does what follows a + before the @. */
export function normaliseBuyer(email: string): string {
  const text = email.trim().toLowerCase();
  const at = text.lastIndexOf("@");
  const plus = text.indexOf("+");
  return plus > 0 && plus < at ? text.slice(0, plus) + text.slice(at) : text;
}
