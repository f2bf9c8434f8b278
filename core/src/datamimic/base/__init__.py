"""What knows nothing of entities: clock, locale, who watches, where time goes."""
