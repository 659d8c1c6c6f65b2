CREATE TABLE `staff_audit` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`who` text NOT NULL,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`result` text NOT NULL,
	`facts` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `staff_invitations` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`hash` text NOT NULL,
	`email` text NOT NULL,
	`role` text NOT NULL,
	`invited_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`accepted_at` integer,
	`member_id` text,
	`revoked_at` integer,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_invitations_by_hash` ON `staff_invitations` (`tenant_id`,`hash`);--> statement-breakpoint
CREATE INDEX `staff_invitations_by_email` ON `staff_invitations` (`tenant_id`,`email`);--> statement-breakpoint
CREATE TABLE `staff_members` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`password_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`deactivated_at` integer,
	`last_seen_at` integer,
	`last_change` text NOT NULL,
	`code_secret` text,
	`codes_since` integer,
	`code_step` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	CONSTRAINT "staff_member_role" CHECK("staff_members"."role" IN ('owner', 'manager', 'support', 'auditor'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_members_by_email` ON `staff_members` (`tenant_id`,`email`);--> statement-breakpoint
CREATE TABLE `staff_recovery_codes` (
	`tenant_id` text NOT NULL,
	`member_id` text NOT NULL,
	`hash` text NOT NULL,
	`used_at` integer,
	PRIMARY KEY(`tenant_id`, `member_id`, `hash`)
);
--> statement-breakpoint
CREATE TABLE `staff_sessions` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`hash` text NOT NULL,
	`member_id` text NOT NULL,
	`stage` text NOT NULL,
	`device` text NOT NULL,
	`began_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_sessions_by_hash` ON `staff_sessions` (`tenant_id`,`hash`);--> statement-breakpoint
CREATE INDEX `staff_sessions_by_member` ON `staff_sessions` (`tenant_id`,`member_id`);--> statement-breakpoint
CREATE TRIGGER `staff_audit_stays` BEFORE UPDATE ON `staff_audit` BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END;
--> statement-breakpoint
CREATE TRIGGER `staff_audit_is_kept` BEFORE DELETE ON `staff_audit` WHEN OLD.`at` > unixepoch() * 1000 - 15811200000 BEGIN SELECT RAISE(ABORT, 'audit rows are kept for half a year'); END;
