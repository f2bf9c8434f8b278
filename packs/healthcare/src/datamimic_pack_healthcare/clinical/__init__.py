"""What a patient has, takes and must not take: the rules of the clinical columns, whole columns at a time."""
