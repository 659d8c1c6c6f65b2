CREATE TABLE `host_claims` (
	`tenant_id` text NOT NULL,
	`host` text NOT NULL,
	`token` text NOT NULL,
	`claimed_at` integer NOT NULL,
	`verified_at` integer,
	`verified_by` text,
	PRIMARY KEY(`tenant_id`, `host`)
);
--> statement-breakpoint
CREATE TABLE `tenant_moves` (
	`tenant_id` text NOT NULL,
	`number` integer NOT NULL,
	`from_state` text NOT NULL,
	`to_state` text NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `number`)
);
--> statement-breakpoint
CREATE TABLE `tenant_switches` (
	`tenant_id` text NOT NULL,
	`capability` text NOT NULL,
	`off_since` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `capability`)
);
--> statement-breakpoint
ALTER TABLE `tenants` ADD `state` text DEFAULT 'active' NOT NULL;--> statement-breakpoint
ALTER TABLE `tenants` ADD `trial_ends_at` integer;