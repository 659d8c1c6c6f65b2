CREATE TABLE `flash_sales` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`sku` text NOT NULL,
	`starts_at` integer NOT NULL,
	`version` integer NOT NULL,
	`doc` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `flash_sales_by_start` ON `flash_sales` (`tenant_id`,`starts_at`,`id`);