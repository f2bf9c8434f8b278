"""What is profiled, learned or masked: tables that exist, opened as typed Arrow batches."""
