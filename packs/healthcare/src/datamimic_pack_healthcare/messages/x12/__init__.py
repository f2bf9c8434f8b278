"""ASC X12 version 5010, as HIPAA has it: claims, payments, eligibility, enrolment."""
