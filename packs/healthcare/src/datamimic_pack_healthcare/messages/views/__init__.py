"""What messages say of a visit: facts of the world, put together once for every standard."""
