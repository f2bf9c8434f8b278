"""What a bank knows of those who hold accounts: how they live, and what they earn."""
