import type { ShippingAddress } from "../../capabilities/selling/accounts/contract.ts";
import type { Visit } from "../visit.ts";

/** An address as it is written on a parcel: from the large to the small in Chinese, else the other way. */
export function PostalAddress({ visit: { locale }, address }: { visit: Visit; address: ShippingAddress }) {
  const { name, phone, line1, line2, city, region, postal_code: code, country } = address;
  const land = new Intl.DisplayNames(locale, { type: "region" }).of(country) ?? country;
  const town = [city, region, code].filter(Boolean).join(", ");
  const whole = [land, region, city, line1, line2].filter(Boolean).join(" ");
  const place = locale === "zh-CN" ? [whole, code] : [line1, line2, town, land];
  return (
    <address>
      <strong>{name}</strong>
      {place.filter(Boolean).map((part) => (
        <span>{part}</span>
      ))}
      {phone && <span>{phone}</span>}
    </address>
  );
}
