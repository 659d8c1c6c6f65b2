CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`type` text NOT NULL,
	`created_at` integer NOT NULL,
	`event` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `outbox_by_age` ON `outbox` (`created_at`);--> statement-breakpoint
CREATE TABLE `api_keys` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`hash` text NOT NULL,
	`last4` text NOT NULL,
	`scopes` text NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_by_hash` ON `api_keys` (`hash`);--> statement-breakpoint
CREATE TABLE `tenant_hosts` (
	`host` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `tenants` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`currency` text NOT NULL,
	`locale` text NOT NULL,
	`theme` text NOT NULL,
	`settings` text NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "tenant_currency" CHECK(length("tenants"."currency") = 3)
);
--> statement-breakpoint
CREATE TABLE `collection_products` (
	`tenant_id` text NOT NULL,
	`collection_id` text NOT NULL,
	`product_id` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `collection_id`, `product_id`)
);
--> statement-breakpoint
CREATE INDEX `collection_products_in_order` ON `collection_products` (`tenant_id`,`collection_id`,`position`,`product_id`);--> statement-breakpoint
CREATE INDEX `collection_products_by_product` ON `collection_products` (`tenant_id`,`product_id`);--> statement-breakpoint
CREATE TABLE `collections` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`handle` text NOT NULL,
	`title` text NOT NULL,
	`description_html` text NOT NULL,
	`image` text,
	`translations` text NOT NULL,
	`position` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `collections_by_handle` ON `collections` (`tenant_id`,`handle`);--> statement-breakpoint
CREATE TABLE `products` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`handle` text NOT NULL,
	`title` text NOT NULL,
	`description_html` text NOT NULL,
	`vendor` text NOT NULL,
	`type` text NOT NULL,
	`tags` text NOT NULL,
	`status` text NOT NULL,
	`options` text NOT NULL,
	`images` text NOT NULL,
	`seo` text NOT NULL,
	`translations` text NOT NULL,
	`extra` text NOT NULL,
	`import_id` text,
	`import_did` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	CONSTRAINT "product_status" CHECK("products"."status" IN ('draft', 'active', 'archived'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `products_by_handle` ON `products` (`tenant_id`,`handle`);--> statement-breakpoint
CREATE INDEX `products_by_status` ON `products` (`tenant_id`,`status`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `products_by_age` ON `products` (`tenant_id`,`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `variants` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`product_id` text NOT NULL,
	`sku` text NOT NULL,
	`sku_generated` integer NOT NULL,
	`barcode` text NOT NULL,
	`price` integer NOT NULL,
	`compare_at_price` integer,
	`grams` integer NOT NULL,
	`options` text NOT NULL,
	`image` text,
	`position` integer NOT NULL,
	`imported_qty` integer,
	`extra` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	CONSTRAINT "variant_price" CHECK("variants"."price" >= 0 AND ("variants"."compare_at_price" IS NULL OR "variants"."compare_at_price" >= 0))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `variants_by_sku` ON `variants` (`tenant_id`,`sku`);--> statement-breakpoint
CREATE INDEX `variants_by_product` ON `variants` (`tenant_id`,`product_id`,`position`);--> statement-breakpoint
CREATE TABLE `orders` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`state` text NOT NULL,
	`email` text NOT NULL,
	`currency` text NOT NULL,
	`total` integer NOT NULL,
	`placed_at` text NOT NULL,
	`version` integer NOT NULL,
	`doc` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	CONSTRAINT "order_total" CHECK("orders"."total" >= 0)
);
--> statement-breakpoint
CREATE INDEX `orders_by_time` ON `orders` (`tenant_id`,`placed_at`,`id`);--> statement-breakpoint
CREATE TABLE `stock_levels` (
	`tenant_id` text NOT NULL,
	`sku` text NOT NULL,
	`on_hand` integer NOT NULL,
	`reserved` integer NOT NULL,
	`sold` integer NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `sku`),
	CONSTRAINT "never_oversold" CHECK("stock_levels"."reserved" >= 0 AND "stock_levels"."on_hand" >= "stock_levels"."reserved")
);
