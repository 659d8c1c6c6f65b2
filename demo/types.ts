export interface Text {
  en: string;
  "zh-CN": string;
}

export interface DemoImage {
  /** Path under public/, for example "/demo/gaiwan-celadon.svg". */
  src: string;
  alt: Text;
  width: number;
  height: number;
}

export interface DemoVariant {
  sku: string;
  /** English option values, in option order. */
  options: string[];
  /** Minor units of the shop's currency. */
  price: number;
  compareAt?: number;
  grams: number;
  barcode?: string;
  stock: number;
  /** Index in the product's images. */
  image?: number;
}

export interface DemoProduct {
  handle: string;
  title: Text;
  /** HTML limited to <p>, <ul>, <li> and <strong>. */
  description: Text;
  vendor: string;
  type: Text;
  tags: string[];
  /** Empty when the product has one variant. */
  options: { name: Text; values: Text[] }[];
  variants: DemoVariant[];
  images: DemoImage[];
  /** Collection handles. */
  collections: string[];
  seo: { title: Text; description: Text };
}

export interface DemoCollection {
  handle: string;
  title: Text;
  description: Text;
  image: DemoImage;
}

export interface DemoShop {
  name: Text;
  tagline: Text;
  story: Text;
  /** The front page's picture. */
  hero?: DemoImage;
}

/** A flash sale of one or more variants, at times counted from when it is opened. */
export interface DemoSale {
  /** Both languages in one line; a sale of one variant may go by its product's name. */
  title?: string;
  items: {
    sku: string;
    /** Minor units of the shop's currency. */
    price: number;
    quantity: number;
    perBuyerLimit: number;
  }[];
  startsInMinutes: number;
  lastsMinutes: number;
  /** With it the sale has a waiting room. */
  admitPerSecond?: number;
}
