CREATE TABLE `staff_resets` (
	`tenant_id` text NOT NULL,
	`hash` text NOT NULL,
	`event_id` text NOT NULL,
	`member_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `hash`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_resets_by_event` ON `staff_resets` (`tenant_id`,`event_id`);--> statement-breakpoint
CREATE INDEX `staff_resets_by_member` ON `staff_resets` (`tenant_id`,`member_id`);