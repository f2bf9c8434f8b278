

CREATE TABLE tenants (
  tenant_id serial PRIMARY KEY,
  slug varchar(63) NOT NULL UNIQUE CHECK (slug ~ '^[a-z][a-z0-9-]*$'),
  name text NOT NULL,
  plan text NOT NULL DEFAULT 'free' CHECK (plan = ANY (ARRAY['free','team','enterprise'])),
  seats int CHECK (plan <> 'free' OR seats <= 5),
  trial_ends_on date,
  created_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  CONSTRAINT deleted_after CHECK (deleted_at IS NULL OR deleted_at >= created_at)
);
CREATE TABLE users (
  tenant_id int NOT NULL REFERENCES tenants ON DELETE CASCADE,
  user_id int NOT NULL,
  email varchar(254) NOT NULL,
  display_name varchar(80) NOT NULL,
  password_hash bytea NOT NULL CHECK (octet_length(password_hash) = 32),
  role text NOT NULL CHECK (role IN ('owner','admin','member','guest')),
  manager_id int,
  last_login inet,
  locale varchar(5) CHECK (locale SIMILAR TO '[a-z]{2}(_[A-Z]{2})?'),
  PRIMARY KEY (tenant_id, user_id),
  UNIQUE (tenant_id, email),
  FOREIGN KEY (tenant_id, manager_id) REFERENCES users (tenant_id, user_id),
  CHECK (manager_id IS NULL OR manager_id <> user_id)
);
CREATE TABLE projects (
  tenant_id int NOT NULL,
  project_id bigserial,
  key varchar(10) NOT NULL CHECK (key ~ '^[A-Z]{2,10}$'),
  title text NOT NULL CHECK (char_length(title) BETWEEN 3 AND 120),
  lead_id int NOT NULL,
  parent_project bigint,
  budget money,
  tags text[] NOT NULL DEFAULT '{}',
  settings jsonb NOT NULL DEFAULT '{}'::jsonb,
  period daterange,
  PRIMARY KEY (tenant_id, project_id),
  UNIQUE (tenant_id, key),
  FOREIGN KEY (tenant_id, lead_id) REFERENCES users,
  FOREIGN KEY (tenant_id, parent_project) REFERENCES projects (tenant_id, project_id)
);
CREATE TABLE labels (tenant_id int REFERENCES tenants, label_id serial, name varchar(30) NOT NULL, colour char(7) NOT NULL CHECK (colour ~* '^#[0-9a-f]{6}$'), PRIMARY KEY (tenant_id, label_id), UNIQUE (tenant_id, name));
CREATE TABLE issues (
  tenant_id int NOT NULL, issue_id bigint NOT NULL,
  project_id bigint NOT NULL, reporter_id int NOT NULL, assignee_id int,
  title text NOT NULL, body text, 
  priority smallint NOT NULL CHECK (priority BETWEEN 1 AND 5),
  state varchar(12) NOT NULL, opened_at timestamp NOT NULL, closed_at timestamp,
  estimate_hours numeric(5,1) CHECK (estimate_hours > 0), spent_hours numeric(5,1) CHECK (spent_hours >= 0),
  blocked_by bigint,
  PRIMARY KEY (tenant_id, issue_id),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects,
  FOREIGN KEY (tenant_id, reporter_id) REFERENCES users,
  FOREIGN KEY (tenant_id, assignee_id) REFERENCES users,
  FOREIGN KEY (tenant_id, blocked_by) REFERENCES issues (tenant_id, issue_id) DEFERRABLE INITIALLY DEFERRED,
  CHECK (state IN ('open','in_progress','closed')),
  CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
  CHECK (closed_at >= opened_at),
  CHECK (blocked_by <> issue_id)
);
CREATE TABLE issue_labels (tenant_id int, issue_id bigint, label_id int, PRIMARY KEY (tenant_id, issue_id, label_id),
  FOREIGN KEY (tenant_id, issue_id) REFERENCES issues, FOREIGN KEY (tenant_id, label_id) REFERENCES labels);
CREATE UNIQUE INDEX one_owner ON users (tenant_id) WHERE role = 'owner';
CREATE UNIQUE INDEX lower_slug ON tenants (lower(name));
CREATE TABLE subscriptions (
  tenant_id int PRIMARY KEY REFERENCES tenants,
  stripe_id varchar(30) UNIQUE NOT NULL CHECK (stripe_id LIKE 'sub\_%'),
  starts date NOT NULL, ends date, auto_renew boolean NOT NULL,
  unit_price numeric(8,2) NOT NULL, quantity int NOT NULL CHECK (quantity >= 1), discount_pct numeric(4,1) NOT NULL DEFAULT 0 CHECK (discount_pct >= 0 AND discount_pct <= 100),
  total numeric(12,2) NOT NULL CHECK (total = round(unit_price * quantity * (100 - discount_pct) / 100, 2)),
  CHECK (ends IS NULL OR ends > starts), CHECK (auto_renew OR ends IS NOT NULL)
);
CREATE TABLE audit_events (
  id bigserial, tenant_id int NOT NULL REFERENCES tenants, at timestamptz NOT NULL, action text NOT NULL, ip inet, mac macaddr, payload json,
  PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE TABLE audit_events_default PARTITION OF audit_events DEFAULT;
CREATE TABLE "Office Unit" (
  "unitId" int PRIMARY KEY, "from" date NOT NULL, "to" date, gateway inet NOT NULL, card macaddr NOT NULL, spot point,
  boss int REFERENCES "Office Unit", marks text[] NOT NULL CHECK (cardinality(marks) BETWEEN 1 AND 4),
  CHECK ("from" < "to"), CHECK (date_part('year', "from") = 2025)
);
CREATE UNIQUE INDEX one_head ON "Office Unit" ((boss IS NULL)) WHERE boss IS NULL;
