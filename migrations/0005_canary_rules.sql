CREATE TABLE `canary_rules` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`condition` text NOT NULL,
	`position` integer NOT NULL,
	`target` text NOT NULL,
	`arm` text NOT NULL,
	`overlay` text,
	`guard` text NOT NULL,
	`is_enabled` integer NOT NULL,
	`off_at` integer,
	`off_why` text,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	CONSTRAINT "no_rule_for_control" CHECK("canary_rules"."arm" <> 'control'),
	CONSTRAINT "off_says_why" CHECK(("canary_rules"."off_at" IS NULL) = ("canary_rules"."off_why" IS NULL))
);
--> statement-breakpoint
ALTER TABLE `orders` ADD `arm` text DEFAULT 'control' NOT NULL;