CREATE TABLE `reservation_licences` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`plan` text NOT NULL,
	`hash` text NOT NULL,
	`prefix` text NOT NULL,
	`is_enabled` integer NOT NULL,
	`rollout_percent` integer,
	`created_at` integer NOT NULL,
	`revoked_at` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	CONSTRAINT "rollout_is_a_percentage" CHECK("reservation_licences"."rollout_percent" BETWEEN 0 AND 100)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reservation_licences_by_hash` ON `reservation_licences` (`hash`);