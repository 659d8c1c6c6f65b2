CREATE TABLE `media_heat` (
	`tenant_id` text NOT NULL,
	`name` text NOT NULL,
	`day` integer NOT NULL,
	`views` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `name`, `day`)
);
--> statement-breakpoint
CREATE INDEX `media_heat_by_day` ON `media_heat` (`tenant_id`,`day`);--> statement-breakpoint
CREATE TABLE `media_pictures` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`filename` text NOT NULL,
	`content_type` text NOT NULL,
	`bytes` integer NOT NULL,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	`storage_class` text NOT NULL,
	`created_at` integer NOT NULL,
	`moved_at` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	CONSTRAINT "media_picture_class" CHECK("media_pictures"."storage_class" IN ('Standard', 'InfrequentAccess'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `media_pictures_by_name` ON `media_pictures` (`tenant_id`,`name`);--> statement-breakpoint
CREATE TABLE `media_tasks` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`picture_id` text NOT NULL,
	`product_handle` text,
	`status` text NOT NULL,
	`purge` text NOT NULL,
	`prewarm` text NOT NULL,
	`purger` text,
	`visited` text,
	`attempts` integer NOT NULL,
	`error` text,
	`created_at` integer NOT NULL,
	`finished_at` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	CONSTRAINT "media_task_status" CHECK("media_tasks"."status" IN ('queued', 'done', 'failed'))
);
--> statement-breakpoint
CREATE TABLE `media_uploads` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`key` text NOT NULL,
	`filename` text NOT NULL,
	`content_type` text NOT NULL,
	`bytes` integer NOT NULL,
	`sha256` text NOT NULL,
	`alt` text NOT NULL,
	`product_handle` text,
	`replaces` text,
	`state` text NOT NULL,
	`refusal` text,
	`picture_id` text,
	`origin` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`cleaned_at` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	CONSTRAINT "media_upload_state" CHECK("media_uploads"."state" IN ('open', 'receiving', 'received', 'done', 'refused'))
);
--> statement-breakpoint
CREATE INDEX `media_uploads_by_expiry` ON `media_uploads` (`tenant_id`,`cleaned_at`,`expires_at`);