"""What can be done (actions) and asked (queries). Who may is decided here."""
