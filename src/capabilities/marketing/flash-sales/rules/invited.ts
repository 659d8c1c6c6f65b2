import type { Sale } from "./sale.ts";

/** Why a buyer may not take part; undefined when they may. The country is known only with an address. */
export function uninvited(
  { eligibility }: Pick<Sale, "eligibility">,
  { email, country }: { email?: string; country: string | undefined },
): "country" | "email_domain" | undefined {
  const { countries, email_domains } = eligibility;
  const domain = email?.slice(email.lastIndexOf("@") + 1).toLowerCase();
  if (domain !== undefined && email_domains.length > 0 && !email_domains.includes(domain)) return "email_domain";
  if (country !== undefined && countries.length > 0 && !countries.includes(country)) return "country";
  return undefined;
}
