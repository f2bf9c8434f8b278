"""Messages of ISO 20022, in the versions that banks take."""
