export interface ShopCall {
  key?: string;
  /** Sent as JSON unless it is text or a stream. */
  body?: unknown;
  headers?: Record<string, string>;
}

export interface ShopAnswer {
  status: number;
  text: string;
  body: ReturnType<typeof JSON.parse>;
}

export function callShop(origin: string, method: string, path: string, call?: ShopCall): Promise<ShopAnswer>;
export function callShopOrThrow(
  origin: string,
  method: string,
  path: string,
  call?: ShopCall,
): Promise<ShopAnswer["body"]>;
