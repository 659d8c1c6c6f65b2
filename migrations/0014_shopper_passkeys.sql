CREATE TABLE `shopper_passkeys` (
	`tenant_id` text NOT NULL,
	`credential_id` text NOT NULL,
	`id` text NOT NULL,
	`account_id` text NOT NULL,
	`name` text NOT NULL,
	`public_key` text NOT NULL,
	`counter` integer NOT NULL,
	`transports` text NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer,
	PRIMARY KEY(`tenant_id`, `credential_id`)
);
--> statement-breakpoint
CREATE INDEX `shopper_passkeys_by_account` ON `shopper_passkeys` (`tenant_id`,`account_id`,`id`);