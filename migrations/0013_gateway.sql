CREATE TABLE `gateway_audit` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`gone_at` integer NOT NULL,
	`operation` text NOT NULL,
	`caller` text NOT NULL,
	`status` integer NOT NULL,
	`request_id` text NOT NULL,
	`arm` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `gateway_audit_gone` ON `gateway_audit` (`tenant_id`,`gone_at`);--> statement-breakpoint
CREATE TABLE `gateway_plugins` (
	`tenant_id` text NOT NULL,
	`name` text NOT NULL,
	`version` integer NOT NULL,
	`is_enabled` integer NOT NULL,
	`position` integer NOT NULL,
	`metadata` text NOT NULL,
	`changed_at` integer NOT NULL,
	`changed_by` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `name`)
);
