CREATE TABLE `shopper_accounts` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`email` text NOT NULL,
	`email_key` text NOT NULL,
	`password` text NOT NULL,
	`password_changed_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`cart_id` text,
	`default_address_id` text,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `shopper_account_email` ON `shopper_accounts` (`tenant_id`,`email_key`);--> statement-breakpoint
CREATE TABLE `shopper_addresses` (
	`tenant_id` text NOT NULL,
	`account_id` text NOT NULL,
	`id` text NOT NULL,
	`address` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `account_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `shopper_orders` (
	`tenant_id` text NOT NULL,
	`account_id` text NOT NULL,
	`order_id` text NOT NULL,
	`placed_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `account_id`, `order_id`)
);
--> statement-breakpoint
CREATE INDEX `shopper_orders_by_time` ON `shopper_orders` (`tenant_id`,`account_id`,`placed_at`,`order_id`);--> statement-breakpoint
CREATE TABLE `shopper_sessions` (
	`tenant_id` text NOT NULL,
	`hash` text NOT NULL,
	`id` text NOT NULL,
	`account_id` text NOT NULL,
	`device` text NOT NULL,
	`began_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `hash`)
);
--> statement-breakpoint
CREATE INDEX `shopper_sessions_by_account` ON `shopper_sessions` (`tenant_id`,`account_id`,`id`);