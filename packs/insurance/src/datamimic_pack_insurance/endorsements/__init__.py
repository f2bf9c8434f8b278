"""What is changed in a contract while it runs, and what that costs."""
