ALTER TABLE `stock_levels` ADD `changed_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `stock_levels_by_change` ON `stock_levels` (`tenant_id`,`changed_at`,`sku`);