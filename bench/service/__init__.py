"""The service, against a bare Django view on the same server."""
