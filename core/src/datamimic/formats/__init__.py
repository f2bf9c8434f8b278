"""Output formats: each turns a stream of Arrow record batches into bytes."""
