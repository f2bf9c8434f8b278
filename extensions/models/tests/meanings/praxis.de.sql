-- A practice, its shop and its books, as a German developer would design them: held out while the recogniser was tuned.
CREATE TABLE tbl_patienten (
    pat_nr integer PRIMARY KEY,
    anrede varchar(10),
    titel varchar(20),
    vorname varchar(50) NOT NULL,
    nachname varchar(50) NOT NULL,
    geb_datum date NOT NULL,
    geschlecht char(1),
    familienstand varchar(20),
    staatsangehoerigkeit char(2),
    strasse varchar(60),
    hausnr varchar(10),
    plz char(5),
    ort varchar(60),
    bundesland varchar(40),
    telefon_privat varchar(30),
    handy varchar(30),
    email varchar(80),
    krankenkasse varchar(80),
    versichertennummer varchar(20),
    blutgruppe varchar(4),
    raucher varchar(20),
    bemerkung text
);
CREATE TABLE aerzte (
    arzt_id serial PRIMARY KEY,
    name varchar(80) NOT NULL,
    fachrichtung varchar(60),
    lanr char(9),
    tel varchar(30)
);
CREATE TABLE termine (
    termin_id serial PRIMARY KEY,
    pat_nr integer REFERENCES tbl_patienten,
    arzt_id integer REFERENCES aerzte,
    beginn timestamp NOT NULL,
    ende timestamp,
    diagnose_code varchar(10),
    diagnose varchar(200)
);
CREATE TABLE lieferanten (
    lieferant_id serial PRIMARY KEY,
    firma varchar(80) NOT NULL,
    rechtsform varchar(40),
    ust_id varchar(20),
    ansprechpartner varchar(80),
    adresse varchar(100),
    postleitzahl varchar(10),
    stadt varchar(60),
    land varchar(60),
    telefonnummer varchar(30),
    telefax varchar(30),
    webseite varchar(100),
    iban varchar(34),
    bic varchar(11),
    kontoinhaber varchar(60)
);
CREATE TABLE artikel (
    artikelnr integer PRIMARY KEY,
    bezeichnung varchar(80) NOT NULL,
    ean char(13),
    warengruppe varchar(40),
    beschreibung text,
    verkaufspreis numeric(10,2),
    einkaufspreis numeric(10,2),
    lagerbestand integer,
    hersteller varchar(60)
);
CREATE TABLE bestellungen (
    bestellnr integer PRIMARY KEY,
    bestelldatum timestamp NOT NULL,
    rechnung_strasse varchar(60),
    rechnung_plz varchar(10),
    rechnung_ort varchar(60),
    liefer_name varchar(80),
    liefer_strasse varchar(60),
    liefer_plz varchar(10),
    liefer_ort varchar(60),
    zahlungsart varchar(40),
    gesamtbetrag numeric(12,2),
    waehrung char(3),
    status varchar(20)
);
CREATE TABLE bestellpositionen (
    bestellnr integer REFERENCES bestellungen,
    pos_nr integer,
    artikelnr integer REFERENCES artikel,
    menge integer NOT NULL,
    einzelpreis numeric(10,2) NOT NULL,
    PRIMARY KEY (bestellnr, pos_nr)
);
CREATE TABLE mitarbeiter (
    personalnr integer PRIMARY KEY,
    vname varchar(40),
    nname varchar(40),
    geburtsdatum date,
    beruf varchar(80),
    gehalt numeric(10,2),
    steuer_id char(11),
    sv_nummer varchar(12),
    benutzername varchar(30),
    vorgesetzter integer REFERENCES mitarbeiter
);
