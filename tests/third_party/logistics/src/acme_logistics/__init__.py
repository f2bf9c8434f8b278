"""Carriers, shipments and tracking events."""
