CREATE TABLE "artifacts" (
	"hash" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"code_version" text NOT NULL,
	"params" json NOT NULL,
	"value" "bytea",
	"shown" json,
	"error" text,
	"milliseconds" integer NOT NULL,
	"built_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "listed" (
	"title_key" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"abstract" text NOT NULL,
	"cut_short" boolean NOT NULL,
	"page_date" text NOT NULL,
	"position" integer NOT NULL,
	"slug" text,
	"imported_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"profile" text NOT NULL,
	"seeds" integer NOT NULL,
	"params" json NOT NULL,
	"code_version" text NOT NULL,
	"status" text NOT NULL,
	"trials" integer DEFAULT 0 NOT NULL,
	"finished" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"error" text,
	"report" json,
	"claims" json,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"leader_seen" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "trials" (
	"hash" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"code_version" text NOT NULL,
	"config" json NOT NULL,
	"seed" bigint NOT NULL,
	"status" text NOT NULL,
	"result" json,
	"error" text,
	"milliseconds" integer NOT NULL,
	"worker" text NOT NULL,
	"finished_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vectors" (
	"text_hash" text NOT NULL,
	"encoder" text NOT NULL,
	"vector" "bytea" NOT NULL,
	CONSTRAINT "vectors_text_hash_encoder_pk" PRIMARY KEY("text_hash","encoder")
);
--> statement-breakpoint
CREATE INDEX "runs_by_slug" ON "runs" USING btree ("slug","created_at");