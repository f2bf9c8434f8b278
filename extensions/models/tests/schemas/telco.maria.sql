SET NAMES utf8mb4;
CREATE TABLE `customer` (
  `id` int unsigned NOT NULL AUTO_INCREMENT,
  `salutation` enum('Herr','Frau','Divers') DEFAULT NULL,
  `vorname` varchar(50) NOT NULL,
  `nachname` varchar(60) NOT NULL,
  `geburtsdatum` date NOT NULL,
  `strasse` varchar(80) NOT NULL,
  `hausnummer` varchar(8) NOT NULL,
  `plz` char(5) NOT NULL,
  `ort` varchar(60) NOT NULL,
  `iban` char(22) CHARACTER SET ascii NOT NULL,
  `email` varchar(120) NOT NULL,
  `mobil` varchar(24) DEFAULT NULL,
  `kundennummer` char(10) NOT NULL,
  `werbung` tinyint(1) NOT NULL DEFAULT '0',
  `interessen` set('sport','musik','reisen','technik') DEFAULT NULL,
  `angelegt_am` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  `geaendert_am` timestamp NULL DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uk_kundennummer` (`kundennummer`),
  UNIQUE KEY `uk_email` (`email`),
  KEY `idx_name` (`nachname`,`vorname`),
  FULLTEXT KEY `ft` (`strasse`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='Kunden';
CREATE TABLE `tariff` (
  `code` varchar(12) NOT NULL,
  `name` varchar(40) NOT NULL,
  `monthly_fee` decimal(6,2) unsigned NOT NULL,
  `data_gb` smallint unsigned DEFAULT NULL COMMENT 'NULL = unlimited',
  `valid_from` date NOT NULL,
  `valid_to` date DEFAULT NULL,
  PRIMARY KEY (`code`),
  CONSTRAINT `chk_valid` CHECK (`valid_to` is null or `valid_to` > `valid_from`)
) ENGINE=InnoDB;
CREATE TABLE `sim_card` (
  `iccid` char(19) NOT NULL,
  `imsi` char(15) NOT NULL,
  `puk` char(8) NOT NULL,
  `status` enum('stock','active','blocked') NOT NULL DEFAULT 'stock',
  PRIMARY KEY (`iccid`), UNIQUE KEY (`imsi`),
  CONSTRAINT `chk_iccid` CHECK (`iccid` regexp '^8949[0-9]{15}$'),
  CONSTRAINT `chk_imsi` CHECK (`imsi` regexp '^262[0-9]{12}$')
) ENGINE=InnoDB;
CREATE TABLE `contract` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `customer_id` int unsigned NOT NULL,
  `tariff_code` varchar(12) NOT NULL,
  `iccid` char(19) DEFAULT NULL,
  `msisdn` varchar(15) NOT NULL,
  `start_date` date NOT NULL,
  `min_term_months` tinyint unsigned NOT NULL DEFAULT '24',
  `end_date` date DEFAULT NULL,
  `cancelled` tinyint(1) GENERATED ALWAYS AS (if(`end_date` is null,0,1)) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uk_sim` (`iccid`), UNIQUE KEY `uk_msisdn` (`msisdn`),
  KEY `fk_customer` (`customer_id`),
  CONSTRAINT `fk_customer` FOREIGN KEY (`customer_id`) REFERENCES `customer` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT `fk_tariff` FOREIGN KEY (`tariff_code`) REFERENCES `tariff` (`code`),
  CONSTRAINT `fk_sim` FOREIGN KEY (`iccid`) REFERENCES `sim_card` (`iccid`),
  CONSTRAINT `chk_end` CHECK (`end_date` >= `start_date`),
  CONSTRAINT `chk_term` CHECK (`min_term_months` in (1,12,24))
) ENGINE=InnoDB;
CREATE TABLE `cdr` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `contract_id` bigint unsigned NOT NULL,
  `kind` enum('voice','sms','data') NOT NULL,
  `started_at` datetime NOT NULL,
  `duration_s` int unsigned DEFAULT NULL,
  `bytes` bigint unsigned DEFAULT NULL,
  `b_number` varchar(20) DEFAULT NULL,
  `charge` decimal(8,4) NOT NULL DEFAULT '0.0000',
  `roaming` bit(1) NOT NULL DEFAULT b'0',
  PRIMARY KEY (`id`), KEY (`contract_id`,`started_at`),
  CONSTRAINT `fk_contract` FOREIGN KEY (`contract_id`) REFERENCES `contract` (`id`),
  CONSTRAINT `chk_kind` CHECK ((`kind` = 'voice' and `duration_s` is not null and `bytes` is null) or (`kind` = 'data' and `bytes` is not null) or (`kind` = 'sms' and `duration_s` is null and `bytes` is null))
) ENGINE=InnoDB;
CREATE TABLE `invoice` (
  `invoice_no` varchar(20) NOT NULL,
  `contract_id` bigint unsigned NOT NULL,
  `period` year NOT NULL,
  `month` tinyint NOT NULL,
  `net` decimal(10,2) NOT NULL, `vat` decimal(10,2) NOT NULL, `gross` decimal(10,2) NOT NULL,
  `due` date NOT NULL, `paid_on` date DEFAULT NULL,
  `pdf` mediumblob,
  PRIMARY KEY (`invoice_no`), UNIQUE KEY `uk_period` (`contract_id`,`period`,`month`),
  CONSTRAINT `fk_inv` FOREIGN KEY (`contract_id`) REFERENCES `contract` (`id`),
  CONSTRAINT `chk_month` CHECK (`month` between 1 and 12),
  CONSTRAINT `chk_gross` CHECK (`gross` = `net` + `vat`),
  CONSTRAINT `chk_no` CHECK (`invoice_no` like 'RE-____-%')
) ENGINE=InnoDB;
CREATE TABLE mast (id INT PRIMARY KEY, spot POINT NOT NULL, reach POLYGON, way LINESTRING NOT NULL, spots MULTIPOINT, height INT NOT NULL, CHECK (height MOD 5 = CRC32(id) MOD 5));
