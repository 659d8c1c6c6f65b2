ALTER TABLE `api_keys` ADD `name` text DEFAULT 'First key' NOT NULL;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `prefix` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `mode` text DEFAULT 'live' NOT NULL;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `plan` text DEFAULT 'house' NOT NULL;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `spend_cap_micros` integer;