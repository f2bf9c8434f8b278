"""What classes of one's own may ask of a run."""
