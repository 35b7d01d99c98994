import list from "./prices.json";

export type PriceName = keyof typeof list.prices;

export type Price = {
  readonly dollars: number;
  readonly per: number;
  readonly unit: string;
  readonly source: string;
  readonly freeTier: string;
  readonly nextTier?: string;
};

export type PriceList = {
  /** The day on which they were looked up: "2026-11-21". */
  readonly asOf: string;
  readonly region: string;
  readonly prices: Readonly<Record<PriceName, Price>>;
};

export const PRICES: PriceList = list;

export const dollarsFor = (name: PriceName, quantity: number, { prices } = PRICES): number =>
  (quantity / prices[name].per) * prices[name].dollars;
