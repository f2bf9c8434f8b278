"""The JSON request API, its views and schemas."""
