"""People: who sits in an organisation, invitations, and who is placed on what."""
