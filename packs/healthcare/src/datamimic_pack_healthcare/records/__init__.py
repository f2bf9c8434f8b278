"""What stands in a patient's record: conditions, drugs, visits and findings that agree with each other."""
