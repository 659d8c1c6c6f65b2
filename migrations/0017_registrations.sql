CREATE TABLE `shopper_registrations` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`email` text NOT NULL,
	`email_key` text NOT NULL,
	`password` text NOT NULL,
	`hash` text,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `shopper_registrations_by_email` ON `shopper_registrations` (`tenant_id`,`email_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `shopper_registration_hash` ON `shopper_registrations` (`tenant_id`,`hash`);