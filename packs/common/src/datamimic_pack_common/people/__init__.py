"""Rules of the person entity, by subject: age and sex, names, livelihood, body, identifiers."""
