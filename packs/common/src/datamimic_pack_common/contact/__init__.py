"""How people and companies are reached: telephone numbers, domains and e-mail addresses that disturb nobody."""
