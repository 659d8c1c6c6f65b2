CREATE TABLE `invoices` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`client` text NOT NULL,
	`invoice` text NOT NULL,
	`issued_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `invoices_by_client` ON `invoices` (`tenant_id`,`client`,`id`);