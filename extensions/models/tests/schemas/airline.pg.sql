CREATE EXTENSION IF NOT EXISTS citext;
CREATE TYPE cabin AS ENUM ('economy','premium_economy','business','first');
CREATE DOMAIN iata_code AS char(3) CHECK (VALUE ~ '^[A-Z]{3}$');
CREATE TABLE airports (
  airport_code iata_code PRIMARY KEY,
  airport_name jsonb NOT NULL,
  city text NOT NULL,
  country_code char(2) NOT NULL CHECK (country_code = upper(country_code)),
  coordinates point NOT NULL,
  timezone text NOT NULL,
  elevation_ft integer CHECK (elevation_ft BETWEEN -1300 AND 15000)
);
CREATE TABLE aircraft_models (
  model_code char(3) PRIMARY KEY CHECK (length(trim(model_code)) = 3),
  name varchar(40) NOT NULL UNIQUE,
  range_km integer NOT NULL CHECK (range_km > 0),
  cruise_speed smallint CHECK (cruise_speed > 200 AND cruise_speed < 1100)
);
CREATE TABLE seats (
  model_code char(3) REFERENCES aircraft_models ON DELETE CASCADE,
  seat_no varchar(4) NOT NULL CHECK (seat_no ~ '^[1-9][0-9]?[A-K]$'),
  fare_conditions cabin NOT NULL,
  PRIMARY KEY (model_code, seat_no)
);
CREATE TABLE flights (
  flight_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  flight_no char(6) NOT NULL,
  scheduled_departure timestamptz NOT NULL,
  scheduled_arrival timestamptz NOT NULL,
  departure_airport iata_code NOT NULL REFERENCES airports(airport_code),
  arrival_airport iata_code NOT NULL REFERENCES airports(airport_code),
  status varchar(20) NOT NULL CHECK (status IN ('On Time','Delayed','Departed','Arrived','Scheduled','Cancelled')),
  model_code char(3) NOT NULL REFERENCES aircraft_models,
  actual_departure timestamptz,
  actual_arrival timestamptz,
  duration interval GENERATED ALWAYS AS (scheduled_arrival - scheduled_departure) STORED,
  UNIQUE (flight_no, scheduled_departure),
  CHECK (scheduled_arrival > scheduled_departure),
  CHECK (departure_airport <> arrival_airport),
  CHECK (actual_arrival IS NULL OR (actual_departure IS NOT NULL AND actual_arrival > actual_departure))
);
CREATE TABLE passengers (
  passenger_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  first_name text NOT NULL, last_name text NOT NULL,
  email citext UNIQUE,
  phone varchar(20),
  date_of_birth date NOT NULL CHECK (date_of_birth < CURRENT_DATE),
  passport_no varchar(9),
  nationality char(2),
  frequent_flyer_tier smallint DEFAULT 0 CHECK (frequent_flyer_tier IN (0,1,2,3))
);
CREATE TABLE bookings (
  book_ref char(6) PRIMARY KEY CHECK (book_ref ~ '^[A-Z0-9]{6}$'),
  book_date timestamptz NOT NULL,
  total_amount numeric(10,2) NOT NULL CHECK (total_amount >= 0),
  currency char(3) NOT NULL DEFAULT 'EUR',
  contact jsonb
);
CREATE TABLE tickets (
  ticket_no char(13) PRIMARY KEY CHECK (ticket_no ~ '^[0-9]{13}$'),
  book_ref char(6) NOT NULL REFERENCES bookings,
  passenger_id uuid NOT NULL REFERENCES passengers,
  outbound boolean NOT NULL,
  UNIQUE (book_ref, passenger_id, outbound)
);
CREATE TABLE segments (
  ticket_no char(13) REFERENCES tickets,
  flight_id bigint REFERENCES flights,
  fare_conditions cabin NOT NULL,
  price numeric(10,2) NOT NULL CHECK (price >= 0),
  PRIMARY KEY (ticket_no, flight_id)
);
CREATE TABLE boarding_passes (
  ticket_no char(13) NOT NULL,
  flight_id bigint NOT NULL,
  boarding_no integer NOT NULL,
  seat_no varchar(4) NOT NULL,
  boarded_at timestamptz,
  PRIMARY KEY (ticket_no, flight_id),
  UNIQUE (flight_id, boarding_no),
  UNIQUE (flight_id, seat_no),
  FOREIGN KEY (ticket_no, flight_id) REFERENCES segments
);
