#!/bin/bash
# Run once, when the database container starts on an empty volume: the role and the database of
# the service. The role owns its database and can do nothing beyond it.
set -euo pipefail
psql --set ON_ERROR_STOP=1 --username postgres --set password="$SERVICE_PASSWORD" <<'SQL'
CREATE ROLE register_ects LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'password';
CREATE DATABASE register_ects OWNER register_ects TEMPLATE template0 ENCODING 'UTF8';
REVOKE CONNECT ON DATABASE register_ects FROM PUBLIC;
SQL
