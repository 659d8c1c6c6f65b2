CREATE TABLE `__new_flash_sales` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`position` integer DEFAULT 0 NOT NULL,
	`sku` text NOT NULL,
	`starts_at` integer NOT NULL,
	`version` integer NOT NULL,
	`doc` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`, `position`)
);
--> statement-breakpoint
INSERT INTO `__new_flash_sales`("tenant_id", "id", "position", "sku", "starts_at", "version", "doc") SELECT "tenant_id", "id", 0, "sku", "starts_at", "version", "doc" FROM `flash_sales`;--> statement-breakpoint
DROP TABLE `flash_sales`;--> statement-breakpoint
ALTER TABLE `__new_flash_sales` RENAME TO `flash_sales`;--> statement-breakpoint
CREATE INDEX `flash_sales_by_start` ON `flash_sales` (`tenant_id`,`starts_at`,`id`);