CREATE TABLE `shopper_tokens` (
	`tenant_id` text NOT NULL,
	`hash` text NOT NULL,
	`event_id` text NOT NULL,
	`purpose` text NOT NULL,
	`account_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `hash`)
);
--> statement-breakpoint
CREATE INDEX `shopper_tokens_by_account` ON `shopper_tokens` (`tenant_id`,`account_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `shopper_token_event` ON `shopper_tokens` (`tenant_id`,`event_id`);--> statement-breakpoint
CREATE TABLE `mails` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`recipient` text NOT NULL,
	`subject` text NOT NULL,
	`body` text,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`created_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`send_before` integer,
	`sent_at` integer,
	`failure` text,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mails_by_key` ON `mails` (`tenant_id`,`key`);--> statement-breakpoint
CREATE INDEX `mails_due` ON `mails` (`tenant_id`,`state`,`due_at`);--> statement-breakpoint
ALTER TABLE `shopper_accounts` ADD `proven_at` integer;--> statement-breakpoint
CREATE INDEX `orders_by_email` ON `orders` (`tenant_id`,lower("email"));