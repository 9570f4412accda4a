"""How the service is put together: settings, addresses and the door for a web server. Nothing imports it."""
