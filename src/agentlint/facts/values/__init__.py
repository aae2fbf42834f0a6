"""What a value of a config is: a literal, or one of the many ways to point elsewhere."""
